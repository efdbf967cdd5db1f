/** Sending photographs to the library, one request each, a few at a time. */

import { format, gettext } from "newsroom/dom"

// More at once would only share the same line and make the first picture wait.
const AT_ONCE = 2

/** An upload that failed; `again` says whether trying the same file again can help. */
export class UploadError extends Error {
  constructor(message, again) {
    super(message)
    this.again = again
  }
}

const PICTURE_NAME = /\.(jpe?g|png|webp|avif|heic|gif|tiff?)$/i
const isPicture = (file) => file.type.startsWith("image/") || PICTURE_NAME.test(file.name)

function refusalBeforeSending(file, endpoints) {
  if (!isPicture(file)) return gettext("This is not a picture file.")
  if (file.size > endpoints.maxBytes) {
    const limit = Math.floor(endpoints.maxBytes / 1e6)
    return format(gettext("The file is larger than {limit} MB."), { limit })
  }
  if (!file.size) return gettext("The file is empty.")
  return ""
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return {}
  }
}

function failure(request) {
  const said = answerOf(request).error
  if (said) return new UploadError(said, request.status >= 500)
  if (request.status === 403) {
    return new UploadError(gettext("Your log-in has ended. Log in again in another window, then try again."), true)
  }
  if (request.status === 413) return new UploadError(gettext("The file is too large."), false)
  return new UploadError(gettext("The server could not take the picture. Try again in a moment."), true)
}

/** Sends one file. Resolves to the photo's data, rejects with an UploadError in the reader's language. */
export function uploadPhoto(file, endpoints, { onProgress = () => {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const refusal = refusalBeforeSending(file, endpoints)
    if (refusal) return reject(new UploadError(refusal, false))
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append("photo", file)
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onload = () => {
      const { photo } = answerOf(request)
      if (request.status < 300 && photo) resolve(photo)
      else reject(failure(request))
    }
    request.onerror = () => reject(new UploadError(gettext("The connection was lost. Try again."), true))
    request.onabort = () => reject(new UploadError(gettext("The upload was stopped."), true))
    signal?.addEventListener("abort", () => request.abort())
    request.open("POST", endpoints.upload)
    request.setRequestHeader("X-CSRFToken", endpoints.token)
    request.setRequestHeader("Accept", "application/json")
    request.send(form)
  })
}

const waiting = []
let running = 0

function next() {
  if (running >= AT_ONCE || !waiting.length) return
  running += 1
  const { job, resolve, reject } = waiting.shift()
  job()
    .then(resolve, reject)
    .finally(() => {
      running -= 1
      next()
    })
}

/** As uploadPhoto, but waits for its turn. */
export function queuePhoto(file, endpoints, options = {}) {
  return new Promise((resolve, reject) => {
    waiting.push({ job: () => uploadPhoto(file, endpoints, options), resolve, reject })
    next()
  })
}
