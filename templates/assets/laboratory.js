"use strict";

// The laboratory's page. Its scripts meet in this one name, as pages opened from a file load no modules: this one holds
// what is shown, and tells the others when that changes.

const laboratory = (() => {
  /**
   * What the reader has made of the page, kept in one place so that it can be shared:
   *
   * - `image`: whole levels 0 to 255, [height, width, channels]
   * - `shown`: which of the shown images that is; null once it was changed
   * - `stroke`: by which stroke of the pen the image became what it is; null if by none
   * - `networks`: names of one or two
   * - `epochs`: by network, the epoch from whose end its weights are; left out: the last
   * - `changes`: by network, what `lab.run` takes
   * - `place`: `{ network, layer, y, x, channel }` that is looked into, or null
   * - `isPinned`: whether it stays although something else is pointed at
   * - `patch`: edge of the square that covers the image, in pixels
   * - `kernels`: whether kernels are shown beside the maps
   * - `cursor`: the pixel `[y, x]` on which the arrow keys draw, while they do, or null
   */
  let state = {};
  const listeners = [];
  let changed = new Set();

  /** Changes some of the state; whoever listens hears of it once, before the page is drawn next. */
  function set(values) {
    if (!changed.size) requestAnimationFrame(tell);
    for (const key of Object.keys(values)) changed.add(key);
    state = { ...state, ...values };
    // Levels are whole, as in the data: what the address holds is what the networks see.
    if (values.image) Object.assign(state, { image: values.image.map(Math.round), stroke: values.stroke ?? null });
  }

  function tell() {
    const keys = changed;
    changed = new Set();
    for (const { of, listener } of listeners) if (of.some((key) => keys.has(key))) listener(state);
  }

  /** Calls back after one of the named parts of the state has changed. */
  const on = (of, listener) => { listeners.push({ of, listener }); };

  /** Runs a generator a few milliseconds a frame, so that the page stays at hand; ends early once `isOld()`. */
  async function gradually(steps, isOld, progress = () => {}) {
    for (;;) {
      await new Promise((resume) => { requestAnimationFrame(resume); });
      const end = performance.now() + 8;
      while (performance.now() < end) {
        if (isOld()) return null;
        const { done, value } = steps.next();
        if (done) return value;
        progress(value);
      }
    }
  }

  return {
    get state() { return state; }, set, on, gradually,
    /** Leads to what can be done with the place that is looked into, where there is such a thing. */
    open: () => {},
  };
})();
