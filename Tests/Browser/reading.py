"""Checks of what readers do on a page: keyboard only, colour scheme, figures opened large, the interactive parts, and
reading without scripts."""

import re

from browsing import OTHER, PAGES, WIDGETS, open_page, read_through, wait_until
from findings import Findings
from pages import run_axe

# Everything that the tab key must reach; of radio buttons, one a group.
STOPS = """
() => {
  const wanted = "a[href], button, select, summary, input, [tabindex='0']";
  const stops = [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => e.tabIndex >= 0 && !e.disabled && (e.type !== "radio" || e.checked));
  stops.forEach((e, index) => { e.dataset.stop = index; });
  return stops.length;
}
"""

# The focused element's number, whether it shows that it has the focus, and whether it can be seen.
FOCUSED = """
() => {
  const focused = document.activeElement;
  const shown = focused.type === "radio" ? focused.nextElementSibling : focused;
  const box = shown.getBoundingClientRect();
  return {
    stop: Number(focused.dataset.stop ?? -1), html: focused.outerHTML.slice(0, 80),
    hasRing: getComputedStyle(shown).outlineStyle !== "none",
    isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}
"""


def check_tab_key(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = open_page(context, f"{base}/{PAGES['en']}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    found.that("the first tab leads past the furniture", page.evaluate("document.activeElement.id") == "content")
    read_through(page)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.reload()
    read_through(page)
    page.evaluate("scrollTo(0, 0)")
    count = page.evaluate(STOPS)
    seen = []
    for _ in range(count):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    order = [stop["stop"] for stop in seen]
    found.that("the tab key reaches every control, in the order of the page", order == list(range(count)),
               [stop for place, stop in enumerate(seen) if stop["stop"] != place][:3])
    found.none("what has the focus shows it", (stop["html"] for stop in seen if not stop["hasRing"]))
    found.none("what has the focus is in view", (stop["html"] for stop in seen if not stop["isSeen"]))
    context.close()


def check_scheme(found, browser, base):
    context = browser.new_context(color_scheme="light")
    page = open_page(context, f"{base}/{PAGES['en']}")

    def shown():
        wait_until(page, "document.querySelector('figure img').complete")
        return page.evaluate("document.querySelector('figure img').currentSrc")

    before = shown()
    page.locator("#theme-switch").focus()
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('figure img').currentSrc.includes('/dark/')")
    found.that("the switch changes the figures", "/light/" in before and "/dark/" in shown(), shown())
    found.that("the switch changes the page", page.evaluate("getComputedStyle(document.body).colorScheme") == "dark")
    page.reload()
    found.that("the choice is remembered", "/dark/" in shown(), shown())
    page.goto(f"{base}/{PAGES['ja']}")
    found.that("the choice holds in the other language", "/dark/" in shown(), shown())
    context.close()


def check_language(found, browser, base):
    for locale in ["ja-JP", "en-GB"]:
        context = browser.new_context(locale=locale)
        page = context.new_page()
        for language, path in PAGES.items():
            page.goto(f"{base}/{path}")
            page.wait_for_load_state("networkidle")
            found.that(f"a browser that asks for {locale} is left on the page in {language}",
                       page.evaluate("document.documentElement.lang") == language and page.url.endswith(path), page.url)
        context.close()


def check_contents(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = open_page(context, f"{base}/{PAGES['en']}")
    page.evaluate("document.getElementById('errors').scrollIntoView()")
    wait_until(page, "document.querySelector('.contents [aria-current]')?.hash === '#errors'")
    crossing = page.locator("[data-other-language]")
    found.that("the contents follow the reading, and so does the other language",
               crossing.get_attribute("href").endswith("index.html#errors"), crossing.get_attribute("href"))
    # Not by Playwright's click, which first scrolls to where the header would be if it did not stay in view.
    box = crossing.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(lambda url: "/en/" not in url)
    wait_until(page, "Math.abs(document.getElementById('errors').getBoundingClientRect().top) < 300")
    opened = page.evaluate("document.documentElement.lang")
    found.that("the other language opens at the same section", opened == OTHER["en"], opened)
    context.close()


def check_lightbox(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page = open_page(context, f"{base}/{PAGES['en']}")
    link, dialog = page.locator("#figure-samples-strip .figure-enlarge"), page.locator("#lightbox")
    link.focus()
    page.keyboard.press("Enter")
    image = dialog.locator("img")
    image.wait_for()
    wait_until(page, "document.querySelector('#lightbox img').style.width !== ''")
    width = lambda: image.evaluate("image => image.width")
    fitting, natural = width(), image.evaluate("image => image.naturalWidth")
    found.that("a figure opens larger", fitting > 1.2 * natural, (fitting, natural))
    found.that("a figure opens in the reader's colours", "/dark/" in image.evaluate("image => image.src"))
    number = 1 + page.evaluate(
        "[...document.querySelectorAll('figure')].findIndex((figure) => figure.id === 'figure-samples-strip')")
    found.that("a figure opens with its text",
               image.get_attribute("alt") and re.search(rf"Figure {number}\b", dialog.inner_text()), number)
    found.none("axe finds nothing on an opened figure", run_axe(page))
    page.keyboard.press("+")
    page.keyboard.press("+")
    found.that("plus enlarges it", width() > 2 * fitting, width())
    left = page.evaluate("document.querySelector('.lightbox-view').scrollLeft")
    page.keyboard.press("ArrowRight")
    wait_until(page, "left => document.querySelector('.lightbox-view').scrollLeft > left", left)
    page.keyboard.press("0")
    found.that("zero fits it again", width() == fitting, width())
    page.keyboard.press("Escape")
    found.that("escape closes it and gives the focus back", not dialog.is_visible() and link.evaluate(
        "link => link === document.activeElement"))
    page.locator("#figure-maps-wide-conv2 .figure-enlarge").click()
    image.wait_for()
    wait_until(page, "document.querySelector('#lightbox img').style.width !== ''")
    shown = page.locator("#figure-maps-wide-conv2 img").evaluate("image => image.width")
    found.that("a tall figure opens larger, too, from its top", width() > shown and page.evaluate(
        "document.querySelector('.lightbox-view').scrollTop") == 0, (width(), shown))
    page.keyboard.press("Escape")
    link.click()
    dialog.get_by_role("button", name="Close").click()
    found.that("a click opens it, a button closes it", not dialog.is_visible())
    found.none("opening figures makes no trouble", page.trouble)
    context.close()


def check_widgets(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = open_page(context, f"{base}/{PAGES['en']}")
    read_through(page)
    explorer = page.locator("#widget-explorer")
    found.that("there are 20 images to choose among", explorer.locator("input[type=radio]").count() == 20)
    layers = explorer.locator(".widget-panel").first.locator("canvas").count()
    found.that("every layer before the answer is shown", layers == 6, layers)
    output = explorer.locator("output")
    for canvas in [explorer.locator("canvas.widget-maps").first, explorer.locator("canvas.widget-maps").last]:
        canvas.focus()
        before = output.inner_text()
        page.keyboard.press("ArrowRight")
        found.that("arrow keys read a layer's values", output.inner_text() != before, before)
        before = output.inner_text()
        canvas.hover(position={"x": 150, "y": 3})
        found.that("the pointer reads a layer's values", output.inner_text() != before, before)
    # Two images, or two networks, may well get the same answer: what always changes is a map.
    maps = "() => document.querySelector('.widget-panel canvas').toDataURL()"
    changed = f"before => ({maps})() !== before"
    chosen = explorer.locator("input[type=radio]:checked")
    place = "radio => [...radio.closest('fieldset').querySelectorAll('input')].indexOf(radio)"
    before, image = page.evaluate(maps), chosen.evaluate(place)
    chosen.focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, changed, before)
    found.that("arrow keys choose an image", chosen.evaluate(place) == image + 1, image)
    networks = explorer.locator("select").first.locator("option").all_inner_texts()
    for network in networks[1:] + networks[:1]:
        before = page.evaluate(maps)
        explorer.locator("select").first.select_option(label=network)
        wait_until(page, changed, before)
    found.that("each network can stand on either side", explorer.locator("select option").count() == 2 * len(networks))
    check_epochs(found, page)
    check_confusions(found, page)
    found.none("the interactive parts make no trouble", page.trouble)
    context.close()


def check_epochs(found, page):
    epochs = page.locator("#widget-epochs")
    told, kernels = epochs.locator(".widget-epoch"), epochs.locator("canvas").first
    state = lambda: (told.inner_text(), kernels.evaluate("canvas => canvas.toDataURL()"),
                     epochs.locator(".curve-now").get_attribute("x1"))
    epochs.locator("input[type=range]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    before = state()
    page.keyboard.press("ArrowRight")
    moved = [old != new for old, new in zip(before, state())]
    found.that("the epochs move words, kernels and curves together", all(moved), moved)
    kernels.focus()
    page.keyboard.press("ArrowDown")
    readout = epochs.locator(".widget-readout")
    found.that("arrow keys read a weight", "kernel 1, row 2" in readout.inner_text(), readout.inner_text())
    later = epochs.locator("canvas").nth(1)
    later.focus()
    page.keyboard.press("ArrowRight")
    expected = "conv2, input channel 1, filter 1, row 1, column 2"
    found.that("arrow keys read a weight of conv2", expected in readout.inner_text(), readout.inner_text())
    # The first movement may scroll the page.
    later.hover()
    before = readout.inner_text()
    later.hover(position={"x": 3, "y": 3})
    there = readout.inner_text()
    found.that("the pointer reads a weight of conv2", there.startswith("conv2") and there != before, there)


def check_confusions(found, page):
    confusions = page.locator("#widget-confusions")
    examples = confusions.locator(".widget-examples")
    buttons = confusions.locator("tbody button")
    buttons.first.focus()
    before = examples.inner_text()
    found.that("a mistake shows its images", examples.locator("canvas").count() > 0)
    page.keyboard.press("ArrowRight")
    found.that("arrow keys lead to the next mistake", examples.inner_text() != before)
    buttons.last.hover()
    there = examples.inner_text()
    found.that("the pointer shows a mistake", there != before and examples.locator("canvas").count() > 0)
    buttons.first.dispatch_event("click")
    found.that("a tap shows a mistake", examples.inner_text() == before, examples.inner_text())


def check_without_scripts(found, browser, base):
    for language, path in PAGES.items():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}/{path}")
        name = f"without scripts, {language}"
        figures = page.locator("figure picture img").count()
        found.that(f"{name}: the figures are there", figures > 40, figures)
        found.that(f"{name}: each interactive part says so", page.locator(".widget-fallback").count() == len(WIDGETS))
        idle = [page.locator(selector).is_visible() for selector in ("#theme-switch", "#lightbox")]
        found.that(f"{name}: no idle control", not any(idle), idle)
        page.locator("#figure-loss-lenet5 .figure-enlarge").click()
        page.wait_for_url("**/loss-lenet5.svg")
        found.that(f"{name}: a figure's link opens its file", page.url.endswith("loss-lenet5.svg"))
        context.close()


def check_lost_reader(found, browser, base):
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{base}/no/such/page")
    found.that("a missing page is answered with 404", answer.status == 404)
    links = page.locator("a")
    found.that("the lost reader is shown every language", links.count() == len(PAGES))
    for index in range(len(PAGES)):
        page.goto(f"{base}/no/such/page")
        links.nth(index).click()
        found.that("the lost reader finds home", page.locator("#introduction").count() == 1, page.url)
    page.goto(f"{base}/no/such/page")
    found.that("the lost reader's page has its style", page.evaluate("document.styleSheets[0].cssRules.length") > 10)
    found.none("axe finds nothing on the page for lost readers", run_axe(page))
    context.close()


# Each group of checks with whether it needs a server.
GROUPS = {
    "tab key": (check_tab_key, False),
    "widgets": (check_widgets, False),
    "lightbox": (check_lightbox, False),
    "contents": (check_contents, False),
    "without scripts": (check_without_scripts, False),
    "scheme": (check_scheme, True),
    "language": (check_language, True),
    "lost reader": (check_lost_reader, True),
}


def check(browser, group, base):
    """One group's checks of reading what lies below `base`, as findings."""
    found = Findings()
    GROUPS[group][0](found, browser, base)
    return found.checks
