"""How the elements of the three levels are called, and how one is found by what it is called."""

from __future__ import annotations

from designer.commands.names import called as called_here
from designer.commands.names import word
from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    BusinessRule,
    Check,
    Choice,
    Dependency,
    Derivation,
    Design,
    Deviation,
    DomainType,
    Generalization,
    Id,
    Identifier,
    Model,
    Named,
    Record,
    Schema,
)  # fmt: skip

LEVELS = ("conceptual", "logical", "physical")
LONGEST = 60
"""So many characters of a sentence stand for the rule that it is."""


def called(design: Design, record: Record) -> str:
    """Return how people call a record, with its owner where the name alone says little: `Customer.email`.

    It is never empty: an identifier without a name is `the identifier of Customer`.
    """
    owner = design.get(record.parent or "")
    name = record.name if isinstance(record, Named) else ""
    if isinstance(record, Attribute) and owner is not None:
        return f"{called(design, owner)}.{name}"
    if isinstance(record, Identifier | Arc):
        return f"{name} of {_owner(design, owner)}" if name else f"the {word(record)} of {_owner(design, owner)}"
    if isinstance(record, Check) and isinstance(owner, DomainType):
        return f"{owner.name}.{name}" if name else f"the check of {owner.name}"
    if isinstance(record, Generalization) and not name:
        return f"the subtypes of {_owner(design, design.get(record.supertype or ''))}"
    return _said(design, record, owner, name) or called_here(design, record)


def _owner(design: Design, owner: Record | None) -> str:
    return called(design, owner) if owner is not None else "nothing"


def _said(design: Design, record: Record, owner: Record | None, name: str) -> str:
    """Return the words for the records that are sentences rather than things; empty for the others."""
    if isinstance(record, BusinessRule | AccessPattern):
        return name or _short(record.comment)
    if isinstance(record, Deviation):
        return f"{record.deviation.replace('_', ' ')} {_owner(design, owner)}"
    if isinstance(record, Choice):
        return f"{record.topic} of {_owner(design, design.get(record.element or ''))}"
    if isinstance(record, Derivation):
        return f"the derivation of {_owner(design, owner)}"
    if isinstance(record, Dependency):
        return f"{_list(design, record.determinant)} → {_list(design, record.dependent)}"
    if isinstance(record, Model):
        return name or f"the {record.level} model"
    return ""


def _short(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _list(design: Design, ids: tuple[Id, ...]) -> str:
    found = (design.get(each) for each in ids)
    return ", ".join(each.name for each in found if isinstance(each, Named)) or "nothing"


def path(design: Design, record: Record) -> str:
    """Return the names from the model down to a record, with dots between: `Shop.public.orders.total`.

    A record without a name has its id in brackets, so that a path always leads back.
    """
    names: list[str] = []
    current: Record | None = record
    while current is not None and len(names) < 100:
        names.append(_step(current))
        current = design.get(current.parent or "")
    return ".".join(reversed(names))


def _step(record: Record) -> str:
    name = record.name if isinstance(record, Named) else ""
    return name or (record.level if isinstance(record, Model) else f"[{record.id}]")


def find(design: Design, text: str) -> list[Record]:
    """Return the records that somebody may mean: by id, by path, or by the end of a path, the closest first.

    `orders.total` is a column of any model, `Shop.orders.total` that of one. A schema may be left out. Letters of
    either case are the same where nothing is written exactly so.
    """
    if text in design:
        return [design[text]]
    wanted = text.strip()
    parts = [(record, _parts(design, record)) for record in _nameable(design, wanted)]
    for same in (_same, _alike):
        found = [record for record, names in parts if any(same(each, wanted) for each in names)]
        if found:
            return sorted(found, key=lambda record: _closeness(design, record))
    return []


def _nameable(design: Design, wanted: str) -> list[Record]:
    """Return the records whose own name ends what was written; the others cannot be meant."""
    low = wanted.lower()
    return [record for record in design.records() if (name := _step(record)) and low.endswith(name.lower())]


def _parts(design: Design, record: Record) -> set[str]:
    """Return all ends of the path of a record, with its schema and without."""
    line: list[Record] = []
    current: Record | None = record
    while current is not None and len(line) < 100:
        line.insert(0, current)
        current = design.get(current.parent or "")
    shorter = [each for each in line if not isinstance(each, Schema) or each is record]
    names = [[_step(each) for each in way] for way in (line, shorter)]
    return {".".join(way[at:]) for way in names for at in range(len(way))}


def _same(one: str, other: str) -> bool:
    return one == other


def _alike(one: str, other: str) -> bool:
    return one.lower() == other.lower()


_PLAIN = ("table", "entity", "column", "attribute", "relationship", "view", "domain")


def _closeness(design: Design, record: Record) -> tuple[int, int, str, str, str]:
    """What people mean first: tables and entities before their parts, of the first model."""
    kind = str(type(record).__struct_config__.tag)
    model = design.model_of(record)
    rank = _PLAIN.index(kind) if kind in _PLAIN else len(_PLAIN)
    level = LEVELS.index(model.level) if model and model.level in LEVELS else len(LEVELS)
    return (rank, level, model.order + model.id if model else "", record.order, record.id)


def level_of(design: Design, record: Record) -> str:
    """Return the level of the model that a record is in, or an empty text."""
    model = design.model_of(record)
    return model.level if model is not None else ""
