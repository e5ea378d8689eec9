"use strict";

// The image with its pad, and what is told of it: how it is placed, and how the data are.

(() => {
  const { element, fill, percent } = widgetTools;

  /**
   * `usual` is how the data are placed. Returns the `node`, its `pad`, `told`, where what was done is said, and `draw`,
   * to be called after each change of the image.
   */
  function board({ index: { shape }, colours }, usual, words) {
    const { texts } = words;
    const pad = element("canvas", { className: "lab-pad", tabIndex: 0, role: "application", "aria-label": texts.pad });
    const cursor = element("span", { className: "lab-mark", hidden: true });
    const told = element("output", { className: "widget-readout" });
    const placed = element("p", { className: "lab-placed" });

    function draw() {
      const { image, cursor: at } = laboratory.state;
      laboratory.paint(pad, image, shape, colours().tone);
      const now = laboratory.edits.placement(image, shape);
      placed.textContent = now ? fill(texts.placed, {
        height: now.height, width: now.width, ink: percent(words, now.ink), usualHeight: usual.height,
        usualWidth: usual.width, usualInk: percent(words, usual.ink),
      }) : texts.empty;
      cursor.hidden = !at;
      if (!at) return;
      const [top, left, height, width] = [at[0] / shape[0], at[1] / shape[1], 1 / shape[0], 1 / shape[1]];
      for (const [side, share] of Object.entries({ top, left, height, width })) cursor.style[side] = `${100 * share}%`;
    }

    return { pad, told, draw, node: element("div", {}, element("div", { className: "lab-board" }, pad, cursor), placed, told) };
  }

  laboratory.board = board;
})();
