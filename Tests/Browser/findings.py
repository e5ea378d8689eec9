"""What a group of checks found."""

from browsing import eventually, settle


class Findings:
    def __init__(self):
        self.checks = []

    def that(self, what, holds, details=""):
        """Notes a check by name, and, if it does not hold, what was seen instead."""
        self.checks.append((what, bool(holds), "" if holds else str(details)))

    def none(self, what, exceptions):
        """Notes a check that holds if nothing speaks against it."""
        exceptions = list(exceptions)
        self.that(what, not exceptions, f"{len(exceptions)}, such as {exceptions[:3]}")

    def eventually(self, what, page, look, holds=bool):
        """Notes a check that holds as soon as what is seen on a page does, and what that was; see `browsing`."""
        seen = eventually(page, look, holds)
        self.that(what, holds(seen), seen)
        return seen

    def changes(self, what, page, look, act):
        """Notes whether an act changes what is seen on a page, and what is seen then. What was done before has been drawn
        by then, so that it is not taken for the change."""
        settle(page)
        before = look()
        act()
        return self.eventually(what, page, look, lambda seen: seen != before)
