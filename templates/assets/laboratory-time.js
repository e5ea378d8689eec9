"use strict";

// A network as it was in the midst of its training.

(() => {
  const { element, fill, decimal, percent } = widgetTools;

  /** Milliseconds that each epoch stands while the training is played. */
  const beat = 700;

  /**
   * A curve of the training, a slider through the epochs from whose end there are weights, and a button that plays them;
   * null for a network without any.
   *
   * `data` is a network's; `change(epoch)` is told of another one, undefined for the last. Returns the `node` and
   * `show(epoch)`.
   */
  function time({ epochs, losses }, words, change) {
    if (!epochs.length) return null;
    const { texts } = words;
    const last = losses.test.length;
    const steps = [...epochs, last];
    const slider = element("input", { type: "range", min: 0, max: steps.length - 1 });
    const told = element("output", { className: "lab-epoch" });
    const button = element("button", { type: "button" }, texts.play);
    const choose = (epoch) => {
      show(epoch);
      return change(epoch === last ? undefined : epoch);
    };
    const curve = laboratory.curve(losses, steps, words, (epoch) => {
      stop();
      choose(epoch);
    });
    let [playing, isPlaying] = [0, false];

    function show(epoch = last) {
      slider.value = steps.indexOf(epoch);
      told.value = epoch === 0 ? texts.before : fill(texts.afterTest, {
        epoch, test: decimal(words, losses.test[epoch - 1], 3), accuracy: percent(words, losses.accuracy[epoch - 1]),
      });
      slider.setAttribute("aria-valuetext", told.value);
      curve.mark(epoch);
    }

    function stop() {
      playing += 1;
      isPlaying = false;
      button.textContent = texts.play;
    }

    async function play() {
      playing += 1;
      const mine = playing;
      isPlaying = true;
      button.textContent = texts.pause;
      for (let place = Number(slider.value) % (steps.length - 1); place < steps.length && mine === playing; place += 1) {
        await Promise.all([choose(steps[place]), new Promise((resume) => { setTimeout(resume, beat); })]);
      }
      if (mine === playing) stop();
    }

    slider.addEventListener("input", () => {
      stop();
      choose(steps[Number(slider.value)]);
    });
    button.addEventListener("click", () => { if (isPlaying) stop(); else play(); });
    return {
      show,
      node: element(
        "div", { className: "lab-time" }, curve.node,
        element("div", { className: "lab-slider" }, element("label", {}, `${texts.epoch} `, slider), button), told),
    };
  }

  laboratory.time = time;
})();
