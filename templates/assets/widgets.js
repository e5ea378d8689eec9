"use strict";

// Starts each interactive part when it is about to be seen; until then none of its scripts are asked for. Pages opened
// from a file load no modules: the scripts meet in this one name.

const widgetTools = (() => {
  /** A script that did not come. */
  class Missing extends Error {}

  const loading = new Map();

  /** Runs a script, once however often it is asked for; after a failure it may be asked for again. */
  function run(address) {
    if (!loading.has(address)) {
      loading.set(address, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => {
          loading.delete(address);
          reject(new Missing(address));
        });
        document.head.append(script);
      }));
    }
    return loading.get(address);
  }

  /** What a script in one of the site's folders puts under its name: each folder has an object of its own. */
  async function load(root, folder, name) {
    await run(`${root}${folder}/${name}.js`);
    return { widgets: globalThis.widgetData, laboratory: globalThis.laboratoryData }[folder][name];
  }

  /** What to do when a part cannot be had: say so in its place. A fault of its script is reported as such, too. */
  const fail = (widget) => (error) => {
    if (!(error instanceof Missing)) reportError(error);
    const message = document.createElement("p");
    message.className = "widget-fallback";
    message.setAttribute("role", "alert");
    message.textContent = widget.dataset.failed;
    widget.replaceChildren(message);
  };

  async function start(widget) {
    const { widget: name, scripts, parts } = widget.dataset;
    for (const script of scripts.split(" ")) await run(`${parts}assets/${script}.js`);
    const words = await load(parts, "widgets", `words-${document.documentElement.lang}`);
    await widgetTools.parts[name](widget, words, parts);
  }

  // Nearer than a glance away, so that it is there when it is looked at.
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      start(target).catch(fail(target));
    }
  }, { rootMargin: "150% 0px" });
  for (const widget of document.querySelectorAll("[data-widget]")) {
    // What weighs much waits until it is asked for.
    const button = widget.querySelector(":scope > button");
    if (!button) {
      observer.observe(widget);
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      start(widget).catch(fail(widget));
    });
  }

  return { load, fail, /** The parts by name: each fills its place in the page. */ parts: {} };
})();
