"""Two entities of a 1:1 relationship in one table, where somebody chose so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Ident, Link, Literal, Need, Ref, Rule, Thing
from designer.schema import Id


def merged(er: Er, settings: Settings) -> Er:
    """Return the model with the children of 1:1 links in the tables of their parents, where `side` is `merge`."""
    wanted = [link for link in er.links.values() if settings.choice(link.origin, "side") == "merge"]
    if not wanted:
        return er
    work = _Work(dict(er.things), dict(er.links), list(er.rules), list(er.needs), list(er.notes), dict(er.where))
    kinds = {each for kind in er.kinds for each in (kind.supertype, *kind.subtypes)}
    for mark in sorted(link.mark for link in wanted):
        link = work.links[mark]
        why = _why_not(work, link, kinds)
        if why:
            work.notes.append(Note("not-merged", link.origin, f"{why}, and so each has a table"))
        else:
            work.merge(link)
    return replace(
        er, things=work.things, links=work.links, rules=tuple(work.rules), needs=tuple(work.needs),
        notes=tuple(work.notes), where=work.where,
    )  # fmt: skip


def _why_not(work: _Work, link: Link, kinds: set[str | None]) -> str:
    child, parent = work.things[link.child], work.things[link.parent]
    if not link.single or child.mark == parent.mark:
        return f"{child.words} and {parent.words} are not one to one"
    if link.optional:
        return f"a {child.words} may stand without a {parent.words}"
    if {child.mark, child.origin} & kinds:
        return f"{child.words} has subtypes or is one"
    return ""


@dataclass
class _Work:
    things: dict[str, Thing]
    links: dict[str, Link]
    rules: list[Rule]
    needs: list[Need]
    notes: list[Note]
    where: dict[Id, tuple[tuple[str, str], ...]]

    def merge(self, link: Link) -> None:
        """Put the child of a link into its parent."""
        child, parent = self.things.pop(link.child), self.things[link.parent]
        del self.links[link.mark]
        absent = not link.total
        taken = tuple(_taken(each, parent, child, absent) for each in child.fields)
        if absent:
            self._whole(link, child, parent)
        idents = tuple(_kept(each, link.mark) for each in child.idents)
        self.things[parent.mark] = replace(
            parent, fields=(*parent.fields, *taken),
            idents=(*parent.idents, *(each for each in idents if each is not None)),
        )  # fmt: skip
        self._redirect(child.mark, parent.mark, absent)
        text = f"{child.words} is in the table of {parent.words}"
        self.notes.append(Note("merged", child.origin, text))

    def _whole(self, link: Link, child: Thing, parent: Thing) -> None:
        """Let the parent have everything that a child must have, or nothing of a child."""
        leaves = [leaf for each in child.fields for leaf in _leaves(each)]
        must = [Ref(each.mark) for each in leaves if not each.optional]
        must += [Ref(link=each.mark) for each in self.links.values() if each.child == child.mark and not each.optional]
        may = [Ref(each.mark) for each in leaves if each.optional]
        may += [Ref(link=each.mark) for each in self.links.values() if each.child == child.mark and each.optional]
        if must and len(must) + len(may) > 1:
            none, all_of = _each(" IS NULL", [*must, *may]), _each(" IS NOT NULL", must)
            parts = ("(", *none, ") OR (", *all_of, ")")
            self.rules.append(Rule(f"whole {link.mark}", parent.mark, f"whole {child.words}", parts, link.origin))

    def _redirect(self, old: str, new: str, absent: bool) -> None:
        """Let everything that was about the child be about the parent."""
        for link in list(self.links.values()):
            if old in (link.child, link.parent):
                self.links[link.mark] = replace(
                    link, child=new if link.child == old else link.child,
                    parent=new if link.parent == old else link.parent,
                    optional=link.optional or (absent and link.child == old),
                )  # fmt: skip
        self.rules = [replace(each, thing=new) if each.thing == old else each for each in self.rules]
        self.needs = [replace(each, thing=new) if each.thing == old else each for each in self.needs]
        self.where = {
            attribute: tuple((new if thing == old else thing, mark) for thing, mark in places)
            for attribute, places in self.where.items()
        }


def _taken(each: Field, parent: Thing, child: Thing, absent: bool) -> Field:
    words = each.words
    if any(own.words.casefold() == words.casefold() for own in parent.fields):
        words = f"{child.words} {words}"
    return _optional(replace(each, words=words, order=f"z{child.order}0{each.order or 'V'}"), absent)


def _optional(each: Field, absent: bool) -> Field:
    parts = tuple(_optional(part, absent) for part in each.parts)
    return replace(each, optional=each.optional or absent, parts=parts)


def _kept(ident: Ident, link: str) -> Ident | None:
    """Return an identifier of the child as one of the parent; what the parent identifies needs none."""
    return None if link in ident.through else replace(ident, primary=False)


def _leaves(each: Field) -> Iterable[Field]:
    return [each] if not each.parts else [leaf for part in each.parts for leaf in _leaves(part)]


def _each(said: str, refs: Iterable[Ref]) -> tuple[str | Ref | Literal, ...]:
    parts: list[str | Ref | Literal] = []
    for ref in refs:
        parts += [" AND "] if parts else []
        parts += [ref, said]
    return tuple(parts)
