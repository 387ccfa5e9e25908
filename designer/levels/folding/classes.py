"""A table for a supertype and for each subtype, which shares its key."""

from __future__ import annotations

from dataclasses import replace

from designer.dialects import features as can
from designer.levels.er import PRIMARY, Field, Ident, Link, Ref
from designer.levels.folding.plan import Kind, Plan
from designer.levels.folding.types import Types, typed
from designer.levels.folding.work import LAST, Work, free_words, listed


def apart(work: Work, plan: Plan, kind: Kind) -> None:
    """Let the subtypes of a generalization refer to their supertype by their key."""
    full = kind.total and _is_full(work, kind)
    says = full or (kind.disjoint and (len(kind.children) > 1 or bool(kind.discriminator)))
    types = typed(work, kind) if says else None
    for child in kind.children:
        _under(work, plan, kind, types, child)
    if full and types is not None:
        for child in kind.children:
            _must_be_there(work, types, child)
    elif kind.total:
        _not_enforced(work, kind)


def _is_full(work: Work, kind: Kind) -> bool:
    wanted = work.settings.choice(kind.id, "enforce") == "full"
    return wanted and work.dialect.supports(can.DEFERRABLE_FOREIGN_KEYS)


def _not_enforced(work: Work, kind: Kind) -> None:
    parent = work.things[kind.parent].words
    tables = listed(work.things[each].words for each in kind.children)
    text = f"nothing keeps a {parent} from having no row in any of {tables}"
    if work.dialect.supports(can.DEFERRABLE_FOREIGN_KEYS):
        text += "; foreign keys that are checked at commit can, if you choose so"
    else:
        text += f"; {work.dialect.title} checks no foreign key at commit"
    work.note("total-not-enforced", kind.id, text)


def _under(work: Work, plan: Plan, kind: Kind, types: Types | None, child: str) -> None:
    """Give a subtype the key of the supertype, and what keeps its rows from being of another subtype as well."""
    mark = f"{kind.id}:{child}"
    above = [each for each in work.from_thing(child) if _is_primary(work, child, each)]
    link = Link(mark, child, kind.parent, kind.id, "is a", single=True, identifying=True, on_delete="cascade")
    if types is not None:
        link = _with_type(work, types, link)
    if not above:
        work.link(link)
        _key(work, child, Ident(mark, kind.id, through=(mark,), primary=True))
    elif plan.root(above[0].parent) == plan.root(kind.parent):
        work.link(replace(link, by_key=True))
    else:
        work.link(link)
        work.add_ident(child, Ident(mark, kind.id, through=(mark,)))


def _is_primary(work: Work, child: str, link: Link) -> bool:
    """Whether a subtype has its key from another supertype already."""
    return any(
        each.primary and each.through == (link.mark,) and each.mark == link.mark for each in work.things[child].idents
    )


def _key(work: Work, child: str, key: Ident) -> None:
    thing = work.things[child]
    others = tuple(replace(each, primary=False) for each in thing.idents)
    work.put(replace(thing, idents=(key, *others), surrogate=""))


def _with_type(work: Work, types: Types, link: Link) -> Link:
    column, child = types.column(link.child), link.child
    words = free_words(work.things[child], column.words, f"{work.things[link.parent].words} {column.words}")
    fixed = types.fixed(child, f"{link.mark}:kind", words)
    work.add_ident(link.parent, types.ident(child))
    work.add_fields(child, fixed)
    return replace(link, to=types.ident(child).mark, with_fields=(fixed.mark,))


def _must_be_there(work: Work, types: Types, child: str) -> None:
    """Let each row of the supertype that says that it is of a subtype refer to its row there, checked at commit.

    The column of the reference is computed, and NULL in the rows of other subtypes, which so refer to nothing.
    """
    kind, column = types.kind, types.column(child)
    mark, fixed = f"{kind.id}:{child}:must", f"{kind.id}:{child}:kind"
    then = ("TRUE",) if types.field is None else (Ref(column.mark),)
    computed = Field(
        mark, f"{work.things[child].words} {'flag' if types.field is None else column.words}", kind.id, column.type,
        column.domain, optional=True, order=LAST * 2, band="reference",
        generated=("CASE WHEN ", *types.is_one(child), " THEN ", *then, " END"),
    )  # fmt: skip
    work.add_fields(kind.parent, computed)
    work.add_ident(child, _referred(work, kind, child, mark, fixed))
    work.link(
        Link(
            mark,
            kind.parent,
            child,
            kind.id,
            "has",
            optional=True,
            single=True,
            on_delete="no action",
            to=mark,
            with_fields=(mark,),
            by_key=True,
            deferred=True,
            order=LAST * 2,
        )
    )


def _referred(work: Work, kind: Kind, child: str, mark: str, fixed: str) -> Ident:
    """Return the key of a subtype by which its supertype refers back: what it has of that supertype, and its type."""
    link = work.links[f"{kind.id}:{child}"]
    if link.by_key or _is_primary(work, child, link):
        return Ident(mark, kind.id, (PRIMARY, fixed))
    return Ident(mark, kind.id, (fixed,), (link.mark,))
