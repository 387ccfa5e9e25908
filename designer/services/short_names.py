"""Short names that people give: to branches, requests, releases, projects, workspaces and links, and to guests.

A name stands in other people's sentences. So it has no characters that cannot be seen: some turn the direction of
what stands behind them, and two names could look like one. Scripts that go from right to left are fine.
"""

from __future__ import annotations

import unicodedata

from designer.services.errors import Invalid

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of Unicode without a shape of their own: controls, formats, halves, what nobody has assigned."""
_JOINERS = "\u200c\u200d"
"""They say how the letter before them joins the next one, as in Persian, Hindi and Emoji."""
_APART, _TOGETHER = "\u2068", "\u2069"


def short_name(text: str, longest: int, otherwise: str, field: str = "name") -> str:
    """Return a name as it is kept: its words, with one space between them.

    Raises Invalid for an empty or endless one, with the sentence `otherwise`, and where something cannot be seen.
    """
    kept = " ".join(text.split())
    unseen = _unseen(kept)
    if unseen:
        raise Invalid(f"A name is made of what can be seen; take {_called(unseen)} out of it, or type it anew.", field)
    if not 0 < len(kept) <= longest:
        raise Invalid(otherwise, field)
    return kept


def seen(text: str) -> str:
    """Return a text on one line, without what cannot be seen: for names that no person has typed, as those of files."""
    kept = " ".join(text.split())
    return " ".join("".join(each for at, each in enumerate(kept) if not _is_unseen(kept, at)).split())


def apart(name: str) -> str:
    """Return a name for a plain text, so that one written from right to left turns none of the words beside it.

    Pages say the same with `<bdi>`.
    """
    turns = any(unicodedata.bidirectional(each) in ("R", "AL", "AN") for each in name)
    return f"{_APART}{name}{_TOGETHER}" if turns else name


def _unseen(text: str) -> str:
    return next((each for at, each in enumerate(text) if _is_unseen(text, at)), "")


def _is_unseen(text: str, at: int) -> bool:
    if text[at] in _JOINERS and at > 0:
        return text[at - 1].isascii()
    return unicodedata.category(text[at]) in _UNSEEN


def _called(character: str) -> str:
    name = unicodedata.name(character, "").lower() or "a control character"
    return f"U+{ord(character):04X} ({name})"
