"use strict";

// Starts each interactive part.

(() => {
  // Well before a widget is reached, so that nothing moves under the reader's eyes.
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      const words = JSON.parse(entry.target.dataset.words);
      widgetTools.parts[entry.target.dataset.widget](entry.target, words, entry.target.dataset.source)
        .catch(widgetTools.fail(entry.target, words));
    }
  }, { rootMargin: "150% 0px" });
  for (const widget of document.querySelectorAll("[data-widget]")) observer.observe(widget);
})();
