// Under every comment: reply, recommend, disapprove, report; under one's own: edit while the minute lasts, delete.

import { problem } from "./canonical.js";
import { watchLength } from "./counter.js";
import { writeForm } from "./form.js";
import { ask, nodes, note, part, say, showCount, word } from "./parts.js";
import { isKnown, me, send } from "./server.js";

const SECOND = 1000;
const thread = document.querySelector("[data-comments]");
const isOpen = thread && "open" in thread.dataset;
// Comments of mine: id -> { until, version }. `until` by this page's own clock; the server decides anyway.
const own = new Map();

// A comment's element, and its number, which stands in the id alone: a page holds dozens.
export const ITEM = ".thread-item, .reply";
const idOf = (item) => Number(item.id.slice("comment-".length));
const at = (id, verb) => `/comments/${id}/${verb}/`;
const button = (item, name) => item.querySelector(`:scope > .comment [data-do="${name}"]`);
const left = (id) => Math.max(0, Math.ceil((own.get(id).until - performance.now()) / SECOND));

function place(item, html) {
  item.querySelector(":scope > .comment").replaceWith(nodes(html).firstElementChild);
  enhance(item);
}

export function enhance(item) {
  const foot = item.querySelector(":scope > .comment > .comment-foot");
  if (!foot) {
    return;
  }
  const acts = part("acts");
  for (const way of ["up", "down"]) {
    acts.querySelector(`[data-${way}]`).textContent = foot.querySelector(`[data-${way}]`).textContent;
  }
  acts.querySelector("[data-do=reply]").hidden = !isOpen;
  // So that of twenty buttons named 답글 each says whose comment it answers.
  acts.setAttribute("role", "group");
  acts.setAttribute("aria-label", foot.parentElement.querySelector(".comment-name").textContent);
  foot.replaceWith(acts);
  mark(item);
}

export function itemOf({ id, parent, html }) {
  const item = document.createElement("li");
  item.className = parent ? "reply" : "thread-item";
  item.id = `comment-${id}`;
  item.tabIndex = -1;
  if (parent) {
    item.dataset.parent = parent;
  }
  item.append(nodes(html));
  return item;
}

// Own comments get their buttons and lose those that are for others.
function mark(item) {
  const id = idOf(item);
  const isMine = own.has(id);
  for (const name of ["up", "down"]) {
    button(item, name).disabled = isMine || !isOpen;
  }
  button(item, "report").hidden = isMine;
  button(item, "delete").hidden = !isMine;
  const edit = button(item, "edit");
  edit.hidden = !isMine || !left(id);
  if (!edit.hidden) {
    countDown(edit, id);
  }
}

export function countDown(edit, id) {
  const seconds = left(id);
  if (!seconds || !edit.isConnected) {
    if (edit === document.activeElement) {
      edit.nextElementSibling.focus();
    }
    edit.hidden = true;
    return;
  }
  edit.textContent = word("left", seconds);
  setTimeout(countDown, SECOND, edit, id);
}

export function remember(id, { seconds, version }) {
  own.set(id, { until: performance.now() + seconds * SECOND, version });
}

// Asks what of these comments is mine and how I voted, and shows it.
export async function personalise(items) {
  const shown = items.filter((item) => button(item, "up"));
  if (!isKnown() || !shown.length) {
    return;
  }
  try {
    const { mine, votes } = await me(shown.map(idOf));
    for (const item of shown) {
      const id = idOf(item);
      if (mine[id]) {
        remember(Number(id), mine[id]);
        mark(item);
      }
      showVote(item, votes[id] ?? 0);
    }
  } catch {
    // The page stays as it is for everybody.
  }
}

function showVote(item, vote) {
  button(item, "up").setAttribute("aria-pressed", vote === 1);
  button(item, "down").setAttribute("aria-pressed", vote === -1);
}

async function vote(item, value, pressed) {
  const wanted = pressed.getAttribute("aria-pressed") === "true" ? 0 : value;
  const { ok, data } = await send(at(idOf(item), "vote"), { value: wanted });
  if (!ok) {
    note(item.querySelector(":scope > .comment"), data.message);
    return;
  }
  showVote(item, data.vote);
  for (const way of ["up", "down"]) {
    item.querySelector(`:scope > .comment [data-${way}]`).textContent = data[way];
  }
}

function reply(item) {
  const id = idOf(item);
  const { parent } = item.dataset;
  const open = item.querySelector(":scope > form");
  if (open) {
    open.elements.body.focus();
    return;
  }
  const top = parent ? document.getElementById(`comment-${parent}`) : item;
  const { article } = thread.dataset;
  const form = writeForm({
    url: `/news/${article}/comments/write/?parent=${id}`,
    key: `${article} ${id}`,
    cancelled: () => button(item, "reply").focus(),
    posted: (data, sent) => {
      showCount(data.count);
      if (data.html) {
        sent.remove();
        showPosted(addReply(top, data), data.message);
      }
    },
  });
  item.querySelector(":scope > .comment").after(form);
  form.elements.body.focus();
}

export function repliesOf(top) {
  let list = top.querySelector(":scope > .replies");
  if (!list) {
    list = part("replies");
    top.append(list);
  }
  return list;
}

function addReply(top, data) {
  return addOwn(data, (item) => repliesOf(top).append(item));
}

export function addOwn(data, put) {
  document.getElementById(`comment-${data.id}`)?.remove();
  const item = itemOf(data);
  remember(data.id, { seconds: data.seconds, version: 0 });
  put(item);
  enhance(item);
  return item;
}

// To where the comment now stands: below BEST it may be out of sight, and its minute is running.
export function showPosted(item, message) {
  note(item.querySelector(":scope > .comment"), message, true);
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function report(item) {
  ask("report", async (form) => {
    const { ok, data } = await send(at(idOf(item), "report"), new FormData(form));
    if (!ok) {
      return data.message;
    }
    return () => {
      button(item, "report").disabled = true;
      note(item.querySelector(":scope > .comment"), data.message, true);
    };
  });
}

function erase(item) {
  ask("delete", async () => {
    const { ok, data } = await send(at(idOf(item), "delete"), {});
    if (!ok) {
      return data.message;
    }
    const top = document.getElementById(`comment-${item.dataset.parent}`);
    if (data.html) {
      place(item, data.html);
    } else {
      item.remove();
    }
    // A tombstone leaves with the last reply that can be read under it.
    if (top?.querySelector(":scope > .comment-placeholder") && !top.querySelector(".reply > article, [data-more]")) {
      top.remove();
    }
    showCount(data.count);
    return () => {
      document.getElementById("comments-title").focus();
      say(data.message);
    };
  });
}

function textOf(item) {
  const text = item.querySelector(":scope > .comment > .comment-text");
  const body = text.lastChild.data;
  return text.firstElementChild ? body.replace(/^ /, "") : body;
}

function edited(item, body, { html, message }) {
  if (html) {
    place(item, html);
    say(message);
    button(item, "edit").focus();
  } else {
    item.querySelector(":scope > .comment > .comment-text").textContent = body;
    note(item.querySelector(":scope > .comment"), message);
  }
}

function edit(item) {
  const id = idOf(item);
  const dialog = ask("edit", async (form) => {
    const body = form.elements.body.value;
    const wrong = problem(body);
    if (wrong) {
      return part("form").dataset[wrong];
    }
    const { ok, data } = await send(at(id, "edit"), { body, version: own.get(id).version });
    if (!ok) {
      own.get(id).version = data.version ?? own.get(id).version;
      return data.message;
    }
    own.get(id).version = data.version;
    showCount(data.count);
    return () => edited(item, body, data);
  });
  dialog.querySelector("[data-body]").value = textOf(item);
  watchLength(dialog);
  countDown(dialog.querySelector("[data-left]"), id);
}

const DO = {
  reply,
  report,
  edit,
  delete: erase,
  up: (item, pressed) => vote(item, 1, pressed),
  down: (item, pressed) => vote(item, -1, pressed),
};

export function onAct(event) {
  const pressed = event.target.closest("[data-do]");
  if (pressed) {
    DO[pressed.dataset.do](pressed.closest(ITEM), pressed);
  }
}
