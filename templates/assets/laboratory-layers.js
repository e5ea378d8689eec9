"use strict";

// Every layer of the chosen networks, side by side, redrawn whenever one of them was computed anew.

(() => {
  const { element, fill } = widgetTools;

  /** The picture of a layer, in which a place can be chosen with the pointer or the arrow keys. */
  function cell(column, name, words) {
    const { texts } = words;
    const network = column.network.name;
    const now = () => column.network.layer(name);
    const { output, kind } = now();
    const isMap = output.length === 3;
    const values = { network: column.name, layer: name, channels: output.at(-1) };
    const canvas = element("canvas", {
      className: "lab-maps", tabIndex: 0, role: "img", "aria-label": fill(isMap ? texts.maps : texts.units, values),
    });
    const kernels = kind === "convolution"
      ? element("canvas", { className: "lab-kernels", role: "img", "aria-label": fill(texts.kernels, values) }) : null;
    /** What is pointed at is told in passing; what was clicked, or reached by a key, stays until it is let go. */
    const choose = (place, isPinned) => laboratory.set({ place: { network, layer: name, ...place }, isPinned });
    const own = () => {
      const { place } = laboratory.state;
      return place?.network === network && place.layer === name ? place : null;
    };

    function pointed(event) {
      const area = canvas.getBoundingClientRect();
      return laboratory.maps.placeAt(
        now(), (event.clientY - area.top) / area.height, (event.clientX - area.left) / area.width);
    }
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || laboratory.state.isPinned) return;
      const place = pointed(event);
      if (place) choose(place, false);
    });
    canvas.addEventListener("click", (event) => {
      const [place, current] = [pointed(event), own()];
      if (!place) return;
      const isSame = current && ["y", "x", "channel"].every((key) => current[key] === place[key]);
      choose(place, !(isSame && laboratory.state.isPinned));
    });
    canvas.addEventListener("keydown", (event) => {
      const first = isMap ? { y: 0, x: 0, channel: 0 } : { channel: 0 };
      if (event.key === "Enter") {
        event.preventDefault();
        choose(own() ?? first, true);
        laboratory.open();
      }
      if (!event.key.startsWith("Arrow")) return;
      event.preventDefault();
      choose(own() ? laboratory.maps.step(now(), own(), event.key) : first, true);
    });

    function draw(colours) {
      laboratory.maps.draw(canvas, now(), column.pass.values[now().index], colours);
      if (!kernels) return;
      kernels.hidden = !laboratory.state.kernels;
      if (kernels.hidden) return;
      const { window, input, tensors } = now();
      laboratory.maps.signedPlanes(kernels, { shape: [...window, input[2], output[2]], values: tensors.kernel }, colours.signed);
    }

    return {
      name, canvas, draw,
      node: element(
        "div", { className: isMap ? "lab-cell" : "lab-cell lab-units" },
        element("p", { className: "lab-layer" }, element("b", {}, name), ` ${output.join("×")}`), ...(kernels ? [kernels] : []),
        canvas),
    };
  }

  /**
   * Fills `holder` with a row a layer.
   *
   * `columns` are those of one or two networks; returns `draw(colours)`, to be called after each run, and `pictures`, by
   * network a list of `{ name, canvas }` from the first layer on.
   */
  function layers(holder, columns, words) {
    const pictures = new Map(columns.map(({ network }) => [network.name, []]));
    const rows = laboratory.rows(columns.map(({ network }) => network)).map((row) => element(
      "div", { className: "lab-row" }, ...row.map((layer, side) => {
        if (!layer) return element("div", { className: "lab-cell" });
        const made = cell(columns[side], layer.name, words);
        pictures.get(columns[side].network.name).push(made);
        return made.node;
      })));
    holder.replaceChildren(...rows);
    return { pictures, draw: (colours) => { for (const each of [...pictures.values()].flat()) each.draw(colours); } };
  }

  laboratory.layers = layers;
})();
