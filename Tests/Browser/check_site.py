"""Looks at a built site as readers would, in headless Chromium, and at its files: from files and from a server below a
sub-path, in both languages and colour schemes, wide and narrow, with and without scripts, by keyboard, on paper.
Prints a line a check; exits 1 if one failed.

    check_site.py SITE [--outside-names]

With --outside-names, only what names from outside could break is looked at: that they are text and nothing else. Such
names may begin with a combining mark, which the Nu checker dislikes.
"""

import concurrent.futures
import contextlib
import itertools
import multiprocessing.util
import pathlib
import sys
import traceback

import laboratory_page
import pages
import paper
import reading
import site_files
from browsing import NUMBERS, PAGES, atlas, chromium, serving


class Worker:
    """What a process of the pool has: a browser for all its groups of checks, since starting one takes long."""

    browser, end = None, contextlib.ExitStack()

    @classmethod
    def running(cls):
        """The browser; a new one if the last did not survive a group."""
        if not cls.browser or not cls.browser.is_connected():
            cls.end.close()
            cls.browser = cls.end.enter_context(chromium())
            multiprocessing.util.Finalize(None, cls.end.close, exitpriority=1)
        return cls.browser

    @classmethod
    def leave(cls):
        """Gives the browser up, whatever state it is in."""
        cls.browser = None


def in_browser(check, *arguments):
    """Runs a group of checks in this process's browser. One that comes to grief has a second try in a new browser: what
    is wrong with a page is found again, and a browser that fell still is not the page's fault."""
    try:
        return check(Worker.running(), *arguments)
    except Exception:
        print(f"again {check.__module__} {arguments}: {traceback.format_exc()}", flush=True)
        Worker.leave()
        return check(Worker.running(), *arguments)
    finally:
        # A group that came to grief leaves its pages open.
        for context in Worker.running().contexts:
            context.close()


def groups_of_names(folder):
    """The groups of checks that names from outside could fail, with their arguments."""
    yield in_browser, reading.check, "widgets", f"file://{folder}"
    for path in [*PAGES.values(), *NUMBERS.values()]:
        yield in_browser, pages.check, f"file://{folder}", path, "light", 390
    yield site_files.check, folder, False


def groups(folder, address, knows_its_place):
    """Every group of checks with its arguments, the longest first."""
    yield in_browser, paper.check, f"file://{folder}"
    for name, (_, needs_server) in reading.GROUPS.items():
        # Without an address, the page for lost readers can lead home from the site's root only.
        if name == "lost reader" and not knows_its_place:
            continue
        yield in_browser, reading.check, name, address if needs_server else f"file://{folder}"
    for base in [address, f"file://{folder}"]:
        for path in PAGES.values():
            for scheme in ["light", "dark"]:
                for width in [1280, 390]:
                    yield in_browser, pages.check, base, path, scheme, width
    # It takes long, and languages share the scripts: each is used at one width.
    for path, width in zip(PAGES.values(), itertools.cycle([390, 1280])):
        yield in_browser, laboratory_page.check, f"file://{folder}", path, width
    generated = [path for group in atlas(folder) for path in group]
    for path in [*generated, *NUMBERS.values()]:
        yield in_browser, pages.check, address, path, "dark", 390
        yield in_browser, pages.check, f"file://{folder}", path, "light", 1280
    yield site_files.check, folder


def outcome(job, group):
    """What a group of checks found; if it came to grief, that is a failed check, and the other groups go on."""
    if not job.exception():
        return job.result()
    names = [part.__module__ if callable(part) else str(part) for part in group if part is not in_browser]
    return [(" ".join(names), False, "".join(traceback.format_exception(job.exception())))]


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    site = site_files.Site(folder)
    with serving(folder, site.base) as address:
        with concurrent.futures.ProcessPoolExecutor(max_workers=3) as pool:
            wanted = (
                groups_of_names(folder) if "--outside-names" in sys.argv[2:]
                else groups(folder, address, site.address is not None))
            jobs = {pool.submit(*group): group for group in wanted}
            for job in concurrent.futures.as_completed(jobs):
                for what, holds, details in outcome(job, jobs[job]):
                    passed += holds
                    failed += not holds
                    print(("ok   " if holds else "FAIL ") + what + ("" if holds else f": {details}"), flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
