"""Proofs and rows as the templates show them: numbered lines, and cells that say what is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.normalization.codec import set_text, text_of
from designer.normalization.contract import FD, MVD, Derivation, Relation, Step, TwoRows, bits

MOST_STEPS = 60
"""Lines of a derivation that a page shows; a report has all."""


def sentence(text: str) -> str:
    """Return words as a sentence; a name in front keeps its letters."""
    first = text.partition(" ")[0]
    plain = first.isalpha() and first.islower()
    stop = "" if not text or text.endswith((".", "!", "?")) else "."
    return f"{text[:1].upper() if plain else text[:1]}{text[1:]}{stop}"


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of a derivation: the dependency, the rule, and the numbers of the lines it is made of, from 1."""

    text: str
    rule: str
    of: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a dependency follows: a walk for people, and the formal steps for those who doubt it."""

    walk: tuple[str, ...]
    steps: tuple[ProofLine, ...]
    length: int  # of the whole derivation, of which `steps` are the first


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell of example rows. `mark`: same, other or nothing."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Example rows over some columns."""

    names: tuple[str, ...]
    rows: tuple[tuple[CellText, ...], ...]


def proof(relation: Relation, found: Derivation) -> Proof:
    """Return a derivation in lines."""
    said: list[FD | MVD] = [*relation.fds, *relation.mvds]
    walk = tuple(arrow(relation, said[number]) for number in found.walk if number < len(said))
    return Proof(walk, tuple(_line(relation, step) for step in found.steps[:MOST_STEPS]), len(found.steps))


def _line(relation: Relation, step: Step) -> ProofLine:
    kind = MVD if step.multivalued else FD
    return ProofLine(
        arrow(relation, kind(step.left, step.right)), step.rule, ", ".join(str(each + 1) for each in step.of)
    )


def arrow(relation: Relation, dependency: FD | MVD) -> str:
    """Return a dependency as people read it: `zip → city`."""
    return text_of(relation, dependency).replace("->>", "↠").replace("->", "→")


def side(relation: Relation, columns: int) -> str:
    """Return the names of a set of columns; `{}` for none."""
    return set_text(relation, columns)


def against(relation: Relation, left: int, right: int, rows: Sequence[Sequence[int]]) -> Rows:
    """Return the first two rows that break `left -> right`, with what is the same and what differs marked."""
    shown = rows[:2]

    def cell(column: int, value: int) -> CellText:
        bit = 1 << column
        differs = shown[0][column] != shown[-1][column]
        mark = "same" if bit & left else "other" if bit & right and differs else ""
        return CellText(str(value + 1), mark)

    return Rows(relation.attributes, tuple(tuple(cell(at, value) for at, value in enumerate(row)) for row in shown))


def example(relation: Relation, rows: Sequence[Sequence[int]], most: int) -> Rows:
    """Return example rows; what agrees with the first row is marked."""
    first = rows[0] if rows else ()

    def cell(number: int, column: int, value: int) -> CellText:
        return CellText(str(value + 1), "same" if number and value == first[column] else "")

    shown = enumerate(rows[:most])
    return Rows(relation.attributes, tuple(tuple(cell(at, *each) for each in enumerate(row)) for at, row in shown))


def two_rows(relation: Relation, left: int, right: int, found: Derivation | TwoRows | None) -> Rows | None:
    """Return the rows of a proof that something does not follow; None where it follows."""
    return against(relation, left, right, found.rows) if isinstance(found, TwoRows) else None


def keys_text(relation: Relation, core: int, factors: Sequence[Sequence[int]]) -> str:
    """Return keys as factors: `line_no with one of {id | email} and one of {sku | ean}`."""
    parts = [", ".join(relation.attributes[each] for each in bits(core))] if core else []
    parts += [
        "one of {" + " | ".join(side(relation, each) for each in factor) + "}" for factor in factors if len(factor) > 1
    ]
    parts += [side(relation, factor[0]) for factor in factors if len(factor) == 1 and factor[0]]
    return " with ".join(each for each in parts if each) or "{}"
