/** The packaged toolbar in the newsroom's language, as one stop of the Tab key. */

import { el, gettext } from "newsroom/dom"

const titles = () => ({
  paragraph: gettext("Paragraph"),
  heading2: gettext("Subheading"),
  heading3: gettext("Small subheading"),
  blockquote: gettext("Quotation"),
  horizontalRule: gettext("Dividing line"),
  bulletList: gettext("Bulleted list"),
  orderedList: gettext("Numbered list"),
  figure: gettext("Insert photos"),
  bold: gettext("Bold"),
  italic: gettext("Italic"),
  strike: gettext("Strikethrough"),
  subscript: gettext("Subscript"),
  superscript: gettext("Superscript"),
  link: gettext("Link"),
  unlink: gettext("Remove link"),
  table: gettext("Insert table"),
  "table:addColumnAfter": gettext("Add column"),
  "table:deleteColumn": gettext("Delete column"),
  "table:addRowAfter": gettext("Add row"),
  "table:deleteRow": gettext("Delete row"),
  "table:mergeCells": gettext("Merge cells"),
  "table:splitCell": gettext("Split cell"),
  "table:toggleHeaderCell": gettext("Header cell on or off"),
  "table:deleteTable": gettext("Delete table"),
  "history:undo": gettext("Undo"),
  "history:redo": gettext("Redo"),
})

const usable = (bar) => [...bar.querySelectorAll("button")].filter((button) => !button.classList.contains("hidden"))

function nameButtons(bar) {
  const names = titles()
  for (const button of bar.querySelectorAll("button[data-name]")) {
    const title = names[button.dataset.name]
    if (!title) continue
    button.title = title
    button.setAttribute("aria-label", title)
    button.tabIndex = -1
  }
}

/** Arrow keys walk the bar; exactly one button can be reached by Tab. */
function walk(bar, event) {
  const buttons = usable(bar)
  const here = buttons.indexOf(event.target)
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (here < 0 || !step) return
  event.preventDefault()
  const target = buttons[(here + step + buttons.length) % buttons.length]
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1
  target.focus()
}

/** The pressed state, for those who cannot see the colour. */
function reportState(bar) {
  for (const button of bar.querySelectorAll("button[data-name]")) {
    button.setAttribute("aria-pressed", String(button.classList.contains("active")))
  }
}

/** Prepares the toolbar of an editor; called when the packaged editor says that it is ready. */
function dressToolbar(editor) {
  const bar = editor.view.dom.parentElement.querySelector(".prose-menubar")
  if (!bar) return
  bar.setAttribute("role", "toolbar")
  bar.setAttribute("aria-label", gettext("Formatting"))
  nameButtons(bar)
  const [first] = usable(bar)
  if (first) first.tabIndex = 0
  bar.addEventListener("keydown", (event) => walk(bar, event))
  bar.addEventListener("focusin", () => {
    // The button that Tab reached may have been hidden since (a table's, outside a table).
    if (!bar.querySelector("[tabindex='0']:not(.hidden)")) usable(bar)[0].tabIndex = 0
  })
  editor.on("transaction", () => reportState(bar))
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return
    event.preventDefault()
    bar.querySelector("[tabindex='0']")?.focus()
  })
}

/** The photo button: the one button of the bar that carries a word. */
export function photoButton() {
  return el(
    "button",
    { type: "button", class: "prose-menubar__button prose-menubar__button--photo" },
    el("span", { class: "material-icons", "aria-hidden": "true", textContent: "image" }),
    el("span", { textContent: gettext("Photo") }),
  )
}

/** A line above the text that says what happened; it stays until it is closed or replaced. */
export function notify(editor, message) {
  const root = editor.view.dom.parentElement
  let line = root.querySelector(".news-notice")
  if (!line) {
    line = el("div", { class: "news-notice", role: "status" }, el("span"), closeOf(root))
    editor.view.dom.before(line)
  }
  line.firstElementChild.textContent = message
  line.hidden = false
}

function closeOf(root) {
  const close = el("button", { type: "button", textContent: "×", "aria-label": gettext("Close") })
  close.addEventListener("click", () => (root.querySelector(".news-notice").hidden = true))
  return close
}

// The packaged menu builds its bar at the editor's "create", which comes after this event; ours runs after it.
document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
  editor.on("create", () => dressToolbar(editor))
})
