"""The rule of a domain, as people write it, made a condition of a database: `> 0`, `1 to 5`, `matches ^[A-Z]+$`.

A grammar of ours, and a small one: whatever it reads is one condition over the value, numbers and literals, so that no
text can become more SQL than that. Types are looked at too: a server would refuse to compare a text with a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from designer.dialects.base import Dialect
from designer.levels.er import Literal
from designer.levels.values.patterns import matching
from designer.levels.values.types import NUMBERS, TEXTS, base_of


class NotSaid(ValueError):
    """A rule that the grammar does not know or the target cannot check; the message says why, in half a sentence."""


class Here(Enum):
    """The place of the value in a condition."""

    VALUE = "value"


Piece = str | Literal | Here
Pieces = tuple[Piece, ...]

_LONGEST = 1_000
_DEEPEST = 20
_PHRASES = (
    (r"(?:is\s+)?(?:greater|more|higher|larger|later)\s+than\s+or\s+equal(?:\s+to)?", ">="),
    (r"(?:is\s+)?(?:less|fewer|lower|smaller|earlier)\s+than\s+or\s+equal(?:\s+to)?", "<="),
    (r"(?:is\s+)?(?:at\s+least|not\s+less\s+than|no\s+less\s+than|min(?:imum)?(?:\s+of)?)\b", ">="),
    (r"(?:is\s+)?(?:at\s+most|up\s+to|not\s+more\s+than|no\s+more\s+than|max(?:imum)?(?:\s+of)?)\b", "<="),
    (r"(?:is\s+)?(?:greater|more|higher|larger|later)\s+than|(?:is\s+)?(?:above|over|after)\b", ">"),
    (r"(?:is\s+)?(?:less|fewer|lower|smaller|earlier)\s+than|(?:is\s+)?(?:below|under|before)\b", "<"),
    (r"(?:is\s+)?(?:one\s+of|any\s+of)\b", "in"),
    (r"is\s+not\s+equal\s+to|does\s+not\s+equal|not\s+equal\s+to", "<>"),
    (r"is\s+equal\s+to|equals(?:\s+to)?\b|exactly\b", "="),
    (r"(?:is\s+)?(?:non-?\s?negative|not\s+negative)\b", ">= 0"),
    (r"(?:is\s+)?(?:non-?\s?zero|not\s+zero)\b", "<> 0"),
    (r"(?:is\s+)?positive\b", "> 0"),
    (r"(?:is\s+)?negative\b", "< 0"),
    (r"(?:is\s+)?(?:not|non-?)\s?(?:empty|blank)\b", "<> ''"),
    (r"(?:is\s+in\s+)?(?:all\s+)?(?:upper\s?case|capitals)\b", "= upper(value)"),
    (r"(?:is\s+in\s+)?(?:all\s+)?lower\s?case\b", "= lower(value)"),
    (r"must\s+be\b|has\s+to\s+be\b|should\s+be\b", ""),
)
_PHRASE = [(re.compile(rf"(?<![\w'])(?:{pattern})", re.IGNORECASE), said) for pattern, said in _PHRASES]
_LENGTH = re.compile(r"^\s*(>=|<=|=|>|<)?\s*(\d+)\s+(?:characters?|chars?|letters?)\s*(?:long)?\s*$", re.IGNORECASE)
_RANGE = re.compile(r"^\s*(?:from\s+)?(-?[\d.]*\d)\s*(?:\.\.+|…|to|–|-)\s*(-?\d[\d.]*)\s*$", re.IGNORECASE)
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)
    | (?P<number>\d+(?:\.\d+)?|\.\d+)
    | '(?P<text>(?:[^']|'')*)'
    | "(?P<said>[^"]*)"
    | (?P<op><=|>=|<>|!=|==|~\*|[-+*/%<>=~(),≤≥≠])
    | (?P<word>[^\W\d]\w*)
    )""",
    re.VERBOSE,
)
_MATCHES = re.compile(
    r"(?<![\w'])(?:matches(?:\s+the\s+pattern)?|match|regexp?|rlike|pattern|~)\s*:?\s*", re.IGNORECASE
)
_OPERATORS = {"==": "=", "!=": "<>", "≤": "<=", "≥": ">=", "≠": "<>"}
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
_LENGTHS = frozenset({"length", "len", "char_length", "character_length", "size"})
_FUNCTIONS = {"upper": "text", "lower": "text", "trim": "text", "abs": "number", "round": "number"}
_TODAY = frozenset({"today", "now", "current_date", "current_timestamp"})
_WHEN = frozenset({"date", "timestamp", "timestamp_tz", "time", "time_tz"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Said:
    """Pieces of a condition and what they are: number, text, when, truth, or other."""

    pieces: Pieces
    kind: str
    literal: bool = False


def condition_of(rule: str, name: str, logical: str, dialect: Dialect) -> Pieces:
    """Return the condition that a rule says of a value of type `logical`. Raises NotSaid.

    `name` is that of the domain, which may stand for the value: `rating between 1 and 5`.
    """
    if len(rule) > _LONGEST:
        raise NotSaid(f"is longer than {_LONGEST} characters")
    reader = _Reader(_tokens(_plain(rule)), name, logical, dialect)
    return reader.whole()


def kind_of_type(logical: str) -> str:
    """Return what values of a logical type are compared with: number, text, when, truth or other."""
    base = base_of(logical)
    if base in NUMBERS:
        return "number"
    if base in TEXTS:
        return "text"
    return "when" if base in _WHEN else "truth" if base == "boolean" else "other"


def _plain(rule: str) -> str:
    """Put signs for words: `at least 5` -> `>= 5`, `1 to 5` -> `between 1 and 5`. A pattern stays as it is."""
    text = rule.strip().rstrip(";.")
    found = _MATCHES.search(text)
    tail = text[found.start() :] if found else ""
    text = text[: found.start()] if found else text
    pieces = re.split(r"('(?:[^']|'')*')", text)
    for pattern, said in _PHRASE:
        pieces[::2] = [pattern.sub(f" {said} ", piece) for piece in pieces[::2]]
    text = "".join(pieces)
    span = _RANGE.match(text)
    if span and not tail:
        return f"between {span[1]} and {span[2]}"
    length = _LENGTH.match(text)
    if length and not tail:
        return f"length {length[1] or '='} {length[2]}"
    return text + tail


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while text[at:].strip():
        pattern = _MATCHES.match(text, at + len(text[at:]) - len(text[at:].lstrip()))
        if pattern:
            tokens += [_Token("word", "matches"), *_pattern(text[pattern.end() :])]
            break
        found = _TOKEN.match(text, at)
        is_comment = text[at:].lstrip().startswith(("--", "/*"))
        if found is None or found.lastgroup is None or is_comment:
            raise NotSaid(f"is not understood at {text[at:].strip()[:20]!r}")
        tokens.append(_Token(found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return tokens


def _pattern(text: str) -> list[_Token]:
    """Return the pattern that a text begins with: quoted, between slashes, or all of it."""
    quoted = re.match(r"'((?:[^']|'')*)'|\"([^\"]*)\"|/(.+)/$", text.strip())
    if quoted is None:
        return [_Token("pattern", text.strip())]
    body = quoted[1] if quoted[1] is not None else quoted[2] if quoted[2] is not None else quoted[3]
    return [_Token("pattern", body.replace("''", "'")), *_tokens(text.strip()[quoted.end() :])]


class _Reader:
    """Reads one condition from tokens, by recursive descent."""

    def __init__(self, tokens: Sequence[_Token], name: str, logical: str, dialect: Dialect):
        self.tokens = tokens
        self.at = 0
        self.deep = 0
        self.names = {"value", "it", *name.lower().replace(" ", "_").split(), name.lower()}
        self.logical = logical
        self.kind = kind_of_type(logical)
        self.dialect = dialect

    def whole(self) -> Pieces:
        said = self._either()
        if self.at < len(self.tokens):
            raise NotSaid(f"is not understood at {self.tokens[self.at].text[:20]!r}")
        return self._truth(said)

    def _truth(self, said: _Said) -> Pieces:
        if said.kind != "truth":
            raise NotSaid("is no condition")
        return said.pieces

    def _either(self) -> _Said:
        return self._joined(self._both, "or")

    def _both(self) -> _Said:
        return self._joined(self._negated, "and")

    def _joined(self, part: Callable[[], _Said], word: str) -> _Said:
        parts = [part()]
        while self._takes("word", word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        pieces: list[Piece] = list(self._truth(parts[0]))
        for each in parts[1:]:
            pieces += [f" {word.upper()} ", *self._truth(each)]
        return _Said(("(", *pieces, ")") if word == "or" else tuple(pieces), "truth")

    def _negated(self) -> _Said:
        if self._sees("word", "not") and not self._sees("word", "in", "between", "like", "matches", ahead=1):
            self.at += 1
            return _Said(("NOT (", *self._truth(self._negated()), ")"), "truth")
        return self._predicate()

    def _predicate(self) -> _Said:
        implied = self._peek().kind == "op" and self._peek().text in _COMPARISONS | _OPERATORS.keys()
        implied = implied or self._sees("word", "in", "between", "like", "matches", "not", "is")
        left = self._value() if implied else self._sum()
        self._takes("word", "is")
        word = self._peek().text.lower() if self._peek().kind == "word" else ""
        if word in ("not", "in", "between", "like", "matches"):
            return self._special(left)
        return self._compared(left)

    def _compared(self, left: _Said) -> _Said:
        pieces: list[Piece] = []
        kind = left.kind
        while (
            self._peek().kind == "op" and (sign := _OPERATORS.get(self._peek().text, self._peek().text)) in _COMPARISONS
        ):
            self.at += 1
            right = self._sum()
            one, other = self._alike(left, right)
            pieces += [" AND "] if pieces else []
            pieces += [*one.pieces, f" {sign} ", *other.pieces]
            kind, left = "truth", right
        return _Said(tuple(pieces), kind) if pieces else left

    def _special(self, left: _Said) -> _Said:
        negated = "NOT " if self._takes("word", "not") else ""
        if self._takes("word", "null"):
            raise NotSaid("speaks of NULL, which is for each attribute to say")
        if self._takes("word", "between"):
            return self._between(left, negated)
        if self._takes("word", "in"):
            return self._among(left, negated)
        if self._takes("word", "like"):
            return self._like(left, negated)
        if self._takes("word", "matches") and self._peek().kind == "pattern" and left.kind == "text":
            self.at += 1
            try:
                test = matching(self.tokens[self.at - 1].text, self.dialect)
            except ValueError as problem:
                raise NotSaid(str(problem)) from None
            return _Said((*left.pieces, f" {negated}{test[0]} ", Literal(test[1])), "truth")
        raise NotSaid("is not understood")

    def _between(self, left: _Said, negated: str) -> _Said:
        low = self._sum()
        if not self._takes("word", "and"):
            raise NotSaid("says between without and")
        left, low = self._alike(left, low)
        _, high = self._alike(left, self._sum())
        return _Said((*left.pieces, f" {negated}BETWEEN ", *low.pieces, " AND ", *high.pieces), "truth")

    def _among(self, left: _Said, negated: str) -> _Said:
        closing = self._takes("op", "(")
        pieces: list[Piece] = []
        while True:
            each = self._word_as_text() or self._sum()
            pieces += [", "] if pieces else []
            pieces += self._alike(left, each)[1].pieces
            if not self._takes("op", ",") and not (not closing and self._takes("word", "or")):
                break
        if closing and not self._takes("op", ")"):
            raise NotSaid("has a parenthesis that is not closed")
        return _Said((*left.pieces, f" {negated}IN (", *pieces, ")"), "truth")

    def _word_as_text(self) -> _Said | None:
        """Return a word in a list of values of text: `one of red, green`."""
        if self.kind != "text" or self._peek().kind != "word":
            return None
        self.at += 1
        return _Said((Literal(self.tokens[self.at - 1].text),), "text", literal=True)

    def _like(self, left: _Said, negated: str) -> _Said:
        right = self._sum()
        if left.kind != "text" or right.kind != "text" or not right.literal:
            raise NotSaid("compares with LIKE what is no text")
        if any(isinstance(piece, Literal) and "\\" in piece.value for piece in right.pieces):
            raise NotSaid("has a backslash in LIKE, which databases read differently")
        return _Said((*left.pieces, f" {negated}LIKE ", *right.pieces), "truth")

    def _alike(self, one: _Said, other: _Said) -> tuple[_Said, _Said]:
        """Return both sides of a comparison. Raises NotSaid where a server would not compare them."""
        if one.kind == "other" or other.kind == "other":
            raise NotSaid(f"compares values of the type {self.logical}")
        kinds = {one.kind, other.kind}
        if kinds == {"when", "text"} and not (one.literal if one.kind == "text" else other.literal):
            raise NotSaid("compares a text with a date")
        if len(kinds) > 1 or kinds == {"truth"}:
            raise NotSaid(f"compares {' with '.join(sorted(kinds))}" if len(kinds) > 1 else "compares conditions")
        return one, other

    def _sum(self) -> _Said:
        return self._calculated(self._product, "+-")

    def _product(self) -> _Said:
        return self._calculated(self._factor, "*/%")

    def _calculated(self, part: Callable[[], _Said], signs: str) -> _Said:
        said = part()
        while self._peek().kind == "op" and self._peek().text in signs:
            sign = self.tokens[self.at].text
            self.at += 1
            right = part()
            if {said.kind, right.kind} != {"number"}:
                raise NotSaid("calculates with what is no number")
            if sign == "%" and base_of(self.logical) in ("real", "double"):
                raise NotSaid("takes the remainder of a fraction")
            said = _Said((*said.pieces, f" {sign} ", *right.pieces), "number")
        return said

    def _factor(self) -> _Said:
        token = self._peek()
        self.at += 1
        if token.kind == "number":
            return _Said((token.text if token.text[0] != "." else f"0{token.text}",), "number", literal=True)
        if token.kind == "date":
            return _Said((Literal(token.text.replace("T", " ")),), "when", literal=True)
        if token.kind in ("text", "said"):
            return _Said((Literal(token.text.replace("''", "'")),), "text", literal=True)
        if token.kind == "op" and token.text == "-":
            inner = self._factor()
            if inner.kind != "number":
                raise NotSaid("calculates with what is no number")
            return _Said(("-", *inner.pieces) if inner.literal else ("-(", *inner.pieces, ")"), "number")
        if token.kind == "op" and token.text == "(":
            return self._inside()
        if token.kind == "word":
            return self._word(token.text.lower())
        raise NotSaid(f"is not understood at {token.text[:20]!r}" if token.text else "ends too early")

    def _inside(self) -> _Said:
        self.deep += 1
        if self.deep > _DEEPEST:
            raise NotSaid("has too many parentheses")
        inner = self._either()
        if not self._takes("op", ")"):
            raise NotSaid("has a parenthesis that is not closed")
        return _Said(("(", *inner.pieces, ")"), inner.kind)

    def _word(self, word: str) -> _Said:
        if word in _LENGTHS:
            return self._length()
        if word in _FUNCTIONS and self._sees("op", "("):
            inner = self._inside_call()
            if inner.kind != _FUNCTIONS[word]:
                raise NotSaid(f"takes {word} of what is no {_FUNCTIONS[word]}")
            return _Said((f"{word}(", *inner.pieces, ")"), inner.kind)
        if word in _TODAY and self.kind == "when":
            if self.dialect.name != "postgresql":
                raise NotSaid(f"speaks of today, which {self.dialect.title} allows in no check")
            return _Said(("CURRENT_DATE",), "when")
        if word in ("true", "false") and self.kind == "truth":
            return _Said((self.dialect.words[word],), "truth")
        if word in self.names:
            return self._value()
        raise NotSaid(f"is not understood at {word[:20]!r}")

    def _length(self) -> _Said:
        inner = self._inside_call() if self._sees("op", "(") else self._value()
        if inner.kind != "text":
            raise NotSaid("asks for the length of what is no text")
        return _Said(("length(" if self.dialect.name == "sqlite" else "char_length(", *inner.pieces, ")"), "number")

    def _inside_call(self) -> _Said:
        self.at += 1
        inner = self._sum()
        if not self._takes("op", ")"):
            raise NotSaid("has a parenthesis that is not closed")
        return inner

    def _value(self) -> _Said:
        if base_of(self.logical) == "money" and self.dialect.name == "postgresql":
            return _Said(("CAST(", Here.VALUE, " AS numeric)"), "number")
        return _Said((Here.VALUE,), self.kind)

    def _peek(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("", "")

    def _sees(self, kind: str, *texts: str, ahead: int = 0) -> bool:
        at = self.at + ahead
        return at < len(self.tokens) and self.tokens[at].kind == kind and self.tokens[at].text.lower() in texts

    def _takes(self, kind: str, text: str) -> bool:
        seen = self._sees(kind, text)
        self.at += seen
        return seen
