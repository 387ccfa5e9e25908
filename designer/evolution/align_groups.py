"""What several statements say together: privileges, publications, text search. They are the same as wholes, or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.compare.gathered import Gathered
from designer.compare.postgres.parse import UNFORESEEN, Unreadable, statement
from designer.compare.side import Side
from designer.compare.statements import Privileges
from designer.compare.thing import Thing
from designer.compare.things import is_ownership
from designer.evolution.align_judge import Judge
from designer.evolution.align_pairs import Paired
from designer.schema import Id, Publication, Statement

Subject = tuple[str, ...]
"""What statements say something about: `("grant", "table", "public.t")`, `("publication", "p")`."""


class _Mentioned(Privileges):
    """Notes what statements speak of, also where they only take away what nobody had."""

    def _set(self, atom: tuple[str, ...], is_grant: bool, about: Id) -> None:
        self.granted[atom] = about


def same_groups(found: Paired, judge: Judge) -> tuple[set[Id], set[Id]]:
    """Return the statements of the old side that hold on the new one as well, and those of the new side they replace.

    Statements of groups that are not the same are paired by their text as far as that goes.
    """
    unlike = (pair for pair in found.grouped if not _same(*pair, judge))
    changed = {_subject(thing) for one, two in unlike if (thing := one or two) is not None}
    ours, theirs = (dict(_about(side)) for side in (found.old, found.new))
    group_of = _joined([*ours.values(), *theirs.values()])
    touched = {group_of[each] for each in changed if each in group_of}
    keep = {each for each, subjects in ours.items() if subjects and group_of[subjects[0]] not in touched}
    drop = {each for each, subjects in theirs.items() if subjects and group_of[subjects[0]] not in touched}
    _pair_by_text(found, ours.keys() - keep, theirs.keys() - drop)
    return keep, drop


def ownerships(side: Side) -> set[Id]:
    """Return the statements of a side that only say who owns an object."""
    return {each.id for each in _statements(side) if isinstance(each, Statement) and is_ownership(each)}


def _same(one: Thing | None, two: Thing | None, judge: Judge) -> bool:
    if one is None or two is None:
        return all(each is None or each.implied for each in (one, two))
    return judge.alike(one, two)


def _subject(thing: Thing) -> Subject:
    if thing.kind in ("grant", "revoke"):
        return ("grant", *thing.home[:2])
    return (thing.kind, thing.name)


def _about(side: Side) -> Iterator[tuple[Id, tuple[Subject, ...]]]:
    """Yield the statements that are part of a group, with what they are about."""
    for record in _statements(side):
        privileges = _Mentioned(side)
        if isinstance(record, Statement) and privileges.takes(record):
            yield record.id, tuple({("grant", atom[1], atom[2]): None for atom in privileges.granted})
            continue
        subject = _gathered(side, record)
        if subject is not None:
            yield record.id, (subject,)


def _statements(side: Side) -> list[Statement | Publication]:
    return [each for each in side.records() if isinstance(each, Statement | Publication)]


def _gathered(side: Side, record: Statement | Publication) -> Subject | None:
    if side.dialect.name != "postgresql" or not _may_be(record.text.text):
        return None
    try:
        ((kind, fields),) = statement(side.plain(record.text).rstrip().rstrip(";")).items()
    except (Unreadable, *UNFORESEEN):
        return None
    if kind in ("CreatePublicationStmt", "AlterPublicationStmt"):
        return ("publication", fields["pubname"])
    if kind == "AlterTSConfigurationStmt":
        return ("text search configuration", fields["cfgname"][-1])
    if kind == "DefineStmt" and Gathered(side).takes(record):
        return ("text search configuration", fields["defnames"][-1])
    return None


def _may_be(text: str) -> bool:
    words = [each.lower() for each in text[:60].split()[:4]]
    return "publication" in words or words[1:] == ["text", "search", "configuration"]


def _joined(groups: Iterable[tuple[Subject, ...]]) -> dict[Subject, Subject]:
    """Return one subject for all that some statement puts together (union-find)."""
    parent: dict[Subject, Subject] = {}

    def root(each: Subject) -> Subject:
        while parent.setdefault(each, each) != each:
            each = parent[each]
        return each

    for subjects in groups:
        for other in subjects:
            parent[root(other)] = root(subjects[0])
    return {each: root(each) for each in parent}


def _pair_by_text(found: Paired, ours: Iterable[Id], theirs: Iterable[Id]) -> None:
    waiting: dict[str, list[Id]] = {}
    for each in ours:
        waiting.setdefault(_text(found.old, each), []).append(each)
    for each in theirs:
        same = waiting.get(_text(found.new, each))
        if same and type(found.old.design[same[0]]) is type(found.new.design[each]):
            found.ids[each] = same.pop(0)
    _publications(found, ours, theirs)


def _publications(found: Paired, ours: Iterable[Id], theirs: Iterable[Id]) -> None:
    """A publication is one object whatever it publishes."""
    named = {record.name: each for each in ours if isinstance(record := found.old.design[each], Publication)}
    for each in theirs:
        record = found.new.design[each]
        if isinstance(record, Publication) and record.name in named:
            found.ids.setdefault(each, named[record.name])


def _text(side: Side, record: Id) -> str:
    said = side.design[record]
    return " ".join(side.plain(said.text).split()).rstrip("; ") if isinstance(said, Statement | Publication) else ""
