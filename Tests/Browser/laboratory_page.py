"""The laboratory as readers use it, with pointer, touch and keyboard, in every language, wide and narrow."""

import base64
import re
import struct
import zlib

from browsing import draw, open_page, wait_until
from findings import Findings

ANSWERS = "[...document.querySelectorAll('.lab .widget-answer')].map((p) => p.textContent)"
BARS = "[...document.querySelectorAll('.lab .widget-bars meter')].map((meter) => meter.value)"
IMAGE = "document.querySelector('.lab-pad').toDataURL()"
HASH = "location.hash === `#${laboratory.share.written(laboratory.state)}`"

WHY_HEIGHTS = "[...document.querySelectorAll('.lab-whys figure')].map((figure) => figure.offsetHeight)"
# Keeps how high the maps of what an answer hangs on are before they are measured.
KEEP_WHY_HEIGHTS = f"""
new MutationObserver((_, observer) => {{
  globalThis.whyHeights = {WHY_HEIGHTS};
  if (whyHeights.length) observer.disconnect();
}}).observe(document, {{ childList: true, subtree: true }});
"""

# Hands the page a file as a drag from the desktop, or a paste, does.
HAND_OVER = """
([kind, name, type, content]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type }));
  const target = kind === "drop" ? document.querySelector(".lab") : document.body;
  target.dispatchEvent(kind === "drop" ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}
"""


def png(levels, width, height):
    """A grey picture as a file, `levels(y, x)` from 0 to 255."""
    rows = b"".join(bytes([0, *(levels(y, x) for x in range(width))]) for y in range(height))

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


# Dark things on bright paper, as people draw, broader than high.
CROSS = png(lambda y, x: 20 if 40 < y < 60 or 90 < x < 120 else 240, 200, 100)
STRIPE = png(lambda y, x: 20 if 30 < x < 50 else 240, 80, 80)


def opened(context, base, path, state=""):
    page = open_page(context, f"{base}/{path.replace('index.html', 'lab/index.html')}{state}")
    wait_until(page, f"{BARS}.some((share) => share > 0)")
    return page


def has_number(text):
    return any(letter.isdigit() for letter in text)


def check_opened(found, page, name):
    found.that(f"{name}: two networks answer", len(page.evaluate(ANSWERS)) == 2)
    wait_until(page, lambda: page.locator(".lab-why-drop").all_inner_texts(), lambda texts: all(map(has_number, texts)))
    found.that(f"{name}: what is measured has the room that was kept for it",
               page.evaluate(f"String({WHY_HEIGHTS}) === String(whyHeights)"), page.evaluate(f"[whyHeights, {WHY_HEIGHTS}]"))


def check_drawing(found, page, name):
    """Every control of the image changes the image, and with it what the networks say."""
    pad = page.locator(".lab-pad")
    image, answers = lambda: page.evaluate(IMAGE), lambda: page.evaluate(BARS)
    for number in range(page.locator(".lab-actions button").count()):
        button = page.locator(".lab-actions button").nth(number)
        # An image that lies as the data do needs no fitting: it is moved, before.
        page.locator(".lab input[name='lab-image']").nth(3).check()
        page.locator(".lab-actions button").nth(6).click()
        found.changes(f"{name}: {button.inner_text()} changes the image", page, image, button.click)
    page.locator(".lab-actions button").first.click()
    box = pad.bounding_box()
    for number, what in enumerate(["draw", "erase", "cover", "move"]):
        page.locator(".lab input[name='lab-tool']").nth(number).check()

        def stroke():
            pad.scroll_into_view_if_needed()
            area = pad.bounding_box()
            page.mouse.move(area["x"] + 0.3 * area["width"], area["y"] + 0.4 * area["height"])
            page.mouse.down()
            page.mouse.move(area["x"] + 0.6 * area["width"], area["y"] + 0.5 * area["height"], steps=6)
            page.mouse.up()

        found.changes(f"{name}: a stroke can {what}", page, image, stroke)
        page.locator(".lab input[name='lab-image']").nth(3).check()
    # The image that was just chosen, not the one before.
    draw(page)
    drawn = image()
    found.changes(f"{name}: a stroke", page, image, stroke)
    page.locator(".lab-actions button").last.click()
    found.eventually(f"{name}: is undone", page, image, lambda now: now == drawn)
    page.locator(".lab input[name='lab-tool']").first.check()
    dark = lambda: page.evaluate("laboratory.state.image.reduce((sum, level) => sum + level, 0)")
    inks = []
    for key in ["Home", "End"]:
        page.locator(".lab-actions button").first.click()
        wait_until(page, dark, lambda ink: ink == 0)
        page.locator(".lab-tools input[type=range]").first.focus()
        page.keyboard.press(key)
        pad.focus()
        page.keyboard.press("Space")
        inks.append(wait_until(page, dark))
    found.that(f"{name}: a pen can be narrow or wide", inks[0] < inks[1], inks)
    page.locator(".lab-actions button").first.click()
    pad.focus()
    found.changes(f"{name}: the space bar draws", page, image, lambda: page.keyboard.press("Space"))
    found.changes(f"{name}: shift and an arrow draw a line", page, image, lambda: page.keyboard.press("Shift+ArrowDown"))
    found.changes(f"{name}: networks answer to what was drawn", page, answers, lambda: page.keyboard.press("Shift+ArrowRight"))
    found.that(f"{name}: the image keeps its size", pad.bounding_box()["width"] == box["width"])


def check_looking(found, page, name):
    """A number is looked into with the pointer and the arrow keys."""
    page.locator(".lab input[name='lab-image']").nth(5).check()
    told = lambda: page.locator(".lab-terms").inner_text()
    maps = page.locator(".lab-maps")
    for number in [0, 1, 2, maps.count() - 1]:
        canvas = maps.nth(number)
        canvas.scroll_into_view_if_needed()
        found.changes(f"{name}: map {number}: a click looks into a number", page, told,
                      lambda canvas=canvas: canvas.click(position={"x": 4, "y": 4}))
        found.changes(f"{name}: map {number}: so does an arrow key", page, told,
                      lambda: page.keyboard.press("ArrowRight"))
    maps.nth(4 if maps.count() > 6 else 2).click(position={"x": 20, "y": 20})
    # Where two networks stand beside each other, that is the second convolution of the first.
    lines = lambda: page.locator(".way-raises, .way-lowers").count()
    found.eventually(f"{name}: lines lead to it from the layer before", page, lines, lambda count: count > 3)
    # Where the page was scrolled, outlines follow a frame later.
    found.eventually(
        f"{name}: what it sees is outlined on the image", page,
        lambda: [page.locator(part).bounding_box() for part in (".lab-pad", ".way-field")],
        lambda boxes: all(boxes) and 0 < boxes[1]["width"] < boxes[0]["width"]
        and abs(boxes[1]["x"] + boxes[1]["width"] / 2 - boxes[0]["x"] - boxes[0]["width"] / 2) < boxes[0]["width"] / 2)
    page.mouse.move(0, 0)
    pinned = told()
    maps.nth(1).hover(position={"x": 9, "y": 9})
    draw(page)
    found.that(f"{name}: what was clicked stays while other numbers are pointed at", told() == pinned)
    page.keyboard.press("Enter")
    found.eventually(f"{name}: the enter key leads to its switches", page, lambda: page.evaluate(
        "Boolean(document.activeElement.closest('.lab-switches'))"))
    page.keyboard.press("Escape")
    wait_until(page, "!laboratory.state.isPinned")
    found.changes(f"{name}: the escape key lets it go", page, told,
                  lambda: (page.mouse.move(0, 0), maps.nth(1).hover(position={"x": 20, "y": 12})))
    units = page.locator(".lab-units .lab-maps").first
    units.click(position={"x": 3, "y": 3})
    found.eventually(f"{name}: a unit's strongest inputs are outlined", page,
                     lambda: page.locator(".way-window").count(), lambda count: count >= 6)
    shown = page.locator(".lab-output input[type=checkbox]")
    kernels = page.locator(".lab-kernels")
    shown.check()
    found.eventually(f"{name}: kernels stand above their maps", page,
                     lambda: kernels.first.is_visible() and kernels.first.bounding_box()["y"] < maps.first.bounding_box()["y"])
    shown.uncheck()
    found.eventually(f"{name}: and go again", page, lambda: not kernels.first.is_visible())


def check_switching(found, page, name):
    """A filter is switched off and scaled, a pooling exchanged, and the answers follow."""
    answers = lambda: page.evaluate(BARS)
    page.locator(".lab-maps").first.click(position={"x": 4, "y": 4})
    # Not the one for pooling, which may still stand there.
    switch = page.locator(".lab-switch:has(input[name='lab-switch'])")
    wait_until(page, lambda: switch.count(), lambda count: count == 1)
    found.changes(f"{name}: a filter is switched off", page, answers, switch.locator("input[type=radio]").nth(1).check)
    measured = page.locator(".lab-accuracy").first
    found.eventually(f"{name}: it is marked", page, lambda: page.locator(".way-changed").count(), lambda count: count == 1)
    found.eventually(f"{name}: what that costs is measured", page, measured.inner_text,
                     lambda text: text.count("%") == 2 and "500" in text)
    found.changes(f"{name}: and on again", page, answers, switch.locator("input[type=radio]").first.check)
    found.eventually(f"{name}: then it costs nothing", page, lambda: not measured.is_visible())
    scale = switch.locator("input[type=range]")
    scale.focus()
    found.changes(f"{name}: a filter is scaled", page, answers, lambda: page.keyboard.press("Home"))
    found.changes(f"{name}: all changes are undone", page, answers, page.locator(".lab-changes button:visible").click)
    pooled = page.locator(".lab-row").nth(1).locator(".lab-maps").first
    pooled.click(position={"x": 4, "y": 4})
    found.changes(f"{name}: pooling is exchanged", page, answers, lambda: (
        wait_until(page, lambda: page.locator("input[name='lab-pooling']").count(), lambda count: count == 2),
        page.locator("input[name='lab-pooling']:not(:checked)").check()))


def check_sharing(found, browser, base, path, page, name):
    """The address alone brings another reader the same image, networks and answers."""
    page.locator(".lab-maps").first.click(position={"x": 4, "y": 4})
    # The address follows once the reader pauses.
    wait_until(page, HASH)
    told, state = page.evaluate(BARS), page.evaluate("location.hash")
    place = page.locator(".lab-terms h3").inner_text()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = opened(context, base, path, state)
    found.eventually(f"{name}: a link shares the state", other, lambda: other.evaluate(BARS), lambda bars: bars == told)
    found.eventually(f"{name}: and what is looked into", other,
                     lambda: other.locator(".lab-terms h3").all_inner_texts(), lambda texts: texts == [place])
    found.none(f"{name}: and makes no trouble", other.trouble)
    changed = re.sub(r"patch=\d+", "patch=9", state)
    other.evaluate("hash => { location.hash = hash; }", changed)
    found.eventually(f"{name}: another link in the same window is followed", other, lambda: other.evaluate(
        "laboratory.state.patch"), lambda patch: patch == 9)
    found.eventually(f"{name}: its controls follow", other, lambda: other.locator(".lab-patch input").input_value(),
                     lambda value: value == "9")
    found.eventually(f"{name}: the other language gets the state, too", other, lambda: other.locator(
        "[data-other-language]").first.get_attribute("href"), lambda link: "patch=9" in link)
    context.close()
    for broken in ["#image=AAAA&networks=none", "#shown=99&filters.lenet5.conv1=9:2 x:zero&place=a", "#%"]:
        context = browser.new_context()
        other = opened(context, base, path, broken)
        found.none(f"{name}: a broken link {broken} makes no trouble", other.trouble)
        context.close()


def check_time(found, page, name):
    """The network as it was after an epoch answers otherwise than in the end."""
    answers = lambda: page.evaluate(BARS)
    sliders = page.locator(".lab-time input")
    # Runs of earlier versions have no weights of epochs.
    if not sliders.count():
        return
    sliders.first.focus()
    found.changes(f"{name}: before the training the network answers otherwise", page, answers,
                  lambda: page.keyboard.press("Home"))
    found.changes(f"{name}: an arrow key leads on", page, answers, lambda: page.keyboard.press("ArrowRight"))
    sliders.first.focus()
    curve = page.locator(".lab-curve svg").first
    area = curve.bounding_box()

    def drag():
        page.mouse.move(area["x"] + area["width"] - 1, area["y"] + 20)
        page.mouse.down()
        page.mouse.move(area["x"] + 1, area["y"] + 20, steps=4)
        page.mouse.up()

    curve.scroll_into_view_if_needed()
    area = curve.bounding_box()
    drag()
    found.eventually(f"{name}: the curve is dragged to the first epoch", page, sliders.first.input_value,
                     lambda value: value == "0")
    page.locator(".lab-time button").first.click()
    found.eventually(f"{name}: the training is played to its end", page, sliders.first.input_value,
                     lambda value: value == sliders.first.get_attribute("max"))


def check_pictures(found, page, name):
    """Pictures of a reader's own, chosen, dropped and pasted, in the data's polarity or as they are."""
    image = lambda: page.evaluate(IMAGE)
    choose = page.locator(".lab-file input[type=file]")
    found.changes(f"{name}: a picture is chosen", page, image, lambda: choose.set_input_files(
        {"name": "cross.png", "mimeType": "image/png", "buffer": CROSS}))
    ground = lambda: page.evaluate("laboratory.state.image[0]")
    found.that(f"{name}: bright paper is dark ground", ground() < 128)
    found.changes(f"{name}: unless it is not to be", page, image, page.locator(".lab-file input[type=checkbox]").uncheck)
    found.that(f"{name}: then it stays bright", ground() > 128)
    page.locator(".lab-file input[type=checkbox]").check()
    for kind, content in [("drop", STRIPE), ("paste", CROSS)]:
        found.changes(f"{name}: a picture comes by {kind}", page, image, lambda kind=kind, content=content: page.evaluate(
            HAND_OVER, [kind, "a.png", "image/png", base64.b64encode(content).decode()]))
    found.changes(f"{name}: what is no picture is refused", page, page.locator(".lab-input output").first.inner_text,
                  lambda: page.evaluate(HAND_OVER, ["drop", "a.png", "image/png", base64.b64encode(b"text").decode()]))
    with page.expect_download() as download:
        page.locator(".lab-input > p button").click()
    saved = download.value.path().read_bytes()
    found.that(f"{name}: the state is saved as a picture", saved[1:4] == b"PNG" and len(saved) > 5000, len(saved))


def check_asking(found, page, name):
    """The patch that covers is changed, and with it what the answer hangs on."""
    why = lambda: page.evaluate("document.querySelector('.lab-why').toDataURL()")
    page.locator(".lab input[name='lab-image']").nth(7).check()
    told = page.locator(".lab-why-drop").first
    found.eventually(f"{name}: what the answer hangs on is measured", page, told.inner_text, has_number)
    slider = page.locator(".lab-patch input")
    slider.focus()
    found.changes(f"{name}: with another patch it looks otherwise", page, why, lambda: page.keyboard.press("Home"))


def check_touch(found, page, name):
    """A finger draws, and the page does not scroll under it."""
    page.locator(".lab-actions button").first.click()
    pad = page.locator(".lab-pad")
    pad.scroll_into_view_if_needed()
    area, top = pad.bounding_box(), page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)
    points = [{"x": area["x"] + share * area["width"], "y": area["y"] + share * area["height"]} for share in (0.3, 0.5, 0.7)]

    def stroke():
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    found.changes(f"{name}: a finger draws", page, lambda: page.evaluate(IMAGE), stroke)
    found.that(f"{name}: the page does not scroll under it", page.evaluate("scrollY") == top)
    canvas = page.locator(".lab-maps").first
    canvas.scroll_into_view_if_needed()
    found.changes(f"{name}: a finger looks into a number", page, page.locator(".lab-terms").inner_text,
                  lambda: canvas.tap(position={"x": 30, "y": 30}))


def check_networks(found, page, name):
    first, second = [page.locator(".lab-columns select").nth(side) for side in (0, 1)]
    for option in range(second.locator("option").count()):
        second.select_option(index=option)
        wanted = 1 if option == 0 or option - 1 == int(first.input_value()) else 2
        found.eventually(f"{name}: network {option} stands on the right", page,
                         lambda: page.locator(".lab .widget-answer").count(), lambda count, wanted=wanted: count == wanted)
    first.focus()
    page.keyboard.press("ArrowDown")
    found.eventually(f"{name}: a choice keeps the focus", page, lambda: page.evaluate(
        "[...document.querySelectorAll('.lab-columns select')].indexOf(document.activeElement)"), lambda place: place == 0)


def check(browser, base, path, width):
    found = Findings()
    name = f"laboratory, {path}, {width} px"
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 600)
    context.add_init_script(KEEP_WHY_HEIGHTS)
    page = opened(context, base, path)
    check_opened(found, page, name)
    check_drawing(found, page, name)
    check_looking(found, page, name)
    check_switching(found, page, name)
    check_time(found, page, name)
    check_asking(found, page, name)
    check_pictures(found, page, name)
    if width < 600:
        check_touch(found, page, name)
    check_sharing(found, browser, base, path, page, name)
    check_networks(found, page, name)
    found.none(f"{name}: no trouble", page.trouble)
    context.close()
    return found.checks
