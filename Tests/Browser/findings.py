"""What a group of checks found."""


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
