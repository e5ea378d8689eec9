"use strict";

// The laboratory's page. Its scripts meet in this one name, as pages opened from a file load no modules: this one holds
// what is shown, and tells the others when that changes.

const laboratory = (() => {
  /**
   * What the reader has made of the page, kept in one place so that it can be shared:
   *
   * - `image`: levels 0 to 255, [height, width, channels]
   * - `shown`: which of the shown images that is; null once it was changed
   * - `networks`: names of one or two
   * - `epochs`: by network, the epoch from whose end its weights are; left out: the last
   * - `changes`: by network, what `lab.run` takes
   * - `place`: `{ network, layer, y, x, channel }` that is looked into, or null
   */
  let state = {};
  const listeners = [];
  let changed = new Set();

  /** Changes some of the state; whoever listens hears of it once, before the page is drawn next. */
  function set(values) {
    if (!changed.size) requestAnimationFrame(tell);
    for (const key of Object.keys(values)) changed.add(key);
    state = { ...state, ...values };
  }

  function tell() {
    const keys = changed;
    changed = new Set();
    for (const { of, listener } of listeners) if (of.some((key) => keys.has(key))) listener(state);
  }

  /** Calls back after one of the named parts of the state has changed. */
  const on = (of, listener) => { listeners.push({ of, listener }); };

  return { get state() { return state; }, set, on };
})();
