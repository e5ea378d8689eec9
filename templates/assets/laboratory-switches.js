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

  /** What can be done to the channel that is looked into: as learned, zero, mean, or more or less of it. */
  function filter({ pass }, place, words) {
    const { texts } = words;
    const layer = pass.network.layer(place.layer);
    const now = () => laboratory.state.changes[pass.network.name] ?? {};
    const current = now().channels?.[place.layer]?.find(({ channel }) => channel === place.channel);
    const mean = layer.means?.[place.channel];
    const choices = [
      { key: "asLearned", how: null }, { key: "zero", how: { value: 0, how: "zero" } },
      ...(mean === undefined ? [] : [{ key: "mean", how: { value: mean, how: "mean" } }]),
    ];
    const group = element("fieldset", { className: "lab-switch" }, element(
      "legend", {}, fill(texts.filter, { layer: place.layer, channel: place.channel + 1 })));
    for (const { key, how } of choices) {
      const input = element("input", {
        type: "radio", name: "lab-switch", checked: how ? current?.how === how.how : !current,
      });
      input.addEventListener("change", () => update(pass.network.name, switched(now(), place.layer, place.channel, how)));
      group.append(element("label", {}, input, ` ${texts[key]}`));
    }
    const factor = element("input", { type: "range", min: 0, max: 2, step: 0.1, value: current?.factor ?? 1 });
    const told = element("output", {}, decimal(words, Number(factor.value), 1));
    factor.addEventListener("input", () => {
      told.value = decimal(words, Number(factor.value), 1);
      const value = Number(factor.value);
      update(pass.network.name, switched(now(), place.layer, place.channel, value === 1 ? null : { factor: value }));
    });
    group.append(element("label", {}, `${texts.scaled} `, factor, " ", told));
    return group;
  }

  /** A pooling layer as the largest number or the mean of each window. */
  function exchange({ pass }, place, words) {
    const layer = pass.network.layer(place.layer);
    const now = () => laboratory.state.changes[pass.network.name] ?? {};
    const current = now().pooling?.[place.layer] ?? layer.pooling;
    const group = element("fieldset", { className: "lab-switch" }, element("legend", {}, fill(words.texts.poolingOf, place)));
    for (const kind of ["maximum", "average"]) {
      const input = element("input", { type: "radio", name: "lab-pooling", checked: kind === current });
      input.addEventListener("change", () => {
        const pooling = { ...now().pooling, [place.layer]: kind };
        if (kind === layer.pooling) delete pooling[place.layer];
        update(pass.network.name, { ...now(), pooling });
      });
      group.append(element("label", {}, input, ` ${words.texts[kind]}`));
    }
    return group;
  }

  /** Fills `holder` with what can be done at the place that is looked into. */
  function switches(holder, column, place, words) {
    const { kind } = column.pass.network.layer(place.layer);
    holder.replaceChildren(...[
      ["convolution", "dense"].includes(kind) ? filter(column, place, words) : null,
      kind === "pooling" ? exchange(column, place, words) : null,
    ].filter(Boolean));
  }

  laboratory.switches = switches;
})();
