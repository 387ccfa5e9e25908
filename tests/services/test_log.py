"""The log is the store: append-only, idempotent, and equal to itself however it is loaded."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, connections

from designer.change import Change, apply, change_decode
from designer.commands import columns, edit, tables
from designer.models import AppendOnlyError, Branch, LogEntry, Snapshot
from designer.schema import Column, Design, Table, new_id
from designer.services import branches, projects, snapshots
from designer.services.cache import DESIGNS
from designer.services.errors import Denied, Invalid, NotFound


def renamed(design: Design, record: str, name: str) -> Change:
    return edit.rename(design, record, name).change


def commit(people, change: Change, base: int = 1, key: str = "key-1"):
    return branches.commit(people.editor, people.branch, base, change, "Test", key, "tab")


def test_an_edit_is_one_row_and_the_head_moves(everybody):
    before, version = branches.load(everybody.branch)
    accepted = commit(everybody, renamed(before, "users", "people"))
    assert (version, accepted.version, accepted.head) == (1, 2, 2)
    after, version = branches.load(everybody.branch)
    assert (version, after["users"].name) == (2, "people")
    assert LogEntry.objects.filter(branch=everybody.branch).count() == 2


def test_an_edit_takes_the_same_queries_on_a_large_design(everybody, django_assert_max_num_queries):
    many = [Table(id=f"many{n}", parent="model", name=f"t{n}") for n in range(2000)]
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit_of(design, many))
    design, version = branches.load(everybody.branch)
    change = renamed(design, "many7", "seven")
    with django_assert_max_num_queries(8):
        commit(everybody, change, version)
    assert LogEntry.objects.get(branch=everybody.branch, version=version + 1).change.count("many") == 1


def edit_of(design, records):
    from designer.commands.contract import edit as make

    return make(design, "Many tables", list(records))


def test_entries_cannot_be_rewritten(everybody):
    entry = LogEntry.objects.get(branch=everybody.branch)
    entry.label = "Something else"
    for rewrite in (
        entry.save,
        entry.delete,
        lambda: LogEntry.objects.filter(pk=entry.pk).update(label="x"),
        lambda: LogEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(AppendOnlyError):
            rewrite()
    assert LogEntry.objects.get(pk=entry.pk).label == "New design"


def test_a_version_exists_once(everybody):
    with pytest.raises(IntegrityError):
        LogEntry.objects.create(
            branch=everybody.branch, version=1, key="other", author_name="x", label="x", change="{}"
        )


def test_the_same_key_again_writes_nothing_and_answers_the_same(everybody):
    design, _ = branches.load(everybody.branch)
    first = commit(everybody, renamed(design, "users", "people"))
    again = commit(everybody, renamed(design, "users", "people"))
    assert (again.version, again.head) == (first.version, first.head) == (2, 2)
    assert [entry.version for entry in again.entries] == [2]


def test_an_old_change_is_rebased_and_its_author_told(everybody):
    design, _ = branches.load(everybody.branch)
    mine = edit.set_fields(design, "users2", {"comment": "where mail goes"}).change
    commit(everybody, edit.delete(design, ["users2"]).change, key="theirs")
    accepted = commit(everybody, mine, key="mine")
    assert accepted.version is None
    assert [note.code for note in accepted.notes] == ["gone"]
    assert [entry.key for entry in accepted.entries] == ["theirs"]


def test_two_edits_on_one_version_both_hold(everybody):
    design, _ = branches.load(everybody.branch)
    commit(everybody, renamed(design, "users", "people"), key="one")
    accepted = commit(everybody, renamed(design, "posts", "articles"), key="two")
    after, _ = branches.load(everybody.branch)
    assert accepted.version == 3
    assert (after["users"].name, after["posts"].name) == ("people", "articles")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(added={"colx": Column(id="colx", parent="nowhere", name="x", type="text")}), "there is no record"),
        (
            Change(added={"colx": Column(id="colx", parent="model", name="x", type="text")}),
            "cannot be part of the model",
        ),
        (Change(added={"tab1": Table(id="tab1", name="x")}), "belongs nowhere"),
        (Change(added={"a b": Table(id="a b", parent="model", name="x")}), "an id is 4 to 40"),
        (Change(changed={"users": {"name": ("other", "x")}}), "does not fit"),
        (Change(changed={"users": {"name": ("users", 7)}}), "not be valid"),
        (Change(changed={"users": {"order": ("A", "B")}, "nope": {"name": ("a", "b")}}), "does not fit"),
    ],
)
def test_a_change_that_would_break_the_design_is_refused(everybody, change, words):
    with pytest.raises(Invalid, match=words):
        commit(everybody, change)
    assert branches.load(everybody.branch)[1] == 1


def test_removing_what_others_need_is_refused(everybody):
    design, _ = branches.load(everybody.branch)
    with pytest.raises(Invalid, match="still needs"):
        commit(everybody, Change(removed={"users": design["users"]}))


def test_a_version_from_the_future_is_refused(everybody):
    design, _ = branches.load(everybody.branch)
    with pytest.raises(Invalid, match="version 9"):
        commit(everybody, renamed(design, "users", "people"), base=9)


def test_only_editors_write(everybody):
    design, _ = branches.load(everybody.branch)
    change = renamed(design, "users", "people")
    for user, error in ((everybody.viewer, Denied), (everybody.reviewer, Denied), (everybody.stranger, NotFound)):
        with pytest.raises(error):
            branches.commit(user, everybody.branch, 1, change, "x", "k")
        with pytest.raises(error):
            branches.run_command(user, everybody.branch, lambda d: edit.rename(d, "users", "x"))


def test_a_refused_command_says_so_and_writes_nothing(everybody):
    with pytest.raises(Invalid) as caught:
        branches.run_command(everybody.editor, everybody.branch, lambda d: edit.rename(d, "users", "posts"))
    assert caught.value.field == "name"
    assert branches.load(everybody.branch)[1] == 1


def test_snapshot_and_tail_give_what_the_whole_log_gives(everybody, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(snapshots, "ENTRIES", 7)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(25):
            branches.run_command(
                everybody.editor,
                everybody.branch,
                lambda d, n=number: columns.add_column(d, "posts", {"name": f"c{n}"}, new_id),
            )
    whole = Design()
    for text in LogEntry.objects.filter(branch=everybody.branch).order_by("version").values_list("change", flat=True):
        whole = apply(whole, change_decode(text))
    assert 1 <= Snapshot.objects.filter(branch=everybody.branch).count() <= snapshots.KEPT + snapshots.OLDER
    DESIGNS.clear()
    assert branches.load(everybody.branch) == (whole, 26)


def test_older_snapshots_stay_few_and_spread_over_the_log():
    kept: list[int] = []
    for version in range(200, 100_001, 200):
        kept = snapshots.worth_keeping([*kept, version])
        assert len(kept) <= snapshots.KEPT + snapshots.OLDER
    assert kept[-snapshots.KEPT :] == [99_600, 99_800, 100_000]
    furthest = max(after - before for before, after in zip([0, *kept], kept, strict=False))
    assert furthest <= 3 * 100_000 / snapshots.OLDER


def test_every_version_can_be_loaded(everybody):
    for number in range(5):
        branches.run_command(
            everybody.editor, everybody.branch, lambda d, n=number: tables.add_table(d, "model", f"t{n}", new_id)
        )
    DESIGNS.clear()
    counts = [len(branches.load(everybody.branch, version)[0].of(Table)) for version in range(7)]
    assert counts == [0, 2, 3, 4, 5, 6, 7]


def test_another_process_wrote_meanwhile(everybody):
    """A cache that has seen version 1 must not answer with it when the head is 2."""
    design, _ = branches.load(everybody.branch)
    commit(everybody, renamed(design, "users", "people"))
    DESIGNS.clear()
    DESIGNS.put(everybody.branch.public_id, 1, design)
    assert branches.load(everybody.branch)[0]["users"].name == "people"


def test_a_deleted_project_takes_its_log_along(everybody):
    projects.delete(everybody.owner, everybody.branch.project.public_id)
    assert not LogEntry.objects.exists()
    assert not Branch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_edits_from_many_threads_all_get_a_version_of_their_own(in_the_foreground):
    from tests.accounts import people

    everybody = people()
    design, _ = branches.load(everybody.branch)
    results: list[int | None] = []
    errors: list[Exception] = []

    def work(thread: int) -> None:
        try:
            for number in range(5):
                change = tables.add_table(design, "model", f"t{thread}_{number}", new_id).change
                accepted = branches.commit(
                    everybody.editor, everybody.branch, 1, change, "x", f"k{thread}-{number}", ""
                )
                results.append(accepted.version)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(results) == list(range(2, 32))
    after, version = branches.load(everybody.branch)
    assert (version, len(after.of(Table))) == (31, 32)


def test_sqlite_waits_for_the_disk(db):
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        modes = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]
