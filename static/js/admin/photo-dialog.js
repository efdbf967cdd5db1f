/** The photo dialog: choose or upload, then describe. One native <dialog>, made when it is needed. */

import { button, el, format, gettext, isComposing } from "newsroom/dom"
import { PhotoCard, figureOf } from "newsroom/photo-describe"
import { PhotoGrid } from "newsroom/photo-grid"
import { UploadList } from "newsroom/upload-list"

class PhotoDialog {
  /** Steps: "pick" (when `figure` is null) and "describe" (when `describe`). */
  constructor(endpoints, { multiple = false, describe = false, figure = null }) {
    Object.assign(this, { endpoints, multiple, describe, figure })
    this.cards = []
    this.returnTo = document.activeElement
    this.build()
    this.result = new Promise((resolve) => (this.resolve = resolve))
    document.body.append(this.element)
    this.element.showModal()
    if (figure) this.showCards([figure])
    else this.showPick()
  }

  build() {
    this.grid = new PhotoGrid(this.endpoints, {
      multiple: this.multiple,
      onChange: () => this.refresh(),
      onOpen: () => this.forward(),
    })
    this.uploads = new UploadList(this.endpoints, (photo) => this.grid.add(photo))
    this.title = el("h2", { id: "photo-dialog-title", class: "photo-dialog__title" })
    this.buildPick()
    this.cardList = el("div", { class: "photo-dialog__body photo-dialog__cards" })
    this.buildFooter()
    const close = button("×", { class: "photo-dialog__close", "aria-label": gettext("Close") })
    close.addEventListener("click", () => this.element.close())
    this.element = el(
      "dialog",
      { class: "photo-dialog", "aria-labelledby": "photo-dialog-title" },
      el("header", { class: "photo-dialog__header" }, this.title, close),
      this.pick,
      this.cardList,
      this.footer,
    )
    this.listen()
  }

  buildPick() {
    this.file = el("input", { type: "file", accept: "image/*", multiple: this.multiple, hidden: true, tabIndex: -1 })
    this.choose = button(gettext("Upload photos"), { class: "photo-dialog__upload" })
    this.choose.addEventListener("click", () => this.file.click())
    this.file.addEventListener("change", () => {
      this.uploads.add(this.file.files)
      this.file.value = ""
    })
    const tools = el("div", { class: "photo-dialog__tools" }, this.grid.filters, this.choose, this.file)
    const shape = { class: "photo-dialog__body photo-dialog__pick" }
    this.pick = el("div", shape, tools, this.uploads.element, this.grid.element)
  }

  buildFooter() {
    this.count = el("p", { class: "photo-dialog__count", role: "status" })
    this.back = button(gettext("Choose another photo"), { class: "photo-dialog__back" })
    this.cancel = button(gettext("Cancel"))
    this.go = button("", { class: "photo-dialog__go" })
    this.back.addEventListener("click", () => this.showPick())
    this.cancel.addEventListener("click", () => this.element.close())
    this.go.addEventListener("click", () => this.forward())
    this.footer = el("footer", { class: "photo-dialog__footer" }, this.count, this.back, this.cancel, this.go)
  }

  listen() {
    this.element.addEventListener("close", () => this.finish(null))
    this.element.addEventListener("keydown", (event) => this.onKey(event))
    // Escape also ends a Hangul syllable that is being composed: then it is not meant for the dialog.
    let composing = false
    this.element.addEventListener("compositionstart", () => (composing = true))
    this.element.addEventListener("compositionend", () => (composing = false))
    this.element.addEventListener("cancel", (event) => composing && event.preventDefault())
    this.element.addEventListener("dragover", (event) => event.preventDefault())
    this.element.addEventListener("drop", (event) => {
      event.preventDefault()
      const files = [...event.dataTransfer.files]
      if (files.length && !this.pick.hidden) this.uploads.add(this.multiple ? files : files.slice(0, 1))
    })
  }

  /** Enter in a one-line field goes on, photo by photo; in a text area with Ctrl; never while composing. */
  onKey(event) {
    if (event.key !== "Enter" || isComposing(event) || event.defaultPrevented) return
    const line = event.target.matches("input[type=text], input[type=checkbox]")
    const area = event.target.matches("textarea") && (event.ctrlKey || event.metaKey)
    if (!line && !area) return
    event.preventDefault()
    const following = this.cards.findIndex((card) => card.element.contains(event.target)) + 1
    if (line && this.cards[following]) this.cards[following].focus()
    else this.forward()
  }

  showPick() {
    this.pick.hidden = false
    this.cardList.hidden = true
    this.title.textContent = this.multiple ? gettext("Choose photos") : gettext("Choose a photo")
    this.refresh()
    if (!this.grid.list.children.length) this.grid.load()
    this.grid.search.focus()
  }

  /** Keeps what was already written about a photo when the writer went back to choose. */
  showCards(figures) {
    const written = new Map(this.cards.map((card) => [card.figure.photo, card]))
    this.cards = figures.map((figure) => written.get(figure.photo) || new PhotoCard(figure))
    this.cardList.replaceChildren(...this.cards.map((card) => card.element))
    this.pick.hidden = true
    this.cardList.hidden = false
    this.title.textContent = gettext("Describe the photo")
    this.refresh()
    this.cards[0].focus()
  }

  refresh() {
    const picking = !this.pick.hidden
    const picked = this.grid.picked.size
    this.count.textContent = picking && picked ? format(gettext("{n} chosen"), { n: picked }) : ""
    this.back.hidden = picking
    this.go.disabled = picking && !picked
    if (picking) this.go.textContent = this.describe ? gettext("Next: caption and credit") : gettext("Use this photo")
    else this.go.textContent = this.figure ? gettext("Save changes") : gettext("Insert into the article")
  }

  forward() {
    if (this.go.disabled) return
    if (this.pick.hidden) return this.finish(this.cards.map((card) => card.values()))
    const photos = [...this.grid.picked.values()]
    if (!this.describe) return this.finish(photos)
    this.showCards(photos.map(figureOf))
  }

  finish(result) {
    this.resolve(result)
    this.uploads.abort()
    this.element.remove()
    this.returnTo?.focus?.()
  }
}

/** Photos of the library (as the server describes them), or null when the dialog was left. */
export function choosePhotos(endpoints, { multiple = false } = {}) {
  return new PhotoDialog(endpoints, { multiple }).result
}

/** Attributes of new figures, described, in the order chosen, or null. */
export function composeFigures(endpoints) {
  return new PhotoDialog(endpoints, { multiple: true, describe: true }).result
}

/** The attributes of one figure, corrected, as a list of one, or null. */
export function editFigure(endpoints, figure) {
  return new PhotoDialog(endpoints, { describe: true, figure }).result
}
