/** The line of tags: suggests what the paper has already; what is typed stays free, and the line plain text. */

import { el, format, gettext, isComposing } from "newsroom/dom"

// Milliseconds of rest before the server is asked.
const PAUSE = 150

/** Where the tag at the caret begins and ends: between commas, those inside quotes left out. */
function tagAt(text, caret) {
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '"') quoted = !quoted
    if (text[i] !== "," || quoted) continue
    if (i >= caret) return { start, end: i }
    start = i + 1
  }
  return { start, end: text.length }
}

/** A tag as the line writes it: one with a comma or a blank in quotes. */
function written(tag) {
  return /[,\s]/.test(tag) ? `"${tag}"` : tag
}

class TagField {
  constructor(input, number) {
    Object.assign(this, { input, options: [], active: -1, asked: 0 })
    const id = `tags-${number}`
    this.list = el("ul", { id, class: "tags__list", role: "listbox", "aria-label": gettext("Tags"), hidden: true })
    this.status = el("p", { class: "visually-hidden", role: "status" })
    const box = el("div", { class: "tags" })
    input.replaceWith(box)
    box.append(input, this.list, this.status)
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" }
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value)
    this.listen()
  }

  listen() {
    this.input.addEventListener("input", () => this.wait())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.input.addEventListener("blur", () => this.close())
    // A press must not take the focus from the line.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault())
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]")
      if (option) this.take(this.options.indexOf(option))
    })
  }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  place() {
    return tagAt(this.input.value, this.input.selectionStart)
  }

  async ask() {
    const { start, end } = this.place()
    const typed = this.input.value.slice(start, end).replace(/["#]/g, "").trim()
    const turn = (this.asked += 1)
    if (!typed) return this.close()
    const answer = await fetch(`${this.input.dataset.tags}?${new URLSearchParams({ q: typed })}`).catch(() => null)
    const tags = answer?.ok ? (await answer.json()).tags : []
    // An answer that was overtaken, or that comes when one has gone on, is no answer.
    if (turn === this.asked && document.activeElement === this.input) this.show(tags)
  }

  show(tags) {
    this.active = -1
    this.options = tags.map((tag, i) =>
      el("li", { id: `${this.list.id}-${i}`, class: "tags__option", role: "option", "aria-selected": "false" }, tag),
    )
    this.list.replaceChildren(...this.options)
    this.open(tags.length > 0)
    if (tags.length) this.list.scrollIntoView({ block: "nearest" })
    this.status.textContent = tags.length ? format(gettext("{n} tags suggested"), { n: tags.length }) : ""
  }

  open(isOpen) {
    this.list.hidden = !isOpen
    this.input.setAttribute("aria-expanded", String(isOpen))
    if (!isOpen) this.input.removeAttribute("aria-activedescendant")
  }

  close() {
    clearTimeout(this.timer)
    this.asked += 1
    this.show([])
  }

  key(event) {
    if (this.list.hidden || isComposing(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.move(step)
    else if (event.key === "Enter" && this.active >= 0) this.take(this.active)
    else if (event.key === "Escape") this.close()
    else return
    event.preventDefault()
  }

  move(step) {
    const count = this.options.length
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.active)))
    this.input.setAttribute("aria-activedescendant", this.options[this.active].id)
    this.options[this.active].scrollIntoView({ block: "nearest" })
  }

  take(i) {
    const { start, end } = this.place()
    const before = `${this.input.value.slice(0, start)}${start ? " " : ""}${written(this.options[i].textContent)}, `
    this.input.value = before + this.input.value.slice(end).replace(/^[,\s]+/, "")
    this.input.setSelectionRange(before.length, before.length)
    this.input.dispatchEvent(new Event("change", { bubbles: true }))
    this.close()
  }
}

document.querySelectorAll("[data-tags]").forEach((input, number) => new TagField(input, number))
