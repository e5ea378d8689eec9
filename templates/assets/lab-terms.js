"use strict";

// Where a number comes from: what of the image it sees, what it was made of, and what its inputs are.

(() => {
  /**
   * What of the image a place of a layer's maps sees: `{ top, left, height, width }` in pixels, which may hang over the
   * border where the network pads; and `inside`, the part of it that is image. Units see all of it.
   */
  function field(network, name, { y = 0, x = 0 } = {}) {
    const [height, width] = network.input.shape;
    const { receptiveField } = network.layer(name);
    const seen = receptiveField ? {
      top: receptiveField.top + y * receptiveField.stride[0], left: receptiveField.left + x * receptiveField.stride[1],
      height: receptiveField.extent[0], width: receptiveField.extent[1],
    } : { top: 0, left: 0, height, width };
    const [top, left] = [Math.max(0, seen.top), Math.max(0, seen.left)];
    const inside = {
      top, left, height: Math.min(height, seen.top + seen.height) - top,
      width: Math.min(width, seen.left + seen.width) - left,
    };
    return { ...seen, inside };
  }

  /**
   * Which number of which layer an input of a layer is: `{ layer, y, x, channel }`, without y and x of a unit. Dropout
   * and flatten are looked through; `layer` is null for the image.
   */
  function origin(network, name, index) {
    let source = network.layer(name).index - 1;
    while (source >= 0 && ["dropout", "flatten"].includes(network.layers[source].kind)) source -= 1;
    const layer = network.layers[source];
    const shape = layer?.output ?? network.input.shape;
    if (shape.length === 1) return { layer: layer.name, channel: index };
    const [, width, channels] = shape;
    const pixel = Math.floor(index / channels);
    return { layer: layer?.name ?? null, y: Math.floor(pixel / width), x: pixel % width, channel: index % channels };
  }

  /**
   * What a number of the last run was made of.
   *
   * `place` is `{ y, x, channel }` of a map, `{ channel }` of a unit. Returns the layer's `kind`, what its way forward
   * adds up (see each kind's own `terms`: `inputs`, `weights`, `products`, `bias`, `window`, ...), `sum` before and
   * `activated` after the activation, `change` where that is changed, and `value` in the end.
   */
  function terms(pass, name, place) {
    const layer = pass.network.layer(name);
    // What pools whole maps leaves units: its window begins where the maps do.
    const parts = lab.kinds[layer.kind].terms(layer, lab.inputOf(pass, layer.index), { ...place, y: place.y ?? 0, x: place.x ?? 0 }, pass.changes);
    const change = pass.changes.channels?.[name]?.find(({ channel }) => channel === place.channel) ?? null;
    return {
      kind: layer.kind, ...parts, activation: layer.activation ?? "linear",
      activated: lab.activated(layer, parts.sum), change,
      value: pass.values[layer.index][lab.at(layer, place)],
    };
  }

  Object.assign(lab, { field, origin, terms });
})();
