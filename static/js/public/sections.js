// On a phone the list of sections scrolls sideways: bring the current one into view.

const list = document.querySelector("[data-sections] ul");
const current = list?.querySelector("[aria-current]");

if (current) {
  list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}
