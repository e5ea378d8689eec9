// Runs before the page is drawn, so that a reader who chose a scheme does not see the other one first.
(() => {
  // What scripts will show later has its room from the start.
  document.documentElement.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to this page: the system's scheme stands.
  }
})();
