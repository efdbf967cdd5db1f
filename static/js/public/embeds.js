// Videos and posts of other sites: nothing is asked of them before the reader presses the button.

const opened = (document.querySelector("[data-embeds]")?.dataset.embeds ?? "").split(" ");

for (const box of document.querySelectorAll("[data-embed]")) {
  const { embed, frame, title, button: label } = box.dataset;
  if (!opened.includes(embed)) {
    continue;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-label", `${title} ${label}`);
  button.addEventListener("click", () => {
    const player = document.createElement("iframe");
    player.title = title;
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.loading = "lazy";
    // Players want to know which site shows them, and learn no more than that.
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.sandbox =
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation";
    player.src = frame;
    button.replaceWith(player);
    player.focus();
  });
  box.prepend(button);
}
