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

  /** Where a layer's maps stand: their size, how many stand beside each other, and all of it in pixels. */
  function grid({ output }) {
    const [height, width, count] = output.length === 3 ? output : [1, 1, output[0]];
    const columns = output.length === 3 ? Math.min(count, count > 16 ? 8 : count > 8 ? 4 : 3) : Math.min(count, 30);
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

  /** Draws all maps of a layer: each from zero to its own largest number, units to the largest of all. */
  function draw(canvas, layer, values, tone) {
    const all = grid(layer);
    if (canvas.width !== all.wide || canvas.height !== all.tall) [canvas.width, canvas.height] = [all.wide, all.tall];
    const context = canvas.getContext("2d");
    const picture = context.createImageData(all.wide, all.tall);
    const colours = table(tone);
    const isMap = layer.output.length === 3;
    const largestOfAll = isMap ? 0 : values.reduce((largest, value) => Math.max(largest, value), 0);
    for (let channel = 0; channel < all.count; channel += 1) {
      let largest = largestOfAll;
      if (isMap) for (let at = channel; at < values.length; at += all.count) largest = Math.max(largest, values[at]);
      const scale = largest > 0 ? 255 / largest : 0;
      const [row, column] = [Math.floor(channel / all.columns), channel % all.columns];
      for (let y = 0; y < all.height; y += 1) {
        let to = ((row * (all.height + all.between) + y) * all.wide + column * (all.width + all.between)) * 4;
        for (let x = 0; x < all.width; x += 1, to += 4) {
          const level = Math.max(0, Math.round(values[(y * all.width + x) * all.count + channel] * scale));
          for (let part = 0; part < 4; part += 1) picture.data[to + part] = colours[4 * level + part];
        }
      }
    }
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

  laboratory.maps = { box, placeAt, draw, step, grid };
})();
