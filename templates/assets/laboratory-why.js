"use strict";

// Why a network answers as it does: where covering the image, or changing a pixel, changes the answer.

(() => {
  const { element, fill, decimal } = widgetTools;

  /** Draws numbers `[height, width]` from the most negative over zero to the largest. */
  function signed(canvas, values, [height, width], table) {
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    const picture = context.createImageData(width, height);
    const reach = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    values.forEach((value, index) => {
      const at = 6 * Math.round(127.5 + (127.5 * value) / reach);
      for (let part = 0; part < 3; part += 1) {
        picture.data[4 * index + part] = parseInt(table.slice(at + 2 * part, at + 2 * part + 2), 16);
      }
      picture.data[4 * index + 3] = 255;
    });
    context.putImageData(picture, 0, 0);
  }

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
      const label = pass.probabilities.indexOf(Math.max(...pass.probabilities));
      told.textContent = fill(texts.whyOf, { label: words.classes[label], network: column.name });
      const { gradient } = lab.gradient(pass, { logit: label });
      const sums = new Float32Array(shape[0] * shape[1]);
      gradient.forEach((value, index) => { sums[Math.floor(index / shape[2])] += value; });
      signed(pictures.gradient, sums, shape, colours.signed);
      pictures.occlusion.classList.add("lab-old");
      const steps = lab.occlusion(spare, pass.image.slice(), {
        label, changes: pass.changes, cover: "blurred", edge: laboratory.state.patch,
      });
      const drops = await laboratory.gradually(steps, () => mine !== turn);
      if (!drops) return;
      signed(pictures.occlusion, drops, shape, colours.signed);
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
