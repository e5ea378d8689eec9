"use strict";

// The networks as a graph over their pictures: which layer feeds which, and the way that leads to a chosen number.

(() => {
  const { svg } = widgetTools;

  /** So many lines lead to a number; windows are outlined on every map. */
  const mostLines = 16;

  const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];

  /** A line that leaves and arrives upright. */
  function curve([fromX, fromY], [toX, toY], attributes) {
    const bend = (fromY + toY) / 2;
    return svg("path", { d: `M${fromX} ${fromY}C${fromX} ${bend} ${toX} ${bend} ${toX} ${toY}`, ...attributes });
  }

  const outline = ({ left, top, width, height }, kind) => svg(
    "rect", { class: kind, x: left - 1, y: top - 1, width: width + 2, height: height + 2 });

  /**
   * Lays a picture over `root`; `draw(pad, columns, pictures, place)` draws the graph and the way to a place, or none, and
   * keeps them over what they are of.
   */
  function way(root) {
    const picture = svg("svg", { class: "lab-way", "aria-hidden": "true" });
    root.append(picture);
    let again = () => {};

    function draw(pad, columns, pictures, place) {
      const column = columns.find(({ network }) => network.name === place?.network);
      const steps = column ? lab.way(column.pass, place.layer, place) : [];
      again = () => lay(pad, columns, pictures, column, place, steps);
      again();
    }

    function lay(pad, columns, pictures, column, place, steps) {
      const origin = root.getBoundingClientRect();
      const area = (node) => {
        const { left, top, width, height } = node.getBoundingClientRect();
        return { left: left - origin.left, top: top - origin.top, width, height };
      };
      const part = (whole, { top, left, height, width }) => ({
        left: whole.left + left * whole.width, top: whole.top + top * whole.height, width: width * whole.width,
        height: height * whole.height,
      });
      const board = area(pad);

      /** Where a window of a map, a unit, or a window of the image is drawn. */
      function find({ network }, name, channel, window) {
        if (name === null) {
          const [height, width] = network.input.shape;
          return part(board, {
            top: window.y / height, left: window.x / width, height: window.height / height, width: window.width / width,
          });
        }
        const chosen = pictures.get(network.name).find((each) => each.name === name);
        return part(area(chosen.canvas), laboratory.maps.box(network.layer(name), channel, window ?? {}));
      }

      const [lines, boxes] = [[], []];
      for (const { network } of columns) {
        const all = pictures.get(network.name).map(({ canvas }) => area(canvas));
        all.slice(1).forEach(({ left, top, width }, index) => {
          const before = all[index];
          lines.push(curve([left + width / 2, before.top + before.height], [left + width / 2, top], { class: "way-flow" }));
        });
      }
      for (const each of columns) {
        for (const [layer, channels] of Object.entries(laboratory.state.changes[each.network.name]?.channels ?? {})) {
          for (const { channel } of channels) boxes.push(outline(find(each, layer, channel, null), "way-changed"));
        }
      }
      if (column) {
        const { top: y, left: x, height, width } = lab.field(column.network, place.layer, place).inside;
        boxes.push(outline(find(column, null, 0, { y, x, height, width }), "way-field"));
      }
      for (const { layer, place: at, sources } of steps) {
        const target = find(column, layer, at.channel, at.y === undefined ? null : { ...at, height: 1, width: 1 });
        boxes.push(outline(target, "way-place"));
        const sorted = sources.toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
        const most = Math.abs(sorted[0]?.weight ?? 0) || 1;
        sorted.forEach(({ layer: from, channel, window, weight }, rank) => {
          // What reads the image reads all its channels at the same place.
          if (from === null && rank > 0) return;
          const source = find(column, from, channel, window);
          boxes.push(outline(source, "way-window"));
          // Where the image stands above the networks, its line would run through all that lies between.
          if (rank >= mostLines || (from === null && board.left + board.width > target.left)) return;
          const strength = Math.abs(weight) / most;
          lines.push(curve(middle(source), middle(target), {
            class: weight < 0 ? "way-lowers" : "way-raises", "stroke-opacity": (0.15 + 0.85 * strength).toFixed(2),
            "stroke-width": (0.5 + 2 * strength).toFixed(2),
          }));
        });
      }
      picture.replaceChildren(...lines, ...boxes);
    }

    let isDue = false;
    /** Pictures move against each other when the page is scrolled or has another width. */
    function follow() {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        again();
      });
    }
    // Of whatever is scrolled: what scrolls within the page does not tell the page.
    addEventListener("scroll", follow, { passive: true, capture: true });
    new ResizeObserver(follow).observe(root);

    return { draw };
  }

  laboratory.way = way;
})();
