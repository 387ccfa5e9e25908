"""Proposals and conflicts in sentences, for the browser, the command line and the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from designer.change import Change
from designer.change.change import with_fields
from designer.change.merge import Conflict
from designer.commands.names import word
from designer.levels.called import called
from designer.levels.contract import Proposal
from designer.schema import (
    Column,
    Derivation,
    Design,
    End,
    Expr,
    ForeignKey,
    Id,
    IndexPart,
    Model,
    Named,
    Record,
    Schema,
    Table,
)
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS, kind_of

_QUIET_FIELDS = frozenset({"order", "origin"})
_WORDS = {
    "nullable": "may be empty",
    "type_ref": "type",
    "logical": "logical type",
    "parts": "columns",
    "ref_table": "refers to",
    "on_delete": "on delete",
    "order": "place in its list",
}
_LONGEST = 80
_UPPER = {
    "column": "attribute",
    "table": "entity",
    "foreign_key": "relationship",
    "enum_type": "domain",
    "domain_type": "domain",
}
"""What an element is called above, where the one above is gone."""


def lines(proposal: Proposal) -> list[str]:
    """Return what a proposal changes, a sentence each: `column email of customers: type text → citext`."""
    return changed_lines(proposal.before, proposal.change)


def changed_lines(before: Design, change: Change) -> list[str]:
    """Return what a change of a model does, a line each; what comes or goes with its table is counted there."""
    puts = [
        *change.added.values(),
        *(_after(before, each, fields) for each, fields in change.changed.items() if each in before),
    ]
    after = before.changed([each for each in change.removed if each in before], puts)
    said: list[str] = []
    said += _whole(before, change.removed, "dropped")
    said += _whole(after, change.added, "new")
    for each, fields in sorted(change.changed.items(), key=lambda item: _place(before, item[0])):
        record = before.get(each)
        if record is not None and not _is_unseen(record):
            said += _fields(before, after, record, fields)
    return said


def _after(before: Design, each: Id, fields: Mapping[str, tuple[Any, Any]]) -> Record:
    return with_fields(before[each], {name: new for name, (_, new) in fields.items()})


def _place(design: Design, each: Id) -> tuple[str, str]:
    record = design.get(each)
    return (called(design, record), each) if record is not None else ("", each)


def _is_unseen(record: Record) -> bool:
    return kind_of(record) in BOOKKEEPING_KINDS or kind_of(record) in PICTURE_KINDS


def _whole(design: Design, records: Mapping[Id, Record], verb: str) -> list[str]:
    tops = [record for record in records.values() if record.parent not in records and not _is_unseen(record)]
    inside = Counter(_top(record, records) for record in records.values() if isinstance(record, Column))
    said = []
    for record in sorted(tops, key=lambda each: (word(each) != "table", _named(design, each))):
        count = inside[record.id] if isinstance(record, Table) else 0
        columns = f" with {count} column{'s' if count != 1 else ''}" if count else ""
        said.append(f"{verb}: {_named(design, record)}{columns}")
    return said


def _top(record: Record, records: Mapping[Id, Record]) -> Id:
    while record.parent in records:
        record = records[record.parent or ""]
    return record.id


def _named(design: Design, record: Record) -> str:
    """Return `column email of customers`, `table orders`."""
    owner = design.get(record.parent or "")
    name = record.name if isinstance(record, Named) else ""
    if owner is None or isinstance(owner, Model | Schema) or not name:
        name = name or called(design, record)
        return name if name.startswith("the ") else f"{word(record)} {name}"
    return f"{word(record)} {name} of {called(design, owner)}"


def _fields(before: Design, after: Design, record: Record, fields: Mapping[str, tuple[Any, Any]]) -> list[str]:
    said = []
    for name, (old, new) in sorted(fields.items()):
        if name in _QUIET_FIELDS or (name == "logical" and "type" in fields):
            continue
        if name == "name":
            said.append(
                f"{_named(before, record)} becomes {new}" if new else f"{_named(before, record)} loses its name"
            )
        else:
            said.append(f"{_named(before, record)}: {field_word(name)} {value(before, old)} → {value(after, new)}")
    if not said and "order" in fields:
        said.append(f"{_named(before, record)} moves to another place")
    return said


def field_word(name: str) -> str:
    """Return a field as people say it: `may be empty`."""
    return _WORDS.get(name, name.replace("_", " "))


def value(design: Design, it: Any) -> str:
    """Return a value of a field in words, ids as names."""
    for kind, said in _SAID:
        if isinstance(it, kind):
            return said(design, it)
    return "nothing" if it is None else _short(str(it))


def _text(design: Design, it: str) -> str:
    record: Record | None = design.get(it)
    return (_short(called(design, record)) if record is not None else _short(it)) or "nothing"


def _part(design: Design, it: IndexPart) -> str:
    return value(design, it.column or it.expr) + (" desc" if it.desc else "")


def _end(design: Design, it: End) -> str:
    most = "many" if it.max is None else str(it.max)
    role = f" as {it.role}" if it.role else ""
    return f"{value(design, it.entity)}{role} {it.min}..{most}"


def _list(design: Design, it: tuple[Any, ...]) -> str:
    return _short(", ".join(value(design, each) for each in it)) or "nothing"


def _pairs(_design: Design, it: dict[str, Any]) -> str:
    return _short(", ".join(f"{name}={each}" for name, each in sorted(it.items()))) or "nothing"


_SAID: tuple[tuple[type, Callable[[Design, Any], str]], ...] = (
    (bool, lambda _design, it: "yes" if it else "no"), (str, _text), (Expr, lambda _design, it: _short(it.text)),
    (IndexPart, _part), (End, _end), (tuple, _list), (dict, _pairs),
)  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


# Conflicts


def question(proposal: Proposal, conflict: Conflict) -> str:
    """Return a conflict as a sentence: what is so here, and what comes from above."""
    here, above = proposal.before, _above(proposal)
    record = here.get(conflict.about) or above.get(conflict.about) or proposal.merged.base.get(conflict.about)
    name = _named(here if conflict.about in here else above, record) if record is not None else "something"
    if conflict.code == "field":
        ours, theirs = value(here, conflict.ours), value(above, conflict.theirs)
        was = value(here, conflict.base)
        return f"{name}: {field_word(conflict.field)} is {ours} here, and {theirs} above; it was {was}"
    if conflict.code == "removed":
        return f"{name} is gone above, but was changed here"
    if conflict.code == "reference":
        return f"{name} is gone above, but {_users(proposal, conflict)} here"
    if conflict.code == "name":
        return f"{name}: both here and above something got this name"
    return f"{name} was added here and above in different ways"


def _above(proposal: Proposal) -> Design:
    """Return the design with what comes from above, to find names in."""
    merged = proposal.merged
    changed = [
        _after(merged.base, each, fields) for each, fields in merged.theirs.changed.items() if each in merged.base
    ]
    return proposal.before.changed((), [*merged.theirs.added.values(), *changed])


def _users(proposal: Proposal, conflict: Conflict) -> str:
    here = proposal.before
    names = sorted(_named(here, here[each]) for each in conflict.ours or () if each in here and each != conflict.about)
    listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"used by {listed}" if names else "something uses it"


def answers(conflict: Conflict) -> dict[str, str]:
    """Return what each side of a conflict means: `ours`, `theirs` and `later`."""
    keeps = {"field": "keep what is here", "name": "what comes from above gets another name"}
    takes = {
        "field": "take what is above",
        "removed": "drop it",
        "reference": "drop it with what uses it",
        "name": "what is here gets another name",
    }
    return {
        "ours": keeps.get(conflict.code, "keep it"),
        "theirs": takes.get(conflict.code, "take what is above"),
        "later": "ask again next time",
    }


# Labels


def label(before: Design, after: Design, proposals: Sequence[Proposal]) -> str:
    """Return how the history tells a propagation: which models, with which one above, and what was done."""
    seen = [each for each in proposals if each.change]
    if not seen:
        return "Bring the levels into step"
    above: dict[str, list[str]] = {}
    for each in seen:
        derivation = before.get(each.derivation)
        source = before.get(derivation.source or "") if isinstance(derivation, Derivation) else None
        above.setdefault(_model(source), []).append(_model(before.get(each.model)))
    pairs = "; ".join(f"{_listed(models)} into step with {source}" for source, models in above.items())
    return f"Bring {pairs}: {_counted(before, after, seen)}"


def _model(model: Record | None) -> str:
    return (model.name or model.level) if isinstance(model, Model) else "a model"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


_VERBS = ("added", "dropped", "renamed", "changed")


def _counted(before: Design, after: Design, proposals: Iterable[Proposal]) -> str:
    """Count what happened above once, in however many models below it arrives."""
    found: dict[tuple[str, str, str], None] = {}
    for proposal in proposals:
        for verb, record in _happened(proposal.change, proposal.before):
            origin = before.get(record.origin or "") or after.get(record.origin or "")
            kind = kind_of(origin) if origin is not None else _UPPER.get(kind_of(record), kind_of(record))
            about = _topmost(before, after, record.origin or record.id)
            found[about, kind.replace("_", " "), verb] = None
    counts = Counter((kind, verb) for _, kind, verb in found)
    ranked = sorted(counts, key=lambda pair: (-counts[pair], _VERBS.index(pair[1]), pair[0]))
    said = [f"{counts[pair]} {_plural(pair[0], counts[pair])} {pair[1]}" for pair in ranked[:3]]
    return ", ".join(said) + (", …" if len(ranked) > 3 else "") if said else "names and places"


def _topmost(before: Design, after: Design, each: Id) -> Id:
    """Return the element at the top of a trace, so that one that goes down two levels counts once."""
    seen = {each}
    while (record := before.get(each) or after.get(each)) is not None and record.origin and record.origin not in seen:
        each = record.origin
        seen.add(each)
    return each


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return f"{kind[:-1]}ies" if kind.endswith("y") and kind[-2] not in "ae" else f"{kind}s"


_PLAIN = frozenset(_UPPER) | {"entity", "attribute", "relationship", "generalization", "domain", "view", "identifier"}


def _happened(change: Change, before: Design) -> list[tuple[str, Record]]:
    plain = [("added", each) for each in change.added.values()] + [
        ("dropped", each) for each in change.removed.values()
    ]
    for each, fields in change.changed.items():
        seen = set(fields) - _QUIET_FIELDS
        if each in before and seen:
            plain.append(("renamed" if seen == {"name"} else "changed", before[each]))
    main = [
        (verb, record) for verb, record in plain if kind_of(record) in _PLAIN and not isinstance(record, ForeignKey)
    ]
    return main or [(verb, record) for verb, record in plain if not _is_unseen(record)]
