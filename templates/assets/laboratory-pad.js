"use strict";

// The image that the networks look at, and drawing on it: with a pen, a finger, a mouse or the arrow keys.

(() => {
  /** How far a brush of this radius covers a pixel at this distance from its path, from 0 to 1. */
  const coverage = (distance, radius) => Math.max(0, Math.min(1, radius + 0.5 - distance));

  /** The distance of a point from the line between two others. */
  function distance([y, x], [fromY, fromX], [toY, toX]) {
    const [dy, dx] = [toY - fromY, toX - fromX];
    const length = dy * dy + dx * dx;
    const share = length ? Math.max(0, Math.min(1, ((y - fromY) * dy + (x - fromX) * dx) / length)) : 0;
    return Math.hypot(y - fromY - share * dy, x - fromX - share * dx);
  }

  /** A stroke from one place between pixels to another, in `ink`, a level for each channel. */
  function stroked(image, [height, width, channels], from, to, { radius, ink }) {
    const result = image.slice();
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const share = coverage(distance([y, x], from, to), radius);
        if (!share) continue;
        const place = (y * width + x) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          const level = result[place + channel];
          const target = level + share * (ink[channel] - level);
          // What a stroke has once darkened, its paler edge does not lighten.
          result[place + channel] = ink[channel] >= level ? Math.max(level, target) : Math.min(level, target);
        }
      }
    }
    return result;
  }

  /** Draws an image, a square of the canvas a pixel; levels of one channel in the colours `tone`. */
  function paint(canvas, image, [height, width, channels], tone) {
    const scale = Math.max(1, Math.floor(336 / Math.max(height, width)));
    [canvas.width, canvas.height] = [width * scale, height * scale];
    const context = canvas.getContext("2d");
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const place = (y * width + x) * channels;
        const levels = image.subarray(place, place + channels);
        context.fillStyle = channels === 3
          ? `rgb(${levels.map(Math.round).join(" ")})`
          : `#${tone.slice(6 * Math.round(levels[0]), 6 * Math.round(levels[0]) + 6)}`;
        context.fillRect(x * scale, y * scale, scale, scale);
      }
    }
    return scale;
  }

  /**
   * Makes a canvas a pad.
   *
   * - `tool()`: what a stroke does: `draw`, `erase`, `cover` or `move`
   * - `brush()`: `{ radius, ink }`, in pixels and levels; what covers has the edge of the state's `patch`
   * - `tell(key, values)`: says what the keys did
   */
  function pad(canvas, shape, { tool, brush, tell }) {
    const [height, width] = shape;
    let last = null;
    /** Where a stroke began, and the image then: what is moved over the edge comes back with it. */
    let begin = null;
    let stroke = 0;
    let cursor = [Math.floor(height / 2), Math.floor(width / 2)];

    function apply(from, to, pressure) {
      const { image } = laboratory.state;
      const { edits } = laboratory;
      const { radius, ink } = brush();
      const used = { radius: radius * (0.5 + pressure), ink: tool() === "erase" ? ink.map(() => 0) : ink };
      const next = {
        draw: () => stroked(image, shape, from, to, used),
        erase: () => stroked(image, shape, from, to, used),
        cover: () => edits.covered(image, shape, Math.round(to[0]), Math.round(to[1]), laboratory.state.patch),
        move: () => {
          const start = begin ?? { at: from, image };
          return edits.moved(start.image, shape, Math.round(to[0] - start.at[0]), Math.round(to[1] - start.at[1]));
        },
      }[tool()]();
      laboratory.set({ image: next, shown: null, stroke });
    }

    /** The place of a pointer, between pixels. */
    function place(event) {
      const box = canvas.getBoundingClientRect();
      return [
        ((event.clientY - box.top) / box.height) * height - 0.5, ((event.clientX - box.left) / box.width) * width - 0.5,
      ];
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      last = place(event);
      stroke += 1;
      begin = { at: last, image: laboratory.state.image };
      laboratory.set({ cursor: null });
      if (tool() !== "move") apply(last, last, event.pressure);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      // A pen tells of more places than the page is drawn.
      for (const each of event.getCoalescedEvents?.() ?? [event]) {
        const next = place(each);
        const isWhole = tool() !== "move" || Math.round(next[0]) !== Math.round(last[0])
          || Math.round(next[1]) !== Math.round(last[1]);
        if (!isWhole) continue;
        apply(last, next, each.pressure);
        last = next;
      }
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { [last, begin] = [null, null]; });

    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!step && event.key !== " ") return;
      event.preventDefault();
      stroke += 1;
      const before = cursor;
      if (step) {
        cursor = [
          Math.max(0, Math.min(height - 1, cursor[0] + step[0])), Math.max(0, Math.min(width - 1, cursor[1] + step[1])),
        ];
      }
      if (event.key === " " || event.shiftKey || tool() === "move") apply(step ? before : cursor, cursor, 0.5);
      tell("cursor", { y: cursor[0] + 1, x: cursor[1] + 1 });
      laboratory.set({ cursor });
    });
    canvas.addEventListener("focus", () => { if (canvas.matches(":focus-visible")) laboratory.set({ cursor }); });
    canvas.addEventListener("blur", () => laboratory.set({ cursor: null }));
  }

  Object.assign(laboratory, { pad, paint });
})();
