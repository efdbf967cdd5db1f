/** The dialog's list of files on their way: a bar each, and a refusal each, until it is read. */

import { button, el, format, gettext } from "newsroom/dom"
import { queuePhoto } from "newsroom/upload"

export class UploadList {
  /** `onPhoto(photo)` is called in the order in which the files were chosen. */
  constructor(endpoints, onPhoto) {
    this.endpoints = endpoints
    this.onPhoto = onPhoto
    this.stop = new AbortController()
    this.pending = 0
    this.element = el("ul", { class: "photo-uploads", "aria-label": gettext("Uploads"), hidden: true })
  }

  /** Starts all files at once; photos are announced in the order of the files. */
  async add(files) {
    const rows = [...files].map((file) => ({ file, row: this.addRow(file) }))
    const uploads = rows.map(({ file, row }) => this.send(file, row))
    for (const upload of uploads) {
      const photo = await upload
      if (photo) this.onPhoto(photo)
    }
  }

  addRow(file) {
    const bar = el("progress", { max: 1, value: 0, "aria-label": file.name })
    const message = el("p", { class: "photo-uploads__message", role: "alert" })
    const buttons = el("span", { class: "photo-uploads__buttons" })
    const name = el("span", { class: "photo-uploads__name", textContent: file.name })
    const element = el("li", {}, name, bar, message, buttons)
    this.element.append(element)
    this.element.hidden = false
    return { element, bar, message, buttons }
  }

  async send(file, row) {
    this.pending += 1
    row.bar.hidden = false
    row.message.textContent = ""
    row.buttons.replaceChildren()
    row.element.classList.remove("is-refused")
    try {
      const onProgress = (share) => (row.bar.value = share)
      const photo = await queuePhoto(file, this.endpoints, { onProgress, signal: this.stop.signal })
      this.remove(row)
      return photo
    } catch (error) {
      this.refuse(file, row, error)
      return null
    } finally {
      this.pending -= 1
    }
  }

  refuse(file, row, error) {
    row.bar.hidden = true
    row.element.classList.add("is-refused")
    row.message.textContent = error.message
    if (error.again) {
      const again = button(gettext("Try again"))
      again.addEventListener("click", async () => {
        const photo = await this.send(file, row)
        if (photo) this.onPhoto(photo)
      })
      row.buttons.append(again)
    }
    const dismiss = button("×", { "aria-label": format(gettext("Dismiss {name}"), { name: file.name }) })
    dismiss.addEventListener("click", () => this.remove(row))
    row.buttons.append(dismiss)
  }

  remove(row) {
    row.element.remove()
    this.element.hidden = !this.element.children.length
  }

  /** Stops what is still on its way; what has arrived stays in the library. */
  abort() {
    this.stop.abort()
  }
}
