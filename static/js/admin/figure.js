/**
 * Our Figure, in place of the packaged one (which asks for a Caption and an Image beside it). It is stored as
 * <figure data-photo data-credit data-crop="whole" data-decorative="true"><img src alt><figcaption>…
 * and stands at top level only, between paragraphs; hence a Document of its own.
 */

import { Document as BaseDocument, Node, pm } from "django-prose-editor/editor"
import { endpointsOf, format, gettext } from "newsroom/dom"
import { uploadPlugin } from "newsroom/figure-drop"
import { FigureView } from "newsroom/figure-view"
import { pastePlugin } from "newsroom/paste"
import { composeFigures, editFigure } from "newsroom/photo-dialog"
import { notify, photoButton } from "newsroom/toolbar"

const { NodeSelection, Plugin, PluginKey, TextSelection } = pm.state

const textareaOf = (editor) => editor.view.dom.closest(".prose-editor").querySelector(":scope > textarea")
const endpoints = (editor) => endpointsOf(textareaOf(editor))

/** Where a new figure goes: after the top-level block that holds the cursor. */
function afterBlock({ selection }) {
  return selection.$to.depth ? selection.$to.after(1) : selection.to
}

const isEmptyParagraph = (node) => node?.type.name === "paragraph" && !node.content.size

/** Figures after the cursor's block, or in its place when it is empty; then a paragraph to go on writing in. */
function insertFigures(tr, figures) {
  const { schema } = tr.doc.type
  const nodes = figures.map((attributes) => schema.nodes.figure.create(attributes))
  const { $to } = tr.selection
  const emptied = $to.depth === 1 && isEmptyParagraph($to.parent)
  const from = emptied ? $to.before(1) : afterBlock(tr)
  tr.replaceWith(from, emptied ? $to.after(1) : from, nodes)
  const end = from + nodes.length
  const following = tr.doc.nodeAt(end)
  if (!following?.isTextblock) tr.insert(end, schema.nodes.paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView()
}

const selectedFigure = ({ selection }) =>
  selection instanceof NodeSelection && selection.node.type.name === "figure" ? selection : null

/** Opens the dialog for the figure that `posOf()` finds, before and after: the text may move meanwhile. */
async function editAt(editor, posOf) {
  const node = editor.state.doc.nodeAt(posOf())
  const result = await editFigure(endpoints(editor), node.attrs)
  const pos = posOf()
  if (result && editor.state.doc.nodeAt(pos)?.type.name === "figure") {
    const tr = editor.state.tr.setNodeMarkup(pos, null, result[0])
    editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, pos)))
  }
  editor.view.focus()
}

async function insertChosen(editor) {
  const figures = await composeFigures(endpoints(editor))
  if (figures) editor.view.dispatch(insertFigures(editor.state.tr, figures))
  editor.view.focus()
}

/** A transaction that puts the cursor into an empty paragraph after the selected figure. */
function cursorAfter({ tr, schema }, figure) {
  if (!isEmptyParagraph(tr.doc.nodeAt(figure.to))) tr.insert(figure.to, schema.nodes.paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, figure.to + 1))
}

/**
 * Typing while a figure is selected would replace it: the text goes into a paragraph after it instead.
 * Key code 229 is an input method about to compose its first syllable.
 */
function keyOnFigure(view, event) {
  const figure = selectedFigure(view.state)
  const types = (event.key.length === 1 || event.keyCode === 229) && !event.ctrlKey && !event.metaKey
  if (figure && types) view.dispatch(cursorAfter(view.state, figure))
  return false
}

/** Text that comes without a key: dictation, an emoji palette, some telephones. */
function inputOnFigure(view, event) {
  const figure = selectedFigure(view.state)
  if (!figure || event.inputType !== "insertText" || !event.data) return false
  view.dispatch(cursorAfter(view.state, figure).insertText(event.data))
  event.preventDefault()
  return true
}

const behaviour = (editor) =>
  new Plugin({
    key: new PluginKey("newsroomFigure"),
    props: {
      handleDOMEvents: { keydown: keyOnFigure, beforeinput: inputOnFigure },
      handleDoubleClickOn(view, _pos, node, nodePos) {
        if (node.type.name !== "figure" || !editor.isEditable) return false
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, nodePos)))
        editor.commands.editFigure()
        return true
      },
    },
  })

const attribute = (parse, fallback = "") => ({ default: fallback, rendered: false, parseHTML: parse })

export const NewsFigure = Node.create({
  name: "figure",
  group: "figure",
  atom: true,
  draggable: true,
  selectable: true,

  addAttributes() {
    return {
      photo: attribute((element) => element.dataset.photo),
      src: attribute((element) => element.querySelector("img")?.getAttribute("src") || ""),
      alt: attribute((element) => element.querySelector("img")?.getAttribute("alt") || ""),
      caption: attribute((element) => element.querySelector("figcaption")?.textContent.trim() || ""),
      credit: attribute((element) => element.dataset.credit || ""),
      crop: attribute((element) => (element.dataset.crop === "whole" ? "whole" : null), null),
      decorative: attribute((element) => element.dataset.decorative === "true", false),
    }
  },

  parseHTML() {
    return [{ tag: "figure[data-photo]", getAttrs: (element) => (/^\d+$/.test(element.dataset.photo) ? null : false) }]
  },

  renderHTML({ node }) {
    const { photo, src, alt, caption, credit, crop, decorative } = node.attrs
    const attributes = { "data-photo": photo }
    if (credit) attributes["data-credit"] = credit
    if (crop) attributes["data-crop"] = crop
    if (decorative) attributes["data-decorative"] = "true"
    const image = ["img", { src, alt: decorative ? "" : alt }]
    return caption ? ["figure", attributes, image, ["figcaption", {}, caption]] : ["figure", attributes, image]
  },

  addNodeView() {
    return ({ node, editor, getPos }) =>
      new FigureView(node, {
        editable: editor.isEditable,
        onEdit: () => editAt(editor, getPos),
        onRemove: () => {
          const pos = getPos()
          editor.view.dispatch(editor.state.tr.delete(pos, pos + 1))
          editor.view.focus()
        },
      })
  },

  addCommands() {
    return {
      insertFigure:
        () =>
        ({ editor, dispatch }) => {
          if (dispatch) insertChosen(editor)
          return true
        },
      editFigure:
        () =>
        ({ editor, state, dispatch }) => {
          if (!selectedFigure(state)) return false
          if (dispatch) editAt(editor, () => editor.state.selection.from)
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => editor.commands.editFigure() }
  },

  addProseMirrorPlugins() {
    const { editor } = this
    const message = gettext("{n} pictures in the pasted text were left out. Drop the files or use the photo button.")
    const left = (n) => notify(editor, format(message, { n }))
    return [uploadPlugin(() => endpoints(editor), afterBlock), pastePlugin(left), behaviour(editor)]
  },

  addMenuItems({ menu }) {
    menu.defineItem({
      name: "figure",
      groups: "photo",
      command: (editor) => editor.commands.insertFigure(),
      button: photoButton(),
      active: (editor) => editor.isActive("figure"),
    })
  },
})

export const NewsDocument = BaseDocument.extend({ content: "(block | figure)+" })
