// Writing in place: the form above the thread, and one under a comment that is answered.

import { problem } from "./canonical.js";
import { watchLength } from "./counter.js";
import { dropDraft, loadDraft, saveDraft } from "./draft.js";
import { note, part } from "./parts.js";
import { me, send } from "./server.js";

// Only where the connection is secure does a browser make tokens; elsewhere the server's is used.
async function newToken() {
  return crypto.randomUUID ? crypto.randomUUID() : (await me()).token;
}

// After logging in a reader comes back to the article.
function showLogin(link, isMember) {
  const { article } = document.querySelector("[data-comments]").dataset;
  link.search = `?next=/news/${article}/`;
  link.hidden = isMember;
}

async function introduce(form) {
  if (form.dataset.introduced) {
    return;
  }
  form.dataset.introduced = "1";
  try {
    const told = await me();
    form.querySelector("[data-guest]").hidden = told.member;
    const as = form.querySelector("[data-as]");
    as.hidden = !told.member;
    as.textContent = as.textContent.replace("{name}", told.name);
    const nickname = form.elements.nickname;
    nickname.required = !told.member;
    nickname.value ||= told.name;
    if (!told.write) {
      note(form, told.why);
      showLogin(form.querySelector("[data-login]"), told.member);
    }
  } catch {
    delete form.dataset.introduced;
  }
}

// `key` names the draft, `posted` gets the server's answer. Returns the form, which stands nowhere yet.
export function writeForm({ url, key, posted, cancelled }) {
  const form = part("form");
  const { body, nickname } = form.elements;
  const draft = loadDraft(key);
  let { token } = draft;
  let isBusy = false;
  body.value = draft.body ?? "";
  nickname.value = draft.nickname ?? "";
  const showLength = watchLength(form);

  const keep = async () => {
    token ??= await newToken();
    saveDraft(key, { body: body.value, nickname: nickname.value, token });
  };
  const clear = () => {
    dropDraft(key);
    token = undefined;
    body.value = "";
    showLength();
  };
  form.addEventListener("input", keep);
  form.addEventListener("focusin", () => introduce(form));
  // Enter in the name's line goes on to the text; while a syllable is being composed it is the keyboard's own.
  nickname.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (!event.isComposing && event.keyCode !== 229) {
        body.focus();
      }
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = problem(body.value);
    if (wrong) {
      note(form, form.dataset[wrong]);
      body.focus();
      return;
    }
    if (isBusy) {
      return;
    }
    isBusy = true;
    form.setAttribute("aria-busy", "true");
    await keep();
    const { ok, data } = await send(url, { body: body.value, nickname: nickname.value, token });
    isBusy = false;
    form.removeAttribute("aria-busy");
    note(form, data.message, ok);
    if (ok) {
      clear();
      posted(data, form);
    }
  });
  const cancel = form.querySelector("[data-cancel]");
  cancel.hidden = !cancelled;
  cancel.addEventListener("click", () => {
    form.remove();
    cancelled();
  });
  return form;
}
