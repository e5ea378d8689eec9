"""Opening pages in headless Chromium, from files and from a server, and reading them as readers do."""

import contextlib
import functools
import gzip
import http.server
import os
import pathlib
import re
import shutil
import tempfile
import threading
import time

from playwright.sync_api import Error, sync_playwright

TEMPLATES = pathlib.Path(__file__).parents[2] / "templates"
# The languages in the site's order, and the page of each.
LANGUAGES = re.findall(r"^([a-z]{2,3}[A-Za-z0-9-]*):", (TEMPLATES / "languages.yml").read_text(encoding="utf-8"), re.M)
PAGES = {language: f"{language}/index.html" if index else "index.html" for index, language in enumerate(LANGUAGES)}
# What each number means.
NUMBERS = {language: path.replace("index.html", "numbers/index.html") for language, path in PAGES.items()}

WIDGETS = ["glimpse", "confusions"]

# Seconds after which what has not come never will: it ends a check that hangs, and decides none on a busy machine.
PATIENCE = 120
# How many times slower pages are than the machine would have them, and their server: what judges too early shows then.
SLOWNESS = float(os.environ.get("BROWSER_SLOWNESS", "1"))

# Adds up how far things move that the reader did not move. On a slow machine a page is drawn before all of it is there:
# what the rest of a table or a heading moves when it is read is not counted.
COUNT_SHIFTS = """
(() => {
  let sum = 0;
  const add = (entries) => { for (const entry of entries) if (!entry.hadRecentInput) sum += entry.value; };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  const observe = () => observer.observe({ type: "layout-shift" });
  // The first frame after the whole page was read still shows what the rest moved.
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(observe)));
  globalThis.shiftSoFar = () => {
    add(observer.takeRecords());
    return sum;
  };
})();
"""

# What a change brings about by itself is under way once the page was drawn twice: in the first of these frames it is
# laid out, and what comes into view is asked for.
# A page that is drawn no more says so after a while: left to itself it would keep its check waiting for good.
TWO_FRAMES = """
() => Promise.race([
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
  new Promise((done) => setTimeout(() => done(false), 20_000)),
])
"""

# The interactive parts less than a window away that neither can be operated, wait to be asked for, nor say that they
# cannot.
IDLE_PARTS = """
[...document.querySelectorAll("[data-widget]")].filter((part) => {
  const { top, bottom } = part.getBoundingClientRect();
  return bottom > -innerHeight && top < 2 * innerHeight && !part.querySelector("select, [role=alert], :scope > button");
}).map((part) => part.id)
"""


def atlas(folder):
    """The pages beside the story, as far as a site has them: of the overview, each network, and the reproduction one a
    language."""
    root = pathlib.Path(folder)
    networks = sorted(path.parent.name for path in root.glob("networks/*/index.html"))
    folders = ["networks/", *(f"networks/{network}/" for network in networks), "lab/", "reproduction/"]
    groups = [[path.replace("index.html", f"{name}index.html") for path in PAGES.values()] for name in folders]
    return [group for group in groups if (root / group[0]).exists()]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as static hosts do: text is packed on its way, and what is missing is answered with the site's own
    page for that."""

    PACKED = {".css", ".html", ".js", ".json", ".svg", ".xml"}

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = pathlib.Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        if path.suffix in self.PACKED and path.is_file():
            self.answer(200, self.guess_type(path), gzip.compress(path.read_bytes()), {"Content-Encoding": "gzip"})
        else:
            super().do_GET()

    def answer(self, code, kind, content, headers=()):
        self.send_response(code)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **dict(headers)}.items():
            self.send_header(name, value)
        self.end_headers()
        # A page begins with the head of the answer, long before there is anything on it.
        if SLOWNESS > 1:
            time.sleep(0.05 * SLOWNESS)
        self.wfile.write(content)

    def send_error(self, code, message=None, explain=None):
        page = pathlib.Path(self.directory) / self.base.strip("/") / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.answer(404, "text/html; charset=utf-8", page.read_bytes())


class Server(http.server.ThreadingHTTPServer):
    # Several browsers ask at once, and whoever finds no room has to ask again a second later.
    request_queue_size = 128


@contextlib.contextmanager
def serving(folder, base):
    """A server on the loopback interface with the site below the path `base`; gives its address."""
    with tempfile.TemporaryDirectory() as root:
        mount = pathlib.Path(root) / base.strip("/")
        mount.parent.mkdir(parents=True, exist_ok=True)
        mount.symlink_to(pathlib.Path(folder).resolve())
        handler = functools.partial(type("At", (Handler,), {"base": base}), directory=root)
        server = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{base.strip('/')}"
        finally:
            server.shutdown()
            server.server_close()


@contextlib.contextmanager
def chromium():
    # Pages draw themselves: machines that run tests have no graphics processor, and its stand-in is one part more that
    # can fall still. As root, as in containers, Chromium has no sandbox to offer.
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    # Where there is the one without windows of its own, it does the same in two thirds of the time.
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments, timeout=1000 * PATIENCE)
        yield browser
        browser.close()


def new_page(context):
    """An empty page, with patience and as slow as asked for."""
    page = context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    if SLOWNESS > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
    return page


def open_page(context, address):
    """Opens a page that keeps `trouble`, what went wrong on it, `requests`, what it asked for, and `unanswered`, what
    has not come yet."""
    page = new_page(context)
    page.trouble, page.requests, page.unanswered = [], [], set()

    def asks(request):
        page.requests.append(request.url)
        page.unanswered.add(request)

    def fails(request):
        page.trouble.append("failed: " + request.url)
        page.unanswered.discard(request)

    page.on("console", lambda message: message.type in ("error", "warning") and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", asks)
    page.on("requestfinished", lambda request: page.unanswered.discard(request))
    page.on("requestfailed", fails)
    page.add_init_script(COUNT_SHIFTS)
    page.goto(address)
    return page


def eventually(page, look, holds=bool):
    """What is seen on a page once that holds; if it never does, what is seen in the end.

    `look` is a script or a function. Playwright's own waiting evaluates text in the page, which its policy forbids.
    """
    end = time.monotonic() + PATIENCE
    while True:
        late = time.monotonic() > end
        try:
            seen = page.evaluate(look) if isinstance(look, str) else look()
            if late or holds(seen):
                return seen
        except Error:
            # A page that is just being left cannot be looked at.
            if late:
                raise
        page.wait_for_timeout(20)


def wait_until(page, look, holds=bool):
    """Waits for what is no check of its own: without it those that follow would make no sense."""
    seen = eventually(page, look, holds)
    if not holds(seen):
        raise TimeoutError(
            f"{page.url}: waited {PATIENCE} s for {look}, and saw {seen}; trouble: {page.trouble}; "
            f"unanswered: {[request.url for request in page.unanswered]}")
    return seen


def draw(page):
    """Waits until a page has been drawn with what it is. Chromium at times draws a page no more, on an idle machine,
    too: nothing comes into view then, and only another browser helps."""
    if not page.evaluate(TWO_FRAMES):
        raise TimeoutError(f"{page.url} is drawn no more")


def settle(page):
    """Waits until a page has all that it asks for by itself, and has been drawn with it. What has not happened by then
    will not happen before the reader does something."""
    page.wait_for_load_state()
    asked = None
    while asked != len(page.requests):
        asked = len(page.requests)
        draw(page)
        wait_until(page, lambda: page.unanswered, lambda requests: not requests)


def read_through(page):
    """Scrolls from top to bottom, so that everything that waits to be seen is loaded, and waits for that."""
    top = 0
    while top <= page.evaluate("document.documentElement.scrollHeight"):
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        draw(page)
        # Below the view they may still grow.
        wait_until(page, IDLE_PARTS, lambda parts: not parts)
        top += 800
    wait_until(page, "[...document.images].every((image) => image.complete)")
    settle(page)
