"use strict";

// The controls beside the image: what a stroke does, what changes the whole image, and which image is shown.

(() => {
  const { element, fill, count, bytes } = widgetTools;

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
    return element("div", { className: "lab-actions" }, ...Object.entries(all).map(([name, change]) => {
      const button = element("button", { type: "button" }, words.texts[name]);
      button.addEventListener("click", () => laboratory.set({ image: change(laboratory.state.image), shown: null }));
      return button;
    }));
  }

  function tools(words) {
    const chosen = { tool: "draw" };
    const group = element("fieldset", { className: "lab-tools" }, element("legend", {}, words.texts.tool));
    for (const name of ["draw", "erase", "cover", "move"]) {
      const input = element("input", { type: "radio", name: "lab-tool", checked: name === "draw" });
      input.addEventListener("change", () => { chosen.tool = name; });
      group.append(element("label", {}, input, ` ${words.texts[name]}`));
    }
    const radius = element("input", { type: "range", min: 0.5, max: 4, step: 0.25, value: 1.25 });
    group.append(element("label", {}, `${words.texts.width} `, radius));
    return { group, tool: () => chosen.tool, radius: () => Number(radius.value) };
  }

  /** The shown images, of which one can be chosen. */
  function samples(index, words, colours) {
    const group = element("fieldset", { className: "widget-samples" }, element("legend", {}, words.texts.images));
    const all = index.images.map(({ number, label, pixels }, shown) => {
      const image = Float32Array.from(bytes(pixels));
      const input = element("input", { type: "radio", name: "lab-image" });
      input.addEventListener("change", () => laboratory.set({ shown, image }));
      const canvas = element("canvas", { className: "widget-image" });
      const name = fill(words.texts.image, { number: count(words, number), label: words.classes[label] });
      group.append(element(
        "label", { title: name }, input, canvas, element("span", { className: "visually-hidden" }, name)));
      return { image, input, canvas };
    });
    return {
      group,
      draw: () => { for (const { image, canvas } of all) laboratory.paint(canvas, image, index.shape, colours().tone); },
      /** Says which of them is looked at; what has the focus keeps it. */
      mark: () => all.forEach(({ input }, shown) => { input.checked = laboratory.state.shown === shown; }),
    };
  }

  const middle = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

  /** How the shown images are placed: the median box and ink. */
  function usually(index) {
    const all = index.images.map(({ pixels }) => laboratory.edits.placement(Float32Array.from(bytes(pixels)), index.shape))
      .filter(Boolean);
    const of = (key) => middle(all.map((each) => each[key]));
    return { top: of("top"), left: of("left"), height: of("height"), width: of("width"), ink: of("ink") };
  }

  Object.assign(laboratory, { actions, tools, samples, usually });
})();
