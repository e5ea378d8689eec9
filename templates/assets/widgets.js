"use strict";

// The interactive parts. Each is a plain sentence in the page until its script has found its data.

(() => {
  // --- Tools ---

  /** An element with properties, attributes (names with a dash, `role`, `for`) and children. */
  function element(name, properties = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.includes("-") || key === "role" || key === "for") node.setAttribute(key, value);
      else node[key] = value;
    }
    node.append(...children);
    return node;
  }

  /** Fills the placeholders of a text. */
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const percent = (value) => `${(100 * value).toFixed(1)}%`;

  /** A probability that does not claim certainty where rounding would. */
  function probability(value) {
    if (value > 0.9995 && value < 1) return ">99.9%";
    if (value < 0.0005 && value > 0) return "<0.1%";
    return percent(value);
  }

  const decimal = (value, places) => value.toFixed(places).replace("-", "−");

  const loading = new Map();

  /** The data of one of the explorer's scripts. */
  function load(source, name) {
    const known = globalThis.explorerData?.[name];
    if (known) return Promise.resolve(known);
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = element("script", { src: `${source}${name}.js` });
        script.addEventListener("load", () => resolve(globalThis.explorerData[name]));
        script.addEventListener("error", () => {
          loading.delete(name);
          reject(new Error(name));
        });
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  /** Numbers out of 16-bit integers, little-endian. */
  function unpack(base64, isSigned, scale) {
    const view = new DataView(bytes(base64).buffer);
    const read = isSigned ? (place) => view.getInt16(place, true) : (place) => view.getUint16(place, true);
    return Float32Array.from({ length: view.byteLength / 2 }, (_, index) => read(2 * index) * scale);
  }

  const isDark = () => {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };

  /** Calls back whenever the colour scheme changes. */
  function onScheme(draw) {
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  /** Red, green and blue of a colour map's entry, for a position from 0 to 1. */
  function colour(hex, position) {
    const place = 6 * Math.max(0, Math.min(255, Math.round(255 * position)));
    return [0, 2, 4].map((offset) => parseInt(hex.slice(place + offset, place + offset + 2), 16));
  }

  /** Draws an image of so few pixels large enough that the browser, which fits it to the page, leaves them square. */
  function enlarge(canvas, image) {
    const scale = Math.max(1, Math.ceil(1600 / image.width));
    const small = element("canvas", { width: image.width, height: image.height });
    small.getContext("2d").putImageData(image, 0, 0);
    canvas.width = scale * image.width;
    canvas.height = scale * image.height;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  }

  /**
   * Planes of numbers side by side on a canvas that tell their values to pointer and keyboard.
   *
   * `values` is [height, width, planes]; `position` turns a value into a place on the colour map.
   */
  function mosaic(canvas, { values, height, width, planes, columns, position, hex, tell }) {
    const gap = 1;
    const rows = Math.ceil(planes / columns);
    const [breadth, depth] = [columns * (width + gap) - gap, rows * (height + gap) - gap];
    const image = new ImageData(breadth, depth);
    const value = (plane, y, x) => values[(y * width + x) * planes + plane];
    for (let plane = 0; plane < planes; plane += 1) {
      const left = (plane % columns) * (width + gap);
      const top = Math.floor(plane / columns) * (height + gap);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [red, green, blue] = colour(hex, position(value(plane, y, x)));
          image.data.set([red, green, blue, 255], 4 * ((top + y) * breadth + left + x));
        }
      }
    }
    enlarge(canvas, image);

    let cursor = [0, 0];
    function read(column, row) {
      const x = column % (width + gap);
      const y = row % (height + gap);
      const plane = Math.floor(row / (height + gap)) * columns + Math.floor(column / (width + gap));
      if (x >= width || y >= height || plane >= planes) return false;
      cursor = [column, row];
      tell({ plane: plane + 1, y: y + 1, x: x + 1, value: value(plane, y, x) });
      return true;
    }
    canvas.onpointermove = canvas.onpointerdown = (event) => {
      const box = canvas.getBoundingClientRect();
      read(
        Math.min(breadth - 1, Math.floor(((event.clientX - box.left) / box.width) * breadth)),
        Math.min(depth - 1, Math.floor(((event.clientY - box.top) / box.height) * depth)));
    };
    canvas.onkeydown = (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      let [column, row] = cursor;
      do {
        column += step[0];
        row += step[1];
        if (column < 0 || row < 0 || column >= breadth || row >= depth) return;
      } while (!read(column, row));
    };
    canvas.onfocus = () => read(...cursor);
  }

  /** An image of the data set on a canvas. */
  function thumbnail(pixels, hex) {
    const edge = Math.sqrt(pixels.length);
    const canvas = element("canvas", { width: edge, height: edge, className: "widget-image" });
    const image = canvas.getContext("2d").createImageData(edge, edge);
    pixels.forEach((level, index) => image.data.set([...colour(hex, level / 255), 255], 4 * index));
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }

  function choice(label, names, chosen, change) {
    const select = element("select", {}, ...names.map((name, index) => element("option", { value: index }, name)));
    select.value = chosen;
    select.addEventListener("change", () => change(Number(select.value)));
    return element("label", { className: "widget-choice" }, element("span", {}, label), select);
  }

  // --- Feature maps of any shown image, in two networks ---

  async function explorer(widget, words, source) {
    const index = await load(source, "index");
    const { texts } = words;
    const state = { sample: index.samples.length - 2, networks: [0, index.networks.length - 1] };
    const colours = () => index.colors[isDark() ? "dark" : "light"];
    const readout = element("output", { className: "widget-readout" }, texts.hint);
    const panels = state.networks.map(() => element("div", { className: "widget-panel" }));

    async function show(side) {
      const { sample } = state;
      const number = state.networks[side];
      const network = index.networks[number];
      const maps = await load(source, `${network.name}-${sample}`);
      if (state.sample !== sample || state.networks[side] !== number) return;
      const answers = network.answers[sample];
      const guess = answers.indexOf(Math.max(...answers));
      const isRight = guess === index.samples[sample].label;
      const verdict = fill(isRight ? texts.right : texts.wrong, {
        label: words.classes[guess], probability: probability(answers[guess]),
      });
      const bars = element("ul", { className: "widget-bars" }, ...answers.map((answer, label) => element(
        "li", {}, element("span", {}, words.shortClasses[label]),
        element("meter", { value: answer, "aria-label": words.classes[label] }), element("span", {}, probability(answer)))));
      const layers = network.layers.flatMap((layer) => {
        const isMap = layer.shape.length === 3;
        const [height, width, channels] = isMap ? layer.shape : [1, 1, ...layer.shape];
        const canvas = element("canvas", {
          className: "widget-maps", tabIndex: 0, role: "img",
          "aria-label": fill(isMap ? texts.maps : texts.units, { network: words.networks[number], layer: layer.name, channels }),
        });
        mosaic(canvas, {
          values: unpack(maps[layer.name], false, layer.largest / 65535), height, width, planes: channels,
          columns: isMap ? (channels > 12 ? 8 : 6) : 30, hex: colours().magnitude,
          position: (value) => (layer.largest > 0 ? value / layer.largest : 0),
          tell: ({ plane, y, x, value }) => {
            readout.value = fill(isMap ? texts.mapValue : texts.unitValue, {
              network: words.networks[number], layer: layer.name, channel: plane, y, x, value: decimal(value, 2),
            });
          },
        });
        return [element("p", { className: "widget-layer" }, `${layer.name}  ${layer.shape.join("×")}`), canvas];
      });
      panels[side].replaceChildren(
        choice(side ? texts.second : texts.first, words.networks, number, (chosen) => {
          state.networks[side] = chosen;
          show(side).then(() => panels[side].querySelector("select").focus(), fail(widget, words));
        }),
        element("p", { className: "widget-answer" }, verdict), bars, ...layers);
    }

    const showBoth = () => Promise.all(panels.map((_, side) => show(side)));
    const pick = element("fieldset", { className: "widget-samples" }, element("legend", {}, texts.images));
    function drawSamples() {
      pick.querySelectorAll("label").forEach((label) => label.remove());
      index.samples.forEach((sample, number) => {
        const input = element("input", { type: "radio", name: "widget-sample", checked: number === state.sample });
        input.addEventListener("change", () => {
          state.sample = number;
          showBoth().catch(fail(widget, words));
        });
        const name = fill(texts.image, { number: sample.number, label: words.classes[sample.label] });
        pick.append(element(
          "label", { title: name }, input, thumbnail(bytes(sample.pixels), colours().gray),
          element("span", { className: "visually-hidden" }, name)));
      });
    }

    drawSamples();
    await showBoth();
    onScheme(() => {
      drawSamples();
      showBoth().catch(fail(widget, words));
    });
    widget.replaceChildren(pick, readout, element("div", { className: "widget-panels widget-pair" }, ...panels));
  }

  // --- Kernels and losses, epoch by epoch ---

  function curves(data, label, words) {
    const [width, height] = [320, 120];
    const epochs = data.testLoss.length;
    const all = [...data.trainLoss, ...data.testLoss].map(Math.log);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const x = (epoch) => (epochs > 1 ? (width * (epoch - 1)) / (epochs - 1) : width / 2);
    const y = (loss) => height - (height * (Math.log(loss) - low)) / (high - low || 1);
    const line = (values, name) =>
      `<polyline class="curve-${name}" vector-effect="non-scaling-stroke" points="${values.map((v, i) => `${x(i + 1)},${y(v)}`).join(" ")}"/>`;
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
        told.value = epoch === 0 ? texts.before : fill(texts.after, {
          epoch, train: decimal(data.trainLoss[epoch - 1], 3), test: decimal(data.testLoss[epoch - 1], 3),
          accuracy: percent(data.testAccuracy[epoch - 1]),
        });
        slider.setAttribute("aria-valuetext", told.value);
        plot.mark(epoch);
        mosaic(canvas, {
          values: kernels.subarray(epoch * size, (epoch + 1) * size), height, width, planes: filters, columns: 6,
          hex: index.colors[isDark() ? "dark" : "light"].signed,
          position: (value) => (value / data.reach + 1) / 2,
          tell: ({ plane, y, x, value }) => {
            readout.value = fill(texts.kernelValue, { filter: plane, y, x, value: decimal(value, 3) });
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
                value: decimal(value, 3),
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
        show().catch(fail(widget, words));
      }), body);
  }

  // --- Examples of each mistake ---

  /** Makes a table's buttons one stop of the tab key, between which the arrow keys move. */
  function walk(table) {
    const first = table.querySelector("tbody button");
    if (first) first.tabIndex = 0;
    table.addEventListener("focusin", (event) => {
      table.querySelectorAll("button[tabindex='0']").forEach((button) => { button.tabIndex = -1; });
      event.target.tabIndex = 0;
    });
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const cell = event.target.closest("td");
      let [x, y] = [cell.cellIndex, cell.parentElement.rowIndex];
      do {
        x += step[0];
        y += step[1];
        if (!table.rows[y]?.cells[x]) return;
      } while (!table.rows[y].cells[x].querySelector("button"));
      table.rows[y].cells[x].querySelector("button").focus();
    });
  }

  async function confusions(widget, words, source) {
    const index = await load(source, "index");
    const { texts } = words;
    const state = { network: index.networks.length - 1 };
    const examples = element("div", { className: "widget-examples", "aria-live": "polite" });
    const frame = element("div", { className: "table" });

    function tell(cell, count) {
      const values = { truth: words.classes[cell.truth], guess: words.classes[cell.guess], count };
      const pixels = bytes(cell.pixels);
      const size = pixels.length / cell.numbers.length;
      examples.replaceChildren(
        element("p", {}, fill(texts.mistake, values)),
        ...cell.numbers.map((number, place) => element(
          "figure", {},
          thumbnail(pixels.subarray(place * size, (place + 1) * size), index.colors[isDark() ? "dark" : "light"].gray),
          element("figcaption", {}, fill(texts.example, { number })))));
    }

    async function show() {
      const { network } = state;
      const data = await load(source, `${index.networks[network].name}-confusions`);
      if (state.network !== network) return;
      const cells = new Map(data.cells.map((cell) => [`${cell.truth},${cell.guess}`, cell]));
      const head = element(
        "tr", {}, element("th", { scope: "col" }, texts.truth),
        ...words.shortClasses.map((name) => element("th", { scope: "col", className: "number" }, name)));
      const rows = data.matrix.map((row, truth) => {
        const total = row.reduce((sum, count) => sum + count, 0) || 1;
        return element("tr", {}, element("th", { scope: "row" }, words.shortClasses[truth]), ...row.map((count, guess) => {
          const cell = cells.get(`${truth},${guess}`);
          const td = element("td", { className: guess === truth ? "number" : "number mistake" });
          // So faint that numbers stay legible; mistakes, which are rarer, are tinted more.
          td.style.setProperty("--tint", guess === truth ? (0.16 * count) / total : Math.min(0.28, count / total));
          if (!cell) {
            td.append(count === 0 ? element("span", { className: "zero" }, "0") : String(count));
            return td;
          }
          const button = element("button", {
            type: "button", tabIndex: -1, "aria-label": fill(texts.mistake, {
              truth: words.classes[truth], guess: words.classes[guess], count,
            }),
          }, String(count));
          for (const event of ["click", "focus", "pointerenter"]) {
            button.addEventListener(event, () => tell(cell, count));
          }
          td.append(button);
          return td;
        }));
      });
      const table = element(
        "table", { className: "widget-matrix" }, element("thead", {}, head), element("tbody", {}, ...rows));
      walk(table);
      frame.replaceChildren(table);
      examples.replaceChildren(element("p", {}, texts.matrix));
    }

    await show();
    widget.replaceChildren(
      choice(texts.network, words.networks, state.network, (chosen) => {
        state.network = chosen;
        show().catch(fail(widget, words));
      }), frame, examples);
  }

  // --- Start ---

  const fail = (widget, words) => () => {
    widget.replaceChildren(element("p", { className: "widget-fallback", role: "alert" }, words.texts.failed));
  };

  const widgets = { explorer, epochs, confusions };

  // Well before a widget is reached, so that nothing moves under the reader's eyes.
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      const words = JSON.parse(entry.target.dataset.words);
      widgets[entry.target.dataset.widget](entry.target, words, entry.target.dataset.source)
        .catch(fail(entry.target, words));
    }
  }, { rootMargin: "150% 0px" });
  for (const widget of document.querySelectorAll("[data-widget]")) observer.observe(widget);
})();
