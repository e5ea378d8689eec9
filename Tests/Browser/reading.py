"""Checks of what readers do on a page: keyboard only, colour scheme, figures opened large, the interactive parts, and
reading without scripts."""

import re

from browsing import NUMBERS, PAGES, WIDGETS, eventually, new_page, open_page, read_through, settle, wait_until
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
    found.eventually("the first tab leads past the furniture", page, "document.activeElement.id",
                     lambda focused: focused == "content")
    page.goto(f"{base}/{PAGES['en']}")
    read_through(page)
    page.evaluate("scrollTo(0, 0)")
    seen, count = [], page.evaluate(STOPS)

    def is_right(stop):
        return stop["stop"] == len(seen) and stop["hasRing"] and stop["isSeen"]

    while len(seen) < count:
        page.keyboard.press("Tab")
        stop = eventually(page, FOCUSED, is_right)
        # Behind one that is wrong each of the others might be waited for in vain.
        if not is_right(stop):
            seen.append(stop)
            break
        seen.append(stop)
    order = [stop["stop"] for stop in seen]
    found.that("the tab key reaches every control, in the order of the page", order == list(range(count)),
               (count, seen[-1:]))
    found.none("what has the focus shows it", (stop["html"] for stop in seen if not stop["hasRing"]))
    found.none("what has the focus is in view", (stop["html"] for stop in seen if not stop["isSeen"]))
    context.close()


def check_scheme(found, browser, base):
    context = browser.new_context(color_scheme="light")
    page = open_page(context, f"{base}/{PAGES['en']}")
    shown = "document.querySelector('figure img').currentSrc"
    found.eventually("the system's scheme is the first", page, shown, lambda source: "/light/" in source)
    page.locator("#theme-switch").focus()
    page.keyboard.press("Enter")
    found.eventually("the switch changes the figures", page, shown, lambda source: "/dark/" in source)
    found.eventually("the switch changes the page", page, "getComputedStyle(document.body).colorScheme",
                     lambda scheme: scheme == "dark")
    page.reload()
    found.eventually("the choice is remembered", page, shown, lambda source: "/dark/" in source)
    page.goto(f"{base}/{PAGES['ja']}")
    found.eventually("the choice holds in another language", page, shown, lambda source: "/dark/" in source)
    context.close()


def check_language(found, browser, base):
    for locale in ["ja-JP", "en-GB"]:
        context = browser.new_context(locale=locale)
        for language, path in PAGES.items():
            page = open_page(context, f"{base}/{path}")
            settle(page)
            found.that(f"a browser that asks for {locale} is left on the page in {language}",
                       page.evaluate("document.documentElement.lang") == language and page.url.endswith(path), page.url)
        context.close()


def check_contents(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = open_page(context, f"{base}/{PAGES['en']}")
    page.evaluate("document.getElementById('errors').scrollIntoView()")
    found.eventually("the contents follow the reading", page,
                     "document.querySelector('.contents [aria-current]')?.hash", lambda current: current == "#errors")
    others = [language for language in PAGES if language != "en"]
    crossings = page.locator("[data-other-language]")
    found.that("the page links to all others", [a.get_attribute("lang") for a in crossings.all()] == others)
    crossing = crossings.last
    found.eventually("so does the link to another language", page, lambda: crossing.get_attribute("href"),
                     lambda link: link.endswith("index.html#errors"))
    # Not by Playwright's click, which first scrolls to where the header would be if it did not stay in view.
    box = crossing.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    found.eventually("another language opens", page, "document.documentElement.lang",
                     lambda language: language == others[-1])
    found.eventually("it opens at the same section", page,
                     "document.getElementById('errors')?.getBoundingClientRect().top ?? null",
                     lambda top: top is not None and abs(top) < 300)
    context.close()


# What an opened figure measures once it has been fitted to the window; nothing before.
FITTED = """
(() => {
  const [view, image] = ["", " img"].map((part) => document.querySelector(".lightbox-view" + part));
  const [width, natural, left, top] = [image?.width, image?.naturalWidth, view.scrollLeft, view.scrollTop];
  return image?.style.width ? { width, natural, left, top } : null;
})()
"""
# Closed, and emptied for the next figure.
CLOSED = "!document.getElementById('lightbox').open && !document.querySelector('.lightbox-view img')"


def check_lightbox(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page = open_page(context, f"{base}/{PAGES['en']}")
    link, dialog = page.locator("#figure-samples-strip .figure-enlarge"), page.locator("#lightbox")
    link.focus()
    page.keyboard.press("Enter")
    opened = found.eventually("a figure opens larger", page, FITTED,
                              lambda image: image and image["width"] > 1.2 * image["natural"])
    image, width = dialog.locator("img"), lambda: page.evaluate(FITTED)["width"]
    found.that("a figure opens in the reader's colours", "/dark/" in image.evaluate("image => image.src"))
    number = 1 + page.evaluate(
        "[...document.querySelectorAll('figure')].findIndex((figure) => figure.id === 'figure-samples-strip')")
    found.that("a figure opens with its text",
               image.get_attribute("alt") and re.search(rf"Figure {number}\b", dialog.inner_text()), number)
    found.none("axe finds nothing on an opened figure", run_axe(page))
    page.keyboard.press("+")
    page.keyboard.press("+")
    found.eventually("plus enlarges it", page, width, lambda now: now > 2 * opened["width"])
    found.changes("arrow keys move it", page, lambda: page.evaluate(FITTED)["left"],
                  lambda: page.keyboard.press("ArrowRight"))
    page.keyboard.press("0")
    found.eventually("zero fits it again", page, width, lambda now: now == opened["width"])
    page.keyboard.press("Escape")
    found.eventually("escape closes it", page, CLOSED)
    found.eventually("closing gives the focus back", page,
                     lambda: link.evaluate("link => link === document.activeElement"))
    page.locator("#figure-patches-lenet5-conv2 .figure-enlarge").click()
    shown = page.locator("#figure-patches-lenet5-conv2 img").evaluate("image => image.width")
    found.eventually("a tall figure opens larger, too, from its top", page, FITTED,
                     lambda image: image and image["width"] > shown and image["top"] == 0)
    page.keyboard.press("Escape")
    wait_until(page, CLOSED)
    link.click()
    found.eventually("a click opens it", page, FITTED)
    dialog.get_by_role("button", name="Close").click()
    found.eventually("a button closes it", page, CLOSED)
    found.none("opening figures makes no trouble", page.trouble)
    context.close()


def check_widgets(found, browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = open_page(context, f"{base}/{PAGES['en']}")
    read_through(page)
    check_confusions(found, page)
    check_glimpse(found, page)
    found.none("the interactive parts make no trouble", page.trouble)
    context.close()


def rest_pointer(page):
    """Takes the pointer off what it may lie over, or come to lie over when the page scrolls."""
    page.mouse.move(0, 0)


def check_glimpse(found, page):
    """The article's own laboratory: asked for, drawn on, looked into, and left for the large one with what was drawn."""
    part = page.locator("#widget-glimpse")
    asked = len(page.requests)
    part.locator("> button").click()
    wait_until(page, lambda: part.locator(".lab-maps").count())
    found.that("only who asks for a network loads it", any("network-" in request for request in page.requests[asked:])
               and not any("network-" in request for request in page.requests[:asked]))
    answers = lambda: part.locator("meter").evaluate_all("meters => meters.map((meter) => meter.value)")
    found.that("it has the focus", part.locator(".lab-pad").evaluate("pad => pad === document.activeElement"))
    found.changes("another image gets another answer", page, answers, part.locator("input[type=radio]").first.check)
    found.changes("nothing gets another answer", page, answers, part.locator("button").first.click)
    part.locator(".lab-pad").focus()
    found.changes("what is drawn, too", page, answers, lambda: page.keyboard.press("Shift+ArrowDown"))
    lines = lambda: part.locator(".way-window").count()
    part.locator(".lab-maps").nth(2).click(position={"x": 40, "y": 40})
    found.eventually("the way to a number is outlined", page, lines, lambda count: count > 6)
    bars = answers()
    settle(page)
    part.locator("a").click()
    wait_until(page, "document.querySelectorAll('.lab .lab-columns > div').length > 0")
    found.eventually("the laboratory goes on from there", page, lambda: page.locator(
        ".lab-columns > div").first.locator("meter").evaluate_all("meters => meters.map((meter) => meter.value)"),
        lambda now: now == bars)
    settle(page)


def check_confusions(found, page):
    rest_pointer(page)
    confusions = page.locator("#widget-confusions")
    examples, buttons = confusions.locator(".widget-examples"), confusions.locator("tbody button")
    shown = lambda: examples.inner_text() if examples.locator("canvas").count() else None
    buttons.first.focus()
    first = found.eventually("a mistake shows its images", page, shown)
    found.changes("arrow keys lead to the next mistake", page, shown, lambda: page.keyboard.press("ArrowRight"))
    found.changes("the pointer shows a mistake", page, shown, buttons.last.hover)
    buttons.first.dispatch_event("click")
    found.eventually("a tap shows a mistake", page, shown, lambda now: now == first)


def check_without_scripts(found, browser, base):
    for language, path in PAGES.items():
        context = browser.new_context(java_script_enabled=False)
        page = new_page(context)
        page.goto(f"{base}/{path}")
        name = f"without scripts, {language}"
        figures = page.locator("figure picture img").count()
        found.that(f"{name}: the figures are there", figures > 20, figures)
        found.that(f"{name}: each interactive part says so", page.locator(".widget-fallback").count() == len(WIDGETS))
        idle = [page.locator(selector).is_visible() for selector in ("#theme-switch", "#lightbox")]
        found.that(f"{name}: no idle control", not any(idle), idle)
        page.locator("#figure-loss-lenet5 .figure-enlarge").click()
        found.eventually(f"{name}: a figure's link opens its file", page, lambda: page.url,
                         lambda address: address.endswith("/loss-lenet5.svg"))
        context.close()


def check_lost_reader(found, browser, base):
    context = browser.new_context()
    page = new_page(context)
    answer = page.goto(f"{base}/no/such/page")
    found.that("a missing page is answered with 404", answer.status == 404)
    links = page.locator("a")
    found.that("the lost reader is shown every language", links.count() == len(PAGES))
    for index, language in enumerate(PAGES):
        page.goto(f"{base}/no/such/page")
        links.nth(index).click()
        found.eventually(f"the lost reader finds home in {language}", page, lambda: page.evaluate(
            "document.getElementById('introduction') && document.documentElement.lang"), lambda lang: lang == language)
    page.goto(f"{base}/no/such/page")
    found.that("the lost reader's page has its style", page.evaluate("document.styleSheets[0].cssRules.length") > 10)
    found.none("axe finds nothing on the page for lost readers", run_axe(page))
    context.close()


def readings(browser, base, what):
    """The article in each language, with scripts and without: the language, a name for its checks, and the page."""
    for language, path in PAGES.items():
        for scripts in [True, False]:
            context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce")
            page = new_page(context)
            page.goto(f"{base}/{path}")
            yield language, f"{what}, {language}" + ("" if scripts else ", without scripts"), page
            context.close()


def check_numbers(found, browser, base):
    """From a number to what it means, by click and by keyboard, with scripts and without."""
    for language, name, page in readings(browser, base, "numbers"):
        number = page.locator("a.fact data").first
        key = number.locator("..").get_attribute("href").partition("#")[2]
        written = number.inner_text()
        number.click()
        found.eventually(f"{name}: a click on one leads to its definition", page, lambda: page.url,
                         lambda address: address.endswith(f"{NUMBERS[language]}#{key}"))
        entry = page.locator(f"[id='{key}']")
        found.that(f"{name}: there it is written alike", entry.locator("dt > *").first.inner_text() == written)
        found.that(f"{name}: there it is defined", len(entry.locator("dd").inner_text()) > 10)
        found.eventually(f"{name}: the definition is in view", page, lambda: entry.bounding_box()["y"],
                         lambda top: 0 <= top < 720)
        page.go_back()
        page.locator("a.fact").first.focus()
        page.keyboard.press("Enter")
        found.eventually(f"{name}: so does the enter key", page, lambda: page.url,
                         lambda address: address.endswith(f"#{key}"))


def check_atlas(found, browser, base):
    """From a figure of the story to the same one among all of its network, and to the pages beside it."""
    for _, name, page in readings(browser, base, "networks"):
        link = page.locator("#figure-loss-lenet5 a.figure-elsewhere")
        link.click()
        found.eventually(f"{name}: a figure of the story leads to its network's page", page, lambda: page.url,
                         lambda address: address.endswith("networks/lenet5/index.html#figure-loss-lenet5"))
        figure = page.locator("#figure-loss-lenet5")
        found.eventually(f"{name}: there it is in view", page, lambda: figure.bounding_box()["y"],
                         lambda top: 0 <= top < 720)
        page.locator(".siblings a").last.click()
        found.eventually(f"{name}: each network leads to the others", page,
                         lambda: [page.locator(".siblings [aria-current]").inner_text(),
                                  page.locator(".siblings a").last.inner_text()],
                         lambda names: names[0] == names[1])
        page.locator(".site-pages a").nth(1).click()
        found.eventually(f"{name}: and to the overview", page, lambda: page.url,
                         lambda address: address.endswith("/networks/index.html"))


# Each group of checks with whether it needs a server.
GROUPS = {
    "tab key": (check_tab_key, False),
    "widgets": (check_widgets, False),
    "lightbox": (check_lightbox, False),
    "contents": (check_contents, False),
    "without scripts": (check_without_scripts, False),
    "numbers": (check_numbers, False),
    "networks": (check_atlas, False),
    "scheme": (check_scheme, True),
    "language": (check_language, True),
    "lost reader": (check_lost_reader, True),
}


def check(browser, group, base):
    """One group's checks of reading what lies below `base`, as findings."""
    found = Findings()
    GROUPS[group][0](found, browser, base)
    return found.checks
