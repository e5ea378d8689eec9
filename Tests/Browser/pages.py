"""Checks of a whole page, the way it is opened, in one language, colour scheme and width."""

from axe_playwright_python.sync_playwright import Axe

from browsing import NUMBERS, open_page, read_through, settle
from findings import Findings

# A page in one language and theme: on its way before the reader scrolls, packed as hosts send it, and all of it as it is.
FIRST_VIEW, WHOLE_PAGE = 200_000, 1_500_000
# The laboratory comes with two networks.
TWO_NETWORKS = 900_000
# A list of everything, without figures: some 400 bytes a number before a server packs it.
ALL_NUMBERS = 600_000
SENT = "performance.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0)"
WEIGHT = "performance.getEntries().reduce((sum, entry) => sum + (entry.decodedBodySize ?? 0), 0)"

# Every rule there is, at all levels, the experimental included; only the deprecated are left out, and the one of contrast
# that the enhanced one implies: each takes a third of the time.
RUN_AXE = """
() => axe.run({
  runOnly: {
    type: "rule",
    values: axe.getRules().filter((r) => !r.tags.includes("deprecated") && r.ruleId !== "color-contrast")
      .map((r) => r.ruleId),
  },
  resultTypes: ["violations"], preload: false,
})
"""

# Figures whose labels, 13 pixels high as they are drawn, are less than 11 pixels high on the page.
SMALL_LABELS = """
[...document.querySelectorAll("picture img")].filter((image) => image.checkVisibility())
  .filter((image) => 13 * image.width / image.naturalWidth < 11).map((image) => `${image.currentSrc} ${image.width}`)
"""

# What sticks out of the window, for a message that helps.
WIDER = """
[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.tagName + "." + e.className).slice(0, 3)
"""

# Attributes that would run a script, such as one that a name brought along.
OWN_SCRIPTS = """
[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].filter((a) => a.name.startsWith("on"))
  .map((a) => `${e.tagName} ${a.name}=${a.value}`)).concat([...document.querySelectorAll("script:not([src])")]
  .map((e) => e.textContent))
"""


def run_axe(page):
    """What axe-core finds: id of the rule and the place."""
    page.evaluate(Axe().axe_script)
    violations = page.evaluate(RUN_AXE)["violations"]
    return [(violation["id"], node["target"]) for violation in violations for node in violation["nodes"]]


def check(browser, base, path, scheme, width):
    """All checks of a page as it lies below `base`, as findings."""
    found = Findings()
    is_served = base.startswith("http")
    name = f"{'server' if is_served else 'file'}, {path}, {scheme}, {width} px"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = open_page(context, f"{base}/{path}")
    settle(page)
    first = page.evaluate(SENT)
    read_through(page)
    whole, shift = page.evaluate(WEIGHT), page.evaluate("shiftSoFar()")
    found.none(f"{name}: no error", page.trouble)
    found.none(f"{name}: no element has a script of its own", page.evaluate(OWN_SCRIPTS))
    found.none(f"{name}: every image loads", page.evaluate(
        "[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)"))
    found.none(f"{name}: every image is in the reader's colours", page.evaluate(
        "scheme => [...document.querySelectorAll('figure picture img')]"
        ".filter((image) => !image.currentSrc.match(`/${scheme}(-narrow)?/`)).map((image) => image.currentSrc)", scheme))
    found.none(f"{name}: every image keeps its proportions", page.evaluate(
        "[...document.querySelectorAll('figure picture img')].filter((image) => Math.abs(image.width / image.height"
        " - image.naturalWidth / image.naturalHeight) > 0.02).map((image) => image.src)"))
    if width < 672:
        found.none(f"{name}: every label can be read", page.evaluate(SMALL_LABELS))
    found.none(f"{name}: no other host is asked", (url for url in page.requests if not url.startswith(base)))
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found.that(f"{name}: no sideways scrolling", not is_wide, is_wide and page.evaluate(WIDER))
    found.that(f"{name}: nothing moves", shift < 0.001, shift)
    if is_served:
        if path in NUMBERS.values():
            found.that(f"{name}: all under 600 KB", 0 < whole < ALL_NUMBERS, whole)
        else:
            most = TWO_NETWORKS if "lab/" in path else FIRST_VIEW
            found.that(f"{name}: first view under {most // 1000} KB", 0 < first < most, first)
            found.that(f"{name}: the page under 1.5 MB", first <= whole < WHOLE_PAGE, whole)
        found.none(f"{name}: axe finds nothing", run_axe(page))
    context.close()
    return found.checks
