"""Opening pages in headless Chromium, from files and from a server, and reading them as readers do."""

import contextlib
import functools
import http.server
import os
import pathlib
import shutil
import tempfile
import threading

from playwright.sync_api import sync_playwright

PAGES = {"ja": "index.html", "en": "en/index.html"}
# The language that each page offers instead of its own: the next one.
OTHER = dict(zip(PAGES, [*PAGES][1:] + [*PAGES][:1]))
WIDGETS = ["explorer", "epochs", "confusions"]

# Adds up how far things move that the reader did not move.
COUNT_SHIFTS = """
globalThis.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; what is missing is answered with the site's own page for that, as static hosts do."""

    def log_message(self, *_):
        pass

    def send_error(self, code, message=None, explain=None):
        page = pathlib.Path(self.directory) / self.base.strip("/") / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def serving(folder, base):
    """A server on the loopback interface with the site below the path `base`; gives its address."""
    with tempfile.TemporaryDirectory() as root:
        mount = pathlib.Path(root) / base.strip("/")
        mount.parent.mkdir(parents=True, exist_ok=True)
        mount.symlink_to(pathlib.Path(folder).resolve())
        handler = functools.partial(type("At", (Handler,), {"base": base}), directory=root)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{base.strip('/')}"
        finally:
            server.shutdown()
            server.server_close()


@contextlib.contextmanager
def chromium():
    # As root, as in containers, Chromium has no sandbox to offer.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


def open_page(context, address):
    """Opens a page that keeps `trouble`, what went wrong on it, and `requests`, what it asked for."""
    page = context.new_page()
    page.trouble, page.requests = [], []
    page.on("console", lambda message: message.type in ("error", "warning") and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("requestfailed", lambda request: page.trouble.append("failed: " + request.url))
    page.add_init_script(COUNT_SHIFTS)
    page.goto(address)
    return page


def wait_until(page, condition, argument=None, seconds=15):
    """Waits for a script's condition. Playwright's own waiting evaluates text in the page, which its policy forbids."""
    for _ in range(20 * seconds):
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(f"waited {seconds} s for {condition}")


def read_through(page):
    """Scrolls from top to bottom, so that everything that waits to be seen is loaded, and waits for that."""
    top = 0
    while top <= page.evaluate("document.documentElement.scrollHeight"):
        page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        top += 800
    for name in WIDGETS:
        page.locator(f"#widget-{name} select").first.wait_for()
    wait_until(page, "[...document.images].every((image) => image.complete)")
