/** One photograph's caption, credit and alternative text, with hints about what is still missing. */

import { el, format, gettext, namesPlaces, oneLine } from "newsroom/dom"

// Characters that the body's sanitiser keeps (articles/figures.py). The fields themselves cut nothing.
const LONGEST = { caption: 1000, credit: 200, alt: 500 }

let serial = 0

/** The stored attributes of a figure made from a photo of the library. */
export function figureOf(photo) {
  return {
    photo: String(photo.id),
    src: photo.src,
    caption: oneLine(photo.caption),
    credit: oneLine(photo.credit),
    alt: oneLine(photo.alt),
    crop: photo.whole || namesPlaces(photo.caption) ? "whole" : null,
    decorative: false,
  }
}

/** What the desk will ask for before publishing; empty when nothing is missing. */
export function missingOf({ credit, alt, decorative }) {
  const missing = []
  if (!credit) missing.push(gettext("Credit is missing"))
  if (!alt && !decorative) missing.push(gettext("Alternative text is missing"))
  return missing
}

export class PhotoCard {
  /** `figure` has the attributes of figureOf. */
  constructor(figure) {
    this.figure = figure
    this.id = `photo-card-${++serial}`
    this.buildFields()
    this.element = el(
      "fieldset",
      { class: "photo-card" },
      el("legend", { class: "photo-card__legend", textContent: figure.caption || gettext("Photo") }),
      el("img", { class: "photo-card__picture", src: figure.src, alt: "" }),
      el(
        "div",
        { class: "photo-card__fields" },
        this.caption.field,
        this.credit.field,
        this.alt.field,
        this.decorative.field,
        this.whole.field,
      ),
    )
    this.listen()
    this.refresh()
  }

  buildFields() {
    const { decorative, crop } = this.figure
    const creditHelp = gettext("Who took or gave the picture. Only the name, without brackets.")
    const altHelp = gettext("For readers who cannot see the picture. Not the caption again.")
    const skipped = gettext("Decorative: screen readers skip this picture")
    this.caption = this.area("caption", gettext("Caption"), gettext("What the reader sees, and who is in it."))
    this.credit = this.line("credit", gettext("Credit"), creditHelp)
    this.alt = this.area("alt", gettext("Alternative text"), altHelp)
    this.decorative = this.check("decorative", skipped, decorative)
    this.whole = this.check("whole", gettext("Never crop this picture"), crop === "whole")
  }

  field(name, label, help, input) {
    const id = `${this.id}-${name}`
    Object.assign(input, { id, name })
    input.setAttribute("aria-describedby", `${id}-help ${id}-hint`)
    const hint = el("p", { class: "photo-card__hint", id: `${id}-hint` })
    const field = el(
      "div",
      { class: "photo-card__field" },
      el("label", { for: id, textContent: label }),
      input,
      el("p", { class: "photo-card__help", id: `${id}-help`, textContent: help }),
      hint,
    )
    return { field, input, hint }
  }

  area(name, label, help) {
    return this.field(name, label, help, el("textarea", { rows: 2, value: this.figure[name] || "" }))
  }

  line(name, label, help) {
    const input = el("input", { type: "text", value: this.figure[name] || "", autocomplete: "off" })
    return this.field(name, label, help, input)
  }

  check(name, label, checked) {
    const id = `${this.id}-${name}`
    const input = el("input", { type: "checkbox", id, name, checked })
    const field = el("div", { class: "photo-card__check" }, input, el("label", { for: id, textContent: label }))
    return { field, input }
  }

  listen() {
    // A field is not wrong before anybody was in it.
    this.left = new Set()
    this.element.addEventListener("focusout", ({ target }) => {
      this.left.add(target.name)
      this.refresh()
    })
    let touched = this.whole.input.checked
    this.whole.input.addEventListener("change", () => (touched = true))
    this.caption.input.addEventListener("input", () => {
      if (!touched && namesPlaces(this.caption.input.value)) this.whole.input.checked = touched = true
    })
    this.element.addEventListener("input", () => this.refresh())
  }

  /** Refreshes the hints; hints never stop anything: a draft may be saved in any state. */
  refresh() {
    const { caption, credit, alt, decorative } = this.values()
    this.alt.input.disabled = decorative
    this.hint("caption", caption, false, "")
    this.hint("credit", credit, !credit, gettext("The article cannot be published without a credit."))
    this.hint("alt", alt, !alt && !decorative, gettext("Write one, or mark the picture as decorative."))
  }

  hint(name, text, isMissing, message) {
    const { input, hint } = this[name]
    const tooLong = text.length > LONGEST[name]
    const cut = format(gettext("Only the first {n} characters are kept."), { n: LONGEST[name] })
    hint.textContent = tooLong ? cut : isMissing ? message : ""
    const isWrong = tooLong || (isMissing && this.left.has(name))
    for (const part of [input, hint]) part.classList.toggle("is-missing", isWrong)
  }

  focus() {
    const missing = [this.caption, this.credit, this.alt].find(({ input }) => !input.value && !input.disabled)
    ;(missing || this.caption).input.focus()
  }

  /** The figure's attributes as they now stand. */
  values() {
    const decorative = this.decorative.input.checked
    return {
      ...this.figure,
      caption: oneLine(this.caption.input.value),
      credit: oneLine(this.credit.input.value),
      alt: decorative ? "" : oneLine(this.alt.input.value),
      crop: this.whole.input.checked ? "whole" : null,
      decorative,
    }
  }
}
