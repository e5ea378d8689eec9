"use strict";

// Why a network answers as it does: where covering the image, or changing a pixel, changes the answer.

(() => {
  const { element, fill, decimal } = widgetTools;

  /**
   * Fills `holder` with the two maps of a network's answer to the present image; call `draw` after each run of the
   * column's pass.
   */
  function why(holder, column, words) {
    const { texts } = words;
    const [pictures, captions] = [{}, {}];
    const told = element("p", { className: "lab-why-told" });
    holder.replaceChildren(told, ...["occlusion", "gradient"].map((kind) => {
      pictures[kind] = element("canvas", { className: "lab-why", role: "img", "aria-label": texts[kind] });
      captions[kind] = element("figcaption", {}, texts[kind]);
      return element("figure", {}, pictures[kind], captions[kind]);
    }));
    let turn = 0;

    async function draw(colours) {
      turn += 1;
      const mine = turn;
      const { pass, spare } = column;
      const { shape } = pass.network.input;
      const plane = [...shape.slice(0, 2), 1, 1];
      const label = pass.probabilities.indexOf(Math.max(...pass.probabilities));
      told.textContent = fill(texts.whyOf, { label: words.classes[label], network: column.name });
      const { gradient } = lab.gradient(pass, { logit: label });
      const sums = new Float32Array(shape[0] * shape[1]);
      gradient.forEach((value, index) => { sums[Math.floor(index / shape[2])] += value; });
      laboratory.maps.signedPlanes(pictures.gradient, { shape: plane, values: sums }, colours.signed);
      pictures.occlusion.classList.add("lab-old");
      const steps = lab.occlusion(spare, pass.image.slice(), {
        label, changes: pass.changes, cover: "blurred", edge: laboratory.state.patch,
      });
      const drops = await laboratory.gradually(steps, () => mine !== turn);
      if (!drops) return;
      laboratory.maps.signedPlanes(pictures.occlusion, { shape: plane, values: drops }, colours.signed);
      pictures.occlusion.classList.remove("lab-old");
      captions.occlusion.textContent = fill(texts.occlusionTold, {
        edge: laboratory.state.patch, drop: decimal(words, 100 * Math.max(0, ...drops), 1),
      });
      pictures.occlusion.setAttribute("aria-label", captions.occlusion.textContent);
    }

    return { draw };
  }

  laboratory.why = why;
})();
