"use strict";

// Pooling: of each window of a map its largest number or its mean, as the layer says or the changes do. A global
// pooling's window is the whole map.

(() => {
  const mode = (layer, changes) => changes.pooling?.[layer.name] ?? layer.pooling;

  /** Calls back for each window: where it begins in the input, and where its output begins. */
  function windows(layer, visit) {
    const [, width, channels] = layer.input;
    const [rows, columns] = layer.output.length === 3 ? layer.output : [1, 1];
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < columns; x += 1) {
        visit((y * layer.stride[0] * width + x * layer.stride[1]) * channels, (y * columns + x) * channels);
      }
    }
  }

  /** Where each place of a window lies, from its first one on, row by row. */
  function prepare(layer) {
    const [, width, channels] = layer.input;
    const [rows, columns] = layer.window;
    layer.offsets = Int32Array.from(
      { length: rows * columns },
      (_, place) => (Math.floor(place / columns) * width + (place % columns)) * channels);
  }

  function forward(layer, input, output, changes) {
    const { offsets } = layer;
    const channels = layer.input[2];
    const isMaximum = mode(layer, changes) === "maximum";
    windows(layer, (from, to) => {
      for (let channel = 0; channel < channels; channel += 1) {
        let result = input[from + channel];
        for (let place = 1; place < offsets.length; place += 1) {
          const value = input[from + offsets[place] + channel];
          if (!isMaximum) result += value;
          else if (value > result) result = value;
        }
        output[to + channel] = isMaximum ? result : result / offsets.length;
      }
    });
  }

  /** Which of a window's places holds the largest number: the first of several. */
  function winner({ offsets }, input, from) {
    let best = 0;
    for (let place = 1; place < offsets.length; place += 1) {
      if (input[from + offsets[place]] > input[from + offsets[best]]) best = place;
    }
    return best;
  }

  /** The largest number takes the whole gradient; of a mean each number takes an equal share. */
  function backward(layer, input, gradient, inputGradient, changes) {
    const { offsets } = layer;
    const channels = layer.input[2];
    const isMaximum = mode(layer, changes) === "maximum";
    inputGradient.fill(0);
    windows(layer, (from, to) => {
      for (let channel = 0; channel < channels; channel += 1) {
        const value = gradient[to + channel];
        if (value === 0) continue;
        if (isMaximum) {
          inputGradient[from + channel + offsets[winner(layer, input, from + channel)]] += value;
        } else {
          for (const offset of offsets) inputGradient[from + channel + offset] += value / offsets.length;
        }
      }
    });
  }

  /** The window's numbers, row by row, and which of them won, where one does. */
  function terms(layer, input, { y, x, channel }, changes) {
    const [, width, channels] = layer.input;
    const [rows, columns] = layer.window;
    const window = { top: y * layer.stride[0], left: x * layer.stride[1], height: rows, width: columns };
    const from = (window.top * width + window.left) * channels + channel;
    const pooling = mode(layer, changes);
    const inputs = Float32Array.from(layer.offsets, (offset) => input[from + offset]);
    const sum = pooling === "maximum" ? Math.max(...inputs) : inputs.reduce((a, b) => a + b, 0) / inputs.length;
    return { window, inputs, pooling, winner: pooling === "maximum" ? winner(layer, input, from) : null, sum };
  }

  lab.kinds.pooling = { prepare, forward, backward, terms };
})();
