"use strict";

// What belongs to one of the networks beside each other: its passes, its answer, its accuracy, its epochs.

(() => {
  const { element, fill, percent, decimal } = widgetTools;

  /** How long nothing must have changed before accuracy is measured, in milliseconds. */
  const pause = 300;

  /**
   * The column of a network: `pass` and `spare`, a pass of its own for what is tried beside; `use(network)` puts the
   * same network of another epoch in its place; `answered` says what it answers, and `draw` says so anew.
   */
  function column(network, site, words, truth) {
    const made = { name: site.names.get(network.name), answered: element("div") };
    made.use = (other) => {
      made.network = other;
      [made.pass, made.spare] = [lab.start(other), lab.start(other)];
    };
    made.use(network);
    const answers = laboratory.answers(made.answered, made, words, truth);

    function draw(scaled) {
      lab.run(made.pass, scaled, laboratory.state.changes[network.name]);
      answers.draw();
    }

    return Object.assign(made, { draw });
  }

  /** A number of the last run in words; the last layer's units are classes. */
  function number({ pass, name }, { layer: of, y = 0, x = 0, channel }, words) {
    const layer = pass.network.layer(of);
    const { valueOfMap, valueOfUnit, valueOfClass } = words.texts;
    const isLast = layer === pass.network.layers.at(-1);
    const value = pass.values[layer.index][lab.at(layer, { y, x, channel })];
    return fill(layer.output.length === 3 ? valueOfMap : isLast ? valueOfClass : valueOfUnit, {
      network: name, layer: of, channel: channel + 1, y: y + 1, x: x + 1, label: words.classes[channel],
      value: decimal(words, value, 2),
    });
  }

  const isChanged = (changes) => Boolean(changes) && (Object.keys(changes.pooling ?? {}).length > 0
    || Object.values(changes.channels ?? {}).some((each) => each.length > 0));

  /**
   * What a changed network gets right of the stored test images, and what it does as it has learned to; call `draw`
   * after each change of a network.
   */
  function accuracy(made, site, words) {
    const { texts } = words;
    const node = element("p", { className: "lab-accuracy", "aria-live": "polite" });
    let turn = 0;
    /** The accuracy of the network as it is in this column, and which that is. */
    let learned = {};

    async function draw() {
      turn += 1;
      const mine = turn;
      const isOld = () => mine !== turn;
      const { network } = made;
      const changes = laboratory.state.changes[network.name];
      node.hidden = !isChanged(changes);
      if (node.hidden) return;
      node.textContent = fill(texts.measuring, { network: made.name });
      await new Promise((resume) => { setTimeout(resume, pause); });
      if (isOld()) return;
      let test;
      try {
        test = await site.test();
      } catch {
        node.textContent = texts.notLoaded;
        return;
      }
      const { labels, images } = test;
      const measured = async (asChanged) => laboratory.gradually(
        lab.accuracy(made.spare, images, labels, asChanged), isOld);
      if (learned.network !== network) learned = { network, share: await measured() };
      if (learned.share === null) learned = {};
      const now = isOld() ? null : await measured(changes);
      if (now === null) return;
      node.textContent = fill(texts.accuracy, {
        network: made.name, count: labels.length, now: percent(words, now), learned: percent(words, learned.share),
      });
    }

    return { node, draw };
  }

  Object.assign(laboratory, { column, accuracy, number });
})();
