"""Looks at a built site as readers would, in headless Chromium, and at its files: from files and from a server below a
sub-path, in both languages and colour schemes, wide and narrow, with and without scripts, by keyboard, on paper.
Prints a line a check; exits 1 if one failed.

    check_site.py SITE [--named SITE] [--laboratory CASES RUNS]

Of the site after --named, whose classes have names from outside, only what these could break is looked at: that they are
text and nothing else. Such names may begin with a combining mark, which the Nu checker dislikes. With --laboratory, what
its scripts compute is compared as well, with CASES that `laboratory-cases` wrote and with RUNS, the site's own.

All groups of checks of all of them go through one pool of processes, so that none is idle before the last group ends.
"""

import argparse
import concurrent.futures
import contextlib
import multiprocessing.util
import pathlib
import sys
import traceback

import laboratory
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
        print(f"again {check.__module__}.{check.__name__} {arguments}: {traceback.format_exc()}", flush=True)
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
    for path in PAGES.values():
        for width in [1280, 390]:
            yield in_browser, laboratory_page.check, f"file://{folder}", path, width
    yield in_browser, paper.check, f"file://{folder}"
    for path in NUMBERS.values():
        yield in_browser, pages.check, address, path, "dark", 390
    yield site_files.check, folder
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
    generated = [path for group in atlas(folder) for path in group]
    for path in generated:
        yield in_browser, pages.check, address, path, "dark", 390
    for path in [*generated, *NUMBERS.values()]:
        yield in_browser, pages.check, f"file://{folder}", path, "light", 1280


def outcome(job, group):
    """What a group of checks found; if it came to grief, that is a failed check, and the other groups go on."""
    if not job.exception():
        return job.result()
    names = [part.__module__ if callable(part) else str(part) for part in group if part is not in_browser]
    return [(" ".join(names), False, "".join(traceback.format_exception(job.exception())))]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--named", type=pathlib.Path)
    parser.add_argument("--laboratory", type=pathlib.Path, nargs=2, metavar=("CASES", "RUNS"))
    return parser.parse_args()


def wanted(given, address, knows_its_place):
    """All groups of checks with their arguments, those that take longest first."""
    folder = given.site.resolve()
    yield from groups(folder, address, knows_its_place)
    if given.laboratory:
        for check, *rest in laboratory.groups(given.laboratory[0], folder, given.laboratory[1]):
            yield in_browser, check, *rest
    if given.named:
        yield from groups_of_names(given.named.resolve())


def main():
    given = arguments()
    passed = failed = 0
    site = site_files.Site(given.site)
    with serving(given.site, site.base) as address:
        with concurrent.futures.ProcessPoolExecutor(max_workers=3) as pool:
            jobs = {pool.submit(*group): group for group in wanted(given, address, site.address is not None)}
            for job in concurrent.futures.as_completed(jobs):
                for what, holds, details in outcome(job, jobs[job]):
                    passed += holds
                    failed += not holds
                    print(("ok   " if holds else "FAIL ") + what + ("" if holds else f": {details}"), flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
