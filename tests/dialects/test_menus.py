"""The types that are offered: the browser has today's, and the databases understand them."""

from __future__ import annotations

import pytest

from designer.commands.attributes import meaning_of
from designer.dialects import menus
from designer.dialects.extensions import EXTENSIONS
from designer.dialects.logical import logical_type
from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.schema import Design, Entity

WITHOUT_MEANING = {
    "tsquery", "int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange", "hstore", "oid", "ANY",
}  # fmt: skip
"""Types that only one database has, which stand as they are."""


def test_type_menus_js_is_current() -> None:
    assert menus.TARGET.read_text(encoding="utf-8") == menus.menus_module(), "run python -m designer.dialects.menus"


def test_every_dialect_has_a_menu() -> None:
    assert set(menus.MENUS) == {*DIALECTS, ""}


@pytest.mark.parametrize("name", list(DIALECTS))
def test_what_is_offered_is_understood(name: str) -> None:
    offered = [raw for raw, _ in menus.MENUS[name]]
    assert len(offered) == len({raw.lower() for raw in offered})
    unknown = {raw for raw in offered if logical_type(raw, dialect_of(name)).startswith("other(")}
    assert unknown <= WITHOUT_MEANING | {raw for each in EXTENSIONS for raw, _ in each.types}


def test_the_types_of_no_database_mean_themselves() -> None:
    design, entity = Design([]), Entity(id="entity", name="thing")
    for raw, words in menus.MENUS[""]:
        assert meaning_of(design, entity, raw) == {"type": raw, "domain": None}
        assert words
