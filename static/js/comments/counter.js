// The live counter under a field: it counts as the server does, cuts nothing off, and speaks now and then.

import { BODY_MAX, count } from "./canonical.js";
import { say, word } from "./parts.js";

const STEP = 40;
const CLOSE = 380;
// So that a screen reader hears where the writer stopped, not every key on the way.
const PAUSE = 600;

export function watchLength(form) {
  const field = form.querySelector("[data-body]");
  const counter = form.querySelector("[data-counter]");
  const submit = form.querySelector("[data-submit]");
  let before = count(field.value);
  let timer = 0;

  const speak = () => {
    clearTimeout(timer);
    say(word("said", before));
  };
  const show = () => {
    const now = count(field.value);
    const isOver = now > BODY_MAX;
    counter.textContent = `${now} / ${BODY_MAX}`;
    counter.classList.toggle("comment-counter-over", isOver);
    field.toggleAttribute("aria-invalid", isOver);
    submit.disabled = isOver;
    const isNext = Math.floor(now / STEP) !== Math.floor(before / STEP);
    const isWorthSaying = isNext || (now >= CLOSE && now !== before);
    before = now;
    if (isWorthSaying) {
      clearTimeout(timer);
      timer = setTimeout(speak, PAUSE);
    }
  };
  field.addEventListener("input", show);
  field.addEventListener("blur", speak);
  show();
  return show;
}
