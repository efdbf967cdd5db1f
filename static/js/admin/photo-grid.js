/** The library pane: newest photographs, search, day, and a grid chosen from by mouse or keyboard. */

import { button, el, format, gettext, isComposing } from "newsroom/dom"

// Long enough that a word is typed in one go, short enough to feel immediate.
const TYPING_PAUSE_MS = 300

export class PhotoGrid {
  /** `onChange()` after every choice; `onOpen()` when a photo is opened (Enter, double click). */
  constructor(endpoints, { multiple, onChange, onOpen }) {
    Object.assign(this, { endpoints, multiple, onChange, onOpen })
    this.picked = new Map()
    this.photos = new Map()
    this.request = 0
    this.build()
  }

  build() {
    this.search = el("input", {
      type: "search",
      maxLength: 100,
      placeholder: gettext("Caption, photographer, credit or file name"),
      "aria-label": gettext("Search the library"),
      autocomplete: "off",
    })
    this.day = el("input", { type: "date", "aria-label": gettext("Day taken or uploaded") })
    this.list = el("div", {
      class: "photo-grid",
      role: "listbox",
      "aria-label": gettext("Photos"),
      "aria-multiselectable": String(this.multiple),
    })
    this.status = el("p", { class: "photo-grid__status", role: "status" })
    this.more = button(gettext("Show more"), { class: "photo-grid__more", hidden: true })
    this.filters = el("div", { class: "photo-grid__filters" }, this.search, this.day)
    this.element = el("div", { class: "photo-grid__pane" }, this.list, this.status, this.more)
    this.listen()
  }

  listen() {
    const later = () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.load(), TYPING_PAUSE_MS)
    }
    this.search.addEventListener("input", (event) => event.isComposing || later())
    this.search.addEventListener("compositionend", later)
    this.search.addEventListener("keydown", (event) => {
      if (isComposing(event)) return
      if (event.key === "ArrowDown" && this.list.firstElementChild) this.focus(this.list.firstElementChild)
      else if (event.key === "Enter") this.load()
      else return
      event.preventDefault()
    })
    this.day.addEventListener("change", () => this.load())
    this.more.addEventListener("click", () => this.load(this.next))
    this.list.addEventListener("click", (event) => this.toggle(event.target.closest("[role=option]")))
    this.list.addEventListener("dblclick", (event) => this.open(event.target.closest("[role=option]")))
    this.list.addEventListener("keydown", (event) => this.onKey(event))
  }

  /** Fetches the first page, or the one before the photo with number `before`. */
  async load(before = null) {
    clearTimeout(this.timer)
    const request = ++this.request
    const query = new URLSearchParams({ q: this.search.value.normalize("NFC"), date: this.day.value })
    if (before) query.set("before", before)
    this.status.textContent = gettext("Loading…")
    try {
      const response = await fetch(`${this.endpoints.library}?${query}`, { headers: { Accept: "application/json" } })
      const answer = await response.json()
      if (request !== this.request) return
      if (!response.ok) throw new Error(answer.error)
      this.show(answer, before)
    } catch (error) {
      if (request === this.request) this.fail(error)
    }
  }

  show({ photos, next }, before) {
    const focusFirstNew = before && document.activeElement === this.more
    const options = photos.map((photo) => this.option(photo))
    if (before) this.list.append(...options)
    else this.list.replaceChildren(...options)
    this.next = next
    this.more.hidden = !next
    const shown = this.list.children.length
    this.status.textContent = shown ? format(gettext("{n} photos shown"), { n: shown }) : gettext("No photo found.")
    this.mark()
    if (focusFirstNew && options.length) this.focus(options[0])
  }

  fail(error) {
    const known = error instanceof SyntaxError || error instanceof TypeError ? "" : error.message
    this.status.textContent = known || gettext("The library could not be loaded. Try again in a moment.")
  }

  /** Puts an uploaded photo first, chosen. */
  add(photo) {
    this.list.querySelector(`[data-photo="${photo.id}"]`)?.remove()
    this.list.prepend(this.option(photo))
    this.choose(photo)
  }

  option(photo) {
    this.photos.set(String(photo.id), photo)
    const label = photo.caption || photo.name
    const image = el("img", { src: photo.src, alt: "", loading: "lazy", draggable: false })
    const credit = [photo.credit || photo.photographer, photo.taken].filter(Boolean).join(" · ")
    const name = { role: "option", "aria-label": `${label} ${credit}` }
    return el(
      "div",
      { class: "photo-grid__photo", "data-photo": photo.id, tabIndex: -1, ...name },
      image,
      el("span", { class: "photo-grid__caption", textContent: label }),
      el("span", { class: "photo-grid__credit", textContent: credit }),
      el("span", { class: "photo-grid__number", "aria-hidden": "true" }),
    )
  }

  choose(photo) {
    if (!this.multiple) this.picked.clear()
    this.picked.set(String(photo.id), photo)
    this.mark()
    this.onChange()
  }

  toggle(option) {
    if (!option) return
    const id = option.dataset.photo
    this.focus(option)
    if (!this.picked.has(id)) return this.choose(this.photos.get(id))
    this.picked.delete(id)
    this.mark()
    this.onChange()
  }

  open(option) {
    if (!option) return
    this.choose(this.photos.get(option.dataset.photo))
    this.onOpen()
  }

  /** Shows what is chosen and in which order; exactly one photo can be reached by Tab. */
  mark() {
    const order = [...this.picked.keys()]
    const options = [...this.list.children]
    for (const option of options) {
      const place = order.indexOf(option.dataset.photo)
      option.setAttribute("aria-selected", String(place >= 0))
      option.lastElementChild.textContent = place < 0 ? "" : this.multiple ? place + 1 : "✓"
    }
    if (options.length && !options.some((option) => option.tabIndex === 0)) options[0].tabIndex = 0
  }

  focus(option) {
    for (const other of this.list.children) other.tabIndex = other === option ? 0 : -1
    option.focus()
  }

  onKey(event) {
    const option = event.target.closest("[role=option]")
    if (!option) return
    const options = [...this.list.children]
    const here = options.indexOf(option)
    const columns = options.filter((other) => other.offsetTop === options[0].offsetTop).length
    const target = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      ArrowDown: here + columns,
      ArrowUp: here - columns,
      Home: 0,
      End: options.length - 1,
    }[event.key]
    if (target !== undefined && options[target]) this.focus(options[target])
    else if (event.key === " ") this.toggle(option)
    else if (event.key === "Enter") this.enter(option)
    else if (target === undefined) return
    event.preventDefault()
  }

  /** Enter goes on with what is chosen, and with the photo under the cursor where nothing is. */
  enter(option) {
    if (this.picked.size) this.onOpen()
    else this.open(option)
  }
}
