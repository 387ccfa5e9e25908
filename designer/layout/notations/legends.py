"""What the signs of the notations mean, each with a sample that is drawn as in a diagram.

`static/designer/geometry/notations/legends.js` holds the twin.
"""

from __future__ import annotations

from dataclasses import dataclass

from designer.layout.edges import Edge, End
from designer.layout.metrics import Element
from designer.layout.notations.chen_box import ChenElement
from designer.layout.notations.chen_ovals import ChenRow


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a sign means, and the sign: a line, a box, or a word."""

    text: str
    edge: Edge | None = None
    element: Element | None = None
    sign: str = ""


def _line(
    text: str, source: End, target: End, kind: str = "foreign_key", identifying: bool = True, total: bool = False,
    leads: bool = True,
) -> LegendEntry:  # fmt: skip
    return LegendEntry(text, Edge("", source, target, kind, identifying, total=total, leads=leads))


def _box(text: str, kind: str = "entity", dependent: bool = False) -> LegendEntry:
    return LegendEntry(text, element=Element("", "", kind=kind, detail="names", dependent=dependent))


def _sign(text: str, word: str) -> LegendEntry:
    return LegendEntry(text, sign=word)


def _foot(minimum: int, maximum: int | None) -> End:
    return End("", min=minimum, max=maximum)


_MAYBE, _ONE, _ANY, _SOME = _foot(0, 1), _foot(1, 1), _foot(0, None), _foot(1, None)
_NOTHING = End("", shape="")
_GENERAL = End("", shape="triangle")
_READ = End("", shape="arrow")
_READS = _line("what a view reads", _NOTHING, _READ, "reads", identifying=False)
_INHERITS = _line("is a kind of, inherits from", _NOTHING, _GENERAL, "generalization")
_WEAK = _box("weak: identified through another", "weak")
_VIEW = _box("view", "view")
_KEYS = _sign("primary key, foreign key, unique", "PK FK UK")
_NULL = _sign("may be null", "?")

_CROWSFOOT = (
    _line("exactly one", _NOTHING, _ONE),
    _line("none or one", _NOTHING, _MAYBE),
    _line("one or more", _NOTHING, _SOME),
    _line("any number", _NOTHING, _ANY),
    _line("identifying: its key is part of the other's", _ANY, _ONE),
    _line("not identifying", _ANY, _ONE, identifying=False),
    _INHERITS,
    _READS,
    _WEAK,
    _VIEW,
    _KEYS,
    _NULL,
)

_IDEF1X = (
    _line("identifying; the dot is at the child", _ANY, _ONE),
    _line("not identifying", _ANY, _ONE, identifying=False),
    _line("the parent need not be there", _ANY, _MAYBE, identifying=False),
    _line("one or more children", _SOME, _ONE),
    _line("no child or one", _MAYBE, _ONE),
    _line("exactly three children", _foot(3, 3), _ONE),
    _line("many to many", _ANY, _foot(0, None), "relationship", identifying=False),
    _line("is one of all the categories there are", _NOTHING, _GENERAL, "generalization", total=True),
    _line("is one of some of the categories", _NOTHING, _GENERAL, "generalization"),
    _READS,
    _box("identified on its own"),
    _box("identified through another", dependent=True),
    _sign("foreign key", "(FK)"),
    _sign("part of alternate key 1", "(AK1)"),
    _sign("may be null", "(O)"),
)

_BARKER = (
    _line("one", _ONE, _foot(1, 1), identifying=False),
    _line("many", _NOTHING, _SOME, identifying=False),
    _line("the left may be without, the right must have one", _ONE, _ANY, identifying=False),
    _line("part of the identifier of the left", _SOME, _ONE),
    _line("is a kind of, under the arc of its supertype", _NOTHING, _GENERAL, "generalization"),
    _READS,
    _sign("identifies", "#"),
    _sign("must be given", "*"),
    _sign("may be given", "o"),
)

_UML = (
    _line("multiplicity: so many of this end", _SOME, _MAYBE, identifying=False),
    _line("composition: identified by the whole", _ANY, _ONE),
    _line("generalization", _NOTHING, _GENERAL, "generalization", leads=False),
    _line("dependency: what a view reads", _NOTHING, _READ, "reads", identifying=False),
    _sign("primary key, foreign key", "{PK, FK}"),
    _sign("values differ", "{unique}"),
    _sign("may be null", "[0..1]"),
    _sign("several values", "[1..*]"),
    _sign("derived", "/name"),
)

_MINMAX = (
    _line("how often each one beside it takes part", _ANY, _ONE),
    _line("one or more times, none or once", _MAYBE, _SOME),
    _INHERITS,
    _READS,
    _WEAK,
    _VIEW,
    _KEYS,
    _NULL,
)


def _figure(text: str, figure: str, *rows: ChenRow, title: str = "") -> LegendEntry:
    return LegendEntry(text, element=ChenElement("", title, kind="entity", rows=rows, figure=figure))


def _oval(text: str, name: str, pk: bool = False, multivalued: bool = False, derived: bool = False) -> LegendEntry:
    return _figure(text, "entity", ChenRow("", name, pk=pk, multivalued=multivalued, derived=derived))


_CHEN = (
    _figure("entity", "entity"),
    _figure("weak entity: identified through another", "weak"),
    _figure("associative entity", "associative"),
    _figure("relationship", "relationship", title="has"),
    _figure("identifying relationship", "identifying", title="has"),
    _oval("attribute", "name"),
    _oval("identifier", "number", pk=True),
    _oval("several values", "phone", multivalued=True),
    _oval("derived", "age", derived=True),
    _sign("so many of it belong to one of the others", "1  N  M"),
    _sign("beside a double line: each one takes part", "═══"),
    _sign("subtypes that are disjoint, that may overlap", "d  o"),
)

LEGENDS: dict[str, tuple[LegendEntry, ...]] = {
    "crowsfoot": _CROWSFOOT,
    "idef1x": _IDEF1X,
    "barker": _BARKER,
    "uml": _UML,
    "chen": _CHEN,
    "minmax": _MINMAX,
}
"""By the name of the notation."""
