"use strict";

// The laboratory in small, for the article: one network, one image to draw on, every layer.

(() => {
  const { element, fill, onScheme } = widgetTools;

  /** The first shown image of each class, as far as there is room. */
  function first({ images }) {
    const seen = new Map();
    images.forEach(({ label }, place) => { if (!seen.has(label)) seen.set(label, place); });
    return [...seen.values()].slice(0, 10);
  }

  async function start(root, words, folder) {
    const { texts } = words;
    const site = await laboratory.site(words, folder);
    const { index: { shape, images, networks } } = site;
    const network = await site.network(networks[0]);
    const places = first(site.index);
    const shown = places.at(-1);
    const truth = () => (laboratory.state.shown === null ? null : images[laboratory.state.shown].label);
    const column = laboratory.column(network, site, words, truth);
    const board = laboratory.board(site, laboratory.usually(site), words);
    const samples = laboratory.samples(site, words, places);
    const holder = element("div", { className: "lab-layers" });
    const clear = element("button", { type: "button" }, texts.clear);
    clear.addEventListener("click", () => laboratory.set({ image: laboratory.edits.empty(laboratory.state.image), shown: null }));
    const more = element("a", {}, texts.more);
    const link = root.querySelector("a").href;
    const body = element(
      "div", { className: "lab lab-glimpse" }, element("div", { className: "lab-input" }, board.node, clear, samples.group),
      element("div", { className: "lab-output" }, column.answered, element("p", {}, more), holder));
    const layers = laboratory.layers(holder, [column], words);
    const way = laboratory.way(body);
    laboratory.pad(board.pad, shape, {
      tool: () => "draw", brush: () => ({ radius: 1.25, ink: Array(shape[2]).fill(255) }),
      tell: (key, values) => { board.told.value = fill(texts[key], values); },
    });
    laboratory.set({
      ...laboratory.share.initial(site), shown, image: site.image(shown), networks: [network.name],
    });

    const inspect = () => way.draw(board.pad, [column], layers.pictures, laboratory.state.place);
    function compute() {
      column.draw(laboratory.state.image.map((level) => level / network.input.levels));
      layers.draw(site.colours());
      board.draw();
      samples.mark();
      inspect();
    }
    laboratory.on(["image"], compute);
    laboratory.on(["cursor"], board.draw);
    laboratory.on(["place"], () => {
      const { place } = laboratory.state;
      inspect();
      if (!place) return;
      board.told.value = laboratory.number(column, place, words);
    });
    laboratory.on(["image", "place"], () => { more.href = `${link}#${laboratory.share.written({ ...laboratory.state, networks: [] })}`; });
    samples.draw();
    onScheme(() => {
      samples.draw();
      compute();
    });
    root.replaceChildren(body);
    board.pad.focus();
  }

  widgetTools.parts.glimpse = start;
})();
