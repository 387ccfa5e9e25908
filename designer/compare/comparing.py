"""The comparison itself: objects, partners, fields."""

from __future__ import annotations

from collections import Counter

from designer.compare.alike import touched
from designer.compare.difference import Comparison, Difference, Verdict, worst
from designer.compare.languages import language_of
from designer.compare.match import pairs
from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.compare.things import Things
from designer.compare.value import Language, Value
from designer.dialects.registry import get
from designer.schema import Design, Id


def compare(a: Design, b: Design, *, dialect: str, owners: bool = False) -> list[Difference]:
    """Return the differences between the first physical models of two designs of one dialect, in the order of `a`.

    Statements that only say who owns an object count with `owners`. Raises KeyError for a dialect that there is not.
    """
    return compared(a, b, dialect=dialect, owners=owners).differences


def compared(
    a: Design, b: Design, *, dialect: str, owners: bool = False, models: tuple[Id | None, Id | None] = (None, None)
) -> Comparison:
    """Return the differences, and by kind how many objects are equal; `models` chooses other models than the first."""
    facts = get(dialect)
    language = language_of(facts.name)
    left, right = (Side(design, facts, model) for design, model in zip((a, b), models, strict=True))
    read = touched(left, right)
    found = Comparison()
    if read is not None:
        found.rest = lambda: Counter(
            each.kind for each in Things(left, language, owners=owners).all(_others(left, read.left))
        )

    def likeness(one: Thing, two: Thing) -> Verdict:
        return worst(verdict for _, verdict in _verdicts(one, two, language))

    ours = Things(left, language, owners=owners).all(None if read is None else read.left)
    theirs = Things(right, language, owners=owners).all(None if read is None else read.right)
    for one, two in pairs(ours, theirs, likeness):
        new = _differences(one, two, language)
        found.differences += new
        if one is not None and two is not None and not new:
            found.read[one.kind] += 1
    return found


def _others(side: Side, read: set[Id]) -> set[Id]:
    return {each for each in side.design if each not in read}


def _differences(one: Thing | None, two: Thing | None, language: Language) -> list[Difference]:
    if one is None or two is None:
        thing = one or two
        if thing is None or thing.implied:
            return []
        there = "there"
        return [
            Difference(
                thing.kind, thing.label, "", there if one else None, there if two else None,
                one.id if one else None, two.id if two else None,
            )
        ]  # fmt: skip
    return [
        Difference(
            one.kind, one.label, name, str(one.fields.get(name, "")), str(two.fields.get(name, "")), one.id, two.id,
            verdict is Verdict.SPELLED,
        )
        for name, verdict in _verdicts(one, two, language)
        if verdict is not Verdict.EQUAL
    ]  # fmt: skip


def _verdicts(one: Thing, two: Thing, language: Language) -> list[tuple[str, Verdict]]:
    names = {**one.fields, **two.fields}
    return [(name, _verdict(one.fields.get(name), two.fields.get(name), language)) for name in names]


def _verdict(one: Value | None, two: Value | None, language: Language) -> Verdict:
    """A field that one side does not have is left to the server there."""
    said = one if two is None else two if one is None else None
    if said is None:
        return one.agree(two, language) if one is not None else Verdict.EQUAL
    return Verdict.EQUAL if said.may_be_left_out else Verdict.DIFFERENT
