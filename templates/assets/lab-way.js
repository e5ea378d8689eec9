"use strict";

// The way that leads to a number: what each number on it was made of, from the image on.

(() => {
  /** How many inputs of a dense unit are told: few add much. */
  const inputsOfUnit = 6;

  /** Of the numbers of a window, `[rows, columns, channels]`, the place of the largest in one of its maps. */
  function largest(numbers, channels, channel) {
    let best = channel;
    for (let index = channel; index < numbers.length; index += channels) {
      if (Math.abs(numbers[index]) > Math.abs(numbers[best])) best = index;
    }
    return Math.floor(best / channels);
  }

  /** The part of a window that lies on a map, and the number at `place` of the window, kept on the map. */
  function placed({ top, left, height, width }, [mapHeight, mapWidth], place) {
    const within = (value, extent) => Math.max(0, Math.min(extent - 1, value));
    const [first, last] = [within(top, mapHeight), within(top + height - 1, mapHeight)];
    const [near, far] = [within(left, mapWidth), within(left + width - 1, mapWidth)];
    return {
      window: { y: first, x: near, height: last - first + 1, width: far - near + 1 },
      y: within(top + Math.floor(place / width), mapHeight), x: within(left + (place % width), mapWidth),
    };
  }

  /** One number as a source: of a map with its place, of a unit without. */
  const single = ({ y, x, channel }, weight) => (y === undefined
    ? { window: null, channel, weight } : { window: { y, x, height: 1, width: 1 }, y, x, channel, weight });

  const sources = {
    /** A window of every map, with what it adds. */
    convolution(layer, told) {
      const channels = layer.input[2];
      return Array.from({ length: channels }, (_, channel) => {
        let weight = 0;
        for (let index = channel; index < told.products.length; index += channels) weight += told.products[index];
        return { ...placed(told.window, layer.input, largest(told.products, channels, channel)), channel, weight };
      });
    },

    /** The window of its own map; of it, the number that wins or adds most. */
    pooling: (layer, told, { channel }) => [{
      ...placed(told.window, layer.input, told.winner ?? largest(told.inputs, 1, 0)), channel, weight: told.sum,
    }],

    dense: (layer, told, _, origin) => Array.from(
      told.order.subarray(0, inputsOfUnit), (index) => single(origin(index), told.products[index])),

    /** What changes each number by itself has one input, at the same place. */
    same: (layer, told, place, origin) => [single(origin(lab.at(layer, place)), told.inputs[0])],
  };

  /**
   * How a number of the last run came about: a step for each number on the way to the image, the chosen one first. The
   * way goes on from what adds most.
   *
   * A step is `{ layer, place, sources }`, the latter `{ layer, channel, y, x, window, weight }`: of which layer (null
   * for the image), which window `{ y, x, height, width }` of which map (null for a unit), where in it lies the number
   * that adds most, and what they add in all.
   */
  function way(pass, name, place) {
    const steps = [];
    for (let at = { layer: name, ...place }; at?.layer;) {
      const layer = pass.network.layer(at.layer);
      const told = lab.terms(pass, at.layer, at);
      const origin = (index) => lab.origin(pass.network, layer.name, index);
      const { layer: before } = origin(0);
      const all = (sources[layer.kind] ?? sources.same)(layer, told, at, origin).map((each) => ({ ...each, layer: before }));
      steps.push({ layer: layer.name, place: at, sources: all });
      at = all.reduce((best, each) => (Math.abs(each.weight) > Math.abs(best?.weight ?? 0) ? each : best), null);
    }
    return steps;
  }

  Object.assign(lab, { way });
})();
