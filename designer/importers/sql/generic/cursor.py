"""The tokens of one statement, and a place among them."""

from __future__ import annotations

from designer.importers.sql.generic.flavours import DOUBLE, GAP, NUMBER, PUNCTUATION, QUOTED, STRING, WORD, Flavour

QUOTED_NAME, DOUBLE_QUOTED, TEXT, DIGITS, END = "`", '"', "'", "0", ""
"""What stands in `Cursor.words` for a token that is no bare word and no punctuation."""

_KIND = {QUOTED: QUOTED_NAME, DOUBLE: DOUBLE_QUOTED, STRING: TEXT, NUMBER: DIGITS}
_LAYERS = 10
"""So many pairs of needless parentheses are taken off an expression; nobody writes more."""
_LONGEST_NUMBER = 18
"""Digits of the longest number that is read as one; it fits into 64 bits."""


class Misfit(Exception):
    """A statement that is not what its first words promise. `offset` is where that shows."""

    def __init__(self, message: str, offset: int):
        super().__init__(message)
        self.message = message
        self.offset = offset


class Cursor:
    """Reads a statement token by token.

    `words[i]` is token i as it is compared: a bare word in upper case, a punctuation character, or one of the marks
    above; `text[starts[i]:ends[i]]` is the token as written. Behind the last token stand empty words.
    """

    __slots__ = ("at", "ends", "flavour", "starts", "text", "words")

    def __init__(self, text: str, flavour: Flavour, start: int = 0, end: int | None = None):
        self.text = text
        self.flavour = flavour
        self.at = 0
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        stop = len(text) if end is None else end
        self._read(start, stop)
        self.words += ("", "", "", "")
        behind = self.ends[-1] if self.ends else start
        self.starts += (behind,) * 4
        self.ends += (behind,) * 4

    def _read(self, start: int, stop: int) -> None:
        word, place, close = self.words.append, self.starts.append, self.ends.append
        for found in self.flavour.token.finditer(self.text, start, stop):
            kind = found.lastindex
            if kind == GAP or kind is None:
                continue
            if kind in (WORD, PUNCTUATION):
                word(found[kind].upper())
            else:
                word(_KIND[kind])
            place(found.start(kind))
            close(found.end())

    @property
    def word(self) -> str:
        """The present token as it is compared."""
        return self.words[self.at]

    @property
    def offset(self) -> int:
        """Where the present token begins in the text."""
        return self.starts[self.at]

    def ahead(self, *sequence: str) -> bool:
        """Say whether the next tokens are these words."""
        at = self.at
        return self.words[at : at + len(sequence)] == list(sequence)

    def accept(self, *sequence: str) -> bool:
        """Step over these words if they are the next, and say whether they were."""
        if self.words[self.at] != sequence[0] or (len(sequence) > 1 and not self.ahead(*sequence)):
            return False
        self.at += len(sequence)
        return True

    def expect(self, *sequence: str) -> None:
        """Step over these words. Raises Misfit where something else stands."""
        if not self.accept(*sequence):
            raise self.misfit(" ".join(sequence))

    def misfit(self, wanted: str) -> Misfit:
        """Return the error that something else than `wanted` stands here."""
        shown = self.text[self.starts[self.at] : self.ends[self.at]]
        if self.words[self.at] == END:
            return Misfit(f"the statement ends where {wanted} should stand", self.offset)
        return Misfit(f"{_short(shown)} stands where {wanted} should", self.offset)

    def is_name(self) -> bool:
        """Say whether the present token can be a name."""
        word = self.words[self.at]
        if word in (QUOTED_NAME, DOUBLE_QUOTED):
            return True
        if word == TEXT:
            return self.flavour.sqlite
        return word != DIGITS and (word[:1].isalnum() or word[:1] in ("_", "$") or word[:1] > "\x7f")

    def name(self, wanted: str = "a name") -> str:
        """Return the name that stands here and step over it."""
        if not self.is_name():
            raise self.misfit(wanted)
        at = self.at
        self.at = at + 1
        return self.flavour.name_of(self.text[self.starts[at] : self.ends[at]])

    def qualified(self, wanted: str = "a name") -> tuple[str, str]:
        """Return (schema, name); the schema is empty where none was written, or SQLite's own `main`."""
        first = self.name(wanted)
        if self.words[self.at] != ".":
            return "", first
        self.at += 1
        schema = "" if self.flavour.sqlite and first.lower() == "main" else first
        return schema, self.name(wanted)

    def number(self) -> int:
        """Return the whole number that stands here, with its sign, and step over it."""
        sign = -1 if self.accept("-") else 1
        digits = self.text[self.starts[self.at] : self.ends[self.at]]
        if not (digits.isdecimal() and digits.isascii()):
            raise self.misfit("a whole number")
        if len(digits.lstrip("0")) > _LONGEST_NUMBER + 1 or int(digits) >= 2**63:
            raise self.misfit("a number below 2 to the 63rd")
        self.at += 1
        return sign * int(digits)

    def string(self) -> str:
        """Return what the string literals here mean, joined, and step over them."""
        if self.words[self.at] not in (TEXT, DOUBLE_QUOTED):
            raise self.misfit("a string")
        pieces = []
        while self.words[self.at] in (TEXT, DOUBLE_QUOTED):
            pieces.append(self.flavour.string_value(self.token()))
        return "".join(pieces)

    def token(self) -> str:
        """Return the present token as written and step over it."""
        at = self.at
        if self.words[at] == END:
            raise self.misfit("a value")
        self.at = at + 1
        return self.text[self.starts[at] : self.ends[at]]

    def word_or_string(self, wanted: str) -> str:
        """Return a name that may also be written as a string: a character set, an engine."""
        return self.string() if self.words[self.at] == TEXT else self.name(wanted)

    def skip_group(self) -> None:
        """Step over a pair of parentheses and all between them."""
        depth = 0
        opened = self.offset
        words = self.words
        at = self.at
        while True:
            word = words[at]
            if word == "(":
                depth += 1
            elif word == ")":
                depth -= 1
                if not depth:
                    self.at = at + 1
                    return
            elif word == END and at >= len(words) - 4:
                raise Misfit("this parenthesis is never closed", opened)
            at += 1

    def group(self) -> str:
        """Return what stands between the parentheses here, verbatim, and step over them."""
        first = self._over_group()
        return self.between(first + 1, self.at - 1)

    def enclosed(self) -> str:
        """Return the expression in the parentheses here, without any that enclose all of it, and step over them."""
        return self.condition(self._over_group(), self.at)

    def _over_group(self) -> int:
        if self.words[self.at] != "(":
            raise self.misfit("an opening parenthesis")
        first = self.at
        self.skip_group()
        return first

    def condition(self, first: int, last: int) -> str:
        """Return the text of tokens first..last-1 without the parentheses that enclose all of it."""
        for _ in range(_LAYERS):
            if first + 2 > last or self.words[first] != "(" or self._closing(first, last) != last - 1:
                break
            first, last = first + 1, last - 1
        return self.between(first, last)

    def _closing(self, opening: int, last: int) -> int:
        depth = 0
        for at in range(opening, last):
            word = self.words[at]
            depth += (word == "(") - (word == ")")
            if not depth:
                return at
        return last

    def between(self, first: int, last: int) -> str:
        """Return the text of tokens first..last-1, verbatim."""
        if first >= last:
            return ""
        return self.flavour.clean(self.text[self.starts[first] : self.ends[last - 1]])

    def until(self, *stops: str) -> str:
        """Return the text up to one of `stops` outside parentheses, or to the end, and step over it."""
        first = self.at
        while self.words[self.at] not in stops and self.words[self.at] != END:
            if self.words[self.at] == "(":
                self.skip_group()
            else:
                self.at += 1
        return self.between(first, self.at)


def _short(text: str) -> str:
    shown = text if len(text) <= 40 else text[:39] + "…"
    return repr(shown)[1:-1].join("«»") if not shown.isprintable() else f"«{shown}»"
