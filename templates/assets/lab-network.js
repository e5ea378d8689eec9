"use strict";

// The laboratory's engine computes the site's networks in the page. Its scripts meet in this one name, as pages opened
// from a file load no modules; they know nothing of the page. This one: how networks and images come to it.

const lab = (() => {
  /**
   * What each kind of layer does, `forward` and `backward` and how a value came about, `terms`; `prepare` adds to a
   * layer what its computation needs.
   */
  const kinds = {};

  const product = (numbers) => numbers.reduce((left, right) => left * right, 1);

  function bytes(base64) {
    const text = atob(base64);
    const result = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place += 1) result[place] = text.charCodeAt(place);
    return result;
  }

  function singles(base64) {
    const view = new DataView(bytes(base64).buffer);
    const numbers = new Float32Array(view.byteLength / 4);
    for (let place = 0; place < numbers.length; place += 1) numbers[place] = view.getFloat32(4 * place, true);
    return numbers;
  }

  /**
   * The numbers of a packed tensor, the last dimension fastest: integers of two or three bytes times their output
   * channel's scale, or as they are.
   */
  function unpack({ shape, values, scales }) {
    if (!scales) return singles(values);
    const factors = singles(scales);
    const packed = bytes(values);
    const numbers = new Float32Array(product(shape));
    const width = packed.length / numbers.length;
    const view = new DataView(packed.buffer);
    for (let place = 0, channel = 0; place < numbers.length; place += 1) {
      // The highest two bytes tell the sign.
      const high = view.getInt16(width * place + width - 2, true);
      numbers[place] = (width === 3 ? 256 * high + packed[width * place] : high) * factors[channel];
      channel = channel + 1 === factors.length ? 0 : channel + 1;
    }
    return numbers;
  }

  function layer(data, index, weights) {
    const tensors = Object.fromEntries(Object.entries(data.tensors).map(([name, packed]) => [
      name, unpack(weights[`${data.name}.${name}`] ?? packed),
    ]));
    const result = { ...data, index, tensors, means: data.means ? unpack(data.means) : null };
    kinds[result.kind].prepare?.(result);
    return result;
  }

  /**
   * A network out of `laboratoryData["network-<name>"]`, ready to be computed; in the midst of its training with the
   * `weights` out of `laboratoryData["epoch-<name>-<epoch>"]`, of which `data.epochs` says which there are.
   *
   * Its layers say what the data say; their tensors are arrays, `layer.tensors.kernel` [height, width, in, out].
   */
  function network(data, weights = {}) {
    const layers = data.layers.map((each, index) => layer(each, index, weights));
    const byName = new Map(layers.map((each) => [each.name, each]));
    return { ...data, layers, layer: (name) => byName.get(name) };
  }

  /** An image as a network takes it, [height, width, channels], out of one of `laboratoryData.index.images`. */
  const image = ({ input }, { pixels }) => Float32Array.from(bytes(pixels), (level) => level / input.levels);

  return { kinds, product, unpack, network, image };
})();
