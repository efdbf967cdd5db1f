// The share dialog. Without this script the same list opens in place, as a <details>.

const share = document.querySelector("[data-share]");
const dialog = document.querySelector("[data-share-dialog]");

if (share && dialog && typeof dialog.showModal === "function") {
  const { shareUrl: url, shareTitle: title } = share.dataset;
  const summary = share.querySelector("summary");
  const status = dialog.querySelector("[data-share-status]");
  const copy = dialog.querySelector("[data-share-copy]");
  const native = dialog.querySelector("[data-share-native]");

  dialog.querySelector("[data-share-slot]").append(share.querySelector("[data-share-list]"));
  summary.setAttribute("role", "button");
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    status.textContent = "";
    dialog.showModal();
  });

  const close = () => dialog.close();
  dialog.querySelector("[data-share-close]").addEventListener("click", close);
  dialog.addEventListener("click", (event) => event.target === dialog && close());

  copy.addEventListener("click", async () => {
    const field = dialog.querySelector("input");
    try {
      await navigator.clipboard.writeText(url);
      status.textContent = copy.dataset.shareCopied;
    } catch {
      // Refused, or no clipboard outside https: the address is selected for the reader's own copy.
      field.select();
      status.textContent = copy.dataset.shareFailed;
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
