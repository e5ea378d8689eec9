"use strict";

// Figures open large, over the page. Without this script their links lead to the figures' files.
(() => {
  const dialog = document.getElementById("lightbox");
  const view = dialog.querySelector(".lightbox-view");
  const caption = document.getElementById("lightbox-caption");
  const [step, steps] = [1.5, 6];
  let image = null;
  let zoom = 0;

  /** Gives the image its size: `level` steps larger than what fits, about the middle of what is seen. */
  function resize(level) {
    zoom = Math.max(0, Math.min(steps, level));
    const fitting = Math.min(view.clientWidth / image.naturalWidth, view.clientHeight / image.naturalHeight);
    const middle = [
      (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth,
      (view.scrollTop + view.clientHeight / 2) / view.scrollHeight,
    ];
    image.style.width = `${Math.floor(fitting * step ** zoom * image.naturalWidth)}px`;
    view.scrollTo({
      left: middle[0] * view.scrollWidth - view.clientWidth / 2,
      top: middle[1] * view.scrollHeight - view.clientHeight / 2, behavior: "instant",
    });
    dialog.querySelector("[data-zoom='-1']").disabled = zoom === 0;
    dialog.querySelector("[data-zoom='1']").disabled = zoom === steps;
  }

  const change = (direction) => resize(direction === 0 ? 0 : zoom + direction);

  async function open(link) {
    const figure = link.closest("figure");
    image = new Image();
    image.alt = figure.querySelector("img").alt;
    image.src = link.href;
    caption.textContent = [".figure-number", ".figure-caption"]
      .map((part) => figure.querySelector(part).textContent).join("\u2002");
    view.replaceChildren(image);
    dialog.showModal();
    view.focus();
    await image.decode();
    // A tall figure that fits the window would be smaller than on the page.
    const wanted = Math.min(1.2 * figure.querySelector("img").width, view.clientWidth - 1);
    for (let level = 0; level === 0 || (image.width < wanted && level <= steps); level += 1) resize(level);
    view.scrollTo({ left: (view.scrollWidth - view.clientWidth) / 2, top: 0, behavior: "instant" });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".figure-enlarge");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // A figure that does not load here will say so under its own address.
    open(link).catch(() => { location.href = link.href; });
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) change(Number(button.dataset.zoom));
    if (event.target.closest(".lightbox-close")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const direction = { "+": 1, "=": 1, "-": -1, 0: 0 }[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    change(direction);
  });
  dialog.addEventListener("close", () => view.replaceChildren());
  addEventListener("resize", () => { if (dialog.open) resize(zoom); });

  // A mouse drags the figure; fingers do so by themselves.
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    event.preventDefault();
    view.focus();
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener("pointermove", (event) => {
    if (view.hasPointerCapture(event.pointerId)) view.scrollBy({
      left: -event.movementX, top: -event.movementY, behavior: "instant",
    });
  });
  view.addEventListener("dblclick", () => change(zoom === 0 ? 2 : 0));
})();
