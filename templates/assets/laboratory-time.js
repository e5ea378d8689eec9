"use strict";

// A network as it was in the midst of its training.

(() => {
  const { element, fill } = widgetTools;

  /** Milliseconds that each epoch stands while the training is played. */
  const beat = 700;

  /**
   * A slider through the epochs from whose end there are weights, and a button that plays them; null for a network
   * without any.
   *
   * `data` is a network's, `chosen` an epoch or undefined for the last; `change(epoch)` is told of another one.
   */
  function time(data, chosen, words, change) {
    if (!data.epochs.length) return null;
    const { texts } = words;
    const steps = [...data.epochs, undefined];
    const name = (epoch) => (epoch === undefined ? texts.lastEpoch : epoch === 0 ? texts.before : fill(texts.afterEpoch, { epoch }));
    const slider = element("input", { type: "range", min: 0, max: steps.length - 1, value: steps.indexOf(chosen) });
    const told = element("output", {}, name(chosen));
    const button = element("button", { type: "button" }, texts.play);
    let playing = 0;

    function show(place) {
      slider.value = place;
      told.value = name(steps[place]);
      slider.setAttribute("aria-valuetext", told.value);
      return change(steps[place]);
    }

    async function play() {
      playing += 1;
      const mine = playing;
      for (let place = Number(slider.value) % (steps.length - 1); place < steps.length && mine === playing; place += 1) {
        await Promise.all([show(place), new Promise((resume) => { setTimeout(resume, beat); })]);
      }
    }

    slider.addEventListener("input", () => {
      playing += 1;
      show(Number(slider.value));
    });
    button.addEventListener("click", () => { play(); });
    slider.setAttribute("aria-valuetext", told.value);
    return element(
      "div", { className: "lab-time" }, element("label", {}, `${texts.epoch} `, slider), " ", told, " ", button);
  }

  laboratory.time = time;
})();
