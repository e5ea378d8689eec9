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

  /** Each channel, or unit, with a factor and a shift of its own: `output = input * scale + shift`. */
  const scaling = {
    ...normalization,
    prepare(layer) {
      layer.factors = layer.tensors.scale;
      layer.shifts = layer.tensors.shift;
    },
  };

  /**
   * What activations make of a number x, and their slopes, which follow from the value y that is left. Both know the
   * slope or alpha of the layer.
   */
  const activations = {
    linear: { value: (x) => x, slope: () => 1 },
    relu: { value: (x) => (x < 0 ? 0 : x), slope: (y) => (y > 0 ? 1 : 0) },
    leakyrelu: { value: (x, slope) => (x < 0 ? slope * x : x), slope: (y, slope) => (y < 0 ? slope : 1) },
    relu6: { value: (x) => Math.min(6, Math.max(0, x)), slope: (y) => (y > 0 && y < 6 ? 1 : 0) },
    sigmoid: { value: (x) => 1 / (1 + Math.exp(-x)), slope: (y) => y * (1 - y) },
    tanh: { value: Math.tanh, slope: (y) => 1 - y * y },
    elu: { value: (x, alpha) => (x < 0 ? alpha * Math.expm1(x) : x), slope: (y, alpha) => (y < 0 ? y + alpha : 1) },
  };

  /** What a layer's activation makes of one number. */
  const activated = ({ activation = "linear", activationParameter }, x) => (
    activations[activation].value(x, activationParameter));

  /** The same of all of a layer's output, in place. */
  function activate({ activation = "linear", activationParameter }, output) {
    if (activation === "linear") return;
    const { value } = activations[activation];
    for (let place = 0; place < output.length; place += 1) output[place] = value(output[place], activationParameter);
  }

  /** The gradient behind a layer's activation becomes the one before it, in place. */
  function deactivate({ activation = "linear", activationParameter }, output, gradient) {
    if (activation === "linear") return;
    const { slope } = activations[activation];
    for (let place = 0; place < output.length; place += 1) {
      const factor = slope(output[place], activationParameter);
      gradient[place] = factor === 0 ? 0 : gradient[place] * factor;
    }
  }

  /** An activation follows every layer that has one: alone it has nothing else to do. */
  const copy = {
    forward: (layer, input, output) => output.set(input),
    backward: (layer, input, gradient, inputGradient) => inputGradient.set(gradient),
    terms(layer, input, place) {
      const value = input[at(layer, place)];
      return { inputs: Float32Array.of(value), sum: value };
    },
  };

  Object.assign(lab.kinds, { normalization, scaling, activation: copy, dropout: copy, flatten: copy });
  Object.assign(lab, { at, activate, activated, deactivate });
})();
