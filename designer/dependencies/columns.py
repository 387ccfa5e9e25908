"""The columns of a table or the attributes of an entity, as a dependency means them, and their names."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from designer.commands.contract import Refused, get
from designer.commands.names import called
from designer.dependencies.entities import column_ids
from designer.schema import Attribute, Column, Dependency, Design, Entity, Id, Named, Table

Owner = Table | Entity


def owner_of(design: Design, owner: Id) -> Owner:
    """Return the table or entity. Raises Refused where it is not there any more."""
    found = design.get(owner)
    return found if isinstance(found, Table) else get(design, owner, Entity)


def names_in(design: Design, owner: Id) -> dict[Id, str]:
    """Return the columns of a table with their names, or what an entity would have as columns, in order."""
    if isinstance(design.get(owner), Entity):
        return column_ids(design, owner)
    return {column.id: column.name for column in design.of(Column, owner)}


def ordered(design: Design, owner: Owner, chosen: Iterable[Id]) -> tuple[Id, ...]:
    """Return chosen columns of a table or entity, each once and in its order; a composite attribute is its parts.

    Raises Refused for a stranger.
    """
    own = names_in(design, owner.id)
    wanted = {part for each in chosen for part in parts_of(design, each, own)}
    strangers = sorted(wanted - own.keys())
    if strangers:
        there = design.get(strangers[0])
        what = f"{called(design, there)} is" if there is not None else "one of the columns is"
        raise Refused(f"{what} not in {called(design, owner)}; a dependency holds columns of one table only", "columns")
    return tuple(each for each in own if each in wanted)


def parts_of(design: Design, column: Id, own: Container[Id]) -> Iterator[Id]:
    """Yield a column itself, or what a composite attribute consists of."""
    below = design.of(Attribute, column) if column not in own else []
    for each in below:
        yield from parts_of(design, each.id, own)
    if not below:
        yield column


def names(design: Design, columns: Iterable[Id]) -> str:
    """Return the names of columns as a list: `city, state`; the empty list is `{}`."""
    found = [part.name for each in columns if isinstance(part := design.get(each), Named)]
    return ", ".join(found) if found else "{}"


def arrow(design: Design, determinant: Sequence[Id], dependent: Sequence[Id], multivalued: bool = False) -> str:
    """Return a dependency as people write it: `zip → city, state`."""
    return f"{names(design, determinant)} {'↠' if multivalued else '→'} {names(design, dependent)}"


def written(design: Design, dependency: Dependency) -> str:
    """Return a stored dependency as people write it."""
    return arrow(design, dependency.determinant, dependency.dependent, dependency.multivalued)
