"use strict";

// Dense layers: `output[unit] = bias[unit] + Σ input[index] * kernel[index, unit]`.

(() => {
  function prepare(layer) {
    layer.inputs = lab.list(layer.input[0]);
  }

  function forward(layer, input, output) {
    layer.inputs.count = 0;
    lab.append(layer.inputs, input, 0, 0, input.length, output.length);
    lab.weigh(layer.inputs, layer.tensors, output, 0);
  }

  /** `inputGradient[index] = Σ gradient[unit] * kernel[index, unit]` */
  function backward(layer, input, gradient, inputGradient) {
    const { kernel } = layer.tensors;
    const units = gradient.length;
    for (let index = 0, weight = 0; index < inputGradient.length; index += 1, weight += units) {
      let sum = 0;
      for (let unit = 0; unit < units; unit += 1) sum += gradient[unit] * kernel[weight + unit];
      inputGradient[index] = sum;
    }
  }

  /** All inputs with their weights and products; `order` names them by the products' magnitude, the largest first. */
  function terms(layer, input, { channel: unit }) {
    const units = layer.output[0];
    const weights = Float32Array.from(input, (_, index) => layer.tensors.kernel[index * units + unit]);
    const products = input.map((value, index) => value * weights[index]);
    const order = Uint32Array.from(products, (_, index) => index)
      .sort((left, right) => Math.abs(products[right]) - Math.abs(products[left]));
    const bias = layer.tensors.bias[unit];
    const sum = products.reduce((total, product) => total + product, bias);
    return { inputs: input.slice(), weights, products, order, bias, sum };
  }

  lab.kinds.dense = { prepare, forward, backward, terms };
})();
