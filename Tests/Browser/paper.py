"""Checks of what was written as printed: A4, from the page as it is opened, unread."""

import io
import unicodedata

import pypdf

from browsing import PAGES, open_page, settle
from findings import Findings

# A4 less margins of 2 cm, in CSS pixels.
WIDTH, HEIGHT = 642, 971

TALLER = """
height => [...document.querySelectorAll("figure, table, .listing")]
  .filter((e) => e.checkVisibility() && !e.closest(".widget") && !e.matches(".listing"))
  .filter((e) => e.getBoundingClientRect().height > height).map((e) => e.id || e.parentElement.id)
"""

WIDER = """
width => [...document.querySelectorAll("figure, table, table span, pre, h1, h2, h3, p")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > width + 1).map((e) => e.id || e.textContent)
"""

HIDDEN = """
[...document.querySelectorAll("button, select, .widget, .skip-link, dialog")]
  .filter((e) => e.checkVisibility()).map((e) => e.className || e.id)
"""

DARK = """
[...document.querySelectorAll("figure picture img")].map((e) => e.currentSrc).filter((e) => e.match("/dark(-narrow)?/"))
"""


def embedded(font):
    """Whether a font's outlines are in the file; those of composite fonts hang on their descendants."""
    parts = [part.get_object() for part in font.get("/DescendantFonts", [font])]
    if font.get("/Subtype") == "/Type3":
        return True
    descriptors = [part.get("/FontDescriptor", {}) for part in parts]
    return all(any(f"/FontFile{kind}" in d for kind in ("", "2", "3")) for d in descriptors)


def bare(text):
    """Letters and digits alone, each in its usual form: in a PDF, some are others that look the same."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def check(browser, base):
    """All checks of the printed article and of the page that it is reproduced by, as findings."""
    found = Findings()
    for path in [page for article in PAGES.values()
                 for page in (article, article.replace("index.html", "reproduction/index.html"))]:
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark")
        page = open_page(context, f"{base}/{path}")
        settle(page)
        figures = page.locator("figure picture").count()
        margins = dict.fromkeys(["top", "right", "bottom", "left"], "2cm")
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", margin=margins)))
        page.emulate_media(media="print")
        found.eventually(f"print, {path}: light colours on white paper", page,
                         "getComputedStyle(document.body).backgroundColor",
                         lambda colour: colour == "rgb(255, 255, 255)")
        found.eventually(f"print, {path}: figures in light colours", page, DARK, lambda figures: not figures)
        found.none(f"print, {path}: every figure and table fits on a sheet", page.evaluate(TALLER, HEIGHT))
        found.none(f"print, {path}: nothing is wider than a sheet", page.evaluate(WIDER, WIDTH))
        found.none(f"print, {path}: no controls", page.evaluate(HIDDEN))
        fonts = {name: font.get_object() for sheet in pdf.pages
                 for name, font in sheet["/Resources"].get("/Font", {}).items()}
        found.that(f"print, {path}: has text", len(fonts) > 0)
        found.none(f"print, {path}: every font is embedded", (n for n, f in fonts.items() if not embedded(f)))
        texts = [sheet.extract_text() for sheet in pdf.pages]
        end, last = bare(page.locator(".sections > section").last.inner_text())[-30:], bare("".join(texts[-2:]))
        found.that(f"print, {path}: goes on to the last lines", end in last, (end, last[-200:]))
        found.none(f"print, {path}: no empty sheet", (
            number for number, sheet in enumerate(pdf.pages, 1)
            if not texts[number - 1].strip() and not sheet["/Resources"].get("/XObject")))
        drawn = sum(len(sheet.get_contents().get_data()) for sheet in pdf.pages)
        found.that(f"print, {path}: the figures are in it", drawn > 20_000 * figures, drawn)
        context.close()
    return found.checks
