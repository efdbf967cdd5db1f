// Reports a reading once a page load, after the page has been in view for a while. No cookie goes along.

const SEEN_MILLISECONDS = 5000;
const address = document.querySelector("[data-read]")?.dataset.read;

if (address) {
  let timer = 0;
  const report = () => {
    document.removeEventListener("visibilitychange", watch);
    // Nobody waits for the answer, and a reading that is not counted is no reader's trouble.
    fetch(address, { method: "POST", credentials: "omit", keepalive: true }).catch(() => {});
  };
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(report, SEEN_MILLISECONDS);
  };
  document.addEventListener("visibilitychange", watch);
  watch();
}
