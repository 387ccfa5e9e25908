"""Everything that the panel of normalisation shows of one table, read from the rooms that know it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from designer.commands import Refused
from designer.commands.names import called
from designer.dependencies.assess import NOT_ASSESSED, State, state_of
from designer.dependencies.choices import choices
from designer.dependencies.columns import names, written
from designer.dependencies.examples import Example, examples, missing_because_of
from designer.dependencies.finding import Finding, findings
from designer.dependencies.first_form import first_form
from designer.dependencies.plaque import plaque, repeats_of
from designer.dependencies.questions import Question, questions
from designer.dependencies.remarks import remarks
from designer.dependencies.sample import Sample
from designer.dependencies.subject import Subject, said, subject_of
from designer.normalization.analysis import Analysis, analyse
from designer.normalization.codec import shown, text_of
from designer.normalization.contract import FD, MVD
from designer.schema import Dependency, Design, Id, Record
from designer.services.discovering import Kept
from designer.services.normalizing import sample_of, values_of
from designer.web import normalizing_words as words
from designer.web.normalizing_layers import Layers, layers
from designer.web.normalizing_matrix import FROM, matrix
from designer.web.normalizing_strip import MOST_COLUMNS, Arrow, Strip, strip

SEPARATORS = ((",", "comma"), (";", "semicolon"), ("|", "bar"), ("/", "slash"), (" ", "space"), ("\n", "line"))
"""What may stand between the values of a list, and how people call it."""
MOST_KEYS = 8
MOST_FINDINGS = 15
"""Findings that are explained in full; after that nobody reads, and mending starts."""
MOST_ITEMS = 80
MOST_ROWS = 16
LONGEST_ADDRESS = 4_000
MOST_WIDE = 30
MOST_SAMPLED = 50
SIGNS = {"violation": "violation", "suspected": "suspected", "clean": "clean", NOT_ASSESSED: "none"}
"""States as the style sheet and the canvas call them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stored dependency in the list; `rows` is the counterexample of a refuted one."""

    id: Id
    arrow: str
    state: str
    note: str
    determinant: str
    dependent: str
    sides: tuple[str, ...]
    rows: words.Rows | None


@dataclass(frozen=True, slots=True)
class Implied:
    """A dependency that the model itself implies, and why."""

    arrow: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what the template needs beside it: its rows, and what one click can do about it."""

    finding: Finding
    arrow: str
    left: str
    rows: words.Rows | None
    wish: str

    @property
    def is_or_are(self) -> str:
        """The verb for its left side."""
        return "is" if self.finding.left.bit_count() == 1 else "are"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its rows as the template draws them; `key` is the same as long as it is the same question."""

    question: Question
    key: str
    reason: str
    rows: words.Rows


@dataclass(frozen=True, slots=True)
class Card:
    """A form that all tables would be in, with its price; one table is the table as it is."""

    form: str
    text: str
    tables: int

    @property
    def stays(self) -> bool:
        """Whether there is nothing to do for it."""
        return self.tables == 1


def panel(design: Design, record: Record, kept: Kept | None, impossible: tuple[Id, ...] | None) -> dict[str, Any]:
    """Return what the template draws. `impossible` are the columns on which a row agrees with another one of which
    somebody said that it could not be: then the questions are about that."""
    subject = subject_of(design, record.id)
    analysis = analyse(subject.relation)
    sample = sample_of(kept)
    state = state_of(design, record.id, sample)
    every = findings(design, record.id, sample)
    active, settled = [each for each in every if not each.settled], [each for each in every if each.settled]
    stored = design.of(Dependency, record.id)
    asked = _asked(design, record.id, sample, impossible)
    squares = matrix(design, subject) if sum(each.state == "proposed" for each in stored) >= FROM else None
    return {
        "record": record,
        "title": called(design, record),
        "subject": subject,
        "state": state,
        "sign": SIGNS[state.state],
        "word": _word(state),
        "columns": list(zip(subject.columns, subject.relation.attributes, strict=True)),
        "keys": [subject.names(key) or "{}" for key in analysis.listed_keys[:MOST_KEYS]],
        "keys_count": analysis.keys.count,
        "open": [_shown(subject, each) for each in active[:MOST_FINDINGS]],
        "more_open": max(0, len(active) - MOST_FINDINGS),
        "settled": [_shown(subject, each) for each in settled[:MOST_FINDINGS]],
        "items": [_item(design, each) for each in sorted(stored, key=_rank)[:MOST_ITEMS]],
        "stored": len(stored),
        "more_items": max(0, len(stored) - MOST_ITEMS),
        "implied": (known := _implied(subject)),
        "implied_count": len(known),
        "questions": [_question(subject, each) for each in asked],
        "more_asks": len(asked) - 1,
        "concerns": first_form(design, record.id, values_of(kept)),
        "picture": _picture(subject, analysis, [] if squares else stored),
        "matrix": squares,
        "separators": SEPARATORS,
        "typed_form": _typed_form(subject),
        "examples": _examples(design, record.id),
        "remarks": remarks(design, record.id),
        "plaque": _plaque(design, subject, every, sample) if kept else None,
        "cards": _cards(design, record.id, analysis) if state.violations else [],
        "physical": (model := design.model_of(record)) is not None and model.level == "physical",
        "undecided": analysis.undecided if not analysis.verdict.decided else (),
    }


def _word(state: State) -> str:
    if state.state == "violation":
        return f"{state.form}, not higher"
    if state.state == "clean":
        return state.form or "clean"
    return state.state


_ORDER = ("proposed", "confirmed", "waived", "refuted")


def _rank(dependency: Dependency) -> tuple[int, str]:
    return (_ORDER.index(dependency.state) if dependency.state in _ORDER else 0, dependency.order)


def _item(design: Design, dependency: Dependency) -> Item:
    columns = (*dependency.determinant, *dependency.dependent)
    rows = None
    if len(dependency.counterexample) == 2:
        left = len(dependency.determinant)
        rows = words.Rows(
            tuple(names(design, (each,)) for each in columns),
            tuple(
                tuple(
                    words.CellText("NULL" if value is None else value, "same" if at < left else "other")
                    for at, value in enumerate(row)
                )
                for row in dependency.counterexample
            ),
        )
    note = dependency.reason if dependency.state == "waived" else said(dependency)
    return Item(
        dependency.id, written(design, dependency), dependency.state, words.sentence(note),
        names(design, dependency.determinant), names(design, dependency.dependent),
        tuple(names(design, (each,)) for each in columns), rows,
    )  # fmt: skip


def _implied(subject: Subject) -> list[Implied]:
    found = []
    for fd, origin in zip(subject.relation.fds, subject.origins, strict=True):
        if origin.source == "model":
            whole = fd.left | fd.right == subject.relation.every
            right = "everything" if whole else subject.names(fd.right & ~fd.left)
            found.append(Implied(f"{subject.names(fd.left) or '{}'} → {right}", words.sentence(origin.reason)))
    return found


def _shown(subject: Subject, finding: Finding) -> Shown:
    arrow = (
        f"{subject.names(finding.left) or '{}'} {'↠' if finding.multivalued else '→'} {subject.names(finding.right)}"
    )
    rows = None
    if finding.walk.rows and len(subject.columns) <= MOST_WIDE:
        rows = words.against(subject.relation, finding.left, subject.relation.every, finding.walk.rows)
    return Shown(finding, arrow, subject.names(finding.left) or "nothing", rows, _wish(finding))


_WISHES = {"table": "extract", "home": "extract", "copy": "extract", "computed": "compute", "sets": "4NF"}


def _wish(finding: Finding) -> str:
    """Return what one click can do about a finding, as `services.fixing` calls it; nothing where it can do nothing."""
    kind = _WISHES.get(finding.repair.kind, "")
    one = len([each for each in finding.dependent if each not in finding.determinant]) == 1
    if finding.repair.kind == "constant" and one:
        return "always"
    if kind == "extract":
        return kind if finding.left and finding.kind in ("partial", "transitive", "prime") else ""
    return kind if kind != "compute" or one else ""


def _question(subject: Subject, question: Question) -> Asked:
    same, other = set(question.determinant), set(question.dependent)

    def cell(column: Id, value: str | None) -> words.CellText:
        mark = "same" if column in same else "other" if column in other else ""
        return words.CellText("NULL" if value is None else value, mark)

    names_ = tuple(subject.names(subject.set_of((each,))) for each in question.columns)
    rows = tuple(
        tuple(cell(column, value) for column, value in zip(question.columns, row, strict=True)) for row in question.rows
    )
    key = hashlib.sha256(repr((question.kind, question.determinant, question.dependent)).encode()).hexdigest()[:10]
    return Asked(question, key, question.reason.rstrip("."), words.Rows(names_, rows))


def _picture(subject: Subject, analysis: Analysis, stored: list[Dependency]) -> Strip | Layers | None:
    relation = subject.relation
    if not relation.attributes:
        return None
    if len(relation.attributes) > MOST_COLUMNS:
        return layers(relation.attributes, analysis.effective[0], analysis.listed_keys[:MOST_KEYS])
    return strip(relation.attributes, analysis.verdict.prime, _arrows(subject, analysis, stored))


def _arrows(subject: Subject, analysis: Analysis, stored: list[Dependency]) -> list[Arrow]:
    relation = subject.relation
    keys = analysis.listed_keys[:3]
    found = [Arrow(key, relation.every & ~key, "key", f"{subject.names(key)} is a key") for key in keys]
    for (left, kind), right in _broken(subject, analysis).items():
        arrow = "↠" if kind == "multivalued" else "→"
        found.append(Arrow(left, right, kind, f"{subject.names(left) or '{}'} {arrow} {subject.names(right)}"))
    for each in stored:
        known = {*each.determinant, *each.dependent} <= subject.numbers.keys()
        if each.state == "proposed" and known and not each.multivalued:
            left, right = subject.set_of(each.determinant), subject.set_of(each.dependent)
            found.append(Arrow(left, right, "proposed", f"{subject.names(left) or '{}'} → {subject.names(right)}?"))
    return found


def _typed_form(subject: Subject) -> str:
    """Return the relation as the page to play on takes it; nothing where it is too long for an address."""
    relation = subject.relation
    said: list[FD | MVD] = [*relation.fds, *relation.mvds]
    heading = f"{shown(relation.name or 'r')}({', '.join(shown(name) for name in relation.attributes)}):"
    text = "\n".join([heading, *(text_of(relation, each) for each in said)])
    return text if len(text) <= LONGEST_ADDRESS else ""


def _broken(subject: Subject, analysis: Analysis) -> dict[tuple[int, str], int]:
    """Return what offends by left side and kind; what somebody keeps as it is has a kind of its own."""
    waived = {
        (fd.left, fd.right) for fd, origin in zip(subject.relation.fds, subject.origins, strict=True)
        if origin.state == "waived" or origin.kept
    }  # fmt: skip
    found: dict[tuple[int, str], int] = {}
    for each in analysis.verdict.violations:
        if each.components:
            continue
        settled = any(left == each.left and each.right & ~right == 0 for left, right in waived)
        place = each.left, "waived" if settled else each.kind
        found[place] = found.get(place, 0) | each.right
    return found


@dataclass(frozen=True, slots=True)
class Coloured:
    """Sample rows in which the cells are marked that other rows say already, with the counts as sentences."""

    counts: tuple[Counted, ...]
    rows: words.Rows
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the facts of one dependency are repeated."""

    arrow: str
    text: str


def _plaque(design: Design, subject: Subject, found: Sequence[Finding], sample: Sample) -> Coloured | None:
    """Return the sample rows with what is redundant in them; None where nothing is broken that rows could show."""
    marked = plaque(found, sample)
    if not marked.repeats:
        return None
    whole = {(each.determinant, each.dependent): repeats_of(each) for each in design.of(Dependency, subject.owner)}
    counts = tuple(
        Counted(
            f"{names(design, each.determinant)} → {names(design, each.dependent)}",
            (whole.get((each.determinant, each.dependent)) or each).text,
        )
        for each in marked.repeats
    )

    def cell(row: int, column: Id, value: str | None) -> words.CellText:
        at = (row, column)
        mark = "other" if at in marked.contradicting else "repeated" if at in marked.redundant else ""
        return words.CellText("NULL" if value is None else value, mark)

    shown = tuple(
        tuple(cell(number, column, value) for column, value in zip(sample.columns, row, strict=True))
        for number, row in enumerate(sample.rows[:MOST_SAMPLED])
    )
    titles = tuple(subject.names(subject.set_of((each,))) for each in sample.columns)
    return Coloured(counts, words.Rows(titles, shown), bool(marked.contradicting))


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """Rows that keep what is known and nothing more, each with what it has in common with the first one."""

    names: tuple[str, ...]
    rows: tuple[ExampleRow, ...]
    more: int
    why: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One of them. `agree` names the columns in a form, and is empty for the first row."""

    example: Example
    cells: tuple[words.CellText, ...]
    agree: str


def _examples(design: Design, owner: Id) -> ExampleTable | None:
    """Return the example rows; None for a table without columns, or one too wide to be looked at."""
    found = examples(design, owner)
    if not found.why and not 0 < len(found.columns) <= MOST_WIDE:
        return None
    rows = []
    for each in found.rows[:MOST_ROWS]:
        first = each.number == 1
        cells = tuple(
            words.CellText(value, "same" if column in each.agree and not first else "")
            for column, value in zip(found.columns, each.values, strict=True)
        )
        rows.append(ExampleRow(each, cells, "" if first else ",".join(each.agree) or "-"))
    more = found.more + len(found.rows) - len(rows)
    return ExampleTable(tuple(names(design, (each,)) for each in found.columns), tuple(rows), more, found.why)


def _asked(design: Design, owner: Id, sample: Sample, impossible: tuple[Id, ...] | None) -> tuple[Question, ...]:
    known = set(subject_of(design, owner).columns)
    if impossible is None or not known.issuperset(impossible):
        return questions(design, owner, sample)
    return missing_because_of(design, owner, impossible)


def _cards(design: Design, owner: Id, analysis: Analysis) -> list[Card]:
    """Return the ways to mend everything at once: two where BCNF costs something that 3NF does not, else the best."""
    try:
        chosen = choices(design, owner)
    except Refused:
        return []
    if chosen:
        return [Card(each.form, each.text, len(each.decomposition.fragments)) for each in chosen]
    best = analysis.fourth_nf or analysis.bcnf
    tables = len(best.fragments)
    return [Card(best.form, "Every rule can still be checked by keys.", tables)] if tables > 1 else []
