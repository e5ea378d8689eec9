"use strict";

// Colour scheme: the system's, until the reader chooses.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme-switch");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  function show() {
    const dark = isDark();
    button.textContent = dark ? button.dataset.toLight : button.dataset.toDark;
    for (const source of document.querySelectorAll("source[data-width]")) {
      const scheme = root.dataset.theme ? (dark ? "(min-width: 0)" : "(max-width: 0)") : "(prefers-color-scheme: dark)";
      source.media = ["screen and", source.dataset.width, scheme].join(" ");
    }
    for (const link of document.querySelectorAll("a[data-dark]")) {
      link.dataset.light ??= link.getAttribute("href");
      link.setAttribute("href", dark ? link.dataset.dark : link.dataset.light);
    }
  }

  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    root.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Storage is closed to this page: the choice lasts until it is left.
    }
    show();
  });
  system.addEventListener("change", show);
  // Paper is light, whatever the screen is.
  addEventListener("beforeprint", () => {
    for (const source of document.querySelectorAll("source[data-width]")) source.media = "not all";
  });
  addEventListener("afterprint", show);
  button.hidden = false;
  show();
})();

// The contents follow the reading, and the links to the other languages lead to the section being read.
(() => {
  const contents = document.querySelector(".contents");
  // Beside the text they stand open, above it they would keep the reader from it.
  const isBeside = matchMedia("(min-width: 70rem)");
  const unfold = () => { contents.querySelector("details").open = isBeside.matches; };
  isBeside.addEventListener("change", unfold);
  unfold();
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) links.set(link.hash.slice(1), link);
  const places = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const others = [...document.querySelectorAll("[data-other-language]")]
    .map((link) => ({ link, page: link.getAttribute("href") }));
  let current = null;

  function follow() {
    const line = innerHeight / 4;
    const place = places.findLast((candidate) => candidate.getBoundingClientRect().top <= line) ?? null;
    if (place === current) return;
    links.get(current?.id)?.removeAttribute("aria-current");
    const link = links.get(place?.id);
    link?.setAttribute("aria-current", "location");
    contents.scrollTo({ top: link ? link.offsetTop - contents.clientHeight / 2 : 0, behavior: "instant" });
    const section = place?.closest("section");
    // Where the address holds what a page shows, that goes along; else the section.
    const state = location.hash.includes("=") ? location.hash : section ? `#${section.id}` : "";
    for (const { link, page } of others) link.setAttribute("href", `${page}${state}`);
    current = place;
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  }, { passive: true });
  follow();
})();
