"use strict";

// Examples of each mistake.

(() => {
  const { element, fill, count, load, bytes, isDark, choice, className, colour, fail } = widgetTools;

  /** Makes a table's buttons one stop of the tab key, between which the arrow keys move. */
  function walk(table) {
    const first = table.querySelector("tbody button");
    if (first) first.tabIndex = 0;
    table.addEventListener("focusin", (event) => {
      table.querySelectorAll("button[tabindex='0']").forEach((button) => { button.tabIndex = -1; });
      event.target.tabIndex = 0;
    });
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const cell = event.target.closest("td");
      let [x, y] = [cell.cellIndex, cell.parentElement.rowIndex];
      do {
        x += step[0];
        y += step[1];
        if (!table.rows[y]?.cells[x]) return;
      } while (!table.rows[y].cells[x].querySelector("button"));
      table.rows[y].cells[x].querySelector("button").focus();
    });
  }

  /** An image of the data set on a canvas; of one channel in the page's colours. */
  function thumbnail(pixels, { shape: [height, width, channels], colors }) {
    const canvas = element("canvas", { width, height, className: "widget-image" });
    const picture = canvas.getContext("2d").createImageData(width, height);
    const { tone } = colors[isDark() ? "dark" : "light"];
    for (let pixel = 0; pixel < height * width; pixel += 1) {
      const levels = pixels.subarray(pixel * channels, (pixel + 1) * channels);
      picture.data.set([...(channels === 3 ? levels : colour(tone, levels[0] / 255)), 255], 4 * pixel);
    }
    canvas.getContext("2d").putImageData(picture, 0, 0);
    return canvas;
  }

  async function confusions(widget, words, root) {
    const index = await load(root, "widgets", "index");
    const { texts } = words;
    const state = { network: index.networks.length - 1 };
    const examples = element("div", { className: "widget-examples", "aria-live": "polite" });
    const frame = element("div", { className: "table" });

    const mistake = (truth, guess, times) => fill(texts.mistake, {
      truth: words.classes[truth], guess: words.classes[guess], count: count(words, times),
    });

    function tell(cell, times) {
      const pixels = bytes(cell.pixels);
      const size = pixels.length / cell.numbers.length;
      examples.replaceChildren(
        element("p", {}, mistake(cell.truth, cell.guess, times)),
        ...cell.numbers.map((number, place) => element(
          "figure", {},
          thumbnail(pixels.subarray(place * size, (place + 1) * size), index),
          element("figcaption", {}, fill(texts.example, { number: count(words, number) })))));
    }

    async function show() {
      const { network } = state;
      const data = await load(root, "widgets", `${index.networks[network]}-confusions`);
      if (state.network !== network) return;
      const cells = new Map(data.cells.map((cell) => [`${cell.truth},${cell.guess}`, cell]));
      const head = element(
        "tr", {}, element("th", { scope: "col" }, texts.truth),
        ...words.classes.map((_, label) => element(
          "th", { scope: "col", className: "number" }, className(words, label))));
      const rows = data.matrix.map((row, truth) => {
        const total = row.reduce((sum, times) => sum + times, 0) || 1;
        const name = element("th", { scope: "row" }, className(words, truth));
        return element("tr", {}, name, ...row.map((times, guess) => {
          const cell = cells.get(`${truth},${guess}`);
          const td = element("td", { className: guess === truth ? "number" : "number mistake" });
          // So faint that numbers stay legible; mistakes, which are rarer, are tinted more.
          td.style.setProperty("--tint", guess === truth ? (0.16 * times) / total : Math.min(0.28, times / total));
          if (!cell) {
            td.append(times === 0 ? element("span", { className: "zero" }, "0") : count(words, times));
            return td;
          }
          const button = element("button", {
            type: "button", tabIndex: -1, "aria-label": mistake(truth, guess, times),
          }, count(words, times));
          for (const event of ["click", "focus", "pointerenter"]) {
            button.addEventListener(event, () => tell(cell, times));
          }
          td.append(button);
          return td;
        }));
      });
      const table = element(
        "table", { className: "widget-matrix" }, element("thead", {}, head), element("tbody", {}, ...rows));
      walk(table);
      frame.replaceChildren(table);
      examples.replaceChildren(element("p", {}, texts.matrix));
    }

    await show();
    widget.replaceChildren(
      choice(texts.network, words.networks, state.network, (chosen) => {
        state.network = chosen;
        show().catch(fail(widget));
      }), frame, examples);
  }

  widgetTools.parts.confusions = confusions;
})();
