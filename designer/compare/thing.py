"""An object of a database as a comparison sees it."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.compare.value import Value
from designer.schema import Id


@dataclass(slots=True)
class Thing:
    """An object: its kind in words, where it belongs, its name, and what its fields say.

    `name` is empty where nobody gave one. `implied` says that the server makes it along with another object, so that
    it may be on one side only.
    """

    kind: str
    home: tuple[str, ...]
    name: str
    label: str
    id: Id
    fields: dict[str, Value] = field(default_factory=dict)
    implied: bool = False
