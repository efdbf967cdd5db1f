// Pieces of the page that only a script needs; they stand in one <template>, in the paper's language.

const template = document.querySelector("template[data-parts]");
let live = null;

export function part(name) {
  return template.content.querySelector(`[data-part="${name}"]`).cloneNode(true);
}

// A sentence of the page, with its {n} filled in.
export function word(name, n = "") {
  return template.content.querySelector("[data-part=words]").dataset[name].replace("{n}", n);
}

// Spoken politely; the region is there before it speaks, or nobody would hear it.
export function say(text) {
  live.textContent = text;
}

export function openLiveRegion(place) {
  live = document.createElement("p");
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  place.append(live);
}

// A note under a comment or a form: seen, and read out at once. What went wrong is marked as such.
export function note(place, text, isDone = false) {
  let line = place.querySelector(":scope > [data-note]");
  if (!line) {
    line = document.createElement("p");
    line.className = "comment-note";
    line.dataset.note = "";
    line.setAttribute("role", "alert");
    place.append(line);
  }
  line.classList.toggle("comment-note-done", isDone);
  line.textContent = text;
}

// HTML that the server rendered, as nodes.
export function nodes(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

export function showCount(n) {
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = place.textContent.replace(/\d+/, n);
  }
  document.querySelector("[data-none]")?.toggleAttribute("hidden", n > 0);
}

// A native dialog: modal, closed by Esc and 취소. `confirm` answers why it stays open, or what to do after it.
export function ask(name, confirm) {
  const dialog = part(name);
  const form = dialog.querySelector("form");
  document.querySelector("[data-comments]").append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) {
      return;
    }
    isBusy = true;
    const result = await confirm(form);
    isBusy = false;
    if (typeof result === "string") {
      note(form, result);
    } else {
      dialog.close();
      result();
    }
  });
  // Focus goes where the markup says `autofocus`: to 취소 before a deletion, into the text of an edit.
  dialog.showModal();
  return dialog;
}
