"use strict";

// An image's way through a network, every layer's output kept, and the way back.

(() => {
  /**
   * What may be changed in a network while it is computed:
   *
   * - `channels`: by layer, a list of `{ channel, value }`, whose map, or unit, is that number everywhere, or
   *   `{ channel, factor }`, whose numbers are multiplied by the factor, at least 0, after the activation;
   * - `pooling`: by layer, `maximum` or `average`.
   */
  const unchanged = {};

  const numbers = (shape) => new Float32Array(lab.product(shape));

  /** A pass: the memory for one image's way through a network, to be used again and again; a run allocates nothing. */
  function start(network) {
    return {
      network,
      changes: unchanged,
      /** [height, width, channels] */
      image: numbers(network.input.shape),
      imageGradient: numbers(network.input.shape),
      /** Each layer's output, [height, width, channels] or [units], after the activation and the changes. */
      values: network.layers.map((layer) => numbers(layer.output)),
      gradients: network.layers.map((layer) => numbers(layer.output)),
      /** [classes] */
      probabilities: new Float32Array(network.classes),
      /** The last layer's output, [classes]. */
      get logits() { return this.values.at(-1); },
    };
  }

  const inputOf = (pass, index) => (index > 0 ? pass.values[index - 1] : pass.image);

  /** Sets or scales channels of a layer's numbers. */
  function change(layer, output, channels, value) {
    const count = layer.output.at(-1);
    for (const each of channels) {
      for (let place = each.channel; place < output.length; place += count) {
        output[place] = each.factor === undefined ? value(each) : output[place] * each.factor;
      }
    }
  }

  /** `probability[class] = exp(logit[class]) / Σ exp(logit)`, less the largest logit in each exponent. */
  function softmax(logits, probabilities) {
    let largest = logits[0];
    for (const logit of logits) largest = Math.max(largest, logit);
    let sum = 0;
    for (const logit of logits) sum += Math.exp(logit - largest);
    for (let label = 0; label < logits.length; label += 1) {
      probabilities[label] = Math.exp(logits[label] - largest) / sum;
    }
  }

  /**
   * Sends an image through the network.
   *
   * `image` is [height, width, channels], levels divided by `network.input.levels`. Returns the pass, with
   * `values`, `logits` and `probabilities`.
   */
  function run(pass, image, changes = unchanged) {
    pass.changes = changes;
    pass.image.set(image);
    pass.network.layers.forEach((layer, index) => {
      const output = pass.values[index];
      lab.kinds[layer.kind].forward(layer, inputOf(pass, index), output, changes);
      lab.activate(layer, output);
      const channels = changes.channels?.[layer.name];
      if (channels) change(layer, output, channels, ({ value }) => value);
    });
    softmax(pass.logits, pass.probabilities);
    return pass;
  }

  /** What an objective is for the last run, and its gradient at the layer it is asked of. */
  function seed(pass, objective) {
    const last = pass.network.layers.length - 1;
    if (objective.probability !== undefined) {
      // dp_c / dz_k = p_c * ((k == c) - p_k)
      const value = pass.probabilities[objective.probability];
      pass.probabilities.forEach((other, label) => {
        pass.gradients[last][label] = value * ((label === objective.probability ? 1 : 0) - other);
      });
      return { index: last, value };
    }
    const { layer, y = 0, x = 0, channel } = objective.logit === undefined
      ? objective : { layer: pass.network.layers[last].name, channel: objective.logit };
    const { index } = pass.network.layer(layer);
    const place = lab.at(pass.network.layers[index], { y, x, channel });
    pass.gradients[index].fill(0);
    pass.gradients[index][place] = 1;
    return { index, value: pass.values[index][place] };
  }

  /**
   * How a number of the last run changes with each pixel of its image, by backpropagation.
   *
   * The objective is `{ logit: class }`, `{ probability: class }` or `{ layer, y, x, channel }`, any number of any
   * layer. Returns `{ value, gradient }`, the latter [height, width, channels], which the next call overwrites.
   */
  function gradient(pass, objective) {
    const { index: first, value } = seed(pass, objective);
    for (let index = first; index >= 0; index -= 1) {
      const layer = pass.network.layers[index];
      const [output, ofOutput] = [pass.values[index], pass.gradients[index]];
      const channels = pass.changes.channels?.[layer.name];
      if (channels) change(layer, ofOutput, channels, () => 0);
      lab.deactivate(layer, output, ofOutput);
      const ofInput = index > 0 ? pass.gradients[index - 1] : pass.imageGradient;
      lab.kinds[layer.kind].backward(layer, inputOf(pass, index), ofOutput, ofInput, pass.changes);
    }
    return { value, gradient: pass.imageGradient };
  }

  Object.assign(lab, { start, run, gradient, inputOf });
})();
