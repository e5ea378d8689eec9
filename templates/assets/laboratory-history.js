"use strict";

// What the image was before: one step back for each stroke and each button.

(() => {
  /** So many steps are kept. */
  const most = 100;

  const before = [];
  let [current, isUndoing] = [null, false];

  laboratory.on(["image"], ({ image, shown, stroke }) => {
    const isGoingOn = stroke !== null && stroke === current?.stroke;
    if (current && !isUndoing && !isGoingOn) before.push(current);
    if (before.length > most) before.shift();
    [current, isUndoing] = [{ image, shown, stroke }, false];
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
