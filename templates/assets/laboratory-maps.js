"use strict";

// A layer's numbers as pictures: a map each, on a scale of its own, from the page's colour to that of its text.

(() => {
  /** Empty pixels between two maps. */
  const gap = 1;

  /** Red, green, blue and opaque of each of 256 colours, `rrggbb` one after the other. */
  const tables = new Map();

  function table(hex) {
    if (!tables.has(hex)) {
      const bytes = new Uint8ClampedArray(1024);
      for (let index = 0; index < 256; index += 1) {
        for (let part = 0; part < 3; part += 1) {
          bytes[4 * index + part] = parseInt(hex.slice(6 * index + 2 * part, 6 * index + 2 * part + 2), 16);
        }
        bytes[4 * index + 3] = 255;
      }
      tables.set(hex, bytes);
    }
    return tables.get(hex);
  }

  /**
   * Where a layer's maps stand: their size, how many stand beside each other, and all of it in pixels. About as many
   * beside as above each other, so that the picture is as large for few maps as for many.
   */
  function grid({ output }) {
    const [height, width, count] = output.length === 3 ? output : [1, 1, output[0]];
    const columns = output.length === 3 ? Math.min(count, Math.max(3, Math.ceil(Math.sqrt(count)))) : Math.min(30, Math.max(10, count));
    const between = output.length === 3 ? gap : 0;
    const rows = Math.ceil(count / columns);
    return {
      height, width, count, columns, rows, between,
      wide: columns * width + (columns - 1) * between, tall: rows * height + (rows - 1) * between,
    };
  }

  /** The part of a layer's picture that a map is, in shares of the picture: `{ top, left, height, width }`. */
  function box(layer, channel, { y = 0, x = 0, height, width } = {}) {
    const all = grid(layer);
    const [row, column] = [Math.floor(channel / all.columns), channel % all.columns];
    return {
      top: (row * (all.height + all.between) + y) / all.tall, left: (column * (all.width + all.between) + x) / all.wide,
      height: (height ?? all.height) / all.tall, width: (width ?? all.width) / all.wide,
    };
  }

  /** The number that lies at a place of a layer's picture, given in shares of it; null between maps. */
  function placeAt(layer, top, left) {
    const all = grid(layer);
    const [down, right] = [Math.floor(top * all.tall), Math.floor(left * all.wide)];
    const [row, column] = [Math.floor(down / (all.height + all.between)), Math.floor(right / (all.width + all.between))];
    const [y, x] = [down - row * (all.height + all.between), right - column * (all.width + all.between)];
    const channel = row * all.columns + column;
    if (y >= all.height || x >= all.width || channel >= all.count || y < 0 || x < 0) return null;
    return layer.output.length === 3 ? { y, x, channel } : { channel };
  }

  /** Of a layer's numbers, each map's largest magnitude; of units, the largest of all for each. */
  function reaches(values, count, isMap) {
    const result = new Float32Array(count);
    for (let at = 0; at < values.length; at += 1) {
      result[at % count] = Math.max(result[at % count], Math.abs(values[at]));
    }
    return isMap ? result : result.fill(Math.max(...result));
  }

  /**
   * Draws all maps of a layer: each from zero to its own largest number, units to the largest of all; with negative
   * numbers among a layer's, from the most negative over zero.
   */
  function draw(canvas, layer, values, { tone, signed }) {
    const all = grid(layer);
    if (canvas.width !== all.wide || canvas.height !== all.tall) [canvas.width, canvas.height] = [all.wide, all.tall];
    const context = canvas.getContext("2d");
    const picture = context.createImageData(all.wide, all.tall);
    const isSigned = values.some((value) => value < 0);
    const colours = table(isSigned ? signed : tone);
    const [zero, span] = isSigned ? [127.5, 127.5] : [0, 255];
    const largest = reaches(values, all.count, layer.output.length === 3);
    for (let channel = 0; channel < all.count; channel += 1) {
      const scale = largest[channel] > 0 ? span / largest[channel] : 0;
      const [row, column] = [Math.floor(channel / all.columns), channel % all.columns];
      for (let y = 0; y < all.height; y += 1) {
        let to = ((row * (all.height + all.between) + y) * all.wide + column * (all.width + all.between)) * 4;
        for (let x = 0; x < all.width; x += 1, to += 4) {
          const level = Math.round(zero + values[(y * all.width + x) * all.count + channel] * scale);
          for (let part = 0; part < 4; part += 1) picture.data[to + part] = colours[4 * level + part];
        }
      }
    }
    context.putImageData(picture, 0, 0);
  }

  /**
   * Numbers of either sign, `[height, width, in, out]` as a kernel has them, a column a filter and a row an input, from
   * the most negative over zero to the largest.
   */
  function signedPlanes(canvas, { shape: [height, width, inputs, filters], values }, signed) {
    [canvas.width, canvas.height] = [filters * (width + gap) - gap, inputs * (height + gap) - gap];
    const context = canvas.getContext("2d");
    const picture = context.createImageData(canvas.width, canvas.height);
    const colours = table(signed);
    const reach = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    values.forEach((value, index) => {
      const [filter, input] = [index % filters, Math.floor(index / filters) % inputs];
      const [y, x] = [Math.floor(index / (filters * inputs * width)), Math.floor(index / (filters * inputs)) % width];
      const level = Math.round(127.5 + (127.5 * value) / reach);
      const to = (input * (height + gap) + y) * canvas.width + filter * (width + gap) + x;
      picture.data.set(colours.subarray(4 * level, 4 * level + 4), 4 * to);
    });
    context.putImageData(picture, 0, 0);
  }

  /** Moves a place by an arrow key: within its map, and from its border to the map beside it. */
  function step(layer, place, key) {
    const all = grid(layer);
    const [dy, dx] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key] ?? [0, 0];
    const row = Math.floor(place.channel / all.columns) * all.height + (place.y ?? 0) + dy;
    const column = (place.channel % all.columns) * all.width + (place.x ?? 0) + dx;
    if (row < 0 || column < 0 || row >= all.rows * all.height || column >= all.columns * all.width) return place;
    const channel = Math.floor(row / all.height) * all.columns + Math.floor(column / all.width);
    if (channel >= all.count) return place;
    return layer.output.length === 3 ? { y: row % all.height, x: column % all.width, channel } : { channel };
  }

  laboratory.maps = { box, placeAt, draw, signedPlanes, step };
})();
