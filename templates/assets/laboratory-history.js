"use strict";

// What the image was before: one step back for each stroke and each button.

(() => {
  /** Changes that follow each other faster, in milliseconds, are one: a stroke is many. */
  const pause = 400;
  /** So many steps are kept. */
  const most = 100;

  const before = [];
  let [current, last, isUndoing] = [null, 0, false];

  laboratory.on(["image"], ({ image, shown }) => {
    const now = performance.now();
    if (current && !isUndoing && now - last > pause) before.push(current);
    if (before.length > most) before.shift();
    [current, last, isUndoing] = [{ image, shown }, now, false];
  });

  /** Goes back one step, as far as there are any. */
  function undo() {
    const step = before.pop();
    if (!step) return;
    isUndoing = true;
    laboratory.set(step);
  }

  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    event.preventDefault();
    undo();
  });

  Object.assign(laboratory, { undo });
})();
