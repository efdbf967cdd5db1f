// The share dialog. Without this script the same ways open in place, as a <details>.

const share = document.querySelector("[data-share]");
const dialog = document.querySelector("[data-share-dialog]");

if (share && dialog && typeof dialog.showModal === "function") {
  const { url, title } = share.dataset;
  const summary = share.querySelector("summary");
  const status = dialog.querySelector("[data-share-status]");
  const copy = share.querySelector("[data-share-copy]");
  const native = share.querySelector("[data-share-native]");

  status.before(share.querySelector("[data-share-ways]"));
  copy.hidden = false;
  summary.setAttribute("role", "button");
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    status.textContent = "";
    dialog.showModal();
    copy.focus();
  });

  const close = () => dialog.close();
  dialog.querySelector("[data-share-close]").addEventListener("click", close);
  dialog.addEventListener("click", (event) => event.target === dialog && close());

  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(url);
      status.textContent = copy.dataset.copied;
    } catch {
      // Refused, or no clipboard outside https: the address is selected for the reader's own copy.
      dialog.querySelector("input").select();
      status.textContent = copy.dataset.failed;
    }
  });

  if (navigator.share) {
    native.hidden = false;
    native.querySelector("button").addEventListener("click", async () => {
      try {
        await navigator.share({ title, url });
        close();
      } catch {
        // The reader closed the system's own sheet: the dialog simply stays.
      }
    });
  }
}
