"""The laws of docs/change-algebra.md on seeded random designs; each test names its rule."""

from __future__ import annotations

import itertools
import os
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.change import (
    Change,
    ChangeConflict,
    apply,
    change_decode,
    change_encode,
    change_from,
    change_to,
    compose,
    dangling,
    diff,
    invert,
    merge,
    rebase,
    resolve,
)
from designer.change.merge import mirrored
from designer.schema import Column, Design, Model, Table, codec
from tests.change.designs import add_table, random_design, random_edit, random_history

seeds = st.integers(0, 2**32)
laws = settings(max_examples=int(os.environ.get("WHOLEKEY_EXAMPLES", "60")), deadline=None, derandomize=True)
"""Seeded: a failure comes back. `make nightly` asks for many more examples than a change has to wait for."""


def prepared(seed: int) -> tuple[random.Random, Design]:
    rng = random.Random(seed)
    return rng, random_design(rng)


@laws
@given(seeds)
def test_d1_diff_leads_from_one_to_the_other(seed: int) -> None:
    rng, a = prepared(seed)
    b = apply(a, random_history(rng, a, 4)) if rng.random() < 0.7 else random_design(rng)
    assert apply(a, diff(a, b)) == b
    assert not diff(a, a)


@laws
@given(seeds)
def test_i1_invert_takes_back(seed: int) -> None:
    rng, a = prepared(seed)
    c = random_history(rng, a, 4)
    assert apply(apply(a, c), invert(c)) == a
    assert invert(invert(c)) == c
    assert not compose(c, invert(c))


@laws
@given(seeds)
def test_c1_compose_is_one_after_the_other_and_associative(seed: int) -> None:
    rng, a = prepared(seed)
    c1 = random_history(rng, a, 2)
    b = apply(a, c1)
    c2 = random_history(rng, b, 2)
    c3 = random_history(rng, apply(b, c2), 2)
    assert apply(a, compose(c1, c2)) == apply(b, c2)
    assert compose(compose(c1, c2), c3) == compose(c1, compose(c2, c3))
    assert compose(Change(), c1) == c1 == compose(c1, Change())
    assert compose(c1, c2) == diff(a, apply(b, c2))


@laws
@given(seeds)
def test_a2_a_change_that_does_not_fit_is_refused(seed: int) -> None:
    rng, a = prepared(seed)
    c = random_history(rng, a, 3)
    b = apply(a, c)
    if a != b:
        with pytest.raises(ChangeConflict):
            apply(b, c)
    assert apply(a, c) == b


@laws
@given(seeds)
def test_codec_round_trips(seed: int) -> None:
    rng, a = prepared(seed)
    c = random_history(rng, a, 4)
    assert change_decode(change_encode(c)) == c
    assert change_from(change_to(c)) == c
    assert codec.decode(codec.encode(a)) == a
    assert codec.encode(codec.decode(codec.encode(a))) == codec.encode(a)


@laws
@given(seeds)
def test_rebase_applies_and_leaves_nothing_dangling(seed: int) -> None:
    rng, base = prepared(seed)
    mine, theirs = random_history(rng, base, 3), random_history(rng, base, 3)
    onto = apply(base, theirs)
    after = apply(onto, rebase(mine, theirs, onto).change)
    assert not dangling(after)


@laws
@given(seeds)
def test_rebase_over_nothing_changes_nothing(seed: int) -> None:
    rng, base = prepared(seed)
    mine = random_history(rng, base, 3)
    answer = rebase(mine, Change(), base)
    assert answer.change == mine
    assert not answer.notes


@laws
@given(seeds)
def test_rebase_over_what_touches_other_records_changes_nothing(seed: int) -> None:
    rng, base = prepared(seed)
    theirs = add_table(rng, base)
    mine = random_history(rng, base, 2)
    if not set(mine.removed) & {t for r in theirs.added.values() for t in (r.parent, getattr(r, "type_ref", None))}:
        assert rebase(mine, theirs, apply(base, theirs)).change == mine


class Server:
    """The one sequencer: takes changes made on a version, rebases and numbers them."""

    def __init__(self, design: Design):
        self.states = [design]
        self.log: list[tuple[str, Change]] = []

    def commit(self, who: str, version: int, change: Change) -> None:
        seen = self.states[version]
        over = diff(seen, self.states[-1])
        fitted = rebase(change, over, self.states[-1]).change
        self.log.append((who, fitted))
        self.states.append(apply(self.states[-1], fitted))


class Peer:
    """A browser tab: a confirmed state, one pending change, and what is seen."""

    def __init__(self, name: str, design: Design):
        self.name, self.version, self.confirmed, self.shown = name, 0, design, design
        self.pending: Change | None = None

    def edit(self, rng: random.Random) -> None:
        step = random_edit(rng, self.shown)
        self.shown = apply(self.shown, step)
        self.pending = compose(self.pending, step) if self.pending is not None else step

    def send(self, server: Server) -> None:
        if self.pending is not None:
            server.commit(self.name, self.version, self.pending)
            self.receive(server)

    def receive(self, server: Server) -> None:
        for who, change in server.log[self.version :]:
            self.confirmed = apply(self.confirmed, change)
            self.version += 1
            if who == self.name:
                self.pending = None
            elif self.pending is not None:
                self.pending = rebase(self.pending, change, self.confirmed).change
        self.shown = apply(self.confirmed, self.pending) if self.pending else self.confirmed


@laws
@given(seeds, st.sampled_from([2, 3]))
def test_s1_peers_converge_in_any_order(seed: int, count: int) -> None:
    _, base = prepared(seed)
    for order in itertools.permutations(range(count)):
        server = Server(base)
        peers = [Peer(str(n), base) for n in range(count)]
        turn = random.Random(f"{seed} turns")
        for _ in range(2):
            for peer in peers:
                peer.edit(turn)
            for n in order:
                if turn.random() < 0.8:
                    peers[n].send(server)
                if turn.random() < 0.5:
                    peers[turn.randrange(count)].receive(server)
        for peer in peers:
            peer.send(server)
        for peer in peers:
            peer.receive(server)
        assert all(peer.shown == server.states[-1] for peer in peers)
        assert not dangling(server.states[-1])


@laws
@given(seeds)
def test_m1_merge_is_symmetric(seed: int) -> None:
    rng, base = prepared(seed)
    ours, theirs = (apply(base, random_history(rng, base, 3)) for _ in range(2))
    one, two = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.change == two.change
    assert one.conflicts == tuple(map(mirrored, two.conflicts))
    assert not dangling(apply(base, one.change))


@laws
@given(seeds)
def test_m1_disjoint_changes_are_united(seed: int) -> None:
    rng, base = prepared(seed)
    mine, yours = add_table(rng, base), add_table(rng, base)
    merged = merge(base, apply(base, mine), apply(base, yours))
    assert not [c for c in merged.conflicts if c.code != "name"]
    assert merged.change == compose(mine, yours)


@laws
@given(seeds)
def test_merge_with_an_unchanged_side_is_the_other_side(seed: int) -> None:
    rng, base = prepared(seed)
    mine = random_history(rng, base, 4)
    assert merge(base, apply(base, mine), base).change == mine
    assert not merge(base, apply(base, mine), base).conflicts
    assert merge(base, apply(base, mine), apply(base, mine)).change == mine


@laws
@given(seeds)
def test_m8_choosing_a_side_settles_every_conflict(seed: int) -> None:
    rng, base = prepared(seed)
    ours, theirs = (apply(base, random_history(rng, base, 3)) for _ in range(2))
    merged = merge(base, ours, theirs)
    for side in ("ours", "theirs"):
        after = apply(base, resolve(merged, {c.key: side for c in merged.conflicts}))  # type: ignore[misc]
        assert not dangling(after)
        for conflict in merged.conflicts:
            wanted = (ours if side == "ours" else theirs).get(conflict.about)
            if conflict.code == "field" and wanted is not None and conflict.about in after:
                assert getattr(after[conflict.about], conflict.field) == getattr(wanted, conflict.field)


def test_m8_an_unknown_key_is_refused() -> None:
    base = random_design(random.Random(1))
    with pytest.raises(KeyError, match="no conflict"):
        resolve(merge(base, base, base), {"field:nobody:name": "ours"})


def test_m3_a_table_that_one_side_edits_survives_whole() -> None:
    rng = random.Random(5)
    empty = random_design(rng, 0)
    base = apply(empty, add_table(rng, empty))
    table = base.of(Table)[0]
    ours = apply(base, complete_removal(base, table.id))
    theirs = base.changed((), [msgspec.structs.replace(table, name="kept")])
    merged = merge(base, ours, theirs)
    assert [c.key for c in merged.conflicts] == [f"removed:{table.id}"]
    after = apply(base, merged.change)
    assert after[table.id].name == "kept"  # type: ignore[attr-defined]
    assert after.of(Column, table.id) == base.of(Column, table.id)


def complete_removal(design: Design, gone: str) -> Change:
    from designer.change import complete

    return complete(design, Change(removed={gone: design[gone]})).change


def test_m4_what_stands_under_a_record_added_twice_is_left_out_and_comes_back() -> None:
    rng = random.Random(6)
    base = random_design(rng, 0)
    change = add_table(rng, base)
    table = next(each for each in change.added.values() if isinstance(each, Table))
    ours = apply(base, change)
    theirs = ours.changed((), [msgspec.structs.replace(table, name="another")])
    merged = merge(base, ours, theirs)
    assert f"added:{table.id}" in {c.key for c in merged.conflicts}
    assert not dangling(apply(base, merged.change))
    chosen = apply(base, resolve(merged, {f"added:{table.id}": "theirs"}))
    assert chosen == theirs


def test_m3_a_replacement_by_another_kind_leaves_the_base_in_place() -> None:
    rng = random.Random(7)
    empty = random_design(rng, 0)
    base = apply(empty, add_table(rng, empty))
    column = base.of(Column)[-1]
    ours = base.changed((), [msgspec.structs.replace(column, comment="mine")])
    theirs = base.changed([column.id], []).changed((), [Table(id=column.id, parent=empty.of(Model)[0].id, name="t")])
    merged = merge(base, ours, theirs)
    after = apply(base, merged.change)
    assert isinstance(after[column.id], Column)
    replaced = apply(base, resolve(merged, {c.key: "theirs" for c in merged.conflicts}))
    assert isinstance(replaced[column.id], Table)
