/** How a figure looks inside the editor: picture, caption, credit, and what is still missing. */

import { button, el, gettext } from "newsroom/dom"
import { missingOf } from "newsroom/photo-describe"

export class FigureView {
  /** `onEdit()` and `onRemove()` are called by the figure's own buttons. */
  constructor(node, { onEdit, onRemove, editable }) {
    this.image = el("img", { draggable: false })
    this.image.addEventListener("error", () => this.dom.classList.add("is-broken"))
    this.caption = el("span", { class: "news-figure__caption" })
    this.credit = el("span", { class: "news-figure__credit" })
    this.marks = el("p", { class: "news-figure__marks" })
    this.missing = el("p", { class: "news-figure__missing", role: "note" })
    this.tools = el("div", { class: "news-figure__tools" })
    if (editable) this.addTools(onEdit, onRemove)
    const text = el("figcaption", {}, this.caption, this.credit)
    const picture = el("div", { class: "news-figure__picture" }, this.image, this.marks)
    this.dom = el("figure", { class: "news-figure", contentEditable: "false" }, picture, text, this.missing, this.tools)
    this.update(node)
  }

  addTools(onEdit, onRemove) {
    const edit = button(gettext("Edit"), { "aria-label": gettext("Edit caption, credit and alternative text") })
    const remove = button(gettext("Remove"), { "aria-label": gettext("Remove the photo from the article") })
    edit.addEventListener("click", onEdit)
    remove.addEventListener("click", onRemove)
    this.tools.append(edit, remove)
  }

  /** ProseMirror's hook: false would make it build a new view. */
  update(node) {
    if (node.type.name !== "figure") return false
    const { src, alt, caption, credit, crop, decorative } = node.attrs
    if (this.image.getAttribute("src") !== src) {
      this.dom.classList.remove("is-broken")
      this.image.src = src
    }
    this.image.alt = alt
    this.caption.textContent = caption
    this.credit.textContent = credit ? `${gettext("Credit")}: ${credit}` : ""
    this.list(this.marks, [crop && gettext("Never cropped"), decorative && gettext("Decorative")])
    this.list(this.missing, missingOf(node.attrs))
    return true
  }

  list(place, words) {
    const shown = words.filter(Boolean)
    place.replaceChildren(...shown.map((word) => el("span", { textContent: word })))
    place.hidden = !shown.length
  }

  stopEvent(event) {
    return this.tools.contains(event.target)
  }

  ignoreMutation() {
    return true
  }
}
