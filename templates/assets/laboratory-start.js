"use strict";

// Puts the laboratory together: loads the networks, and computes everything anew when the image or a network changes.

(() => {
  const { element, fill, percent, isDark, onScheme, choice, bytes } = widgetTools;

  /** What belongs to a network: its passes, its answers, and the maps of why it gives them. */
  function column(network, name, words, truth) {
    const made = { pass: lab.start(network), spare: lab.start(network), name };
    const [said, why] = [element("div"), element("div", { className: "lab-whys" })];
    return {
      ...made, said, whyHolder: why, answers: laboratory.answers(said, made, words, truth),
      why: laboratory.why(why, made, words),
    };
  }

  async function start(root, words, source) {
    const index = await lab.load(source, "index");
    const { texts } = words;
    const names = new Map(index.networks.map((name, place) => [name, words.networks[place]]));
    const networks = new Map();
    /** The network in the end of its training, or as it was after an epoch. */
    async function known(name, epoch) {
      const data = await lab.load(source, `network-${name}`);
      if (epoch !== undefined) return lab.network(data, await lab.load(source, `epoch-${name}-${epoch}`));
      if (!networks.has(name)) networks.set(name, lab.network(data));
      return networks.get(name);
    }

    const shown = Math.max(0, index.images.length - 2);
    const usual = {
      shown, image: Float32Array.from(bytes(index.images[shown].pixels)), epochs: {}, changes: {}, place: null,
      networks: [...new Set([index.networks[0], index.networks.at(-1)])],
    };
    // What the address tells of a network is read by its layers.
    const asked = (new URLSearchParams(location.hash.slice(1)).get("networks") ?? "").split(" ");
    const wanted = asked.filter((name) => names.has(name)).slice(0, 2);
    await Promise.all((wanted.length ? wanted : usual.networks).map((name) => known(name)));
    laboratory.set(laboratory.share.read(location.hash.slice(1), usual, index, networks));

    const colours = () => index.colors[isDark() ? "dark" : "light"];
    const { shape } = index;
    const pad = element("canvas", { className: "lab-pad", tabIndex: 0, role: "application", "aria-label": texts.pad });
    const cursor = element("span", { className: "lab-mark lab-place", hidden: true });
    const seen = element("span", { className: "lab-mark lab-field", hidden: true });
    const told = element("output", { className: "widget-readout" });
    const placed = element("p", { className: "lab-placed" });
    const tools = laboratory.tools(words);
    const box = laboratory.usually(index);
    const samples = laboratory.samples(index, words, colours);
    const input = element("input", { type: "file", accept: "image/*" });
    const save = element("button", { type: "button" }, texts.save);
    save.addEventListener("click", () => laboratory.share.picture(columns, pad, words));
    const pick = element("div", { className: "lab-networks" });
    const holders = {
      times: element("div", { className: "lab-columns" }), answers: element("div", { className: "lab-columns" }), layers: element("div", { className: "lab-layers" }),
      whys: element("div", { className: "lab-columns" }), terms: element("div", { className: "lab-terms" }),
      switches: element("div"),
    };
    const body = element("div", { className: "lab" });
    body.append(
      element("div", { className: "lab-input" },
        element("div", { className: "lab-picture lab-board" }, pad, seen, cursor), placed, told, tools.group,
        laboratory.actions(words, shape, box),
        element("p", {}, element("label", {}, `${texts.file} `, input)), samples.group,
        element("p", { className: "lab-share" }, save)),
      element("div", { className: "lab-output" }, pick, holders.times, holders.answers,
        element("div", { className: "lab-inspect" }, holders.terms, holders.switches), holders.layers, holders.whys));
    laboratory.pad(pad, shape, {
      tool: tools.tool, brush: () => ({ radius: tools.radius(), ink: Array(shape[2]).fill(255) }),
      tell: (key, values) => { told.value = fill(texts[key], values); },
    });
    laboratory.files({
      input, target: root, shape, isInk: () => box.ink < 0.5, refuse: () => { told.value = texts.noPicture; },
    });

    let columns = [];
    let layers = null;
    let offered = null;
    const truth = () => (laboratory.state.shown === null ? null : index.images[laboratory.state.shown].label);

    function compute() {
      const { image, changes } = laboratory.state;
      const scaled = image.map((level) => level / 255);
      for (const each of columns) {
        lab.run(each.pass, scaled, changes[each.pass.network.name]);
        each.answers.draw();
      }
      layers.draw(colours().tone);
      inspect();
      for (const each of columns) each.why.draw(colours());
    }

    /** Browsers refuse an address that changes with every stroke: it follows once the reader pauses. */
    let pause = 0;
    function address() {
      clearTimeout(pause);
      pause = setTimeout(() => history.replaceState(null, "", `#${laboratory.share.written(laboratory.state)}`), 400);
    }

    function drawImage() {
      const { image, cursor: at } = laboratory.state;
      laboratory.paint(pad, image, shape, colours().tone);
      samples.mark();
      const now = laboratory.edits.placement(image, shape);
      placed.textContent = now ? fill(texts.placed, {
        height: now.height, width: now.width, ink: percent(words, now.ink), usualHeight: box.height, usualWidth: box.width,
        usualInk: percent(words, box.ink),
      }) : texts.empty;
      cursor.hidden = !at;
      if (at) laboratory.lay(cursor, { top: at[0] / shape[0], left: at[1] / shape[1], height: 1 / shape[0], width: 1 / shape[1] });
    }

    function inspect() {
      const { place } = laboratory.state;
      const chosen = columns.find(({ pass }) => pass.network.name === place?.network);
      layers.mark(chosen ? place : null);
      seen.hidden = true;
      if (!chosen) {
        holders.terms.replaceChildren(element("p", {}, texts.hint));
        return;
      }
      laboratory.terms(holders.terms, chosen, place, words);
      const { inside } = lab.field(chosen.pass.network, place.layer, place);
      laboratory.lay(seen, {
        top: inside.top / shape[0], left: inside.left / shape[1], height: inside.height / shape[0], width: inside.width / shape[1],
      });
    }

    function switchable() {
      const { place } = laboratory.state;
      const chosen = columns.find(({ pass }) => pass.network.name === place?.network);
      if (chosen) laboratory.switches(holders.switches, chosen, place, words);
      else holders.switches.replaceChildren();
    }

    /** Makes the columns of the chosen networks anew, each as it was after the chosen epoch. */
    async function rebuild() {
      const { networks: chosen, epochs } = laboratory.state;
      await Promise.all(chosen.map((name) => known(name)));
      const loaded = await Promise.all(chosen.map((name) => known(name, epochs[name])));
      if (chosen !== laboratory.state.networks || epochs !== laboratory.state.epochs) return;
      columns = loaded.map((network) => column(network, names.get(network.name), words, truth));
      holders.answers.replaceChildren(...columns.map(({ said }) => said));
      holders.whys.replaceChildren(...columns.map(({ whyHolder }) => whyHolder));
      layers = laboratory.layers(holders.layers, columns, words);
      if (offered !== chosen) choose(chosen);
      offered = chosen;
      compute();
      switchable();
      // Whole at once: what came piece by piece would push about what is there.
      if (!body.isConnected) root.replaceChildren(body);
    }

    /** The choice of networks and epochs. */
    function choose(chosen) {
      const all = [...names.keys()];
      pick.replaceChildren(
        choice(texts.first, words.networks, all.indexOf(chosen[0]), (number) => {
          laboratory.set({ networks: [...new Set([all[number], ...chosen.slice(1)])] });
        }),
        choice(texts.second, [texts.none, ...words.networks], all.indexOf(chosen[1]) + 1, (number) => {
          laboratory.set({ networks: [...new Set([chosen[0], ...(number ? [all[number - 1]] : [])])] });
        }));
      holders.times.replaceChildren(...chosen.map((name) => element("div", {}, laboratory.time(
        networks.get(name), laboratory.state.epochs[name], words, (epoch) => {
          const { [name]: before, ...others } = laboratory.state.epochs;
          if (before !== epoch) laboratory.set({ epochs: epoch === undefined ? others : { ...others, [name]: epoch } });
        }) ?? "")));
    }

    laboratory.on(["networks", "epochs"], () => rebuild().catch(widgetTools.fail(root)));
    laboratory.on(["image", "changes"], () => { if (layers) compute(); });
    laboratory.on(["image", "cursor"], drawImage);
    laboratory.on(["place"], () => { if (layers) inspect(); });
    laboratory.on(["place", "changes"], () => { if (layers && !holders.switches.contains(document.activeElement)) switchable(); });
    laboratory.on(["image", "networks", "epochs", "changes", "place"], address);
    samples.draw();
    onScheme(() => {
      samples.draw();
      drawImage();
      if (layers) compute();
    });
  }

  widgetTools.parts.laboratory = start;
})();
