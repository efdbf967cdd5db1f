/** Pictures dropped or pasted into the text: a placeholder where each will stand, then the figure. */

import { pm } from "django-prose-editor/editor"
import { button, el, format, gettext } from "newsroom/dom"
import { figureOf } from "newsroom/photo-describe"
import { queuePhoto } from "newsroom/upload"

const { Plugin, PluginKey } = pm.state
const { Decoration, DecorationSet } = pm.view

const key = new PluginKey("newsroomUploads")
let serial = 0

/** The border between two top-level blocks that is nearest to a place in the text. */
export function nearestBorder(view, pos, y) {
  const $pos = view.state.doc.resolve(pos)
  if (!$pos.depth) return pos
  const block = view.nodeDOM($pos.before(1))
  const box = block?.getBoundingClientRect?.()
  return box && y < box.top + box.height / 2 ? $pos.before(1) : $pos.after(1)
}

function placeholderPos(state, id) {
  const [found] = key.getState(state).find(undefined, undefined, (spec) => spec.id === id)
  return found ? found.from : null
}

function remove(view, id) {
  view.dispatch(view.state.tr.setMeta(key, { remove: id }).setMeta("addToHistory", false))
}

/** A box that stands in the text, but not in the article, while a picture is on its way. */
class Placeholder {
  constructor(view, file) {
    Object.assign(this, { view, file, id: ++serial })
    this.bar = el("progress", { max: 1, value: 0, "aria-label": file.name })
    this.message = el("p", { role: "alert" })
    this.buttons = el("div", { class: "news-upload__buttons" })
    const name = el("p", { class: "news-upload__name", textContent: file.name })
    const shape = { class: "news-upload", contentEditable: "false", "data-upload": "pending" }
    this.element = el("div", shape, name, this.bar, this.message, this.buttons)
  }

  progress(share) {
    this.bar.value = share
  }

  pending() {
    this.element.dataset.upload = "pending"
    this.bar.hidden = false
    this.message.textContent = ""
    this.buttons.replaceChildren()
  }

  refuse(error, again) {
    this.element.dataset.upload = "refused"
    this.bar.hidden = true
    this.message.textContent = error.message
    const close = button(gettext("Close"))
    close.addEventListener("click", () => remove(this.view, this.id))
    this.buttons.replaceChildren(close)
    if (!error.again) return
    const retry = button(gettext("Try again"))
    retry.addEventListener("click", again)
    this.buttons.prepend(retry)
  }
}

function insert(view, placeholder, photo) {
  if (view.isDestroyed) return
  const at = placeholderPos(view.state, placeholder.id)
  const pos = at ?? view.state.doc.content.size
  const figure = view.state.schema.nodes.figure.create(figureOf(photo))
  view.dispatch(view.state.tr.setMeta(key, { remove: placeholder.id }).insert(pos, figure))
}

async function send(view, placeholder, endpoints) {
  placeholder.pending()
  try {
    return await queuePhoto(placeholder.file, endpoints, { onProgress: (share) => placeholder.progress(share) })
  } catch (error) {
    placeholder.refuse(error, async () => {
      const photo = await send(view, placeholder, endpoints)
      if (photo) insert(view, placeholder, photo)
    })
    return null
  }
}

/** Uploads files and puts the figures at `pos` (a border between blocks) in the order of the files. */
export async function uploadInto(view, files, pos, endpoints) {
  const placeholders = files.map((file) => new Placeholder(view, file))
  const tr = view.state.tr.setMeta(key, { add: placeholders, pos }).setMeta("addToHistory", false)
  view.dispatch(tr)
  const uploads = placeholders.map((placeholder) => send(view, placeholder, endpoints))
  for (const [index, upload] of uploads.entries()) {
    const photo = await upload
    if (photo) insert(view, placeholders[index], photo)
  }
}

function applyUploads(tr, decorations) {
  const mapped = decorations.map(tr.mapping, tr.doc)
  const change = tr.getMeta(key)
  if (!change) return mapped
  if (change.remove) return mapped.remove(mapped.find(undefined, undefined, (spec) => spec.id === change.remove))
  const widgets = change.add.map(({ id, element }) => {
    // side: the figure of an earlier file goes before the placeholders of the later ones.
    const spec = { id, side: id, key: `upload-${id}`, stopEvent: () => true, ignoreSelection: true }
    return Decoration.widget(change.pos, element, spec)
  })
  return mapped.add(tr.doc, widgets)
}

/** Word processors put a picture of the copied text beside the text: only a paste without text is a picture. */
function pastedPictures(event) {
  const data = event.clipboardData
  const files = [...(data?.files || [])].filter((file) => file.type.startsWith("image/"))
  if (!files.length) return []
  const html = new DOMParser().parseFromString(data.getData("text/html"), "text/html")
  return html.body.textContent.trim() || data.getData("text/plain").trim() ? [] : files
}

/** Names that say when a picture was pasted; the clipboard calls every picture image.png. */
function named(file) {
  if (file.name && file.name !== "image.png") return file
  const moment = new Date().toISOString().replace(/[:T]/g, "-").slice(0, 19)
  return new File([file], format("paste-{moment}.png", { moment }), { type: file.type })
}

/** The plugin; `endpoints()` is asked at each upload, `afterBlock(state)` tells where a paste goes. */
export function uploadPlugin(endpoints, afterBlock) {
  return new Plugin({
    key,
    state: { init: () => DecorationSet.empty, apply: applyUploads },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste(view, event) {
        const files = pastedPictures(event).map(named)
        if (files.length) uploadInto(view, files, afterBlock(view.state), endpoints())
        return files.length > 0
      },
      handleDrop(view, event, slice, moved) {
        const files = [...(event.dataTransfer?.files || [])]
        if (moved || view.dragging || !files.length) return false
        event.preventDefault()
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
        const pos = place ? nearestBorder(view, place.pos, event.clientY) : view.state.doc.content.size
        uploadInto(view, files, pos, endpoints())
        return true
      },
    },
  })
}
