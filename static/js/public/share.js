// The share dialog. Without this script the same ways open in place, as a <details>.

const share = document.querySelector("[data-share]");
const dialog = document.querySelector("[data-share-dialog]");

if (share && dialog && typeof dialog.showModal === "function") {
  const { url, title } = share.dataset;
  const summary = share.querySelector("summary");
  const status = dialog.querySelector("[data-share-status]");
  const copies = share.querySelectorAll("[data-share-copy]");
  const close = () => dialog.close();

  // A way that needs this script: shown, and followed when it is pressed.
  const offer = (name, follow) => {
    const way = dialog.querySelector(`[data-share-${name}]`);
    if (way) {
      way.hidden = false;
      way.firstElementChild.addEventListener("click", follow);
    }
  };

  status.before(share.querySelector("[data-share-ways]"));
  summary.setAttribute("role", "button");
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    status.textContent = "";
    dialog.showModal();
    copies[0].focus();
  });
  dialog.querySelector("[data-share-close]").addEventListener("click", close);
  dialog.addEventListener("click", (event) => event.target === dialog && close());

  for (const copy of copies) {
    const field = copy.previousElementSibling;
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = copy.dataset.copied;
      } catch {
        // Refused, or no clipboard outside https: it is selected for the reader's own copy.
        field.select();
        status.textContent = copy.dataset.failed;
      }
    });
  }

  if (navigator.share) {
    offer("native", async () => {
      try {
        await navigator.share({ title, url });
        close();
      } catch {
        // The reader closed the system's own sheet: the dialog simply stays.
      }
    });
  }

  offer("kakao", async ({ currentTarget }) => {
    const { key, sdk, integrity, failed } = currentTarget.dataset;
    status.textContent = "";
    try {
      if (!window.Kakao) {
        await new Promise((onload, onerror) => {
          const script = document.createElement("script");
          document.head.append(Object.assign(script, { integrity, crossOrigin: "", onload, onerror, src: sdk }));
        });
      }
      if (!Kakao.isInitialized()) {
        Kakao.init(key);
      }
      // The card is made from the page's own OpenGraph data.
      Kakao.Share.sendScrap({ requestUrl: url });
    } catch {
      status.textContent = failed;
    }
  });
}
