/** Nothing written is lost by accident: the form that holds the body editor, guarded. */

import { format, gettext } from "newsroom/dom"

const BUTTONS = new Set(["submit", "button", "image", "reset", "file"])

/** The form's content as text, for comparing; files count by name and size. */
function contentOf(form) {
  const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")
  const plain = (value) => (value instanceof File ? [value.name, value.size] : value)
  return JSON.stringify(entries.map(([name, value]) => [name, plain(value)]))
}

const pendingUploads = () => document.querySelectorAll("[data-upload=pending]").length

function guard(form) {
  // A refused form came back with what was typed: nothing of it is saved yet.
  const refused = Boolean(document.querySelector(".errornote"))
  let saved = contentOf(form)
  let leaving = false

  form.addEventListener("keydown", (event) => {
    const line = event.target.matches("input") && !BUTTONS.has(event.target.type)
    if (event.key === "Enter" && line && event.target.form === form) event.preventDefault()
  })
  form.addEventListener("submit", (event) => {
    const n = pendingUploads()
    const question = gettext("{n} pictures are still being uploaded. Save without them?")
    if (n && !window.confirm(format(question, { n }))) event.preventDefault()
    else leaving = !event.defaultPrevented
  })
  window.addEventListener("pageshow", (event) => event.persisted && (leaving = false))
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (refused || pendingUploads() || contentOf(form) !== saved)) event.preventDefault()
  })
  // Select boxes and date shortcuts fill themselves in while the page is being prepared.
  window.addEventListener("load", () => (saved = contentOf(form)), { once: true })
}

/** A file let go beside the editor would replace the page, and the article with it. */
function keepPage() {
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => {
      if (event.target.closest?.("input[type=file]") || !event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
    })
  }
}

const editors = document.querySelectorAll("textarea[data-django-prose-editor-configurable]")
for (const form of new Set([...editors].map((textarea) => textarea.form))) if (form) guard(form)
keepPage()
