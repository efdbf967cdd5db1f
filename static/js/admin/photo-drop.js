/** The upload page: several pictures at once, by choice or by drop, each with its own progress and refusal. */

import { el, endpointsOf, gettext } from "newsroom/dom"
import { UploadList } from "newsroom/upload-list"

function dress(input) {
  const zone = document.querySelector("[data-photo-drop-zone]")
  const arrived = document.querySelector("[data-photo-arrived]")
  const list = new UploadList(endpointsOf(input), (photo) => {
    const page = input.dataset.photoPage.replace("/0/", `/${photo.id}/`)
    const picture = el("img", { src: photo.src, alt: "" })
    const link = el("a", { href: page }, picture, photo.caption || photo.name)
    arrived.append(el("li", {}, link, el("span", { textContent: photo.credit || gettext("The credit is missing.") })))
  })
  list.element.classList.add("photo-uploads")
  arrived.before(list.element)

  const take = (files) => files.length && list.add(files)
  input.multiple = true
  input.addEventListener("change", () => {
    take([...input.files])
    input.value = ""
  })
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    zone.classList.toggle("is-over", event.type === "dragover")
  }
  window.addEventListener("dragover", over)
  window.addEventListener("dragleave", over)
  window.addEventListener("drop", (event) => {
    over(event)
    take([...(event.dataTransfer?.files ?? [])])
  })
  window.addEventListener("beforeunload", (event) => list.pending && event.preventDefault())
  document.querySelector("[data-photo-drop-hint]").hidden = false
  // Pictures are stored as they arrive: there is nothing left to save.
  for (const row of document.querySelectorAll(".submit-row")) row.hidden = true
}

for (const input of document.querySelectorAll("[data-photo-drop]")) dress(input)
