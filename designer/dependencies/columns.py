"""The columns of a table or the attributes of an entity, as a dependency means them, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.commands.contract import Refused, get
from designer.commands.names import called
from designer.schema import Attribute, Column, Dependency, Design, Entity, Id, Table

Owner = Table | Entity
Part = Column | Attribute


def owner_of(design: Design, owner: Id) -> Owner:
    """Return the table or entity. Raises Refused where it is not there any more."""
    found = design.get(owner)
    return found if isinstance(found, Table) else get(design, owner, Entity)


def parts_in(design: Design, owner: Id) -> list[Part]:
    """Return the columns of a table, or the attributes of an entity with those that they consist of, in order."""
    found: list[Part] = [*design.of(Column, owner)]
    for attribute in design.of(Attribute, owner):
        found.append(attribute)
        found += parts_in(design, attribute.id)
    return found


def ordered(design: Design, owner: Owner, chosen: Iterable[Id]) -> tuple[Id, ...]:
    """Return chosen columns of a table or entity, each once and in its order. Raises Refused for a stranger."""
    wanted = set(chosen)
    own = [part.id for part in parts_in(design, owner.id)]
    strangers = sorted(wanted - set(own))
    if strangers:
        there = design.get(strangers[0])
        what = f"{called(design, there)} is" if there is not None else "one of the columns is"
        raise Refused(f"{what} not in {called(design, owner)}; a dependency holds columns of one table only", "columns")
    return tuple(each for each in own if each in wanted)


def names(design: Design, columns: Iterable[Id]) -> str:
    """Return the names of columns as a list: `city, state`; the empty list is `{}`."""
    found = [part.name for each in columns if isinstance(part := design.get(each), Column | Attribute)]
    return ", ".join(found) if found else "{}"


def arrow(design: Design, determinant: Sequence[Id], dependent: Sequence[Id], multivalued: bool = False) -> str:
    """Return a dependency as people write it: `zip → city, state`."""
    return f"{names(design, determinant)} {'↠' if multivalued else '→'} {names(design, dependent)}"


def written(design: Design, dependency: Dependency) -> str:
    """Return a stored dependency as people write it."""
    return arrow(design, dependency.determinant, dependency.dependent, dependency.multivalued)
