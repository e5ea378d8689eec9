"""The laboratory as readers use it, with pointer, touch and keyboard, in every language, wide and narrow."""

from browsing import open_page, wait_until
from findings import Findings

ANSWERS = "[...document.querySelectorAll('.lab .widget-answer')].map((p) => p.textContent)"
BARS = "[...document.querySelectorAll('.lab .widget-bars meter')].map((meter) => meter.value)"
IMAGE = "document.querySelector('.lab-pad').toDataURL()"


def opened(context, base, path, state=""):
    page = open_page(context, f"{base}/{path.replace('index.html', 'lab/index.html')}{state}")
    wait_until(page, f"{BARS}.some((share) => share > 0)")
    return page


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
    page.locator(".lab input[name='lab-tool']").first.check()
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
    maps.nth(2).click(position={"x": 4, "y": 4})
    found.eventually(f"{name}: what it sees is outlined on the image", page, lambda: page.locator(
        ".lab-board .lab-field").is_visible())


def check_switching(found, page, name):
    """A filter is switched off and scaled, a pooling exchanged, and the answers follow."""
    answers = lambda: page.evaluate(BARS)
    page.locator(".lab-maps").first.click(position={"x": 4, "y": 4})
    # Not the one for pooling, which may still stand there.
    switch = page.locator(".lab-switch:has(input[name='lab-switch'])")
    wait_until(page, lambda: switch.count(), lambda count: count == 1)
    found.changes(f"{name}: a filter is switched off", page, answers, switch.locator("input[type=radio]").nth(1).check)
    found.changes(f"{name}: and on again", page, answers, switch.locator("input[type=radio]").first.check)
    scale = switch.locator("input[type=range]")
    scale.focus()
    found.changes(f"{name}: a filter is scaled", page, answers, lambda: page.keyboard.press("Home"))
    pooled = page.locator(".lab-row").nth(1).locator(".lab-maps").first
    pooled.click(position={"x": 4, "y": 4})
    found.changes(f"{name}: pooling is exchanged", page, answers, lambda: (
        wait_until(page, lambda: page.locator("input[name='lab-pooling']").count(), lambda count: count == 2),
        page.locator("input[name='lab-pooling']:not(:checked)").check()))


def check_sharing(found, browser, base, path, page, name):
    """The address alone brings another reader the same image, networks and answers."""
    page.locator(".lab-maps").first.click(position={"x": 4, "y": 4})
    # The address follows once the reader pauses.
    wait_until(page, "location.hash === `#${laboratory.share.written(laboratory.state)}`")
    told, state = page.evaluate(BARS), page.evaluate("location.hash")
    place = page.locator(".lab-terms h3").inner_text()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = opened(context, base, path, state)
    found.eventually(f"{name}: a link shares the state", other, lambda: other.evaluate(BARS), lambda bars: bars == told)
    found.eventually(f"{name}: and what is looked into", other,
                     lambda: other.locator(".lab-terms h3").all_inner_texts(), lambda texts: texts == [place])
    found.none(f"{name}: and makes no trouble", other.trouble)
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
    page.locator(".lab-time button").first.click()
    found.eventually(f"{name}: the training is played to its end", page, sliders.first.input_value,
                     lambda value: value == sliders.first.get_attribute("max"))


def check_networks(found, page, name):
    first, second = page.locator(".lab-networks select").all()
    for option in range(second.locator("option").count()):
        second.select_option(index=option)
        wanted = 1 if option == 0 or option - 1 == int(first.input_value()) else 2
        found.eventually(f"{name}: network {option} stands on the right", page,
                         lambda: page.locator(".lab .widget-answer").count(), lambda count, wanted=wanted: count == wanted)


def check(browser, base, path, width):
    found = Findings()
    name = f"laboratory, {path}, {width} px"
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 600)
    page = opened(context, base, path)
    found.that(f"{name}: two networks answer", len(page.evaluate(ANSWERS)) == 2)
    check_drawing(found, page, name)
    check_looking(found, page, name)
    check_switching(found, page, name)
    check_time(found, page, name)
    check_sharing(found, browser, base, path, page, name)
    check_networks(found, page, name)
    found.none(f"{name}: no trouble", page.trouble)
    context.close()
    return found.checks
