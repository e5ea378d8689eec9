"use strict";

// What a reader does to an image, besides drawing. Images are levels 0 to 255, [height, width, channels]; each function
// returns a new one.

(() => {
  /** Calls back for each pixel of a shape: its row, its column and where its numbers begin. */
  function pixels([height, width, channels], visit) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) visit(y, x, (y * width + x) * channels);
    }
  }

  /** An image whose pixel at y and x is that of `image` at `source(y, x)`, and empty where that lies outside. */
  function taken(image, shape, source) {
    const [height, width, channels] = shape;
    const result = new Float32Array(image.length);
    pixels(shape, (y, x, place) => {
      const [row, column] = source(y, x);
      if (row < 0 || column < 0 || row >= height || column >= width) return;
      const from = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel += 1) result[place + channel] = image[from + channel];
    });
    return result;
  }

  const moved = (image, shape, down, right) => taken(image, shape, (y, x) => [y - down, x - right]);

  const mirrored = (image, shape) => taken(image, shape, (y, x) => [y, shape[1] - 1 - x]);

  const inverted = (image) => image.map((level) => 255 - level);

  const empty = (image) => new Float32Array(image.length);

  /** Each pixel the mean of the three by three around it, as far as they lie inside. */
  function blurred(image, shape) {
    const [height, width, channels] = shape;
    const result = new Float32Array(image.length);
    pixels(shape, (y, x, place) => {
      for (let channel = 0; channel < channels; channel += 1) {
        let [sum, count] = [0, 0];
        for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
          for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
            sum += image[(row * width + column) * channels + channel];
            count += 1;
          }
        }
        result[place + channel] = sum / count;
      }
    });
    return result;
  }

  /** Adds noise of a normal distribution with this standard deviation, in levels, the same for the same `seed`. */
  function noisy(image, deviation, seed) {
    // mulberry32: a small generator of 32 bits is enough for what is looked at.
    let state = seed >>> 0;
    const uniform = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
    };
    return image.map((level) => {
      // Box-Muller.
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      return Math.max(0, Math.min(255, level + deviation * normal));
    });
  }

  /** Empties the square of `edge` pixels whose middle is at y and x. */
  function covered(image, shape, y, x, edge) {
    const result = image.slice();
    const reach = Math.floor(edge / 2);
    pixels(shape, (row, column, place) => {
      if (Math.abs(row - y) > reach || Math.abs(column - x) > reach) return;
      result.fill(0, place, place + shape[2]);
    });
    return result;
  }

  /** How an image is placed: the box around what is not empty, in pixels, and its mean ink, from 0 to 1; null if empty. */
  function placement(image, shape) {
    const [, , channels] = shape;
    let [top, left, bottom, right] = [Infinity, Infinity, -1, -1];
    pixels(shape, (y, x, place) => {
      for (let channel = 0; channel < channels; channel += 1) {
        if (image[place + channel] < 16) continue;
        [top, left] = [Math.min(top, y), Math.min(left, x)];
        [bottom, right] = [Math.max(bottom, y), Math.max(right, x)];
      }
    });
    if (bottom < 0) return null;
    const ink = image.reduce((sum, level) => sum + level, 0) / (255 * image.length);
    return { top, left, height: bottom - top + 1, width: right - left + 1, ink };
  }

  /** What of `image` at a place between pixels: the mean of its four neighbours, weighted by nearness. */
  function between(image, [height, width, channels], y, x, channel) {
    const [row, column] = [Math.floor(y), Math.floor(x)];
    let sum = 0;
    for (const [dy, dx] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
      const [near, beside] = [row + dy, column + dx];
      if (near < 0 || beside < 0 || near >= height || beside >= width) continue;
      const weight = (1 - Math.abs(y - near)) * (1 - Math.abs(x - beside));
      sum += weight * image[(near * width + beside) * channels + channel];
    }
    return sum;
  }

  /**
   * The image moved and scaled, by one factor both ways, so that its longer side is as long as the data's usually is,
   * and its middle where theirs is: `usual` is `{ longer, y, x }` in pixels.
   */
  function fitted(image, shape, usual) {
    const now = placement(image, shape);
    if (!now) return image;
    const factor = Math.max(now.height, now.width) / usual.longer;
    const [nowY, nowX] = [now.top + (now.height - 1) / 2, now.left + (now.width - 1) / 2];
    const result = new Float32Array(image.length);
    pixels(shape, (y, x, place) => {
      for (let channel = 0; channel < shape[2]; channel += 1) {
        result[place + channel] = between(
          image, shape, nowY + (y - usual.y) * factor, nowX + (x - usual.x) * factor, channel);
      }
    });
    return result;
  }

  laboratory.edits = { moved, mirrored, inverted, empty, blurred, noisy, covered, placement, fitted };
})();
