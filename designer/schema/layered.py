"""A map that is cheap to change a little: a large base that many versions share, and a small layer of what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_GONE: Any = object()
_SMALL = 256
"""A layer of this many entries is never folded into the base; copying it takes microseconds."""
_SHARE = 32
"""A larger layer is folded once it has more than one entry for this many of the base."""


class Layered(Mapping[K, V], Generic[K, V]):
    """An immutable map. `changed` returns the next version and costs the size of the layer, not of the map.

    For example renaming a column of a design of 3,000 tables copies a few hundred entries at most instead of 40,000.
    """

    __slots__ = ("_base", "_count", "_layer")

    def __init__(self, base: dict[K, V]):
        self._base = base
        self._layer: dict[K, V] = {}
        self._count = len(base)

    def __getitem__(self, key: K) -> V:
        found = self._layer.get(key)
        if found is None:
            return self._base[key]
        if found is _GONE:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        found = self._layer.get(key)  # type: ignore[arg-type]
        return found is not _GONE if found is not None else key in self._base

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        found = self._layer.get(key)
        if found is None:
            return self._base.get(key, default)
        return default if found is _GONE else found

    def __iter__(self) -> Iterator[K]:
        layer = self._layer
        if not layer:
            return iter(self._base)
        return self._both()

    def _both(self) -> Iterator[K]:
        layer = self._layer
        yield from (key for key in self._base if layer.get(key) is not _GONE)
        yield from (key for key, value in layer.items() if value is not _GONE and key not in self._base)

    def __len__(self) -> int:
        return self._count

    def flat(self) -> dict[K, V]:
        """Return all entries as one plain dict, which the caller must not change."""
        return self._base if not self._layer else {key: self[key] for key in self}

    def changed(self, gone: Iterable[K], put: Mapping[K, V]) -> Layered[K, V]:
        """Return the map without the keys `gone` and with the entries `put`. Values are never None."""
        after: Layered[K, V] = Layered.__new__(Layered)
        after._base = self._base
        after._layer = self._layer.copy()
        after._count = self._count
        for key in gone:
            after._count -= key in after
            after._layer[key] = _GONE
        for key, value in put.items():
            after._count += key not in after
            after._layer[key] = value
        if len(after._layer) > max(_SMALL, len(after._base) // _SHARE):
            return Layered(after.flat())
        return after
