// Comments in place. Without this script the same happens on pages of its own.

import { watchLength } from "./counter.js";
import { ITEM, addOwn, countDown, enhance, onAct, personalise, remember, repliesOf, showPosted } from "./acts.js";
import { writeForm } from "./form.js";
import { openLiveRegion, showCount } from "./parts.js";

const section = document.querySelector("[data-comments]");

function openWriting() {
  const place = section.querySelector("[data-write]");
  if (!place) {
    return;
  }
  const { article } = section.dataset;
  const form = writeForm({
    url: `/news/${article}/comments/write/`,
    key: article,
    posted: (data, sent) => {
      showCount(data.count);
      if (data.html) {
        sent.querySelector("[data-note]").remove();
        showPosted(addOwn(data, (item) => section.querySelector("[data-list]").prepend(item)), data.message);
      }
    },
  });
  place.querySelector("p").replaceWith(form);
}

// "More replies": the page behind the link is fetched, and its replies move into this one.
async function showMore(event) {
  const link = event.target.closest("[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const top = link.closest(".thread-item");
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll("[data-replies] > .reply")];
    const list = repliesOf(top);
    for (const item of found) {
      // One's own may stand here already: it takes its place in the order.
      document.getElementById(item.id)?.remove();
      item.tabIndex = -1;
      list.append(item);
      enhance(item);
    }
    const next = page.querySelector("[data-replies] ~ .replies-more > [data-more]");
    if (next) {
      link.href = next.href;
      link.textContent = next.textContent;
      link.removeAttribute("aria-busy");
    } else {
      link.parentElement.remove();
    }
    found[0]?.focus();
    personalise(found);
  } catch {
    location.assign(link.href);
  }
}

if (section?.dataset.article && document.querySelector("template[data-parts]")) {
  openLiveRegion(section);
  document.getElementById("comments-title").tabIndex = -1;
  const items = [...section.querySelectorAll(ITEM)];
  items.forEach(enhance);
  openWriting();
  section.addEventListener("click", onAct);
  section.addEventListener("click", showMore);
  personalise(items);
} else if (section && document.querySelector("template[data-parts]")) {
  // A page with a form of its own: writing, editing.
  openLiveRegion(section);
  section.querySelectorAll("[data-form]").forEach(watchLength);
  for (const place of section.querySelectorAll("[data-countdown]")) {
    remember(0, { seconds: Number(place.dataset.countdown) });
    countDown(place, 0);
  }
}
