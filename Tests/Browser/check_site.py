"""Looks at a built site in headless Chromium, as readers would: from files and from a server, in both languages and
colour schemes, wide and narrow, with and without scripts, by keyboard. Prints a line a check; exits 1 if one failed.

    check_site.py SITE [CHROMIUM]
"""

import functools
import http.server
import pathlib
import shutil
import sys
import tempfile
import threading

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAGES = {"ja": "index.html", "en": "en/index.html"}
WIDGETS = ["explorer", "epochs", "confusions"]
FIRST_VIEW, WHOLE_ARTICLE = 300_000, 3_000_000


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def that(self, what, holds, details=""):
        self.passed += bool(holds)
        self.failed += not holds
        print(("ok   " if holds else "FAIL ") + what + ("" if holds else f": {details}"), flush=True)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(site):
    """Serves the site below a sub-path of the loopback interface; returns its address."""
    root = pathlib.Path(tempfile.mkdtemp())
    (root / "some").mkdir()
    (root / "some" / "path").symlink_to(site.resolve())
    handler = functools.partial(QuietHandler, directory=str(root))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/some/path"


def open_page(context, address):
    page = context.new_page()
    page.trouble, page.requests, page.weights = [], [], {}
    page.on("console", lambda m: m.type in ("error", "warning") and page.trouble.append(m.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("requestfailed", lambda request: page.trouble.append("failed: " + request.url))
    page.add_init_script(
        "globalThis.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
        " if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({type: 'layout-shift', buffered: true})")
    page.goto(address)
    return page


def read_through(page):
    """Scrolls from top to bottom, so that everything that waits to be seen is loaded."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height + 1, 700):
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
        page.wait_for_timeout(25)
    for name in WIDGETS:
        page.locator(f"#widget-{name}").scroll_into_view_if_needed()
        page.locator(f"#widget-{name} select").first.wait_for()
    page.wait_for_timeout(300)


def check_page(checks, browser, base, language, width, scheme):
    name = f"{base.split(':')[0]} {language} {scheme} {width} px"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = open_page(context, f"{base}/{PAGES[language]}")
    page.wait_for_timeout(200)
    first = page.evaluate("performance.getEntries().reduce((sum, e) => sum + (e.encodedBodySize ?? 0), 0)")
    read_through(page)
    whole = page.evaluate("performance.getEntries().reduce((sum, e) => sum + (e.encodedBodySize ?? 0), 0)")
    shift = page.evaluate("shift")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    broken = page.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)")
    checks.that(f"{name}: no error", not page.trouble, page.trouble[:3])
    checks.that(f"{name}: every image loads", not broken, broken[:3])
    checks.that(f"{name}: no other host is asked", all(r.startswith(base) for r in page.requests))
    checks.that(f"{name}: no sideways scrolling", not wide)
    checks.that(f"{name}: nothing moves", shift < 0.01, shift)
    if base.startswith("http"):
        checks.that(f"{name}: first view under 300 KB", first < FIRST_VIEW, first)
        checks.that(f"{name}: article under 3 MB", whole < WHOLE_ARTICLE, whole)
    violations = Axe().run(page).response["violations"]
    checks.that(f"{name}: axe finds nothing", not violations, [v["id"] for v in violations])
    context.close()


def check_switch(checks, browser, base):
    context = browser.new_context(color_scheme="light")
    page = open_page(context, f"{base}/{PAGES['en']}")
    shown = lambda: page.evaluate("document.images[0].currentSrc")
    before = shown()
    page.locator("#theme-switch").click()
    page.wait_for_timeout(200)
    checks.that("the switch changes the figures", "/light/" in before and "/dark/" in shown(), shown())
    page.reload()
    page.wait_for_timeout(200)
    checks.that("the choice is remembered", "/dark/" in shown(), shown())
    context.close()


def check_keyboard(checks, browser, base):
    context = browser.new_context()
    page = open_page(context, f"{base}/{PAGES['en']}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    checks.that("the first tab leads past the furniture", page.evaluate("document.activeElement.id") == "content")
    read_through(page)
    canvas = page.locator("#widget-explorer canvas.widget-maps").first
    canvas.focus()
    output = page.locator("#widget-explorer output")
    before = output.inner_text()
    page.keyboard.press("ArrowDown")
    checks.that("arrow keys read a map", output.inner_text() != before)
    page.locator("#widget-explorer input[type=radio]").first.focus()
    answer = page.locator("#widget-explorer .widget-panel").first
    before = answer.inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)
    checks.that("arrow keys choose an image", answer.inner_text() != before)
    slider = page.locator("#widget-epochs input[type=range]")
    slider.focus()
    told = page.locator("#widget-epochs .widget-epoch")
    page.keyboard.press("Home")
    before = told.inner_text()
    page.keyboard.press("ArrowRight")
    checks.that("arrow keys move through the epochs", told.inner_text() != before)
    context.close()


def check_without_scripts(checks, browser, base):
    for language, path in PAGES.items():
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}/{path}")
        figures = page.locator("figure img").count()
        checks.that(f"without scripts, {language} has its figures", figures > 40, figures)
        checks.that(f"without scripts, {language} says so", page.locator(".widget-fallback").count() == len(WIDGETS))
        checks.that(f"without scripts, {language} has no idle button", not page.locator("#theme-switch").is_visible())
        context.close()


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    chromium = sys.argv[2] if len(sys.argv) > 2 else shutil.which("chromium")
    checks = Checks()
    bases = [f"file://{site}", serve(site)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for base in bases:
            for language in PAGES:
                check_page(checks, browser, base, language, 1280, "light")
                check_page(checks, browser, base, language, 390, "dark")
        check_switch(checks, browser, bases[1])
        check_keyboard(checks, browser, bases[0])
        check_without_scripts(checks, browser, bases[0])
        browser.close()
    print(f"{checks.passed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
