"""From names to sets of columns and back: the border of the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from designer.normalization.contract import FD, JD, MVD, BadRelation, Relation

Sides = Iterable[Sequence[Iterable[str]]]
Dependency = FD | MVD | JD
_T = TypeVar("_T", FD, MVD)

MOST_ATTRIBUTES = 2_000
MOST_DEPENDENCIES = 200_000
_SEPARATORS = frozenset(",;:\"'(){}[]|<>→↔↠⋈∅*")


def relation_of(
    name: str, attributes: Iterable[str], fds: Sides = (), mvds: Sides = (), jds: Iterable[Iterable[Iterable[str]]] = ()
) -> Relation:
    """Return a relation over named columns; a dependency is a pair of lists of names, a join dependency a list of them.

    Raises BadRelation with a sentence such as "unknown attribute Z in the dependency A -> Z".
    """
    columns, fds, mvds, jds = tuple(attributes), list(fds), list(mvds), list(jds)
    _check_size(len(fds) + len(mvds) + len(jds))
    number = _numbered(columns)
    return Relation(
        name,
        columns,
        tuple(_dependency(FD, each, number, " -> ") for each in fds),
        tuple(_dependency(MVD, each, number, " ->> ") for each in mvds),
        tuple(_join(each, number) for each in jds),
    )


def columns_of(relation: Relation, names: Iterable[str], where: str = "") -> int:
    """Return the set of the columns with these names. Raises BadRelation, which says `where`, for any other name."""
    return _set(_listed(names, where), _numbered(relation.attributes), where)


def schemas_of(relation: Relation, decomposition: Iterable[Iterable[str]]) -> tuple[int, ...]:
    """Return the relations that a relation is cut into. Raises BadRelation where a column is in none of them."""
    number = _numbered(relation.attributes)
    schemas = [_listed(each, "the decomposition") for each in _listed_all(decomposition, "a decomposition")]
    found = tuple(_set(each, number, "the decomposition") for each in schemas)
    _check_cover("decomposition", found, relation.attributes)
    return found


def dependency_of(relation: Relation, left: Iterable[str], right: Iterable[str]) -> FD:
    """Return the functional dependency between named columns. Raises BadRelation."""
    return _dependency(FD, (left, right), _numbered(relation.attributes), " -> ")


def _numbered(attributes: Sequence[str]) -> dict[str, int]:
    number: dict[str, int] = {}
    for position, name in enumerate(attributes):
        if not isinstance(name, str):
            raise BadRelation(f"an attribute is a text, not {name!r}")
        if name in number:
            raise BadRelation(f"duplicate attribute {shown(name)}")
        number[name] = position
    if len(number) > MOST_ATTRIBUTES:
        raise BadRelation(f"{len(number):,} attributes are too many; {MOST_ATTRIBUTES:,} are read")
    return number


def _dependency(kind: type[_T], sides: Sequence[Iterable[str]], number: Mapping[str, int], arrow: str) -> _T:
    if isinstance(sides, str) or not isinstance(sides, Sequence) or len(sides) != 2:
        raise BadRelation(f'a dependency is a pair of lists, such as [["A"], ["B"]], not {_cut(sides)}')
    left, right = (_listed(side, "a dependency") for side in sides)
    where = f"the dependency {_cut(_side(left) + arrow + _side(right), plain=True)}"
    return kind(_set(left, number, where), _set(right, number, where))


def _join(components: Iterable[Iterable[str]], number: Mapping[str, int]) -> JD:
    listed = [_listed(each, "a join dependency") for each in _listed_all(components, "a join dependency")]
    found = tuple(_set(each, number, "a join dependency") for each in listed)
    _check_cover("join dependency", found, tuple(number))
    return JD(found)


def _listed_all(names: Iterable[Iterable[str]], where: str) -> list[Iterable[str]]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise BadRelation(f'{where} is a list of lists of names, such as [["A", "B"], ["B", "C"]], not {_cut(names)}')
    return list(names)


def _listed(names: Iterable[str], where: str) -> list[str]:
    if isinstance(names, (str, Mapping)) or not isinstance(names, Iterable):
        raise BadRelation(f'a list of names, such as ["A"], is needed in {where or "a list"}, not {_cut(names)}')
    listed = list(names)
    for name in listed:
        if not isinstance(name, str):
            raise BadRelation(f"an attribute is a text, not {_cut(name)}, in {where or 'a list'}")
    return listed


def _set(names: Iterable[str], number: Mapping[str, int], where: str) -> int:
    columns = 0
    for name in names:
        if name not in number:
            raise BadRelation(f"unknown attribute {shown(name)}{f' in {where}' if where else ''}{_meant(name, number)}")
        columns |= 1 << number[name]
    return columns


def _meant(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known)[:300], 1, 0.75) if 2 < len(name) < 80 else []
    return f"; did you mean {shown(close[0])}?" if close else ""


def _check_cover(what: str, schemas: Iterable[int], attributes: Sequence[str]) -> None:
    covered = 0
    for each in schemas:
        covered |= each
    left_out = [name for position, name in enumerate(attributes) if not covered >> position & 1]
    if left_out:
        raise BadRelation(f"{what} does not cover {_cut(_side(left_out), plain=True)}")


def _check_size(dependencies: int) -> None:
    if dependencies > MOST_DEPENDENCIES:
        raise BadRelation(f"{dependencies:,} dependencies are too many; {MOST_DEPENDENCIES:,} are read")


def _cut(value: object, plain: bool = False) -> str:
    text = value if plain and isinstance(value, str) else repr(value)
    return text if len(text) <= 200 else text[:199] + "…"


def shown(name: str) -> str:
    """Return a name as the typed form writes it: as it is where nothing can be mistaken, else in double quotes."""
    if name and name.isprintable() and not _SEPARATORS & set(name) and "->" not in name and not _has_space(name):
        return name
    inner = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in name)
    return '"' + inner.replace('"', '""') + '"'


def _has_space(name: str) -> bool:
    return any(letter.isspace() for letter in name)


def _side(names: Iterable[str]) -> str:
    return ", ".join(shown(name) for name in names) or "{}"


def set_text(relation: Relation, columns: int) -> str:
    """Return a set of columns as text: `A, B`, and `{}` for none."""
    return _side(relation.names(columns))


def text_of(relation: Relation, dependency: Dependency) -> str:
    """Return a dependency as the typed form writes it: `A, B -> C`, `A ->> B`, `*(A, B | B, C)`."""
    if isinstance(dependency, JD):
        return "*(" + " | ".join(set_text(relation, each) for each in dependency.components) + ")"
    arrow = "->" if isinstance(dependency, FD) else "->>"
    return f"{set_text(relation, dependency.left)} {arrow} {set_text(relation, dependency.right)}"
