"use strict";

// What a number was made of: its inputs times its weights, or the window that was pooled, with the numbers.

(() => {
  const { element, fill, decimal } = widgetTools;

  /** A table of numbers, each cell tinted by its colour. */
  function table(values, columns, colour, words) {
    const rows = [];
    for (let start = 0; start < values.length; start += columns) {
      rows.push(element("tr", {}, ...Array.from(values.subarray(start, start + columns), (value) => {
        const cell = element("td", { className: value < 0 ? "lab-lowers" : "lab-raises" }, decimal(words, value, 2));
        cell.style.setProperty("--tint", colour(value));
        return cell;
      })));
    }
    return element("table", { className: "lab-numbers" }, element("tbody", {}, ...rows));
  }

  /** The numbers of one of a window's maps, `[rows, columns, channels]`. */
  const plane = (values, channels, channel) => values.filter((_, index) => index % channels === channel);

  function magnitude(values) {
    const largest = values.reduce((reach, value) => Math.max(reach, Math.abs(value)), 0) || 1;
    return (value) => `${Math.round((100 * Math.abs(value)) / largest)}%`;
  }

  /** Of a convolution, the input map that adds most, written out, and the sums of all. */
  function convolution(told, { network }, layer, words) {
    const { texts } = words;
    const title = lab.origin(network, layer.name, 0).layer === null ? texts.patchOfImage : texts.patch;
    const channels = layer.input[2];
    const sums = Array.from({ length: channels }, (_, channel) => (
      plane(told.products, channels, channel).reduce((sum, product) => sum + product, 0)));
    const most = sums.reduce((best, sum, channel) => (Math.abs(sum) > Math.abs(sums[best]) ? channel : best), 0);
    const [inputs, weights] = [told.inputs, told.weights].map((values) => plane(values, channels, most));
    return [
      element("div", { className: "lab-product" },
        element("figure", {}, element("figcaption", {}, fill(title, { channel: most + 1 })),
          table(inputs, layer.window[1], magnitude(inputs), words)),
        // Number by number, not as matrices are multiplied.
        element("span", { "aria-hidden": "true" }, "⊙"),
        element("figure", {}, element("figcaption", {}, texts.kernel),
          table(weights, layer.window[1], magnitude(weights), words)),
        element("span", {}, `→ Σ = ${decimal(words, sums[most], 3)}`)),
      ...(channels > 1 ? [element("p", {}, fill(texts.planes, {
        sums: sums.map((sum) => decimal(words, sum, 3)).join(" + ").replaceAll("+ −", "− "),
      }))] : []),
    ];
  }

  /** Of a dense unit the inputs that add most. */
  function dense(told, { network }, layer, words) {
    const { texts } = words;
    const largest = told.order.subarray(0, 6);
    const rows = Array.from(largest, (index) => {
      const { layer: name, y, x, channel } = lab.origin(network, layer.name, index);
      const where = fill(y === undefined ? texts.fromUnit : texts.fromMap, {
        layer: name ?? texts.theImage, channel: channel + 1, y: y + 1, x: x + 1,
      });
      return element("tr", {}, element("th", { scope: "row" }, where), ...["inputs", "weights", "products"].map(
        (key) => element("td", {}, decimal(words, told[key][index], 2))));
    });
    const head = ["from", "input", "weight", "product"].map((key) => element("th", { scope: "col" }, texts[key]));
    const rest = told.products.reduce((sum, product) => sum + product, 0)
      - largest.reduce((sum, index) => sum + told.products[index], 0);
    return [
      element(
        "table", { className: "lab-inputs" }, element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...rows)),
      element("p", {}, fill(texts.rest, {
        count: largest.length, all: told.products.length, rest: decimal(words, rest, 3),
      })),
    ];
  }

  const pooling = (told, layer, words) => [table(told.inputs, layer.window[1], magnitude(told.inputs), words)];

  /** What activations are called, in any language. */
  const activations = {
    relu: "ReLU", leakyrelu: "LeakyReLU", relu6: "ReLU6", sigmoid: "sigmoid", tanh: "tanh", elu: "ELU",
  };

  /** The last line: what the sum becomes. */
  function equation(told, words) {
    const { texts } = words;
    const number = (value) => decimal(words, value, 3);
    const steps = [];
    if (told.bias !== undefined) {
      steps.push(fill(texts.sum, { products: number(told.sum - told.bias), bias: number(told.bias), sum: number(told.sum) }));
    }
    if (told.kind === "pooling") steps.push(fill(texts.pooled, { kind: texts[told.pooling], value: number(told.sum) }));
    if (told.factor !== undefined) {
      steps.push(`${number(told.inputs[0])} × ${number(told.factor)} + ${number(told.shift)} = ${number(told.sum)}`);
    }
    const activation = activations[told.activation];
    if (activation) steps.push(fill(texts.activated, { activation, value: number(told.activated) }));
    if (told.change) steps.push(fill(texts.changed, { value: number(told.value) }));
    return element("p", { className: "lab-equation" }, steps.join(" → "));
  }

  /** Writes into `holder` how the number at the chosen place came about. */
  function terms(holder, column, place, words) {
    const { pass } = column;
    const layer = pass.network.layer(place.layer);
    const told = lab.terms(pass, place.layer, place);
    const parts = { convolution: () => convolution(told, pass, layer, words), dense: () => dense(told, pass, layer, words),
      pooling: () => pooling(told, layer, words) }[layer.kind]?.() ?? [];
    holder.replaceChildren(element("h3", {}, laboratory.number(column, place, words)), ...parts, equation(told, words));
  }

  laboratory.terms = terms;
})();
