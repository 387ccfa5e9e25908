"""Drawing a picture anew, area by area: what an area holds is arranged by itself and then moves as one block."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from designer.layout.arrange import TIME_LIMIT, Progress, arrange, never, unwatched
from designer.layout.blocks import Block, Positions, block_of, settled
from designer.layout.box import Box
from designer.layout.layers import Size
from designer.layout.pack import packed_by_links
from designer.layout.picture import Picture
from designer.layout.style import AREAS, Style
from designer.schema import Id

PADDING = 32
HEADING = 48
"""What an area keeps free above its tables, for its name."""
NEARBY = 200
"""A note at most so far from a table belongs to it."""
GRID = 8


@dataclass(slots=True)
class Drawn:
    """Corners of everything that was drawn, sizes of the areas among it, who drew it and what readers should know."""

    corners: Positions
    sizes: dict[Id, Size]
    engine: str = "own"
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watching:
    """Who wants to know how far it is, may say that it is no longer wanted, and for how long it may take."""

    progress: Progress = unwatched
    cancelled: Callable[[], bool] = never
    time_limit: float = TIME_LIMIT


NOBODY = Watching()


def drawn(picture: Picture, style: Style, homes: Mapping[Id, Id], keys: Iterable[Id], watching: Watching) -> Drawn:
    """Return the picture of `keys` from (0, 0) on; a key in `homes` stands within the area or group it names there.

    A home that is no key of the picture is a group without a frame. Raises LayoutCancelled.
    """
    drawer = _Drawer(picture, style, homes, list(keys), watching)
    block = drawer.block(None)
    return Drawn(block.corners, drawer.framed, drawer.engine, list(dict.fromkeys(drawer.notes)))


class _Drawer:
    def __init__(self, picture: Picture, style: Style, homes: Mapping[Id, Id], keys: Sequence[Id], watching: Watching):
        self._picture = picture
        self._style = style
        self._watching = watching
        self._deadline = time.monotonic() + watching.time_limit
        self._homes = homes
        self._within = _within(homes, keys)
        self._links = _links(picture, self._within_chain, set(keys))
        self._sizes: dict[Id, Size] = {}
        self.framed: dict[Id, Size] = {}
        self.engine = "own"
        self.notes: list[str] = []

    def _within_chain(self, key: Id) -> list[Id | None]:
        """Return a key, the area that holds it, the one that holds that, and so on to the diagram."""
        chain: list[Id | None] = [key]
        while chain[-1] is not None:
            chain.append(self._homes.get(chain[-1]))
        return chain

    def block(self, group: Id | None) -> Block:
        """Return what a group holds, its areas and their tables with it, as one block."""
        keys = self._within.get(group, [])
        blocks = {key: self._member(key) for key in keys}
        corners = self._placed(group, blocks)
        found: Positions = {}
        for key, block in blocks.items():
            found.update(block.moved(corners[key]))
        return block_of(found, self._sizes)

    def _member(self, key: Id) -> Block:
        if key not in self._within:
            self._sizes[key] = self._picture.sizes[key]
            return Block({key: (0, 0)}, *self._sizes[key])
        inner = self.block(key)
        if key not in self._picture.areas:
            return inner
        size = (_on_grid(inner.w + 2 * PADDING), _on_grid(inner.h + PADDING + HEADING))
        self._sizes[key] = self.framed[key] = size
        return Block({key: (0, 0), **inner.moved((PADDING, HEADING))}, *size)

    def _placed(self, group: Id | None, blocks: Mapping[Id, Block]) -> Positions:
        links = self._links.get(group, [])
        if self._style.name == AREAS.name and group is None and len(blocks) > 1:
            return self._side_by_side(blocks, links)
        sizes = {key: (block.w, block.h) for key, block in blocks.items()}
        between, by_way = self._between(set(blocks), links)
        done = arrange(
            {**sizes, **between},
            by_way,
            style=self._style,
            progress=self._watching.progress,
            cancelled=self._watching.cancelled,
            time_limit=max(0.0, self._deadline - time.monotonic()),
        )
        self.engine = done.engine
        self.notes += done.notes
        return done.positions

    def _between(self, keys: set[Id], links: Sequence[tuple[Id, Id]]) -> tuple[dict[str, Size], list[tuple[Id, Id]]]:
        """Return what the notation draws between the elements of a group, and the links by way of it."""
        edges = [each for each in self._picture.edges if each.source.element in keys and each.target.element in keys]
        between, by_way = self._picture.notation.between(edges)
        direct = {(each.source.element, each.target.element) for each in edges}
        return between, [*by_way, *(link for link in links if link not in direct)]

    def _side_by_side(self, blocks: Mapping[Id, Block], links: Sequence[tuple[Id, Id]]) -> Positions:
        weights: dict[str, dict[str, int]] = {key: {} for key in blocks}
        for a, b in links:
            weights[a][b] = weights[b][a] = weights[a].get(b, 0) + 1
        gap = self._style.block_gap
        sizes = {key: (block.w, block.h) for key, block in blocks.items()}
        packed = packed_by_links(sizes, weights, gap, aspect=self._style.aspect)
        corners = settled(list(blocks.values()), [packed[key] for key in blocks], self._sizes, gap)
        return dict(zip(blocks, corners, strict=True))


def _within(homes: Mapping[Id, Id], keys: Sequence[Id]) -> dict[Id | None, list[Id]]:
    """Return the members of each area or group, and of None those of the diagram itself."""
    found: dict[Id | None, list[Id]] = {}
    known = set(keys)
    for key in keys:
        home = homes.get(key)
        if home is not None and home not in known and home not in found:
            found.setdefault(homes.get(home), []).append(home)
        found.setdefault(home, []).append(key)
    return found


def _links(
    picture: Picture, chain_of: Callable[[Id], list[Id | None]], keys: set[Id]
) -> dict[Id | None, list[tuple[Id, Id]]]:
    """Return for each group the links between its members, where a link within a member counts there only."""
    found: dict[Id | None, list[tuple[Id, Id]]] = {}
    pairs = [(each.source.element, each.target.element) for each in picture.edges]
    for a, b in [*pairs, *_notes_beside(picture)]:
        if a == b or a not in keys or b not in keys:
            continue
        above, below = chain_of(a), chain_of(b)
        while len(above) > 1 and len(below) > 1 and above[-1] == below[-1] and above[-2] == below[-2]:
            above.pop()
            below.pop()
        one, other = above[-2] if len(above) > 1 else None, below[-2] if len(below) > 1 else None
        if one is not None and other is not None:
            found.setdefault(above[-1], []).append((one, other))
    return found


def _notes_beside(picture: Picture) -> list[tuple[Id, Id]]:
    """Return each note with the table it stands next to, so that it stays there."""
    found: list[tuple[Id, Id]] = []
    for note in picture.notes:
        near = [
            (_apart(picture.boxes[note], picture.boxes[key]), key)
            for key in picture.elements
            if key in picture.boxes and picture.homes.get(key) == picture.homes.get(note)
        ]
        if near and min(near)[0] <= NEARBY:
            found.append((note, min(near)[1]))
    return found


def _apart(a: Box, b: Box) -> float:
    return max(0.0, a.x - b.right, b.x - a.right) + max(0.0, a.y - b.bottom, b.y - a.bottom)


def _on_grid(length: int) -> int:
    return -(-length // GRID) * GRID
