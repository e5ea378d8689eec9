"use strict";

// Feature maps of any shown image, in two networks.

(() => {
  const {
    element, fill, count, probability, decimal, load, bytes, unpack, isDark, onScheme, choice, className, fail, mosaic,
    thumbnail,
  } = widgetTools;

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
        label: words.classes[guess], probability: probability(words, answers[guess]),
      });
      const bars = element("ul", { className: "widget-bars" }, ...answers.map((answer, label) => element(
        "li", {}, className(words, label),
        element("meter", { value: answer, "aria-label": words.classes[label] }),
        element("span", {}, probability(words, answer)))));
      const layers = network.layers.flatMap((layer) => {
        const isMap = layer.shape.length === 3;
        const [height, width, channels] = isMap ? layer.shape : [1, 1, ...layer.shape];
        const canvas = element("canvas", {
          className: "widget-maps", tabIndex: 0, role: "img",
          "aria-label": fill(isMap ? texts.maps : texts.units, {
            network: words.networks[number], layer: layer.name, channels,
          }),
        });
        mosaic(canvas, {
          values: unpack(maps[layer.name], false, layer.largest / 65535), height, width, planes: channels,
          columns: isMap ? (channels > 12 ? 8 : 6) : 30, hex: colours().tone,
          position: (value) => (layer.largest > 0 ? value / layer.largest : 0),
          tell: ({ plane, y, x, value }) => {
            readout.value = fill(isMap ? texts.mapValue : texts.unitValue, {
              network: words.networks[number], layer: layer.name, channel: plane, y, x, value: decimal(words, value, 2),
            });
          },
        });
        return [element("p", { className: "widget-layer" }, `${layer.name}  ${layer.shape.join("×")}`), canvas];
      });
      panels[side].replaceChildren(
        choice(side ? texts.second : texts.first, words.networks, number, (chosen) => {
          state.networks[side] = chosen;
          show(side).then(() => panels[side].querySelector("select").focus(), fail(widget));
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
          showBoth().catch(fail(widget));
        });
        const name = fill(texts.image, { number: count(words, sample.number), label: words.classes[sample.label] });
        pick.append(element(
          "label", { title: name }, input, thumbnail(bytes(sample.pixels), colours().tone),
          element("span", { className: "visually-hidden" }, name)));
      });
    }

    drawSamples();
    await showBoth();
    onScheme(() => {
      drawSamples();
      showBoth().catch(fail(widget));
    });
    widget.replaceChildren(pick, readout, element("div", { className: "widget-panels widget-pair" }, ...panels));
  }

  widgetTools.parts.explorer = explorer;
})();
