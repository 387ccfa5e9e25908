"""A table for each concrete subtype, which repeats what the supertype has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from designer.levels.er import PRIMARY, Field, Ident, Link, Need, Ref, Rule, Thing
from designer.levels.folding.plan import Kind
from designer.levels.folding.types import values_of
from designer.levels.folding.work import FIRST, Parts, Work, behind, field_of, joined, listed, renamed, same

Targets = list[tuple[str, str]]
"""Things, each with what was appended to the marks of the supertype's parts there."""


def copied_down(work: Work, kinds: Iterable[Kind]) -> None:
    """Copy supertypes into their subtypes, the highest first, and turn the references to them into arcs."""
    below: dict[str, Kind] = {}
    for kind in kinds:
        below[kind.parent] = kind
        values = values_of(work, kind)
        for child in kind.children:
            _copy(work, kind, child)
            _say_the_type(work, kind, child, values.get(child))
        _say(work, kind)
    gone = [parent for parent, kind in below.items() if kind.total]
    for parent in gone:
        _leave(work, parent)
    for parent in below:
        _referred(work, parent, _targets(below, parent))
    for parent in gone:
        del work.things[parent]


def _targets(below: dict[str, Kind], thing: str) -> Targets:
    """Return the things that hold instances of a supertype."""
    kind = below.get(thing)
    if kind is None:
        return [(thing, "")]
    found = [] if kind.total else [(thing, "")]
    for child in kind.children:
        found += [(one, f":{child}{suffix}") for one, suffix in _targets(below, child)]
    return found


def _copy(work: Work, kind: Kind, child: str) -> None:
    """Give a subtype all that its supertype has."""
    parent, thing = work.things[kind.parent], work.things[child]
    own = {same(each.words) for each in thing.fields}
    links = work.from_thing(parent.mark)
    fields = tuple(_copied(each, child, parent, own) for each in parent.fields)
    has_key = bool(parent.surrogate) or any(each.primary for each in parent.idents)
    idents = [replace(each, primary=each.primary and not has_key) for each in thing.idents]
    work.put(
        replace(
            thing,
            fields=(*fields, *thing.fields),
            surrogate=parent.surrogate if has_key else thing.surrogate,
            idents=(*(_copied_ident(each, child) for each in parent.idents), *idents),
        )
    )
    for link in links:
        work.link(_copied_link(link, child))
    _copy_rest(work, parent, child)
    known = {each.mark for field in parent.fields for each in _all_parts(field)}
    work.relocate(
        parent.mark, lambda mark: [(parent.mark, mark), *([(child, f"{mark}:{child}")] if mark in known else [])]
    )


def _copied(field: Field, child: str, parent: Thing, own: set[str]) -> Field:
    words = f"{parent.words} {field.words}" if same(field.words) in own else field.words
    parts = tuple(_copied(each, child, parent, set()) for each in field.parts)
    generated = renamed(field.generated, lambda mark: f"{mark}:{child}", lambda mark: f"{mark}:{child}")
    return replace(
        field,
        mark=f"{field.mark}:{child}",
        words=words,
        order=behind(FIRST, field.order),
        parts=parts,
        generated=generated,
    )


def _all_parts(field: Field) -> list[Field]:
    return [field, *(one for each in field.parts for one in _all_parts(each))]


def _copied_ident(ident: Ident, child: str) -> Ident:
    fields = tuple(each if each == PRIMARY else f"{each}:{child}" for each in ident.fields)
    return replace(
        ident, mark=f"{ident.mark}:{child}", fields=fields, through=tuple(f"{each}:{child}" for each in ident.through)
    )


def _copied_link(link: Link, child: str) -> Link:
    with_fields = tuple(f"{each}:{child}" for each in link.with_fields)
    return replace(
        link, mark=f"{link.mark}:{child}", child=child, with_fields=with_fields, order=behind(FIRST, link.order)
    )


def _copy_rest(work: Work, parent: Thing, child: str) -> None:
    def mark(old: str) -> str:
        return f"{old}:{child}"

    for rule in work.rules[parent.mark]:
        work.rule(replace(rule, mark=mark(rule.mark), thing=child, parts=renamed(rule.parts, mark, mark)))
    for need in work.needs[parent.mark]:
        fields, links = tuple(map(mark, need.fields)), tuple(map(mark, need.links))
        work.needs[child].append(replace(need, mark=mark(need.mark), thing=child, fields=fields, links=links))


def _say_the_type(work: Work, kind: Kind, child: str, value: str | None) -> None:
    """Let the copy of a discriminator hold what it holds for that subtype."""
    thing, mark = work.things[child], f"{kind.discriminator}:{child}"
    known = field_of(thing, mark)
    if known is not None and value is not None:
        said = replace(known, fixed=value, optional=False)
        work.put(replace(thing, fields=tuple(said if each.mark == mark else each for each in thing.fields)))


def _say(work: Work, kind: Kind) -> None:
    """Note what tables of their own cannot keep."""
    parent = work.things[kind.parent]
    tables = [*([] if kind.total else [parent.words]), *(work.things[each].words for each in kind.children)]
    if len(tables) < 2:
        return
    remedy = "only a further table that holds the keys of all of them could see to it"
    if parent.idents or parent.surrogate:
        text = f"what identifies a {parent.words} is unique in each of {listed(tables)}, not over all of them; {remedy}"
        work.note("identifier-unique-per-table", kind.id, text)
    if kind.disjoint:
        text = f"nothing keeps a {parent.words} from having rows in several of {listed(tables)}; {remedy}"
        work.note("disjoint-not-enforced", kind.id, text)
    else:
        text = (
            f"a {parent.words} of several subtypes has a row in the table of each, and nothing keeps those rows alike"
        )
        work.note("stored-several-times", kind.id, text)


def _referred(work: Work, parent: str, targets: Targets) -> None:
    """Turn each link to a supertype into one link for each table that holds instances of it."""
    for link in work.to_thing(parent):
        if link.by_key:
            _give_up(work, link)
        elif len(targets) == 1:
            target, suffix = targets[0]
            work.link(replace(link, parent=target, to=f"{link.to}{suffix}" if link.to else ""))
        else:
            _arc(work, link, targets)


def _give_up(work: Work, link: Link) -> None:
    """Take out the reference of a supertype to a subtype that has no table of its own now."""
    thing = work.things[link.child]
    work.unlink(link.mark)
    work.put(replace(thing, fields=tuple(each for each in thing.fields if each.mark not in link.with_fields)))
    several = f"{work.things[link.parent].words}, which is in several tables"
    text = f"nothing keeps a {thing.words} from having no row as a {several}"
    work.note("total-not-enforced", link.origin, text)


def _arc(work: Work, link: Link, targets: Targets) -> None:
    parts = [_part(work, link, target, suffix) for target, suffix in targets]
    work.unlink(link.mark)
    for part in parts:
        work.link(part)
    marks = tuple(each.mark for each in parts)
    _in_idents(work, link, marks)
    work.rules[link.child] = [
        replace(each, parts=_either(each.parts, link.mark, marks)) for each in work.rules[link.child]
    ]
    work.needs[link.child] = [new for each in work.needs[link.child] for new in _split_need(each, link.mark, marks)]
    count = joined((("CASE WHEN ", Ref(link=each), " IS NULL THEN 0 ELSE 1 END") for each in marks), " + ")
    parent = work.things[link.parent].words
    words = f"one {link.role or parent}"
    work.rule(Rule(f"{link.mark}:one", link.child, words, (*count, " <= 1" if link.optional else " = 1"), link.origin))


def _part(work: Work, link: Link, target: str, suffix: str) -> Link:
    """Return the link to one of the tables. A row that needs one of them does not lose it silently."""
    on_delete = work.on_delete(link)
    if on_delete == "set null" and (not link.optional or work.dialect.name == "mysql"):
        on_delete = "no action"
    role = f"{link.role} {work.things[target].words}" if link.role else ""
    return replace(
        link, mark=f"{link.mark}>{target}" if suffix else link.mark, parent=target, role=role,
        optional=True, identifying=False, on_delete=on_delete, to=f"{link.to}{suffix}" if link.to else "",
    )  # fmt: skip


def _in_idents(work: Work, link: Link, marks: tuple[str, ...]) -> None:
    """Let keys through an arc be unique for each of its tables; a primary key gives way to one of its own."""
    thing = work.things[link.child]
    if not any(link.mark in each.through for each in thing.idents):
        return
    idents: list[Ident] = []
    loses = False
    for ident in thing.idents:
        if link.mark in ident.through:
            loses = loses or ident.primary
            idents += [_through(ident, link.mark, mark) for mark in marks]
        else:
            idents.append(ident)
    surrogate = thing.surrogate or (work.settings.option("surrogate") if loses else "")
    work.put(replace(thing, idents=tuple(idents), surrogate=surrogate))
    if loses:
        text = f"{thing.words} is identified by references of which only one is filled, and so it gets a key of its own"
        work.note("key-of-its-own", thing.origin, text)


def _through(ident: Ident, link: str, mark: str) -> Ident:
    through = tuple(mark if each == link else each for each in ident.through)
    return replace(ident, mark=f"{ident.mark}:{mark}", through=through, primary=False)


def _either(parts: Parts, link: str, marks: tuple[str, ...]) -> Parts:
    """Return a condition in which whichever of several references is filled stands for the one."""
    found: Parts = ()
    for each in parts:
        if isinstance(each, Ref) and each.link == link:
            found += ("COALESCE(", *joined(((Ref(link=mark),) for mark in marks), ", "), ")")
        else:
            found += (each,)
    return found


def _split_need(need: Need, link: str, marks: tuple[str, ...]) -> list[Need]:
    """Return the indexes that look up by each of several references."""
    if link not in need.links:
        return [need]
    return [
        replace(need, mark=f"{need.mark}:{mark}", links=tuple(mark if each == link else each for each in need.links))
        for mark in marks
    ]


def _leave(work: Work, parent: str) -> None:
    """Take out what a supertype has, all of whose instances are in other tables."""
    for link in work.from_thing(parent):
        work.unlink(link.mark)
    work.rules.pop(parent, None)
    work.needs.pop(parent, None)
    work.relocate(parent, lambda mark: ())  # noqa: ARG005
