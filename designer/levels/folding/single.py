"""One table for a supertype and its subtypes: what is about a subtype only is empty in all other rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from designer.levels.er import Field, Link, Ref, Rule, Thing
from designer.levels.folding.plan import Kind
from designer.levels.folding.types import Types, typed
from designer.levels.folding.work import LAST, Parts, Work, behind, free_words, joined, place, same


def into_one(work: Work, kind: Kind) -> None:
    """Put the subtypes of a generalization into the thing of their supertype."""
    types = typed(work, kind)
    twice = _twice(work, kind)
    for number, child in enumerate(kind.children):
        _one(work, types, child, number, twice)


def _twice(work: Work, kind: Kind) -> frozenset[str]:
    """Return the names that would be columns of several origins in the one table."""
    things = [work.things[each] for each in (kind.parent, *kind.children)]
    count = Counter(same(each.words) for thing in things for each in thing.fields)
    for thing in things:
        count.update(same(_called(work, each)) for each in work.from_thing(thing.mark))
    return frozenset(words for words, number in count.items() if number > 1)


def _called(work: Work, link: Link) -> str:
    return link.role or work.things[link.parent].words


def _one(work: Work, types: Types, child: str, number: int, twice: frozenset[str]) -> None:
    thing, parent = work.things[child], types.kind.parent
    moved = [_moved(each, thing, number, twice) for each in thing.fields]
    links = work.from_thing(child)
    empty = [*_columns(work, moved), *(Ref(link=each.mark) for each in links if _is_checked(work, each))]
    needed = [*_required(work, thing.fields), *_required_links(work, links)]
    work.add_fields(parent, *moved)
    for ident in thing.idents:
        work.add_ident(parent, replace(ident, primary=False))
    for link in links:
        work.link(_moved_link(work, link, types, thing, twice))
    for link in work.to_thing(child):
        _redirect(work, types, link, child)
    work.rule(*(_guarded(each, types, child) for each in work.rules.pop(child, ())))
    work.rule(*_rules(types, thing, empty, needed))
    work.needs[parent] += [replace(each, thing=parent) for each in work.needs.pop(child, ())]
    work.relocate(child, lambda mark: [(parent, mark)])
    del work.things[child]


def _moved(field: Field, thing: Thing, number: int, twice: frozenset[str]) -> Field:
    words = f"{thing.words} {field.words}" if same(field.words) in twice else field.words
    if _says_always(field):
        return replace(field, words=words)
    order = behind(place(number), field.order)
    return replace(field, words=words, optional=True, default=None, band="subtype", order=order)


def _says_always(field: Field) -> bool:
    """Whether a column holds what it holds in every row, of whatever subtype: it only helps a reference."""
    return field.fixed is not None or bool(field.generated)


def _columns(work: Work, fields: list[Field]) -> Iterator[Ref]:
    """Yield the columns that are empty unless a row is of the subtype."""
    for field in fields:
        if not (field.derived or _says_always(field)):
            yield from _leaves(work, field)


def _leaves(work: Work, field: Field) -> Iterator[Ref]:
    if field.parts and work.settings.choice(field.origin, "composite", "composites") == "flatten":
        for part in field.parts:
            if not part.derived:
                yield from _leaves(work, part)
    else:
        yield Ref(field.mark)


def _required(work: Work, fields: tuple[Field, ...]) -> Iterator[Ref]:
    """Yield the columns that no row of the subtype may leave empty."""
    flat = [each for each in fields if not (each.optional or each.derived or _says_always(each))]
    for field in flat:
        if field.parts and work.settings.choice(field.origin, "composite", "composites") == "flatten":
            yield from _required(work, field.parts)
        else:
            yield Ref(field.mark)


def _required_links(work: Work, links: list[Link]) -> Iterator[Ref]:
    return (Ref(link=each.mark) for each in links if not each.optional and _is_checked(work, each))


def _is_checked(work: Work, link: Link) -> bool:
    """Whether a check may name the columns of a link: MySQL takes none that a deleted parent empties."""
    if link.by_key:
        return False
    return not (work.dialect.name == "mysql" and link.optional and work.on_delete(link) == "set null")


def _moved_link(work: Work, link: Link, types: Types, thing: Thing, twice: frozenset[str]) -> Link:
    """Return a link of a subtype as one of the supertype, for the rows of that subtype only."""
    called = _called(work, link)
    role = f"{thing.words} {called}" if same(called) in twice else link.role
    on_delete = link.on_delete
    if not on_delete and not link.optional and work.on_delete(replace(link, identifying=False)) == "set null":
        on_delete = "no action"
    if not _is_checked(work, link) and not link.by_key:
        emptied = f"MySQL checks no column that is emptied when its {called} goes"
        text = f"{emptied}, so nothing keeps it empty in rows other than those of {thing.words}"
        work.note("subtype-reference-not-checked", link.origin, text)
    return replace(
        link, child=types.kind.parent, role=role, optional=True, identifying=False, on_delete=on_delete,
        order=behind(LAST + place(types.kind.children.index(thing.mark)), link.order),
    )  # fmt: skip


def _redirect(work: Work, types: Types, link: Link, child: str) -> None:
    """Let a link to a subtype refer to the one table, and to rows of that subtype only where the target can say so."""
    parent = types.kind.parent
    role = link.role or work.things[child].words
    turned = replace(link, parent=parent, role=role)
    if link.to:
        work.link(turned)
        return
    emptied = link.optional and work.on_delete(link) == "set null"
    if emptied and work.dialect.name == "mysql":
        words = work.things[child].words
        text = f"MySQL checks no column that is emptied when its {words} goes"
        text += f", so the reference may be to any {work.things[parent].words}"
        work.note("subtype-reference-not-enforced", link.origin or types.kind.id, text)
        work.link(turned)
        return
    column = types.column(child)
    words = f"{role} {column.words}"
    if not types.field:
        words = free_words(work.things[link.child], column.words, words)
    fixed = replace(types.fixed(child, f"{link.mark}:kind", words), optional=emptied)
    work.add_ident(parent, types.ident(child))
    work.add_fields(link.child, fixed)
    work.link(replace(turned, to=types.ident(child).mark, with_fields=(*link.with_fields, fixed.mark)))
    if emptied:
        parts: Parts = (Ref(link=link.mark), " IS NULL OR ", Ref(fixed.mark), " IS NOT NULL")
        work.rule(Rule(f"{link.mark}:kind", link.child, fixed.words, parts, link.origin))


def _guarded(rule: Rule, types: Types, child: str) -> Rule:
    """Return a rule of a subtype as one of the supertype, which other rows need not keep."""
    return replace(rule, thing=types.kind.parent, parts=(*types.is_none(child), " OR (", *rule.parts, ")"))


def _rules(types: Types, thing: Thing, empty: list[Ref], needed: list[Ref]) -> Iterator[Rule]:
    """Yield that other rows hold nothing of a subtype, and that its own rows hold what they must."""
    mark, kind = f"{types.kind.id}:{thing.mark}", types.kind
    if empty:
        nothing = joined(((each, " IS NULL") for each in empty), " AND ")
        parts = (*types.is_one(thing.mark), " OR (", *nothing, ")")
        yield Rule(f"{mark}:only", kind.parent, f"{thing.words} only", parts, kind.id)
    if needed:
        everything = joined(((each, " IS NOT NULL") for each in needed), " AND ")
        parts = (*types.is_none(thing.mark), " OR (", *everything, ")")
        yield Rule(f"{mark}:complete", kind.parent, f"{thing.words} complete", parts, kind.id)
