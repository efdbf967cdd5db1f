// The size of the text in five steps, kept on this device. The page is the same for everybody; only the
// attribute on <html> differs, and the style sheet does the rest.
// First of the page's scripts: it runs before the first paint, so that nothing jumps, and then waits for the page.

const KEY = "text-size";
const { dataset } = document.documentElement;

try {
  const kept = localStorage.getItem(KEY);
  if (kept) {
    dataset.text = kept;
  }
} catch {
  // Storage is refused: the size holds for this page.
}

if (document.readyState === "loading") {
  await new Promise((go) => document.addEventListener("DOMContentLoaded", go));
}

const group = document.querySelector("[data-text-size]");
const chosen = [...(group?.querySelectorAll("input") ?? [])].find((step) => step.value === (dataset.text ?? "2"));

if (chosen) {
  chosen.checked = true;
}
group?.addEventListener("change", ({ target }) => {
  dataset.text = target.value;
  try {
    localStorage.setItem(KEY, target.value);
  } catch {
    // As above.
  }
});

document.querySelector("[data-print]")?.addEventListener("click", () => print());
