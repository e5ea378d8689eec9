"use strict";

// Every layer of the chosen networks, side by side, redrawn whenever one of them was computed anew.

(() => {
  const { element, fill } = widgetTools;

  /** Shares of a picture as the place of an element above it. */
  function lay(node, { top, left, height, width }) {
    for (const [side, share] of Object.entries({ top, left, height, width })) node.style[side] = `${100 * share}%`;
    node.hidden = false;
  }

  /** The picture of a layer, in which a place can be chosen with the pointer or the arrow keys. */
  function cell({ pass, name }, layer, words) {
    const isMap = layer.output.length === 3;
    const label = fill(isMap ? words.texts.maps : words.texts.units, {
      network: name, layer: layer.name, channels: layer.output.at(-1),
    });
    const canvas = element("canvas", { className: "lab-maps", tabIndex: 0, role: "img", "aria-label": label });
    const marks = { field: element("span"), place: element("span") };
    for (const [kind, mark] of Object.entries(marks)) Object.assign(mark, { className: `lab-mark lab-${kind}`, hidden: true });
    const choose = (place) => laboratory.set({ place: { network: pass.network.name, layer: layer.name, ...place } });
    const own = () => {
      const { place } = laboratory.state;
      return place?.network === pass.network.name && place.layer === layer.name ? place : null;
    };

    function point(event) {
      const area = canvas.getBoundingClientRect();
      const place = laboratory.maps.placeAt(
        layer, (event.clientY - area.top) / area.height, (event.clientX - area.left) / area.width);
      if (place) choose(place);
    }
    canvas.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") point(event); });
    canvas.addEventListener("click", point);
    canvas.addEventListener("focus", () => { if (!own()) choose(isMap ? { y: 0, x: 0, channel: 0 } : { channel: 0 }); });
    canvas.addEventListener("keydown", (event) => {
      if (!event.key.startsWith("Arrow")) return;
      event.preventDefault();
      choose(laboratory.maps.step(layer, own() ?? { y: 0, x: 0, channel: 0 }, event.key));
    });

    return {
      layer, canvas, marks,
      node: element(
        "div", { className: isMap ? "lab-cell" : "lab-cell lab-units" },
        element("p", { className: "lab-layer" }, element("b", {}, layer.name), ` ${layer.output.join("×")}`),
        element("div", { className: "lab-picture" }, canvas, marks.field, marks.place)),
      draw: (tone) => laboratory.maps.draw(canvas, layer, pass.values[layer.index], tone),
    };
  }

  /**
   * Fills `holder` with a row a layer.
   *
   * `columns` are `{ pass, name }` of one or two networks; returns `draw(tone)`, to be called after each run, and
   * `mark(place)`, which outlines the place that is looked into and what it is made of.
   */
  function layers(holder, columns, words) {
    const all = columns.map(() => []);
    const rows = laboratory.rows(columns.map(({ pass }) => pass.network)).map((row) => element(
      "div", { className: "lab-row" }, ...row.map((layer, side) => {
        if (!layer) return element("div", { className: "lab-cell" });
        const made = cell(columns[side], layer, words);
        all[side].push(made);
        return made.node;
      })));
    holder.replaceChildren(...rows);

    function mark(place) {
      for (const { marks } of all.flat()) for (const each of Object.values(marks)) each.hidden = true;
      const side = columns.findIndex(({ pass }) => pass.network.name === place?.network);
      if (side < 0) return;
      const chosen = all[side].find(({ layer }) => layer.name === place.layer);
      if (!chosen) return;
      const isMap = chosen.layer.output.length === 3;
      lay(chosen.marks.place, laboratory.maps.box(
        chosen.layer, place.channel, isMap ? { y: place.y, x: place.x, height: 1, width: 1 } : {}));
      const before = all[side][all[side].indexOf(chosen) - 1];
      const { window } = lab.terms(columns[side].pass, place.layer, place);
      if (!window || before?.layer.output.length !== 3) return;
      // What a filter reads lies at the same place of every map; it is outlined on the first, or on its own.
      const channel = chosen.layer.kind === "pooling" ? place.channel : 0;
      const [height, width] = before.layer.output;
      const [top, left] = [Math.max(0, window.top), Math.max(0, window.left)];
      lay(before.marks.field, laboratory.maps.box(before.layer, channel, {
        y: top, x: left, height: Math.min(height, window.top + window.height) - top,
        width: Math.min(width, window.left + window.width) - left,
      }));
    }

    return { draw: (tone) => { for (const each of all.flat()) each.draw(tone); }, mark };
  }

  laboratory.layers = layers;
  laboratory.lay = lay;
})();
