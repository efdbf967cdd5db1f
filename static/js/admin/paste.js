/** Making pasted text fit a newspaper: paragraphs, two levels of headings, no foreign pictures. */

import { pm } from "django-prose-editor/editor"

const { Plugin, PluginKey } = pm.state

const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" }
const EMPTY = /^[\s\u00A0\u200B\uFEFF]*$/
const BLOCK = /^(P|DIV|UL|OL|LI|TABLE|TBODY|TR|TD|TH|H[1-6]|HR|BLOCKQUOTE|FIGURE|SECTION|ARTICLE)$/
// Blocks whose text may hide several paragraphs behind line breaks.
const HOLDERS = "p, div, li, td, th, blockquote, section, article"

const isBlock = (node) => Boolean(node) && BLOCK.test(node.nodeName)
const isBreak = (node) => node?.nodeName === "BR"
const isBlank = (node) => node?.nodeType === Node.TEXT_NODE && EMPTY.test(node.data)

/** The neighbour that is not mere white space; `side` is previousSibling or nextSibling. */
function neighbour(node, side) {
  let found = node[side]
  while (isBlank(found)) found = found[side]
  return found
}

/** Takes away what must not even be parsed in the page: scripts, and handlers in attributes. */
function disarm(root) {
  for (const element of root.querySelectorAll("script, style, template, iframe, object")) element.remove()
  for (const element of root.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name)
  }
}

function foldBlanks(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    text.data = text.data.normalize("NFC").replace(/\u00A0/g, " ").replace(/[\u200B\uFEFF]/g, "")
  }
}

function renameHeadings(root) {
  for (const heading of root.querySelectorAll(Object.keys(HEADINGS).join(","))) {
    const renamed = root.ownerDocument.createElement(HEADINGS[heading.nodeName])
    renamed.append(...heading.childNodes)
    heading.replaceWith(renamed)
  }
}

/** A break beside a block is only distance. */
function dropBreaksBesideBlocks(root) {
  for (const br of root.querySelectorAll("br")) {
    if (isBlock(neighbour(br, "previousSibling")) || isBlock(neighbour(br, "nextSibling"))) br.remove()
  }
}

/** A block's children as paragraphs: two breaks in a row, or a block between, end one. */
function paragraphsOf(block) {
  const parts = []
  let current = null
  let breaks = []
  for (const child of [...block.childNodes]) {
    if (isBlock(child)) {
      parts.push(child)
      current = null
    } else if (isBreak(child)) breaks.push(child)
    else if (!isBlank(child) || (current && !breaks.length)) {
      if (!current || breaks.length > 1) parts.push((current = block.ownerDocument.createElement("p")))
      else current.append(...breaks)
      current.append(child)
      breaks = []
    }
  }
  return parts
}

/** Mail programs, messengers and some old editors end a paragraph with two line breaks. */
function splitAtDoubleBreaks(root) {
  for (const block of [...root.querySelectorAll(HOLDERS), root]) {
    const isDouble = (child) => isBreak(child) && isBreak(neighbour(child, "nextSibling"))
    if (![...block.childNodes].some(isDouble)) continue
    const parts = paragraphsOf(block)
    if (block.nodeName === "P") block.replaceWith(...parts)
    else block.replaceChildren(...parts)
  }
}

function dropEmptyParagraphs(root) {
  for (const paragraph of root.querySelectorAll("p, div")) {
    if (EMPTY.test(paragraph.textContent) && !paragraph.querySelector("figure, hr, table, img")) paragraph.remove()
  }
}

/** Cleans pasted HTML; `onPictures(n)` hears of pictures that cannot come along. */
export function cleanPaste(html, onPictures) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  disarm(body)
  const pictures = [...body.querySelectorAll("img")].filter((image) => !image.closest("figure[data-photo]"))
  if (pictures.length) onPictures(pictures.length)
  for (const picture of pictures) picture.remove()
  foldBlanks(body)
  renameHeadings(body)
  dropBreaksBesideBlocks(body)
  splitAtDoubleBreaks(body)
  dropEmptyParagraphs(body)
  return body.innerHTML
}

export function pastePlugin(onPictures) {
  return new Plugin({
    key: new PluginKey("newsroomPaste"),
    props: {
      transformPastedHTML: (html) => cleanPaste(html, onPictures),
      transformPastedText: (text) => text.normalize("NFC").replace(/\u00A0/g, " ").replace(/[\u200B\uFEFF]/g, ""),
    },
  })
}
