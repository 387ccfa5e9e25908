"""The JavaScript that is written from Python tables is current, and speaks the same JSON."""

from __future__ import annotations

from designer.dialects import browser as dialects
from designer.schema import browser as kinds
from designer.schema.kinds import KINDS


def test_kinds_js_is_current() -> None:
    assert kinds.TARGET.read_text(encoding="utf-8") == kinds.kinds_module(), "run python -m designer.schema.browser"


def test_dialects_js_is_current() -> None:
    assert dialects.TARGET.read_text(encoding="utf-8") == dialects.dialects_module(), (
        "run python -m designer.dialects.browser"
    )


def test_every_kind_has_its_fields_in_the_module() -> None:
    text = kinds.kinds_module()
    assert all(f"\n  {kind}: {{" in text for kind in KINDS)
