"""Automatic layout: where each table of a diagram stands.

A model falls into connected components. A small one is drawn in layers, parents to the left of their children; a large
one is first cut into communities of tables that refer to one another, each is drawn in layers, and these blocks are put
side by side by how strongly they are linked. Components are then packed, and tables without references stand in a
grid below. The pieces are independent, so that a time limit costs only the beauty of those that were not reached.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from designer.layout.box import Box, union
from designer.layout.dot import Engine, Job, find_engine, solve
from designer.layout.graph import communities, components
from designer.layout.layers import Size
from designer.layout.pack import Corner, grid, packed_by_links, packed_in_strip
from designer.layout.spatial_index import SpatialIndex
from designer.layout.stacked import Positions, stacked

Edge = tuple[str, str]
Progress = Callable[[float, str], None]

MOST_IN_ONE_DRAWING = 56
BLOCK_GAP = 110
COMPONENT_GAP = 100
SINGLE_GAP = 40
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
    work = _Work(boxes, edges, fixed or {}, progress, cancelled, time_limit)
    return work.run()


@dataclass(slots=True)
class _Block:
    """A part that is drawn: where its boxes stand within it, and how large it is."""

    corners: Positions
    w: int
    h: int


class _Work:
    def __init__(
        self,
        boxes: Mapping[str, Size],
        edges: Iterable[Edge],
        fixed: Mapping[str, Corner],
        progress: Progress,
        cancelled: Callable[[], bool],
        time_limit: float,
    ):
        self._boxes = {key: (max(1, round(w)), max(1, round(h))) for key, (w, h) in boxes.items()}
        self._edges = [(a, b) for a, b in edges if a != b and a in boxes and b in boxes]
        self._standing = {key: Box(*corner, *self._boxes[key]) for key, corner in fixed.items() if key in boxes}
        self._progress = progress
        self._cancelled = cancelled
        self._deadline = time.monotonic() + time_limit
        self._batch_limit = time_limit / 4
        self._engine = find_engine()
        self._notes: list[str] = []
        self._own_drawings = 0

    def run(self) -> Arrangement:
        """Return the whole arrangement."""
        free = [key for key in self._boxes if key not in self._standing]
        inside = [(a, b) for a, b in self._edges if a not in self._standing and b not in self._standing]
        parts = components(free, inside)
        self._progress(0.0, f"Arranging {len(free):,} tables")
        drawn = self._drawn_components([part for part in parts if len(part) > 1], inside)
        singles = [part[0] for part in parts if len(part) == 1]
        positions = self._beside_standing(drawn, singles) if self._standing else self._from_scratch(drawn, singles)
        self._progress(1.0, f"Arranged {len(free):,} tables")
        return Arrangement({key: positions[key] for key in free}, self._engine_name(), self._notes)

    def _engine_name(self) -> str:
        return self._engine.name if self._engine is not None else OWN_ENGINE

    # Drawing the pieces

    def _drawn_components(self, parts: Sequence[list[str]], edges: Sequence[Edge]) -> list[_Block]:
        cut = [communities(part, _within(part, edges)) if len(part) > MOST_IN_ONE_DRAWING else [part] for part in parts]
        pieces = [piece for group in cut for piece in group]
        drawn = iter(self._draw([self._job(*piece) for piece in _with_edges(pieces, edges)]))
        return [self._joined([next(drawn) for _ in group], group, edges) for group in cut]

    def _job(self, nodes: Sequence[str], inside: Sequence[Edge]) -> Job:
        return Job({node: self._boxes[node] for node in nodes}, inside)

    def _draw(self, jobs: Sequence[Job]) -> list[_Block]:
        linked = [job for job in jobs if job.edges]
        answers = iter(self._solved(linked) if self._engine is not None else [None] * len(linked))
        blocks = [self._checked(job, next(answers)) if job.edges else self._in_grid(job) for job in jobs]
        self._note_own_drawings(len(linked))
        return blocks

    def _in_grid(self, job: Job) -> _Block:
        corners = grid(list(job.sizes.values()), SINGLE_GAP)
        return _block(dict(zip(job.sizes, corners, strict=True)), self._boxes)

    def _checked(self, job: Job, answer: Positions | None) -> _Block:
        if answer is None or _overlaps(answer, job.sizes):
            self._own_drawings += 1
            answer = stacked(job.sizes, job.edges)
        return _block(answer, self._boxes)

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

    def _solved(self, jobs: Sequence[Job]) -> list[Positions | None]:
        """Return what Graphviz answers; batches run side by side, as many as there are processors."""
        assert self._engine is not None  # noqa: S101 - the caller has looked
        answers: list[Positions | None] = [None] * len(jobs)
        batches = [range(at, min(at + JOBS_PER_BATCH, len(jobs))) for at in range(0, len(jobs), JOBS_PER_BATCH)]
        done = 0
        with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
            waiting = {pool.submit(self._batch, self._engine, [jobs[at] for at in batch]): batch for batch in batches}
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

    def _joined(self, blocks: Sequence[_Block], group: Sequence[list[str]], edges: Sequence[Edge]) -> _Block:
        """Return the communities of one component as one block."""
        if len(blocks) == 1:
            return blocks[0]
        home = {node: str(at) for at, piece in enumerate(group) for node in piece}
        links: dict[str, dict[str, int]] = {}
        for a, b in edges:
            if a in home and b in home and home[a] != home[b]:
                _add(links, home[a], home[b])
        sizes = {str(at): (block.w, block.h) for at, block in enumerate(blocks)}
        corners = packed_by_links(sizes, links, BLOCK_GAP)
        self._check_cancelled()
        positions: Positions = {}
        for at, block in enumerate(blocks):
            positions.update(_moved(block, corners[str(at)]))
        return _block(positions, self._boxes)

    def _from_scratch(self, blocks: Sequence[_Block], singles: Sequence[str]) -> Positions:
        corners = packed_in_strip([(block.w, block.h) for block in blocks], COMPONENT_GAP)
        positions: Positions = {}
        for block, corner in zip(blocks, corners, strict=True):
            positions.update(_moved(block, corner))
        self._put_in_grid(singles, positions)
        return positions

    def _put_in_grid(self, singles: Sequence[str], positions: Positions) -> None:
        """Put boxes without references into a grid below everything that stands."""
        bounds = union(
            [Box(*corner, *self._boxes[key]) for key, corner in positions.items()] + list(self._standing.values())
        )
        sizes = [self._boxes[key] for key in singles]
        left, top = (int(bounds.x), int(bounds.bottom) + COMPONENT_GAP) if bounds is not None else (0, 0)
        corners = grid(sizes, SINGLE_GAP, int(bounds.w) if bounds is not None else None)
        for key, (x, y) in zip(singles, corners, strict=True):
            positions[key] = (left + x, top + y)

    def _beside_standing(self, blocks: Sequence[_Block], singles: Sequence[str]) -> Positions:
        """Put each new block near the standing boxes it refers to; what refers to none goes below them."""
        linked_singles = {end for edge in self._edges for end in edge} & set(singles)
        blocks = [*blocks, *(_block({key: (0, 0)}, self._boxes) for key in singles if key in linked_singles)]
        home = {node: f"new {at}" for at, block in enumerate(blocks) for node in block.corners}
        links: dict[str, dict[str, int]] = {}
        for a, b in self._edges:
            if home.get(a, a) != home.get(b, b):
                _add(links, home.get(a, a), home.get(b, b))
        sizes = {f"new {at}": (block.w, block.h) for at, block in enumerate(blocks)}
        corners = packed_by_links(sizes, links, COMPONENT_GAP - SINGLE_GAP, self._standing)
        positions: Positions = {}
        for at, block in enumerate(blocks):
            positions.update(_moved(block, corners[f"new {at}"]))
        self._put_in_grid([key for key in singles if key not in linked_singles], positions)
        return positions


def _within(nodes: Iterable[str], edges: Iterable[Edge]) -> list[Edge]:
    inside = set(nodes)
    return [(a, b) for a, b in edges if a in inside and b in inside]


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


def _block(corners: Positions, sizes: Mapping[str, Size]) -> _Block:
    """Return the block of these boxes, moved so that it begins at (0, 0)."""
    x = min(corner[0] for corner in corners.values())
    y = min(corner[1] for corner in corners.values())
    right = max(corner[0] + sizes[key][0] for key, corner in corners.items())
    bottom = max(corner[1] + sizes[key][1] for key, corner in corners.items())
    return _Block({key: (cx - x, cy - y) for key, (cx, cy) in corners.items()}, right - x, bottom - y)


def _moved(block: _Block, corner: Corner) -> Positions:
    return {key: (x + corner[0], y + corner[1]) for key, (x, y) in block.corners.items()}


def _overlaps(corners: Positions, sizes: Mapping[str, Size]) -> bool:
    index = SpatialIndex()
    for key, corner in corners.items():
        box = Box(*corner, *sizes[key])
        if index.query(box):
            return True
        index.insert(key, box)
    return False
