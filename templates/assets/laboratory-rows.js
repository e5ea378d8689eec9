"use strict";

// Which layers of two networks stand beside each other.

(() => {
  /** Layers that change nothing when a trained network answers, or only how numbers are written down. */
  const silent = new Set(["dropout", "flatten"]);

  const visible = (network) => network.layers.filter(({ kind }) => !silent.has(kind));

  /**
   * Rows of one layer of each network, in the order of both: layers of one name share a row, and where a network has
   * none of that name, its place is null.
   */
  function rows(networks) {
    const [first, second] = networks.map(visible);
    if (!second) return first.map((layer) => [layer]);
    const result = [];
    let next = 0;
    for (const layer of first) {
      const match = second.findIndex(({ name }, index) => index >= next && name === layer.name);
      if (match < 0) {
        result.push([layer, null]);
        continue;
      }
      for (; next < match; next += 1) result.push([null, second[next]]);
      result.push([layer, second[match]]);
      next = match + 1;
    }
    for (; next < second.length; next += 1) result.push([null, second[next]]);
    return result;
  }

  laboratory.rows = rows;
})();
