"use strict";

// Which parts of an image an answer hangs on, by covering windows of it one after the other.
// Source: M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", 2014, section 4.2.

(() => {
  /** Where windows begin along an extent: the last one ends with it. */
  function starts(extent, edge, stride) {
    const result = [];
    for (let start = 0; start < extent - edge; start += stride) result.push(start);
    return [...result, extent - edge];
  }

  /** A copy of the image in which each pixel is the mean of the square around it, as far as it lies inside. */
  function blurred(image, [height, width, channels], edge) {
    const reach = Math.floor(edge / 2);
    return image.map((_, index) => {
      const [pixel, channel] = [Math.floor(index / channels), index % channels];
      const [y, x] = [Math.floor(pixel / width), pixel % width];
      let [sum, count] = [0, 0];
      for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row += 1) {
        for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column += 1) {
          sum += image[(row * width + column) * channels + channel];
          count += 1;
        }
      }
      return sum / count;
    });
  }

  /** As the recorded maps have it: a quarter of the image's shorter edge, and one more if that is even. */
  function usual([height, width]) {
    const shorter = Math.min(height, width);
    return { edge: Math.min(shorter, (shorter >> 2) | 1), stride: Math.max(1, (Math.max(height, width) + 31) >> 5) };
  }

  /**
   * By how much a class's probability drops while windows are covered: for each pixel the mean over the windows that
   * cover it, [height, width].
   *
   * A generator, since hundreds of runs take a while: it yields the share that is done after each row of windows, and
   * returns the map. The pass holds the last covered image afterwards.
   *
   * `cover` is `black` or `blurred`; `edge` and `stride` of the windows are in pixels.
   */
  function* occlusion(pass, image, { label, changes, cover = "black", ...size }) {
    const [height, width, channels] = pass.network.input.shape;
    const { edge, stride } = { ...usual(pass.network.input.shape), ...size };
    const fill = cover === "blurred" ? blurred(image, pass.network.input.shape, edge) : new Float32Array(image.length);
    const whole = lab.run(pass, image, changes).probabilities[label];
    const [sums, counts] = [new Float64Array(height * width), new Uint32Array(height * width)];
    const [tops, lefts] = [starts(height, edge, stride), starts(width, edge, stride)];
    for (const [done, top] of tops.entries()) {
      for (const left of lefts) {
        const covered = image.slice();
        for (let y = top; y < top + edge; y += 1) {
          const [from, to] = [(y * width + left) * channels, (y * width + left + edge) * channels];
          covered.set(fill.subarray(from, to), from);
        }
        const drop = whole - lab.run(pass, covered, changes).probabilities[label];
        for (let y = top; y < top + edge; y += 1) {
          for (let pixel = y * width + left; pixel < y * width + left + edge; pixel += 1) {
            sums[pixel] += drop;
            counts[pixel] += 1;
          }
        }
      }
      yield (done + 1) / tops.length;
    }
    return Float32Array.from(sums, (sum, pixel) => sum / counts[pixel]);
  }

  Object.assign(lab, { occlusion, usualWindow: usual });
})();
