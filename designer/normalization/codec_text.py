"""Relations as people type them: `orders(a, b, c): a, b -> c; b ->> c`.

- A paragraph is a relation; `name(columns)` or `name:` at the start of a line opens one as well.
- Dependencies end with `;` or the line: `A, B -> C`, `A ->> B | C`, `A <-> B`, a chain `A -> B -> C`, `*(A, B | B, C)`.
- An empty side is `{}`. Names are separated by commas or spaces; a name with others of these signs stands in double
  quotes. Without a heading the columns are those that are named, in the order in which they first are; a line of
  names without an arrow names some more. Lines that start with `#`, `--` or `//` are comments, and so
  is the rest of a line after ` # ` or ` // `.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from designer.normalization.codec import relation_of, shown
from designer.normalization.codec_tokens import ARROWS, Token, TypedProblem, problem_at, statements
from designer.normalization.contract import BadRelation, Relation

MOST_TEXT = 1_000_000  # characters
_NOT_IN_WORDS = re.compile(r"[<>\[\]]|^=+$")
Side = list[list[str]]  # segments between commas, each of one or more words
Pair = tuple[list[str], list[str], int]  # both sides of a dependency and its line
Join = tuple[list[list[str]], int]


@dataclass
class _Draft:
    """A relation while it is read."""

    line: int
    name: str = ""
    heading: list[str] = field(default_factory=list)
    closed: bool = False  # the heading names all columns
    named: list[Side] = field(default_factory=list)  # all sides in the order of the text
    fds: list[tuple[Side, Side, int]] = field(default_factory=list)
    mvds: list[tuple[Side, Side, int]] = field(default_factory=list)
    jds: list[tuple[list[Side], int]] = field(default_factory=list)
    problem: TypedProblem | None = None

    @property
    def stated(self) -> bool:
        return bool(self.fds or self.mvds or self.jds)

    @property
    def empty(self) -> bool:
        return not (self.stated or self.name or self.closed or self.named or self.problem)


def parsed(text: str) -> list[Relation]:
    """Return the relations in a text, at least one. Raises BadRelation with the line of the first mistake."""
    found = parsed_each(text)
    for each in found:
        if isinstance(each, BadRelation):
            raise each
    return [each for each in found if isinstance(each, Relation)]


def parsed_each(text: str) -> list[Relation | BadRelation]:
    """Return the relations in a text, and in the place of one that is wrong, the sentence about it.

    Raises BadRelation where there is none at all.
    """
    if len(text) > MOST_TEXT:
        raise BadRelation(f"the text has {len(text):,} characters; {MOST_TEXT:,} are read")
    drafts = _drafts(text)
    if not drafts:
        raise TypedProblem("no relation is written here; write dependencies such as A, B -> C", 1)
    return [_finished(each, f"r{number}" if len(drafts) > 1 else "r") for number, each in enumerate(drafts, 1)]


def _drafts(text: str) -> list[_Draft]:
    """Split a text into relations: statements by line or `;`, relations by blank lines and headings."""
    drafts = [_Draft(1)]
    for statement in statements(text):
        if not statement:  # a blank line
            if drafts[-1].stated or drafts[-1].named or drafts[-1].problem:
                drafts.append(_Draft(0))
            continue
        try:
            rest = _opened(drafts, statement)
            if rest:
                _read(drafts[-1], rest)
        except TypedProblem as problem:
            drafts[-1].problem = drafts[-1].problem or problem
    return [each for each in drafts if not each.empty]


def _opened(drafts: list[_Draft], statement: list[Token]) -> list[Token]:
    """Open a new relation where a statement starts with a heading; return what comes after it."""
    first = next((at for at, each in enumerate(statement) if each.kind not in ("word", "quoted")), len(statement))
    sign = statement[first].text if 0 < first < len(statement) else ""
    if sign not in ("(", ":"):
        return statement
    draft = _Draft(statement[0].line, " ".join(_name(each) for each in statement[:first]))
    if drafts[-1].empty:
        drafts.pop()
    drafts.append(draft)
    if sign == ":":
        return statement[first + 1 :]
    end = next((at for at, each in enumerate(statement) if each.text == ")" and each.kind == "sign"), None)
    if end is None:
        raise problem_at("the list of columns is not closed; write )", statement[first])
    draft.closed = True
    draft.heading = [" ".join(each) for each in _side(statement[first + 1 : end]) if each]
    rest = statement[end + 1 :]
    return rest[1:] if rest and rest[0].text == ":" else rest


def _read(draft: _Draft, statement: list[Token]) -> None:
    """Read a dependency, or names of columns, into a relation."""
    if statement[0].kind == "join":
        parts = _components(statement)
        draft.named += parts
        draft.jds.append((parts, statement[0].line))
        return
    arrows = [at for at, each in enumerate(statement) if each.kind in ARROWS]
    if not arrows and draft.closed:
        raise problem_at("an arrow is missing; write A, B -> C", statement[0])
    edges = [-1, *arrows, len(statement)]
    sides = [statement[low + 1 : high] for low, high in pairwise(edges)]
    if not arrows:
        draft.named.append(_side(statement))
    for at, (left, right) in zip(arrows, pairwise(sides), strict=True):
        _state(draft, statement[at], left, right)


def _state(draft: _Draft, arrow: Token, left: list[Token], right: list[Token]) -> None:
    for side, word in ((left, "left"), (right, "right")):
        if not side:
            raise problem_at(f"the {word} side of the arrow is missing; write {{}} for no column", arrow)
    lefts = _side(left)
    rights = [_side(part) for part in (_parts(right) if arrow.kind == "many" else [right])]
    draft.named += [lefts, *rights]
    stated = draft.mvds if arrow.kind == "many" else draft.fds
    stated += [(lefts, each, arrow.line) for each in rights]
    if arrow.kind == "both":
        draft.fds.append((rights[0], lefts, arrow.line))


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Split tokens at `|`."""
    parts: list[list[Token]] = [[]]
    for each in tokens:
        if each.text == "|":
            parts.append([])
        else:
            parts[-1].append(each)
    return parts


def _components(statement: list[Token]) -> list[Side]:
    closing = ")" if statement[1].text == "(" else "}"
    if statement[-1].text != closing:
        raise problem_at(f"the join dependency is not closed; end it with {closing}: *(A, B | B, C)", statement[0])
    return [_side(part) for part in _parts(statement[2:-1])]


def _side(tokens: list[Token]) -> Side:
    """Return the names of a side, in segments between commas; braces round them may stand."""
    if len(tokens) > 1 and tokens[0].text == "{" and tokens[-1].text == "}":
        tokens = tokens[1:-1]
    segments: Side = [[]]
    for each in tokens:
        if each.text == "," and each.kind == "sign":
            segments.append([])
        elif each.kind == "quoted":
            segments += [[_name(each)], []]
        elif each.text != "∅":
            segments[-1].append(_name(each))
    return [each for each in segments if each]


def _name(token: Token) -> str:
    if token.kind == "quoted":
        return token.text[1:-1].replace('""', '"')
    if token.kind == "bad":
        raise problem_at("this quotation mark is not closed", token)
    if token.kind != "word" or _NOT_IN_WORDS.search(token.text):
        text = shown(token.text)
        raise problem_at(f"{text} is no name and no arrow; write A, B -> C, and odd names in double quotes", token)
    return token.text


def _finished(draft: _Draft, name: str) -> Relation | BadRelation:
    """Return the relation, its columns found and its names looked up."""
    if draft.problem:
        draft.problem.relation = draft.name
        return draft.problem
    known = frozenset(draft.heading)
    columns = draft.heading if draft.closed else list(dict.fromkeys(_flat(_all(draft.named), known)))
    fds = [(_flat(left, known), _flat(right, known), line) for left, right, line in draft.fds]
    mvds = [(_flat(left, known), _flat(right, known), line) for left, right, line in draft.mvds]
    jds = [([_flat(part, known) for part in parts], line) for parts, line in draft.jds]
    try:
        return relation_of(
            draft.name or name,
            columns,
            [each[:2] for each in fds],
            [each[:2] for each in mvds],
            [each for each, _ in jds],
        )
    except BadRelation as problem:
        return TypedProblem(str(problem), _line_of(columns, fds + mvds, jds) or draft.line, relation=draft.name)


def _line_of(columns: list[str], pairs: list[Pair], jds: list[Join]) -> int:
    """Return the line of the dependency that is to blame, 0 where it is the heading."""
    known = frozenset(columns)
    for left, right, line in pairs:
        if not known.issuperset(left) or not known.issuperset(right):
            return line
    for parts, line in jds:
        if {name for part in parts for name in part} != known:
            return line
    return 0


def _all(sides: list[Side]) -> Side:
    return [segment for side in sides for segment in side]


def _flat(side: Side, known: frozenset[str]) -> list[str]:
    """Return the names of a side: a segment is one name where the heading has it, else a name a word."""
    names: list[str] = []
    for segment in side:
        joined = " ".join(segment)
        names += [joined] if joined in known else segment
    return names
