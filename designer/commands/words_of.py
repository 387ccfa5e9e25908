"""The words of a business: terms, rules, access patterns and domains, and the elements that they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.edit import check_name
from designer.commands.names import called, word
from designer.commands.tables import last_order
from designer.schema import (
    AccessPattern,
    Attribute,
    BusinessRule,
    Design,
    Domain,
    Id,
    IdSource,
    Model,
    Named,
    Record,
    Term,
)
from designer.schema.order import between

Word = Term | BusinessRule | AccessPattern | Domain
KINDS: dict[str, type[Word]] = {
    "term": Term,
    "business_rule": BusinessRule,
    "access_pattern": AccessPattern,
    "domain": Domain,
}
LINKS: dict[str, tuple[str, ...]] = {
    "term": ("elements",),
    "business_rule": ("elements", "enforced_by"),
    "access_pattern": ("reads", "by"),
    "domain": (),
}
"""The fields of each kind that say which elements it speaks of."""

_MARK = re.compile(r"[\s_\-]+")


def add_word(design: Design, model: Id, kind: str, name: str, ids: IdSource, **fields: Any) -> Edit:
    """Add a term, a rule, an access pattern or a domain to a model; `fields` are those of the record."""
    parent = get(design, model, Model).id
    cls = KINDS.get(kind)
    if cls is None:
        raise Refused("choose a term, a rule, an access pattern or a domain", "kind")
    plain = " ".join(name.split())
    made = cls(id=ids(), parent=parent, name=plain, order=last_order(design, parent, cls), **fields)
    _check(design, made)
    return edit(design, f"Add {word(made)} {_short(made)}", [made])


def _check(design: Design, made: Word) -> None:
    if isinstance(made, BusinessRule):
        if not made.comment.strip():
            raise Refused("write the rule as a sentence: A student takes at most eight sections in a term.", "comment")
        return
    check_name(design, made, made.name)
    alike = [each for each in design.of(type(made), made.parent or "") if each.name.lower() == made.name.lower()]
    if alike:
        raise Refused(f"there is a {word(made)} named {alike[0].name} here already; choose another name", "name")


def _short(record: Named) -> str:
    text = record.name or record.comment
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def link(design: Design, record: Id, elements: Sequence[Id], at: str = "elements") -> Edit:
    """Let a word speak of elements too; `at` is the field that holds them."""
    old = _word(design, record, at)
    known = getattr(old, at)
    new = [each for each in dict.fromkeys(elements) if each in design and each not in known and each != record]
    if not new:
        raise Refused("it speaks of these already; select something else on the diagram first")
    names = ", ".join(called(design, design[each]) for each in new[:3]) + (" …" if len(new) > 3 else "")
    return edit(design, f"Link {_short(old)} to {names}", [replace(old, **{at: (*known, *new)})])


def unlink(design: Design, record: Id, element: Id, at: str = "elements") -> Edit:
    """Let a word speak of an element no longer."""
    old = _word(design, record, at)
    left = tuple(each for each in getattr(old, at) if each != element)
    gone = design.get(element)
    name = called(design, gone) if gone is not None else "what is gone"
    return edit(design, f"Take {name} off {_short(old)}", [replace(old, **{at: left})])


def _word(design: Design, record: Id, at: str) -> Named:
    old = get(design, record, Named)
    if at not in LINKS.get(str(type(old).__struct_config__.tag), ()):
        raise Refused(f"a {word(old)} is not linked to elements")
    return old


def move_word(design: Design, record: Id, up: bool) -> Edit:
    """Move a word one place up or down among those of its kind."""
    old = get(design, record, Named)
    siblings: list[Any] = design.of(type(old), old.parent or "")
    at = next(index for index, each in enumerate(siblings) if each.id == record)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(siblings):
        raise Refused(f"this {word(old)} is the {'first' if up else 'last'} already")
    low, high = (
        (siblings[to - 1] if to > 0 else None, siblings[to])
        if up
        else (siblings[to], siblings[to + 1] if to + 1 < len(siblings) else None)
    )
    keys = [each.order for each in siblings]
    if len(set(keys)) < len(keys) or "" in keys:
        return edit(design, f"Move {word(old)} {_short(old)}", _renumbered(siblings, at, to))
    order = between(low.order if low else None, high.order if high else None)
    return edit(design, f"Move {word(old)} {_short(old)}", [replace(old, order=order)])


def _renumbered(siblings: list[Any], at: int, to: int) -> list[Record]:
    """Imported words may share an order key; then all get one of their own."""
    moved = list(siblings)
    moved.insert(to, moved.pop(at))
    put: list[Record] = []
    last: str | None = None
    for each in moved:
        last = between(last, None)
        put.append(replace(each, order=last))
    return put


@dataclass(frozen=True, slots=True)
class About:
    """What speaks of an element, by family."""

    terms: list[Term] = field(default_factory=list)
    rules: list[BusinessRule] = field(default_factory=list)
    patterns: list[AccessPattern] = field(default_factory=list)

    @property
    def sections(self) -> list[tuple[str, Sequence[Word]]]:
        """The families with their headings."""
        return [("Terms", self.terms), ("Rules", self.rules), ("Access patterns", self.patterns)]


def words_about(design: Design, record: Record) -> About:
    """Return the terms, rules and access patterns that speak of a record or of one of its attributes."""
    parts = {record.id, *_parts(design, record.id)}
    found: set[Id] = {each for part in parts for each in design.referrers(part)}
    about = About()
    for each in sorted(
        (design[one] for one in found if one in design), key=lambda one: (getattr(one, "order", ""), one.id)
    ):
        if isinstance(each, Term):
            about.terms.append(each)
        elif isinstance(each, BusinessRule):
            about.rules.append(each)
        elif isinstance(each, AccessPattern):
            about.patterns.append(each)
    return about


def _parts(design: Design, owner: Id) -> list[Id]:
    own = [each.id for each in design.of(Attribute, owner)]
    return own + [part for each in own for part in _parts(design, each)]


def synonym_in(design: Design, record: Record) -> tuple[Term, str] | None:
    """Return the term for which a record's name uses a synonym, with the synonym; None where it uses none."""
    if not isinstance(record, Named) or isinstance(record, Word):
        return None
    name = f" {_plain(record.name)} "
    for term in design.of(Term):
        if f" {_plain(term.name)} " in name:
            continue
        for synonym in term.synonyms:
            if _plain(synonym) and f" {_plain(synonym)} " in name:
                return term, synonym
    return None


def _plain(text: str) -> str:
    return _MARK.sub(" ", text).strip().lower()
