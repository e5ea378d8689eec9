"use strict";

// The losses of a training over its epochs, on axes with ticks, on which an epoch can be chosen by dragging.

(() => {
  const { element, svg, decimal } = widgetTools;

  /** A round number of about a half of this one. */
  function half(value) {
    const power = 10 ** Math.floor(Math.log10(value / 2));
    return power * [5, 2, 1].find((step) => step * power <= value / 2 || step === 1);
  }

  /** A line that keeps its width however the picture is stretched. */
  const drawn = (name, attributes) => svg(name, { "vector-effect": "non-scaling-stroke", ...attributes });

  /**
   * The curves of `losses`, with a tick at each epoch of `steps`; `pick(epoch)` is told of the one nearest to where the
   * pointer is. Returns the `node`, and `mark(epoch)`.
   */
  function curve({ train, test }, steps, words, pick) {
    const last = test.length;
    const top = Math.max(...test, ...train.filter((loss) => loss !== null), Number.MIN_VALUE);
    const [x, y] = [(epoch) => (100 * epoch) / last, (loss) => 100 - (100 * loss) / top];
    const line = (losses, name) => drawn("polyline", {
      class: `curve-${name}`,
      points: losses.flatMap((loss, index) => (loss === null ? [] : [`${x(index + 1)},${y(loss)}`])).join(" "),
    });
    const step = half(top);
    const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
    const now = drawn("line", { class: "curve-now", y1: 0, y2: 100 });
    const picture = svg("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
    picture.append(
      ...ticks.map((loss) => drawn("line", { class: "curve-tick", x1: 0, x2: 100, y1: y(loss), y2: y(loss) })),
      ...steps.map((epoch) => drawn("line", { class: "curve-step", x1: x(epoch), x2: x(epoch), y1: 100, y2: 92 })),
      line(train, "train"), line(test, "test"), now);
    const label = (text, side, share) => {
      const node = element("span", { className: `curve-${side}` }, text);
      node.style[side] = `${share}%`;
      return node;
    };
    const places = Math.max(0, -Math.floor(Math.log10(step)));
    const node = element(
      "div", { className: "lab-curve" }, picture,
      ...ticks.map((loss) => label(decimal(words, loss, places), "top", y(loss))),
      ...[...new Set([0, Math.round(last / 2), last])].map((epoch) => label(decimal(words, epoch, 0), "left", x(epoch))));
    const legend = element(
      "p", { className: "lab-legend" }, `${words.texts.loss}: `,
      element("span", { className: "legend-train" }, words.texts.train), " · ",
      element("span", { className: "legend-test" }, words.texts.test));

    function choose(event) {
      const { left, width } = picture.getBoundingClientRect();
      const epoch = (last * (event.clientX - left)) / width;
      pick(steps.reduce((best, step) => (Math.abs(step - epoch) < Math.abs(best - epoch) ? step : best)));
    }
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      choose(event);
    });
    picture.addEventListener("pointermove", (event) => { if (picture.hasPointerCapture(event.pointerId)) choose(event); });

    return {
      node: element("div", {}, legend, node),
      mark: (epoch) => { for (const side of ["x1", "x2"]) now.setAttribute(side, x(epoch)); },
    };
  }

  laboratory.curve = curve;
})();
