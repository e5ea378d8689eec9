"use strict";

// Kernels and losses, epoch by epoch.

(() => {
  const { element, fill, percent, decimal, load, unpack, isDark, onScheme, choice, fail, mosaic } = widgetTools;

  function curves(data, label, words) {
    const [width, height] = [320, 120];
    const epochs = data.testLoss.length;
    // A loss of zero has no logarithm; it lies at the bottom.
    const all = [...data.trainLoss, ...data.testLoss].filter((loss) => loss > 0).map(Math.log);
    const [low, high] = all.length ? [Math.min(...all), Math.max(...all)] : [0, 0];
    const x = (epoch) => (epochs > 1 ? (width * (epoch - 1)) / (epochs - 1) : width / 2);
    const y = (loss) => (loss > 0 ? height - (height * (Math.log(loss) - low)) / (high - low || 1) : height);
    const line = (losses, name) => {
      const points = losses
        .map((loss, index) => (loss === null ? "" : `${x(index + 1)},${y(loss)}`))
        .filter((point) => point !== "").join(" ");
      return `<polyline class="curve-${name}" vector-effect="non-scaling-stroke" points="${points}"/>`;
    };
    const holder = element("div", { className: "widget-curves" });
    holder.innerHTML = `<svg viewBox="-4 -4 ${width + 8} ${height + 8}" role="img"><title></title>`
      + `${line(data.trainLoss, "train")}${line(data.testLoss, "test")}`
      + `<line class="curve-now" vector-effect="non-scaling-stroke" y1="-4" y2="${height + 4}"/></svg>`;
    holder.querySelector("title").textContent = label;
    holder.append(element(
      "p", { className: "widget-legend" }, element("span", { className: "legend-train" }, words.texts.train), " ",
      element("span", { className: "legend-test" }, words.texts.test)));
    const now = holder.querySelector("line");
    return {
      holder,
      mark(epoch) {
        const place = x(Math.max(1, epoch));
        now.setAttribute("x1", place);
        now.setAttribute("x2", place);
        now.toggleAttribute("hidden", epoch === 0);
      },
    };
  }

  async function epochs(widget, words, source) {
    const index = await load(source, "index");
    const { texts } = words;
    const body = element("div");
    const state = { network: 0 };

    async function show() {
      const { network } = state;
      const data = await load(source, `${index.networks[network].name}-epochs`);
      if (state.network !== network) return;
      const [height, width, filters] = data.shape;
      const size = height * width * filters;
      const kernels = unpack(data.kernels, true, data.reach / 32767);
      const last = data.testLoss.length;
      const slider = element("input", { type: "range", min: 0, max: last, value: last });
      const told = element("output", { className: "widget-epoch" });
      const readout = element("output", { className: "widget-readout" }, texts.kernelHint);
      const name = words.networks[network];
      const canvas = element("canvas", {
        className: "widget-maps widget-kernels", tabIndex: 0, role: "img",
        "aria-label": fill(texts.kernels, { network: name, filters }),
      });
      const later = data.later.map((kernel) => ({
        ...kernel, values: unpack(kernel.values, true, kernel.reach / 32767),
        canvas: element("canvas", {
          className: "widget-maps", tabIndex: 0, role: "img",
          "aria-label": fill(texts.laterKernels, { network: name, layer: kernel.layer }),
        }),
      }));
      const plot = curves(data, fill(texts.curves, { network: name }), words);
      function draw() {
        const epoch = Number(slider.value);
        const trained = data.trainLoss.slice(0, epoch).findLastIndex((loss) => loss !== null) + 1;
        told.value = epoch === 0 ? texts.before : fill(trained === 0 ? texts.afterTest : texts.after, {
          epoch, test: decimal(words, data.testLoss[epoch - 1], 3),
          accuracy: percent(words, data.testAccuracy[epoch - 1]),
          ...(trained === 0 ? {} : { trained, train: decimal(words, data.trainLoss[trained - 1], 3) }),
        });
        slider.setAttribute("aria-valuetext", told.value);
        plot.mark(epoch);
        mosaic(canvas, {
          values: kernels.subarray(epoch * size, (epoch + 1) * size), height, width, planes: filters, columns: 6,
          hex: index.colors[isDark() ? "dark" : "light"].signed,
          position: (value) => (value / data.reach + 1) / 2,
          tell: ({ plane, y, x, value }) => {
            readout.value = fill(texts.kernelValue, { filter: plane, y, x, value: decimal(words, value, 3) });
          },
        });
      }
      function drawLater() {
        for (const { layer, shape, reach, values, canvas } of later) {
          const [height, width, inputs, outputs] = shape;
          mosaic(canvas, {
            values, height, width, planes: inputs * outputs, columns: outputs,
            hex: index.colors[isDark() ? "dark" : "light"].signed, position: (value) => (value / reach + 1) / 2,
            tell: ({ plane, y, x, value }) => {
              readout.value = fill(texts.laterKernelValue, {
                layer, channel: Math.ceil(plane / outputs), filter: ((plane - 1) % outputs) + 1, y, x,
                value: decimal(words, value, 3),
              });
            },
          });
        }
      }
      slider.addEventListener("input", draw);
      draw();
      drawLater();
      state.draw = () => {
        draw();
        drawLater();
      };
      body.replaceChildren(
        element("label", { className: "widget-choice widget-slider" }, element("span", {}, texts.epoch), slider), told,
        element("div", { className: "widget-panels" }, canvas, plot.holder), readout,
        ...later.flatMap(({ layer, canvas: grid }) => [
          element("p", { className: "widget-layer" }, fill(texts.laterLabel, { layer })), grid,
        ]));
    }

    await show();
    onScheme(() => state.draw());
    widget.replaceChildren(
      choice(texts.network, words.networks, state.network, (chosen) => {
        state.network = chosen;
        show().catch(fail(widget));
      }), body);
  }

  widgetTools.parts.epochs = epochs;
})();
