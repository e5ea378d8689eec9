"use strict";

// Puts the laboratory together: loads the networks, and computes everything anew when the image or a network changes.

(() => {
  const { element, onScheme, choice, fail } = widgetTools;

  /** The state that the address tells; what it tells of a network is read by its layers, so these come first. */
  async function read(site) {
    const text = location.hash.slice(1);
    const asked = (new URLSearchParams(text).get("networks") ?? "").split(" ").filter((name) => site.names.has(name));
    const wanted = asked.length ? asked.slice(0, 2) : laboratory.share.initial(site).networks;
    await Promise.all(wanted.map((name) => site.network(name)));
    return laboratory.share.read(text, site);
  }

  async function start(root, words, folder) {
    const site = await laboratory.site(words, folder);
    const { texts } = words;
    laboratory.set(await read(site));

    let columns = [];
    let layers = null;
    const truth = () => (laboratory.state.shown === null ? null : site.index.images[laboratory.state.shown].label);
    const image = laboratory.input(root, site, words, (pad) => laboratory.share.picture(columns, pad, words));
    const holders = {
      columns: element("div", { className: "lab-columns" }), layers: element("div", { className: "lab-layers" }),
      whys: element("div", { className: "lab-columns" }), terms: element("div", { className: "lab-terms" }),
      switches: element("div", { className: "lab-switches" }), accuracy: element("div"),
    };
    holders.inspect = element("div", { className: "lab-inspect" }, holders.terms, holders.switches, holders.accuracy);
    const kernels = element("input", { type: "checkbox", checked: laboratory.state.kernels });
    kernels.addEventListener("change", () => laboratory.set({ kernels: kernels.checked }));
    const body = element(
      "div", { className: "lab" }, image.node,
      element(
        "div", { className: "lab-output" }, holders.columns,
        // What is told of a number stays in view as long as the layers do.
        element(
          "div", {}, element("p", {}, element("label", {}, kernels, ` ${texts.showKernels}`)), holders.layers,
          holders.inspect),
        holders.whys));
    const way = laboratory.way(body);
    laboratory.open = () => requestAnimationFrame(() => holders.switches.querySelector("input:checked")?.focus());
    body.addEventListener("keydown", ({ key }) => { if (key === "Escape") laboratory.set({ isPinned: false }); });

    const chosen = () => columns.find(({ network }) => network.name === laboratory.state.place?.network);

    function compute() {
      const { levels } = columns[0].network.input;
      const scaled = laboratory.state.image.map((level) => level / levels);
      for (const each of columns) each.draw(scaled);
      image.answer.textContent = columns.map(({ answered }) => answered.firstChild.textContent).join(" · ");
      layers.draw(site.colours());
      inspect();
      why();
    }

    const why = () => { for (const each of columns) each.why.draw(site.colours()); };
    function measure() {
      for (const { accuracy, changed } of columns) {
        accuracy.draw();
        changed.draw();
      }
    }

    function inspect() {
      const { place } = laboratory.state;
      if (chosen()) laboratory.terms(holders.terms, chosen(), place, words);
      else holders.terms.replaceChildren(element("p", {}, texts.hint));
      way.draw(image.pad, columns, layers.pictures, chosen() ? place : null);
    }

    const switches = laboratory.switches(holders.switches, words);
    const switchable = () => switches.draw(chosen(), laboratory.state.place);

    /** The choice of a network, on the left or on the right. */
    function choose(side) {
      const all = [...site.names.keys()];
      const { networks } = laboratory.state;
      const set = (names) => laboratory.set({ networks: [...new Set(names)] });
      return side === 0
        ? choice(texts.first, words.networks, all.indexOf(networks[0]), (number) => set(
          // Whoever asks for the one on the right has both change places.
          all[number] === networks[1] ? [networks[1], networks[0]] : [all[number], ...networks.slice(1)]))
        : choice(texts.second, [texts.none, ...words.networks], all.indexOf(networks[1]) + 1, (number) => set(
          all[number - 1] === networks[0] && networks[1] ? [networks[1], networks[0]]
            : [networks[0], ...(number ? [all[number - 1]] : [])]));
    }

    function epoch(name, chosenEpoch) {
      const { [name]: before, ...others } = laboratory.state.epochs;
      if (before !== chosenEpoch) laboratory.set({ epochs: chosenEpoch === undefined ? others : { ...others, [name]: chosenEpoch } });
    }

    /** Makes the columns of the chosen networks. */
    function build(loaded) {
      columns = loaded.map((network) => {
        const made = laboratory.column(network, site, words, truth);
        const whys = element("div", { className: "lab-whys" });
        return Object.assign(made, {
          whys, why: laboratory.why(whys, made, words), accuracy: laboratory.accuracy(made, site, words),
          changed: laboratory.changed(made, words),
          time: laboratory.time(network, words, (chosenEpoch) => epoch(network.name, chosenEpoch)),
        });
      });
      const focused = [...holders.columns.querySelectorAll("select")].indexOf(document.activeElement);
      holders.columns.replaceChildren(
        ...columns.map(({ answered, time }, side) => element(
          "div", {}, choose(side), answered, ...(time ? [time.node] : []))),
        ...(columns.length === 1 ? [element("div", {}, choose(1))] : []));
      if (focused >= 0) holders.columns.querySelectorAll("select")[focused].focus();
      holders.accuracy.replaceChildren(...columns.flatMap(({ accuracy, changed }) => [changed.node, accuracy.node]));
      holders.whys.replaceChildren(...columns.map(({ whys }) => whys));
      layers = laboratory.layers(holders.layers, columns, words);
    }

    /** Puts the chosen networks there, each as it was after the chosen epoch. */
    async function rebuild() {
      const { networks, epochs } = laboratory.state;
      const loaded = await Promise.all(networks.map((name) => site.network(name, epochs[name])));
      if (networks !== laboratory.state.networks || epochs !== laboratory.state.epochs) return;
      // Another epoch of the same networks leaves everything in its place: the focus, and what is pointed at.
      if (loaded.map(({ name }) => name).join() !== columns.map(({ network }) => network.name).join()) build(loaded);
      else columns.forEach((each, side) => each.use(loaded[side]));
      for (const { network, time } of columns) time?.show(epochs[network.name]);
      // Whole at once: what came piece by piece would push about what is there.
      if (!body.isConnected) root.replaceChildren(body);
      compute();
      measure();
      switchable();
    }

    /** Data that do not come leave what is there as it is, and say so; without any there is nothing to leave. */
    function lost(error) {
      if (body.isConnected) image.told.value = texts.notLoaded;
      else fail(root)(error);
    }

    /** Browsers refuse an address that changes with every stroke: it follows once the reader pauses. */
    let pause = 0;
    function address() {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const hash = `#${laboratory.share.written(laboratory.state)}`;
        history.replaceState(null, "", hash);
        // The same in another language.
        for (const link of document.querySelectorAll("[data-other-language]")) link.hash = hash;
      }, 400);
    }
    // A link to another state, pasted into the same window; what only leads to a place of the page leaves the state.
    addEventListener("hashchange", () => {
      if (location.hash.includes("=")) read(site).then(laboratory.set, lost);
      else address();
    });

    laboratory.on(["networks", "epochs"], () => { rebuild().catch(lost); });
    laboratory.on(["image", "changes"], () => { if (layers) compute(); });
    laboratory.on(["image", "cursor"], image.draw);
    laboratory.on(["changes"], () => { if (layers) measure(); });
    laboratory.on(["place"], () => { if (layers) inspect(); });
    laboratory.on(["place", "changes"], () => { if (layers) switchable(); });
    laboratory.on(["isPinned"], ({ isPinned }) => holders.inspect.classList.toggle("lab-pinned", isPinned));
    laboratory.on(["patch"], () => { if (layers) why(); });
    laboratory.on(["kernels"], () => {
      kernels.checked = laboratory.state.kernels;
      if (!layers) return;
      layers.draw(site.colours());
      inspect();
    });
    laboratory.on(["image", "networks", "epochs", "changes", "place", "patch", "kernels"], address);
    onScheme(() => {
      image.samples.draw();
      image.draw();
      if (layers) compute();
    });
  }

  widgetTools.parts.laboratory = start;
})();
