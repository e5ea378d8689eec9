"use strict";

// What a network says: its answer in words, and each class with its probability as a bar.

(() => {
  const { element, fill, probability, className } = widgetTools;

  /**
   * Fills `holder`; call `draw` after each run of the column's pass. `truth()` is the image's class, or null where nobody
   * knows it.
   */
  function answers(holder, column, words, truth) {
    const verdict = element("p", { className: "widget-answer", "aria-live": "polite" });
    const bars = words.classes.map((label, index) => {
      const meter = element("meter", { value: 0, "aria-label": label });
      const share = element("span");
      return { meter, share, node: element("li", {}, className(words, index), meter, share) };
    });
    holder.replaceChildren(verdict, element("ul", { className: "widget-bars" }, ...bars.map(({ node }) => node)));

    function draw() {
      const { probabilities } = column.pass;
      const guess = probabilities.indexOf(Math.max(...probabilities));
      const known = truth();
      const { answer, answerRight, answerWrong } = words.texts;
      verdict.textContent = fill(known === null ? answer : known === guess ? answerRight : answerWrong, {
        network: column.name, label: words.classes[guess], probability: probability(words, probabilities[guess]),
      });
      bars.forEach(({ meter, share, node }, label) => {
        meter.value = probabilities[label];
        share.textContent = probability(words, probabilities[label]);
        node.classList.toggle("lab-first", label === guess);
      });
    }

    return { draw };
  }

  laboratory.answers = answers;
})();
