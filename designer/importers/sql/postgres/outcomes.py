"""How a statement that cannot simply be imported ends: raised by handlers, turned into a finding by the reader."""

from __future__ import annotations


class KeptVerbatim(Exception):
    """The statement is part of the schema, and nothing here models it."""

    def __init__(self, reason: str, phase: str = "after", about: str = ""):
        super().__init__(reason)
        self.reason = reason
        self.phase = phase
        self.about = about


class Skipped(Exception):
    """The statement is no part of a schema, or changes nothing."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):
    """A server refuses the statement: it is kept, but never exported. `index` is the place in the statement's text."""

    def __init__(self, reason: str, index: int = 0):
        super().__init__(reason)
        self.reason = reason
        self.index = index


class Missing(Refused):
    """What the statement is about is not in the script, at least not yet."""

    def __init__(self, what: str, index: int = 0):
        super().__init__(f"there is no {what} in this script", index)
        self.what = what
