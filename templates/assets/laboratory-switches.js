"use strict";

// Taking a network apart: a filter switched off or scaled, a pooling layer exchanged.

(() => {
  const { element, fill, decimal } = widgetTools;

  /** The changes of a network with one channel of a layer changed as asked; `how` null leaves it as it was learned. */
  function switched(changes, layer, channel, how) {
    const others = (changes.channels?.[layer] ?? []).filter((each) => each.channel !== channel);
    return { ...changes, channels: { ...changes.channels, [layer]: how ? [...others, { channel, ...how }] : others } };
  }

  function update(network, changed) {
    const { changes } = laboratory.state;
    laboratory.set({ changes: { ...changes, [network]: changed } });
  }

  /** One of several choices, with what is chosen by it. */
  function radio(name, text, choose) {
    const input = element("input", { type: "radio", name });
    input.addEventListener("change", choose);
    return { input, label: element("label", {}, input, ` ${text}`) };
  }

  /** What can be done to the channel that is looked into: as learned, zero, its mean, or more or less of it. */
  function filter({ network }, place, words) {
    const { texts } = words;
    const layer = network.layer(place.layer);
    const now = () => laboratory.state.changes[network.name] ?? {};
    const current = () => now().channels?.[place.layer]?.find(({ channel }) => channel === place.channel);
    const change = (how) => update(network.name, switched(now(), place.layer, place.channel, how));
    const mean = layer.means?.[place.channel];
    const factor = element("input", { type: "range", min: 0, max: 2, step: 0.1, value: 1, "aria-label": texts.scaled });
    const told = element("output");
    const choices = {
      asLearned: radio("lab-switch", texts.asLearned, () => change(null)),
      zero: radio("lab-switch", texts.zero, () => change({ value: 0, how: "zero" })),
      ...(mean === undefined ? {} : { mean: radio("lab-switch", texts.mean, () => change({ value: mean, how: "mean" })) }),
      scaled: radio("lab-switch", texts.scaled, () => change({ factor: Number(factor.value) })),
    };
    factor.addEventListener("input", () => change({ factor: Number(factor.value) }));

    function sync() {
      const chosen = current();
      const kind = !chosen ? "asLearned" : chosen.how ?? "scaled";
      for (const [key, { input }] of Object.entries(choices)) input.checked = key === kind;
      if (chosen?.factor !== undefined) factor.value = chosen.factor;
      told.value = decimal(words, Number(factor.value), 1);
    }
    const title = fill(texts.filter, { layer: place.layer, channel: place.channel + 1 });
    return {
      sync,
      node: element(
        "fieldset", { className: "lab-switch" }, element("legend", {}, title),
        ...Object.values(choices).map(({ label }) => label), factor, " ", told),
    };
  }

  /** A pooling layer as the largest number or the mean of each window. */
  function exchange({ network }, place, words) {
    const layer = network.layer(place.layer);
    const now = () => laboratory.state.changes[network.name] ?? {};
    const choices = ["maximum", "average"].map((kind) => ({
      kind,
      ...radio("lab-pooling", words.texts[kind], () => {
        const pooling = { ...now().pooling, [place.layer]: kind };
        if (kind === layer.pooling) delete pooling[place.layer];
        update(network.name, { ...now(), pooling });
      }),
    }));
    return {
      sync() {
        for (const { kind, input } of choices) input.checked = kind === (now().pooling?.[place.layer] ?? layer.pooling);
      },
      node: element(
        "fieldset", { className: "lab-switch" }, element("legend", {}, fill(words.texts.poolingOf, place)),
        ...choices.map(({ label }) => label)),
    };
  }

  /** Each change of a network in a few words. */
  function told(changes, words) {
    const { texts } = words;
    return [
      ...Object.entries(changes.channels ?? {}).flatMap(([layer, channels]) => channels.map(
        ({ channel, how, factor }) => `${layer} ${channel + 1}: ${how ? texts[how] : `× ${decimal(words, factor, 1)}`}`)),
      ...Object.entries(changes.pooling ?? {}).map(([layer, kind]) => `${layer}: ${texts[kind]}`),
    ];
  }

  /** What is to be known of a network besides its name: of which epoch it is, and what was changed. */
  function notes(name, words) {
    const { epochs, changes } = laboratory.state;
    const epoch = epochs[name] === undefined ? [] : [fill(words.texts.afterEpochs, { epoch: epochs[name] })];
    return [...epoch, ...told(changes[name] ?? {}, words)].join(", ");
  }

  /** What was changed in a network, and a button that undoes all of it; hidden while it is as it was learned. */
  function changed(column, words) {
    const list = element("span");
    const button = element("button", { type: "button" }, words.texts.undoChanges);
    button.addEventListener("click", () => update(column.network.name, {}));
    const node = element("p", { className: "lab-changes", hidden: true }, list, " ", button);
    return {
      node,
      draw() {
        const all = told(laboratory.state.changes[column.network.name] ?? {}, words);
        node.hidden = !all.length;
        list.textContent = fill(words.texts.changes, { network: column.name, changes: all.join(", ") });
      },
    };
  }

  /**
   * Fills `holder` with what can be done at a place, and keeps it as long as that is the same; call `draw` after each
   * change of the place or of a network.
   */
  function switches(holder, words) {
    let [shown, current] = ["", null];
    return {
      draw(column, place) {
        const layer = column?.network.layer(place.layer);
        const key = layer ? [column.network.name, place.layer, layer.kind === "pooling" ? "" : place.channel].join() : "";
        if (key !== shown) {
          const make = { convolution: filter, dense: filter, pooling: exchange }[layer?.kind];
          current = make?.(column, place, words);
          holder.replaceChildren(...(current ? [current.node] : []));
          shown = key;
        }
        current?.sync();
      },
    };
  }

  Object.assign(laboratory, { switches, changed, notes });
})();
