"use strict";

// What the interactive parts share. Each part is a sentence and a picture until its script has found its data.

(() => {
  /** An element with properties, attributes (names with a dash, `role`, `for`) and children. */
  function element(name, properties = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.includes("-") || key === "role" || key === "for") node.setAttribute(key, value);
      else node[key] = value;
    }
    node.append(...children);
    return node;
  }

  /** An element of SVG. */
  function svg(name, attributes) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  }

  /** Fills the placeholders of a text. */
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** A number with so many places, as the page's language has it; of very large ones the first digits say enough. */
  function decimal({ numbers }, value, places) {
    const text = Math.abs(value) < 1e9 ? value.toFixed(places) : String(Number(value.toPrecision(3)).toExponential());
    const [, sign, whole, fraction, power] = text.match(/^(-?)(\d+)(?:\.(\d+))?(?:e\+?(-?\d+))?$/);
    // What is written as nothing has no sign.
    const isZero = !/[1-9]/.test(whole + (fraction ?? ""));
    const isGrouped = whole.length >= 3 + numbers.minimumGroupingDigits;
    return (sign && !isZero ? numbers.minus : "")
      + (isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, () => numbers.group) : whole)
      + (fraction === undefined ? "" : numbers.decimal + fraction)
      + (power === undefined ? "" : `e${power.replace("-", () => numbers.minus)}`);
  }

  const count = (words, value) => decimal(words, value, 0);

  const percent = (words, value) => words.numbers.percent.replace("{n}", () => decimal(words, 100 * value, 1));

  /** A probability that does not claim certainty where rounding would. */
  function probability(words, value) {
    if (value > 0.9995) return `>${percent(words, 0.999)}`;
    if (value < 0.0005 && value > 0) return `<${percent(words, 0.001)}`;
    return percent(words, value);
  }

  const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  const isDark = () => {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };

  /** Calls back whenever the colour scheme changes. */
  function onScheme(draw) {
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  }

  /** Red, green and blue of a colour map's entry, for a position from 0 to 1. */
  function colour(hex, position) {
    const place = 6 * Math.max(0, Math.min(255, Math.round(255 * position)));
    return [0, 2, 4].map((offset) => parseInt(hex.slice(place + offset, place + offset + 2), 16));
  }

  function choice(label, names, chosen, change) {
    const select = element("select", {}, ...names.map((name, index) => element("option", { value: index }, name)));
    select.value = chosen;
    select.addEventListener("change", () => change(Number(select.value)));
    return element("label", { className: "widget-choice" }, element("span", {}, label), select);
  }

  /** A class's short name where there is little room, whole in a tooltip. */
  const className = (words, label) => element(
    "span", { className: "widget-name", title: words.classes[label] }, words.shortClasses[label]);

  Object.assign(widgetTools, {
    element, svg, fill, count, percent, probability, decimal, bytes, isDark, onScheme, colour, choice, className,
  });
})();
