"use strict";

// Layers that take each number by itself.

(() => {
  const at = (layer, { y, x, channel }) => (
    layer.output.length === 3 ? (y * layer.output[1] + x) * layer.output[2] + channel : channel);

  /**
   * Batch normalisation as applied: `output = input * factor + shift`, by channel, with
   * `factor = gamma / sqrt(variance + epsilon)` and `shift = beta - mean * factor`.
   */
  const normalization = {
    prepare(layer) {
      const { gamma, beta, mean, variance } = layer.tensors;
      layer.factors = gamma.map((value, channel) => value / Math.sqrt(variance[channel] + layer.epsilon));
      layer.shifts = beta.map((value, channel) => value - mean[channel] * layer.factors[channel]);
    },

    forward({ factors, shifts }, input, output) {
      for (let place = 0, channel = 0; place < input.length; place += 1) {
        output[place] = input[place] * factors[channel] + shifts[channel];
        channel = channel + 1 === factors.length ? 0 : channel + 1;
      }
    },

    backward({ factors }, input, gradient, inputGradient) {
      for (let place = 0, channel = 0; place < gradient.length; place += 1) {
        inputGradient[place] = gradient[place] * factors[channel];
        channel = channel + 1 === factors.length ? 0 : channel + 1;
      }
    },

    terms(layer, input, place) {
      const [factor, shift] = [layer.factors[place.channel], layer.shifts[place.channel]];
      const value = input[at(layer, place)];
      return { inputs: Float32Array.of(value), factor, shift, sum: value * factor + shift };
    },
  };

  /** ReLU follows every layer that has it as activation: alone it has nothing else to do. */
  const copy = {
    forward: (layer, input, output) => output.set(input),
    backward: (layer, input, gradient, inputGradient) => inputGradient.set(gradient),
    terms(layer, input, place) {
      const value = input[at(layer, place)];
      return { inputs: Float32Array.of(value), sum: value };
    },
  };

  Object.assign(lab.kinds, { normalization, activation: copy, dropout: copy, flatten: copy });
  Object.assign(lab, { at });
})();
