"use strict";

// Sums of products of inputs and weights, in which a network spends its time.

(() => {
  /** A list of inputs that are not zero: their `values`, and where their row of weights begins. */
  const list = (capacity) => ({ count: 0, values: new Float64Array(capacity), rows: new Int32Array(capacity) });

  /** Adds the inputs from `place` on that are not zero, where input i meets row `row + i` of a kernel [rows, outputs]. */
  function append(inputs, numbers, place, row, length, outputs) {
    const { values, rows } = inputs;
    let { count } = inputs;
    for (let index = 0; index < length; index += 1) {
      const value = numbers[place + index];
      if (value === 0) continue;
      values[count] = value;
      rows[count] = (row + index) * outputs;
      count += 1;
    }
    inputs.count = count;
  }

  /**
   * `output[to + k] = bias[k] + Σ value * kernel[row, k]` over the listed inputs.
   *
   * Four outputs at a time, whose sums stay in registers: half as long again it takes to add to a row of sums.
   */
  function weigh({ count, values, rows }, { kernel, bias }, output, to) {
    const whole = bias.length - (bias.length % 4);
    for (let k = 0; k < whole; k += 4) {
      let first = bias[k];
      let second = bias[k + 1];
      let third = bias[k + 2];
      let fourth = bias[k + 3];
      for (let index = 0; index < count; index += 1) {
        const value = values[index];
        const weight = rows[index] + k;
        first += value * kernel[weight];
        second += value * kernel[weight + 1];
        third += value * kernel[weight + 2];
        fourth += value * kernel[weight + 3];
      }
      output[to + k] = first;
      output[to + k + 1] = second;
      output[to + k + 2] = third;
      output[to + k + 3] = fourth;
    }
    for (let k = whole; k < bias.length; k += 1) {
      let sum = bias[k];
      for (let index = 0; index < count; index += 1) sum += values[index] * kernel[rows[index] + k];
      output[to + k] = sum;
    }
  }

  Object.assign(lab, { list, append, weigh });
})();
