"use strict";

// Convolutions: `output[y, x, filter] = bias[filter] + Σ input[y * stride + row - top, x * stride + column - left, channel]
// * kernel[row, column, channel, filter]`, where what lies outside the input is zero.

(() => {
  /** The part of a kernel's `extent` that lies inside an input of `size` if it begins at `first`. */
  const inside = (first, extent, size) => [Math.max(0, -first), Math.min(extent, size - first)];

  function prepare(layer) {
    layer.patch = lab.list(lab.product(layer.window) * layer.input[2]);
    layer.errors = lab.list(layer.output[2]);
  }

  /** Lists what is not zero below the kernel's place at y and x. */
  function gather(layer, input, y, x) {
    const { patch } = layer;
    const [height, width, channels] = layer.input;
    const [kernelRows, kernelColumns] = layer.window;
    const [top, left] = [y * layer.stride[0] - layer.border[0], x * layer.stride[1] - layer.border[1]];
    const [fromRow, toRow] = inside(top, kernelRows, height);
    const [fromColumn, toColumn] = inside(left, kernelColumns, width);
    patch.count = 0;
    for (let row = fromRow; row < toRow; row += 1) {
      const place = ((top + row) * width + left + fromColumn) * channels;
      const weight = (row * kernelColumns + fromColumn) * channels;
      lab.append(patch, input, place, weight, (toColumn - fromColumn) * channels, layer.output[2]);
    }
    return patch;
  }

  function forward(layer, input, output) {
    const [rows, columns, filters] = layer.output;
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < columns; x += 1) {
        lab.weigh(gather(layer, input, y, x), layer.tensors, output, (y * columns + x) * filters);
      }
    }
  }

  /**
   * `inputGradient[place] = Σ gradient[y, x, filter] * kernel[row, column, channel, filter]` over all that it fed. Of the
   * gradient, too, what is zero is passed over: behind a maximum that is most of it.
   */
  function backward(layer, input, gradient, inputGradient) {
    const { kernel } = layer.tensors;
    const { values, rows: filtersLeft } = layer.errors;
    const [height, width, channels] = layer.input;
    const [rows, columns, filters] = layer.output;
    const [kernelRows, kernelColumns] = layer.window;
    inputGradient.fill(0);
    for (let y = 0; y < rows; y += 1) {
      const top = y * layer.stride[0] - layer.border[0];
      const [fromRow, toRow] = inside(top, kernelRows, height);
      for (let x = 0; x < columns; x += 1) {
        const left = x * layer.stride[1] - layer.border[1];
        const [fromColumn, toColumn] = inside(left, kernelColumns, width);
        layer.errors.count = 0;
        lab.append(layer.errors, gradient, (y * columns + x) * filters, 0, filters, 1);
        const { count } = layer.errors;
        for (let row = fromRow; row < toRow; row += 1) {
          let place = ((top + row) * width + left + fromColumn) * channels;
          let weight = (row * kernelColumns + fromColumn) * channels * filters;
          for (const end = place + (toColumn - fromColumn) * channels; place < end; place += 1, weight += filters) {
            let sum = 0;
            for (let index = 0; index < count; index += 1) sum += values[index] * kernel[weight + filtersLeft[index]];
            inputGradient[place] += sum;
          }
        }
      }
    }
  }

  /**
   * Patch times kernel: inputs, weights and products are [rows, columns, channels], zero where the window hangs over
   * the border; `sum` is that of the products and the bias.
   */
  function terms(layer, input, { y, x, channel: filter }) {
    const [height, width, channels] = layer.input;
    const filters = layer.output[2];
    const [rows, columns] = layer.window;
    const window = {
      top: y * layer.stride[0] - layer.border[0], left: x * layer.stride[1] - layer.border[1], height: rows,
      width: columns,
    };
    const size = rows * columns * channels;
    const [inputs, weights, products] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
    const bias = layer.tensors.bias[filter];
    let sum = bias;
    for (let index = 0; index < size; index += 1) {
      const pixel = Math.floor(index / channels);
      const [row, column] = [window.top + Math.floor(pixel / columns), window.left + (pixel % columns)];
      weights[index] = layer.tensors.kernel[index * filters + filter];
      if (row < 0 || column < 0 || row >= height || column >= width) continue;
      inputs[index] = input[(row * width + column) * channels + (index % channels)];
      products[index] = inputs[index] * weights[index];
      sum += inputs[index] * weights[index];
    }
    return { window, inputs, weights, products, bias, sum };
  }

  lab.kinds.convolution = { prepare, forward, backward, terms };
})();
