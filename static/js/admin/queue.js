/** The moderators' queue by keyboard: every deed is sent in the background, its row folds and can be undone. */

const form = document.querySelector("[data-queue]")
const told = form.querySelector("[data-queue-told]")
const reason = form.querySelector("[data-queue-reason]")
const dialog = document.querySelector("[data-queue-dialog]")
const history = []
let current = null
// Answers the question that the dialog asks, while it is asked.
let answer = null

const rows = () => [...form.querySelectorAll("[data-row]")]
const open = () => rows().filter((row) => !row.classList.contains("is-done"))
const box = (row) => row.querySelector("input[name=pk]")
const chosen = () => open().filter((row) => box(row).checked)
const fill = (text, n) => text.replace("{n}", n)

function say(text, isError = false) {
  told.textContent = text
  told.classList.toggle("is-late", isError)
}

/** Moves the mark; the box gets the focus, so that a screen reader reads the row it stands in. */
function go(row) {
  if (!row) return
  current?.classList.remove("is-current")
  current = row
  row.classList.add("is-current")
  box(row).focus({ preventScroll: true })
  row.scrollIntoView({ block: "nearest" })
}

function step(by) {
  const list = open()
  if (!list.length) return
  const at = list.indexOf(current)
  if (at >= 0) go(list[Math.min(list.length - 1, Math.max(0, at + by))])
  else go(by > 0 ? after(current) || list[0] : list[0])
}

/** The first row after this one, or before it, that still waits. */
function after(row) {
  const all = rows()
  const at = all.indexOf(row)
  const waits = (one) => !one.classList.contains("is-done")
  return all.slice(at + 1).find(waits) || all.slice(0, Math.max(0, at)).reverse().find(waits)
}

function showCounts(counts) {
  for (const [name, number] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${name}"]`)
    if (place) place.textContent = number
  }
}

async function send(pks, verb) {
  const data = new FormData(form)
  data.delete("pk")
  data.set("verb", verb)
  // The reason chosen for the last spam is none for letting the next comment stand.
  if (verb === "restore") data.delete("reason")
  for (const pk of pks) data.append("pk", pk)
  const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } })
  if (!(response.headers.get("Content-Type") || "").includes("json")) throw new Error(form.dataset.failed)
  const result = await response.json()
  if (!response.ok) throw new Error(result.message)
  showCounts(result.counts)
  return result
}

function fold(row, { state, label }) {
  row.dataset.before ??= row.dataset.state
  row.classList.add("is-done")
  row.classList.remove("is-current")
  row.dataset.state = state
  box(row).checked = false
  const done = row.querySelector(".queue-row__done")
  done.hidden = false
  const parts = [row.querySelector(".queue-row__writer").textContent, label]
  if (state !== "deleted") parts.push(row.querySelector(".queue-row__body").textContent)
  done.querySelector("[data-row-told]").textContent = parts.join(" · ")
  done.querySelector("[data-row-undo]").hidden = state === "deleted" || row.dataset.before === "claimed"
}

function unfold(row, { state, label }) {
  row.classList.remove("is-done")
  row.dataset.state = state
  delete row.dataset.before
  row.querySelector("[data-row-state]").textContent = label
  row.querySelector(".queue-row__done").hidden = true
}

/** Chosen rows, or the current one. Rows that are on their way are left alone. */
async function act(verb) {
  const wanted = (chosen().length ? chosen() : [current]).filter((row) => row && open().includes(row))
  const targets = wanted.filter((row) => !row.classList.contains("is-sent"))
  if (!targets.length) return
  if (verb === "hide" || verb === "delete") {
    if (!reason.value && !form.elements.note.value.trim()) {
      say(form.dataset.needReason, true)
      return
    }
  }
  if (verb === "delete" && !(await agreed(targets.length))) return
  for (const row of targets) row.classList.add("is-sent")
  const next = after(targets.at(-1)) || current
  if (!targets.includes(next)) go(next)
  try {
    const { message, rows: states } = await send(targets.map((row) => row.dataset.row), verb)
    for (const row of targets) fold(row, states[row.dataset.row])
    if (verb !== "delete") history.push(targets)
    say(message)
    if (!open().length) await page()
    else if (!open().includes(current)) go(after(current))
  } catch (error) {
    say(error.message || form.dataset.failed, true)
  } finally {
    for (const row of targets) row.classList.remove("is-sent")
  }
}

function agreed(number) {
  const words = fill(form.dataset.chosen, number)
  answer?.(false)
  dialog.querySelector("[data-queue-question]").textContent = `${words}. ${form.dataset.confirm}`
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((resolve) => (answer = resolve))
}

// A dialog tells of its closing a little later: by then a quick hand may have asked the next question.
dialog.addEventListener("close", () => {
  if (dialog.open) return
  answer?.(dialog.returnValue === "yes")
  answer = null
})

/** Back to the state before: what stood stands again, what was held waits again. */
async function undo(group = history.pop()) {
  const targets = (group || []).filter((row) => row.isConnected && row.classList.contains("is-done"))
  const verbs = { visible: "restore", held: "hold", hidden: "hide" }
  try {
    for (const [state, verb] of Object.entries(verbs)) {
      const some = targets.filter((row) => row.dataset.before === state)
      if (!some.length) continue
      const { rows: states } = await send(some.map((row) => row.dataset.row), verb)
      for (const row of some) unfold(row, states[row.dataset.row])
    }
    if (targets.length) go(targets[0])
    if (targets.length) say(form.dataset.undone)
  } catch (error) {
    say(error.message || form.dataset.failed, true)
  }
}

/** The next page in place of this one: where all is done the list starts anew, for it has moved up. */
async function page() {
  const link = document.querySelector("[data-queue-next]")
  const isClear = !open().length
  const address = isClear || !link ? location.href : link.href
  if (!isClear && !link) return
  const response = await fetch(address, { headers: { Accept: "text/html" } })
  if (!response.ok) throw new Error(form.dataset.failed)
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html")
  const list = fresh.querySelector("[data-queue-rows]")
  if (!list) throw new Error(form.dataset.failed)
  form.querySelector("[data-queue-rows]").replaceWith(list)
  form.querySelector(".queue__empty")?.remove()
  const empty = fresh.querySelector(".queue__empty")
  if (empty) form.append(empty)
  document.querySelector(".queue-pages").replaceWith(fresh.querySelector(".queue-pages"))
  if (!isClear) window.history.replaceState(null, "", address)
  history.length = 0
  current = null
  window.scrollTo(0, 0)
  go(open()[0])
}

function choose(all) {
  if (!all && current) box(current).checked = !box(current).checked
  if (all) {
    const wanted = chosen().length < open().length
    for (const row of open()) box(row).checked = wanted
  }
  say(fill(form.dataset.chosen, chosen().length))
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  x: () => choose(false),
  X: () => choose(true),
  a: () => act("restore"),
  h: () => act("hide"),
  w: () => act("hold"),
  d: () => act("delete"),
  u: () => undo(),
  o: () => current?.querySelector("[data-row-more]").click(),
  n: () => page().catch((error) => say(error.message, true)),
  "/": () => document.querySelector("#queue-search").focus(),
}
// What the same keys write while a Korean keyboard is on.
const hangul = { "ㅓ": "j", "ㅏ": "k", "ㅌ": "x", "ㅁ": "a", "ㅗ": "h", "ㅈ": "w", "ㅇ": "d", "ㅕ": "u", "ㅐ": "o", "ㅜ": "n" }

function typing(target) {
  return target.matches("textarea, select, input:not([type=checkbox])") || target.isContentEditable
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) event.target.blur()
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || typing(event.target)) return
  if (/^[1-6]$/.test(event.key)) {
    event.preventDefault()
    reason.selectedIndex = Number(event.key)
    say(reason.selectedOptions[0].textContent)
    return
  }
  const letter = keys[event.key] ? event.key : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : ""
  const key = hangul[event.key] || letter
  if (!keys[key]) return
  event.preventDefault()
  keys[key]()
})

form.addEventListener("submit", (event) => {
  event.preventDefault()
  if (event.submitter?.value) act(event.submitter.value)
})

form.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]")
  if (!row) return
  if (event.target.closest("[data-row-undo]")) undo([row])
  else if (!row.classList.contains("is-done") && !event.target.closest("a, label")) go(row)
})

form.addEventListener("change", (event) => {
  if (event.target.name === "pk") say(fill(form.dataset.chosen, chosen().length))
})

go(open()[0])
