"""Automatic layout: where each table of a diagram stands.

A model falls into connected components. A small one is drawn in layers or columns; a large one is first cut into
communities of tables that refer to one another, each is drawn alone, and these blocks are put side by side by how
strongly they are linked. Components are then packed, and tables without references stand in a grid beside or below.
The pieces are independent, so that a time limit costs only the beauty of those that were not reached.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from designer.layout.blocks import Block, Corner, Positions, block_of, overlaps, settled
from designer.layout.box import Box, union
from designer.layout.columns import in_columns
from designer.layout.dot import Engine, Job, find_engine, solve
from designer.layout.graph import communities, components
from designer.layout.layers import Edge, Size
from designer.layout.pack import grid, packed_by_links
from designer.layout.stacked import stacked
from designer.layout.style import LEFT_RIGHT, Style

Progress = Callable[[float, str], None]

ALONE = 1.4
"""How many times larger than a community a component may be that is still drawn as a whole."""
SINGLES_TOGETHER = 24
"""How many tables without references stand together, where there are others to fill the room between."""
JOBS_PER_BATCH = 6
TIME_LIMIT = 20.0
OWN_ENGINE = "own"


class LayoutCancelled(Exception):
    """The person who asked for the layout no longer wants it."""


@dataclass(slots=True)
class Arrangement:
    """The top left corner of each box, who computed it, and what the reader should know."""

    positions: Positions
    engine: str
    notes: list[str] = field(default_factory=list)


def unwatched(fraction: float, message: str) -> None:
    """The progress callback of those who do not watch."""


def never() -> bool:
    """The answer of those who do not cancel."""
    return False


def arrange(
    boxes: Mapping[str, Size],
    edges: Iterable[Edge],
    *,
    style: Style = LEFT_RIGHT,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = never,
    time_limit: float = TIME_LIMIT,
    fixed: Mapping[str, Corner] | None = None,
) -> Arrangement:
    """Return a corner in whole pixels for every box that is not in `fixed`; no two boxes overlap.

    `boxes` maps ids to (width, height), `edges` are (child, parent), `fixed` holds the corners of boxes that stay
    where they are. Boxes are taken in the given order, so that the same input gives the same picture. Never fails:
    what Graphviz does not answer within `time_limit` seconds is drawn by our own method, and a note says so. Raises
    LayoutCancelled when `cancelled` turns true; `progress` gets a fraction and a sentence.
    """
    sizes = {key: (max(1, round(w)), max(1, round(h))) for key, (w, h) in boxes.items()}
    standing = {key: corner for key, corner in (fixed or {}).items() if key in sizes}
    work = _Work(_turned(sizes, style), edges, style, _turned(standing, style), progress, cancelled, time_limit)
    done, singles = work.run()
    done.positions = _turned(done.positions, style)
    stands = {key: Box(*corner, *sizes[key]) for key, corner in {**standing, **done.positions}.items()}
    done.positions.update(_gathered({key: sizes[key] for key in singles}, stands, style))
    progress(1.0, f"Arranged {len(done.positions):,} tables")
    if not standing:
        done.positions = block_of(done.positions, sizes).corners
    return done


def _turned(pairs: Mapping[str, tuple[int, int]], style: Style) -> dict[str, tuple[int, int]]:
    """Return corners or sizes with the axes exchanged, where the style is drawn so."""
    return {key: (b, a) for key, (a, b) in pairs.items()} if style.upright else dict(pairs)


class _Work:
    """One arrangement of the tables that refer to one another; it reads from left to right, whatever the style."""

    def __init__(
        self,
        boxes: Mapping[str, Size],
        edges: Iterable[Edge],
        style: Style,
        fixed: Mapping[str, Corner],
        progress: Progress,
        cancelled: Callable[[], bool],
        time_limit: float,
    ):
        self._boxes = boxes
        self._drawn_for = style
        self._style = style.turned()
        self._edges = [(a, b) for a, b in edges if a != b and a in boxes and b in boxes]
        self._standing = {key: Box(*corner, *boxes[key]) for key, corner in fixed.items()}
        self._progress = progress
        self._cancelled = cancelled
        self._deadline = time.monotonic() + time_limit
        self._batch_limit = time_limit / 4
        self._engine = find_engine() if style.layered else None
        self._notes: list[str] = []
        self._own_drawings = 0

    def run(self) -> tuple[Arrangement, list[str]]:
        """Return the arrangement, and the boxes left over because they refer to nothing and nothing to them."""
        free = [key for key in self._boxes if key not in self._standing]
        inside = [(a, b) for a, b in self._edges if a not in self._standing and b not in self._standing]
        parts = components(free, inside)
        self._progress(0.0, f"Arranging {len(free):,} tables")
        drawn = self._drawn_components([part for part in parts if len(part) > 1], inside)
        linked = {end for edge in self._edges for end in edge}
        singles = [part[0] for part in parts if len(part) == 1]
        drawn += [block_of({key: (0, 0)}, self._boxes) for key in singles if key in linked]
        singles = [key for key in singles if key not in linked]
        if self._standing:
            return Arrangement(self._beside_standing(drawn), self._engine_name(), self._notes), singles
        if drawn:
            drawn += [self._in_grid(group) for group in _dealt(singles, SINGLES_TOGETHER)]
            singles = []
        return Arrangement(self._from_scratch(drawn), self._engine_name(), self._notes), singles

    def _engine_name(self) -> str:
        return self._engine.name if self._engine is not None else OWN_ENGINE

    # Drawing the pieces

    def _drawn_components(self, parts: Sequence[list[str]], edges: Sequence[Edge]) -> list[Block]:
        most = self._style.most
        cut = [
            communities(part, inside, most) if len(part) > most * ALONE else [part]
            for part, inside in _with_edges(parts, edges)
        ]
        pieces = [piece for group in cut for piece in group]
        drawn = iter(self._draw([self._job(*piece) for piece in _with_edges(pieces, edges)]))
        return [self._joined([next(drawn) for _ in group], group, edges) for group in cut]

    def _job(self, nodes: Sequence[str], inside: Sequence[Edge]) -> Job:
        return Job({node: self._boxes[node] for node in nodes}, inside, self._style)

    def _draw(self, jobs: Sequence[Job]) -> list[Block]:
        linked = [job for job in jobs if job.edges]
        answers = iter(self._solved(linked))
        blocks = [self._checked(job, next(answers)) if job.edges else self._in_grid(list(job.sizes)) for job in jobs]
        if self._style.layered:
            self._note_own_drawings(len(linked))
        return blocks

    def _in_grid(self, keys: Sequence[str]) -> Block:
        sizes = _turned({key: self._boxes[key] for key in keys}, self._drawn_for)
        corners = grid(list(sizes.values()), self._style.single_gap, aspect=self._drawn_for.aspect)
        return block_of(_turned(dict(zip(keys, corners, strict=True)), self._drawn_for), self._boxes)

    def _checked(self, job: Job, answer: Positions | None) -> Block:
        if answer is None or overlaps(answer, job.sizes):
            self._own_drawings += 1
            answer = stacked(job.sizes, job.edges, self._style)
        return block_of(answer, self._boxes)

    def _note_own_drawings(self, count: int) -> None:
        if self._engine is None and count:
            self._notes.append(
                "Graphviz was not found, so a simpler layout was used; install graphviz, or the graphviz-pure package"
            )
        elif self._own_drawings:
            self._notes.append(
                f"{self._own_drawings} of {count} groups were drawn by a simpler method, because {self._engine_name()} "
                "did not answer in time"
            )

    def _solved(self, jobs: Sequence[Job]) -> Sequence[Positions | None]:
        if not self._style.layered:
            return [self._columns(job, at / len(jobs)) for at, job in enumerate(jobs)]
        return self._asked(self._engine, jobs) if self._engine is not None else [None] * len(jobs)

    def _columns(self, job: Job, done: float) -> Positions | None:
        self._check_cancelled()
        self._progress(0.9 * done, "Arranging groups of tables")
        return in_columns(job.sizes, job.edges, self._style) if time.monotonic() < self._deadline else None

    def _asked(self, engine: Engine, jobs: Sequence[Job]) -> list[Positions | None]:
        """Return what Graphviz answers; batches run side by side, as many as there are processors."""
        answers: list[Positions | None] = [None] * len(jobs)
        batches = [range(at, min(at + JOBS_PER_BATCH, len(jobs))) for at in range(0, len(jobs), JOBS_PER_BATCH)]
        done = 0
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            waiting = {pool.submit(self._batch, engine, [jobs[at] for at in batch]): batch for batch in batches}
            for future in as_completed(waiting):
                batch = waiting[future]
                answers[batch.start : batch.stop] = future.result()
                done += len(batch)
                self._progress(0.9 * done / len(jobs), f"Arranged {done:,} of {len(jobs):,} groups of tables")
        self._check_cancelled()
        return answers

    def _batch(self, engine: Engine, jobs: Sequence[Job]) -> list[Positions | None]:
        left = min(self._deadline - time.monotonic(), self._batch_limit)
        if left <= 0 or self._cancelled():
            return [None] * len(jobs)
        return solve(engine, jobs, left, self._cancelled)

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise LayoutCancelled("the layout was cancelled; nothing was moved")

    # Putting them together

    def _joined(self, blocks: Sequence[Block], group: Sequence[list[str]], edges: Sequence[Edge]) -> Block:
        """Return the communities of one component as one block."""
        if len(blocks) == 1:
            return blocks[0]
        home = {node: str(at) for at, piece in enumerate(group) for node in piece}
        links: dict[str, dict[str, int]] = {}
        for a, b in edges:
            if a in home and b in home and home[a] != home[b]:
                _add(links, home[a], home[b])
        corners = self._packed(blocks, links)
        self._check_cancelled()
        joined = block_of(_together(blocks, corners), self._boxes)
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        joined.parts = [Box(x - left, y - top, block.w, block.h) for block, (x, y) in zip(blocks, corners, strict=True)]
        return joined

    def _packed(self, blocks: Sequence[Block], links: Mapping[str, Mapping[str, int]]) -> list[Corner]:
        gap = self._style.block_gap
        sizes = {str(at): (block.w, block.h) for at, block in enumerate(blocks)}
        packed = packed_by_links(sizes, links, gap, aspect=self._style.aspect)
        return settled(blocks, [packed[key] for key in sizes], self._boxes, gap)

    def _from_scratch(self, blocks: Sequence[Block]) -> Positions:
        """Put the smaller blocks round and between the parts of the largest one."""
        if not blocks:
            return {}
        by_size = sorted(blocks, key=lambda block: -block.w * block.h)
        largest, others = by_size[0], by_size[1:]
        standing = {f"part {at}": part for at, part in enumerate(largest.parts)}
        sizes = {f"block {at}": (block.w, block.h) for at, block in enumerate(others)}
        corners = packed_by_links(sizes, {}, self._style.block_gap, standing, self._style.aspect)
        return _together([largest, *others], [(0, 0), *(corners[key] for key in sizes)])

    def _beside_standing(self, blocks: Sequence[Block]) -> Positions:
        """Put each new block near the standing boxes it refers to."""
        home = {node: f"new {at}" for at, block in enumerate(blocks) for node in block.corners}
        links: dict[str, dict[str, int]] = {}
        for a, b in self._edges:
            if home.get(a, a) != home.get(b, b):
                _add(links, home.get(a, a), home.get(b, b))
        sizes = {f"new {at}": (block.w, block.h) for at, block in enumerate(blocks)}
        corners = packed_by_links(sizes, links, self._style.single_gap + 20, self._standing, self._style.aspect)
        return _together(blocks, [corners[key] for key in sizes])


def _gathered(singles: Mapping[str, Size], stands: Mapping[str, Box], style: Style) -> Positions:
    """Return corners in a grid below or beside all that stands, whichever makes the better picture."""
    sizes = list(singles.values())
    bounds = union(stands.values())
    if bounds is None:
        return dict(zip(singles, grid(sizes, style.single_gap, aspect=style.aspect), strict=True))
    x, y = int(bounds.x), int(bounds.y)
    right, bottom = int(bounds.right) + style.block_gap, int(bounds.bottom) + style.block_gap
    below = grid(sizes, style.single_gap, width=int(bounds.w))
    beside = grid(sizes, style.single_gap, width=_width_of_height(sizes, style.single_gap, int(bounds.h)))
    choices = [[(x + dx, bottom + dy) for dx, dy in below], [(right + dx, y + dy) for dx, dy in beside]]
    best = min(choices, key=lambda corners: _window(bounds, corners, sizes, style))
    return dict(zip(singles, best, strict=True))


def _window(bounds: Box, corners: Sequence[Corner], sizes: Sequence[Size], style: Style) -> float:
    """Return how high a window would have to be to show everything."""
    boxes = [Box(*corner, *size) for corner, size in zip(corners, sizes, strict=True)]
    everything = union([bounds, *boxes]) or bounds
    return max(everything.w / style.aspect, everything.h)


def _width_of_height(sizes: Sequence[Size], gap: int, height: int) -> int:
    """Return how wide a grid becomes that is about so high."""
    cell = max((w for w, _ in sizes), default=0) + gap
    columns = -(-sum(h + gap for _, h in sizes) // max(1, height + gap))
    return max(1, columns) * cell - gap


def _dealt(keys: Sequence[str], most: int) -> list[Sequence[str]]:
    """Return the keys in groups of about the same size, none larger than `most`."""
    count = -(-len(keys) // most)
    return [keys[at * len(keys) // count : (at + 1) * len(keys) // count] for at in range(count)]


def _together(blocks: Sequence[Block], corners: Sequence[Corner]) -> Positions:
    positions: Positions = {}
    for block, corner in zip(blocks, corners, strict=True):
        positions.update(block.moved(corner))
    return positions


def _with_edges(pieces: Sequence[list[str]], edges: Iterable[Edge]) -> list[tuple[list[str], list[Edge]]]:
    """Return each piece with the edges inside it, in one pass over the edges."""
    home = {node: at for at, piece in enumerate(pieces) for node in piece}
    inside: list[list[Edge]] = [[] for _ in pieces]
    for a, b in edges:
        if home.get(a, -1) == home.get(b, -2):
            inside[home[a]].append((a, b))
    return list(zip(pieces, inside, strict=True))


def _add(links: dict[str, dict[str, int]], a: str, b: str) -> None:
    for one, other in ((a, b), (b, a)):
        weights = links.setdefault(one, {})
        weights[other] = weights.get(other, 0) + 1
