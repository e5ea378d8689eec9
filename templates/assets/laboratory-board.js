"use strict";

// The image with its pad, what is told of it, how it is placed and how the data are, and all that it is changed with.

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

  /** What is chosen beside the image: the `node`, and `draw` for what changed of it. */
  function input(root, site, words, save) {
    const { texts } = words;
    const { shape } = site.index;
    const usual = laboratory.usually(site);
    const board = laboratory.board(site, usual, words);
    const tools = laboratory.tools(words, shape);
    const samples = laboratory.samples(site, words);
    // Where the answers are not beside the image.
    const answer = element("p", { className: "lab-answer", "aria-hidden": "true" });
    const button = element("button", { type: "button" }, texts.save);
    button.addEventListener("click", () => save(board.pad));
    laboratory.pad(board.pad, shape, { ...tools, tell: (key, values) => { board.told.value = fill(texts[key], values); } });
    const files = laboratory.files({
      target: root, shape, isInk: usual.ink < 0.5, words, refuse: () => { board.told.value = texts.noPicture; },
    });
    samples.draw();
    return {
      pad: board.pad, told: board.told, samples, answer,
      draw() {
        board.draw();
        samples.mark();
        // What was refused, or did not come, is past.
        if ([texts.noPicture, texts.notLoaded].includes(board.told.value)) board.told.value = "";
      },
      node: element(
        "div", { className: "lab-input" }, board.node, answer, tools.group, laboratory.actions(words, shape, usual), samples.group,
        files, element("p", {}, button)),
    };
  }

  laboratory.board = board;
  laboratory.input = input;
})();
