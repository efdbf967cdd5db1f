/** Small helpers that the newsroom's admin scripts share. */

/** The translation of an English text, from Django's JavaScript catalogue where the page carries it. */
export function gettext(text) {
  return window.gettext ? window.gettext(text) : text
}

/** Fills {name} places of a translated text. */
export function format(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)
}

/** An element; names with a dash and role, for, hidden become attributes, others properties. */
export function el(tag, settings = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(settings)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value)
    else if (name === "class") element.className = value
    else element[name] = value
  }
  element.append(...children)
  return element
}

/** A push button that never submits a form. */
export function button(label, settings = {}) {
  return el("button", { type: "button", textContent: label, ...settings })
}

/** True while an input method is composing: Enter then belongs to the Hangul, not to us. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229
}

/** One line of NFC text without the blanks a paste brings along. */
export function oneLine(text) {
  return (text || "").normalize("NFC").replace(/[\u200B\uFEFF]/g, "").replace(/\s+/g, " ").trim()
}

/** Where to list and upload photographs, from the data- attributes that articles/widgets.py writes. */
export function endpointsOf(element) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")
  return {
    library: element.dataset.photoLibrary,
    upload: element.dataset.photoUpload,
    maxBytes: Number(element.dataset.photoMaxBytes) || Infinity,
    token: token ? token.value : "",
  }
}

const PLACES = /왼쪽부터|왼쪽에서|오른쪽부터|오른쪽에서|앞줄|뒷줄|from (the )?(left|right)/i

/** Sentences like "(왼쪽부터)" name people by their place in the picture: such a picture is never cropped. */
export function namesPlaces(caption) {
  return PLACES.test(caption || "")
}
