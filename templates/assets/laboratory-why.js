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
    const [height, width, channels] = column.network.input.shape;
    const told = element("p", { className: "lab-why-told" });
    const drop = element("span", { className: "lab-why-drop" });
    const [occlusion, gradient] = [[drop], []].map((numbers) => {
      // As large as it will be, with a line for its number: what takes a while to compute pushes about nothing below.
      const picture = element("canvas", { className: "lab-why", role: "img", width, height });
      const text = element("span", {});
      const node = element("figure", {}, picture, element("figcaption", {}, text, ...numbers));
      return { picture, text, node };
    });
    holder.replaceChildren(told, occlusion.node, gradient.node);
    let turn = 0;

    function tell(number) {
      occlusion.text.textContent = fill(texts.occlusion, { edge: laboratory.state.patch });
      drop.textContent = fill(texts.occlusionDrop, { drop: number });
      occlusion.picture.setAttribute("aria-label", `${occlusion.text.textContent} ${drop.textContent}`);
    }
    tell("…");
    gradient.text.textContent = texts.gradient;
    gradient.picture.setAttribute("aria-label", texts.gradient);

    async function draw(colours) {
      turn += 1;
      const mine = turn;
      const { pass, spare } = column;
      const plane = [height, width, 1, 1];
      const label = pass.probabilities.indexOf(Math.max(...pass.probabilities));
      told.textContent = fill(texts.whyOf, { label: words.classes[label], network: column.name });
      const sums = new Float32Array(height * width);
      const slopes = lab.gradient(pass, { logit: label }).gradient;
      slopes.forEach((value, index) => { sums[Math.floor(index / channels)] += value; });
      laboratory.maps.signedPlanes(gradient.picture, { shape: plane, values: sums }, colours.signed);
      occlusion.node.classList.add("lab-old");
      const steps = lab.occlusion(spare, pass.image.slice(), {
        label, changes: pass.changes, cover: "blurred", edge: laboratory.state.patch,
      });
      const drops = await laboratory.gradually(steps, () => mine !== turn);
      if (!drops) return;
      laboratory.maps.signedPlanes(occlusion.picture, { shape: plane, values: drops }, colours.signed);
      occlusion.node.classList.remove("lab-old");
      tell(decimal(words, 100 * Math.max(0, ...drops), 1));
    }

    return { draw };
  }

  laboratory.why = why;
})();
