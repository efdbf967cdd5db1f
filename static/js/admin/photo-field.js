/** The field for one photograph outside the text: choose, upload, see, remove. */

import { el, endpointsOf, gettext, oneLine } from "newsroom/dom"
import { choosePhotos } from "newsroom/photo-dialog"
import { figureOf } from "newsroom/photo-describe"

/** Writes the photo's own words into fields that are still empty; never over what somebody wrote. */
function fill(form, fills, photo) {
  const figure = figureOf(photo)
  for (const [what, name] of Object.entries(fills)) {
    const field = form.elements[name]
    if (!field) continue
    if (what === "whole") field.checked ||= figure.crop === "whole"
    else if (!field.value.trim()) field.value = oneLine(figure[what])
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

function dress(box) {
  const input = box.querySelector("[data-photo-field]")
  const picture = box.querySelector("[data-photo-picture]")
  const pick = box.querySelector("[data-photo-pick]")
  const clear = box.querySelector("[data-photo-clear]")
  const fills = JSON.parse(input.dataset.photoFills || "{}")

  const refresh = () => {
    clear.hidden = !input.value
    pick.textContent = input.value ? gettext("Choose another photo") : gettext("Choose a photo")
  }
  const set = (value) => {
    input.value = value
    input.dispatchEvent(new Event("change", { bubbles: true }))
    refresh()
  }
  pick.addEventListener("click", async () => {
    const chosen = await choosePhotos(endpointsOf(input))
    pick.focus()
    if (!chosen) return
    const [photo] = chosen
    picture.replaceChildren(el("img", { src: photo.src, alt: photo.alt || "" }))
    set(photo.id)
    fill(input.form, fills, photo)
  })
  clear.addEventListener("click", () => {
    picture.replaceChildren()
    set("")
    pick.focus()
  })
  box.querySelector("[data-photo-number]").hidden = true
  box.querySelector("[data-photo-buttons]").hidden = false
  refresh()
}

for (const box of document.querySelectorAll("[data-photo-box]")) dress(box)
