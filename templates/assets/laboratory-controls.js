"use strict";

// The controls beside the image: what a stroke does, what changes the whole image, and which image is shown.

(() => {
  const { element, fill, count } = widgetTools;

  /** A row of buttons that change the image. */
  function actions(words, shape, usual) {
    const { edits } = laboratory;
    let seed = 0;
    const all = {
      clear: (image) => edits.empty(image), mirror: (image) => edits.mirrored(image, shape),
      invert: (image) => edits.inverted(image), blur: (image) => edits.blurred(image, shape),
      noise: (image) => edits.noisy(image, 32, seed += 1), fit: (image) => edits.fitted(image, shape, usual),
      moveUp: (image) => edits.moved(image, shape, -1, 0), moveDown: (image) => edits.moved(image, shape, 1, 0),
      moveLeft: (image) => edits.moved(image, shape, 0, -1), moveRight: (image) => edits.moved(image, shape, 0, 1),
    };
    const buttons = Object.entries(all).map(([name, change]) => {
      const button = element("button", { type: "button" }, words.texts[name]);
      button.addEventListener("click", () => laboratory.set({ image: change(laboratory.state.image), shown: null }));
      return button;
    });
    const undo = element("button", { type: "button" }, words.texts.undo);
    undo.addEventListener("click", laboratory.undo);
    return element("div", { className: "lab-actions" }, ...buttons, undo);
  }

  /** Edges that a patch may have, in pixels: odd, so that it has a middle, from 3 up to half of the image. */
  function patches([height, width]) {
    const all = Array.from({ length: Math.min(height, width) >> 2 }, (_, index) => 2 * index + 3)
      .filter((edge) => 2 * edge <= Math.min(height, width));
    return all.length ? all : [1];
  }

  /** The level of each channel of a colour as `#rrggbb`. */
  const levels = (colour) => [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));

  /** How large a patch is that covers the image: by a stroke, and where it is asked what an answer depends on. */
  function patch(words, shape) {
    const edges = patches(shape);
    const slider = element("input", {
      type: "range", min: edges[0], max: edges.at(-1), step: 2, value: laboratory.state.patch,
    });
    const told = element("output");
    const tell = () => {
      told.value = fill(words.texts.patchEdge, { edge: slider.value });
      slider.setAttribute("aria-valuetext", told.value);
    };
    slider.addEventListener("input", () => {
      tell();
      laboratory.set({ patch: Number(slider.value) });
    });
    laboratory.on(["patch"], (state) => {
      slider.value = state.patch;
      tell();
    });
    tell();
    return element("label", { className: "lab-patch" }, `${words.texts.coverPatch} `, slider, " ", told);
  }

  /** What a stroke does: `group` holds the controls, `tool()` and `brush()` say what is chosen. */
  function tools(words, shape) {
    const { texts } = words;
    const chosen = { tool: "draw" };
    const group = element("fieldset", { className: "lab-tools" }, element("legend", {}, texts.tool));
    for (const name of ["draw", "erase", "cover", "move"]) {
      const input = element("input", { type: "radio", name: "lab-tool", checked: name === "draw" });
      input.addEventListener("change", () => { chosen.tool = name; });
      group.append(element("label", {}, input, ` ${texts[name]}`));
    }
    const radius = element("input", { type: "range", min: 0.5, max: 4, step: 0.25, value: 1.25 });
    const ink = shape[2] === 3 ? element("input", { type: "color", value: "#ffffff" }) : null;
    group.append(
      element("label", {}, `${texts.width} `, radius), ...(ink ? [element("label", {}, `${texts.ink} `, ink)] : []),
      patch(words, shape));
    const inks = () => (ink ? levels(ink.value) : Array(shape[2]).fill(255));
    return { group, tool: () => chosen.tool, brush: () => ({ radius: Number(radius.value), ink: inks() }) };
  }

  /** The shown images, or those of them that are named by their place, of which one can be chosen. */
  function samples({ index, image: pixels, colours }, words, places = index.images.keys()) {
    const group = element("fieldset", { className: "widget-samples" }, element("legend", {}, words.texts.images));
    const all = [...places].map((shown) => {
      const { number, label } = index.images[shown];
      const image = pixels(shown);
      const input = element("input", { type: "radio", name: "lab-image" });
      input.addEventListener("change", () => laboratory.set({ shown, image }));
      const canvas = element("canvas", { className: "widget-image" });
      const name = fill(words.texts.image, { number: count(words, number), label: words.classes[label] });
      group.append(element(
        "label", { title: name }, input, canvas, element("span", { className: "visually-hidden" }, name)));
      return { shown, image, input, canvas };
    });
    return {
      group,
      draw: () => { for (const { image, canvas } of all) laboratory.paint(canvas, image, index.shape, colours().tone); },
      /** Says which of them is looked at; what has the focus keeps it. */
      mark: () => all.forEach(({ shown, input }) => { input.checked = laboratory.state.shown === shown; }),
    };
  }

  const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

  /**
   * How the shown images are placed, by medians: height, width and the longer of both, the row and the column of the
   * middle, and the ink.
   */
  function usually({ index, image }) {
    const all = index.images.map((_, shown) => laboratory.edits.placement(image(shown), index.shape)).filter(Boolean);
    const of = (read) => median(all.map(read));
    return {
      height: of(({ height }) => height), width: of(({ width }) => width),
      longer: of(({ height, width }) => Math.max(height, width)), ink: of(({ ink }) => ink),
      y: of(({ top, height }) => top + (height - 1) / 2), x: of(({ left, width }) => left + (width - 1) / 2),
    };
  }

  Object.assign(laboratory, { actions, tools, patches, samples, usually });
})();
