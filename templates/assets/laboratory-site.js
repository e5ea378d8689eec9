"use strict";

// What the site has for the laboratory: images, networks, and what these were in the midst of their training.

(() => {
  const { load, isDark, bytes } = widgetTools;

  /**
   * Loads the index; networks and images follow when they are asked for.
   *
   * Returns `index`, `names` (what readers call each network, by name), `networks` (those that have come),
   * `network(name, epoch)`, `test()`, `image(number)` of the shown images, and `colours()`, those of the page.
   */
  async function site(words, root) {
    const data = (name) => load(root, "laboratory", name);
    const index = await data("index");
    const networks = new Map();

    /** A network in the end of its training, or as it was after an epoch. */
    async function network(name, epoch) {
      const [description, weights] = await Promise.all(
        [`network-${name}`, ...(epoch === undefined ? [] : [`epoch-${name}-${epoch}`])].map(data));
      if (weights) return lab.network(description, weights);
      if (!networks.has(name)) networks.set(name, lab.network(description));
      return networks.get(name);
    }

    let images = null;
    /** Test images `[images, height, width, channels]` and their labels. */
    async function test() {
      const { labels, pixels } = await data("test");
      images ??= bytes(pixels);
      return { labels, images };
    }

    return {
      index, networks, network, test,
      names: new Map(index.networks.map((name, place) => [name, words.networks[place]])),
      image: (number) => Float32Array.from(bytes(index.images[number].pixels)),
      colours: () => index.colors[isDark() ? "dark" : "light"],
    };
  }

  laboratory.site = site;
})();
