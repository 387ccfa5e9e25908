"""Record ids."""

from __future__ import annotations

from designer.schema.ids import ID_PATTERN, new_id, seeded_ids


def test_ids_are_unique_and_safe_in_addresses() -> None:
    made = {new_id() for _ in range(5000)}
    assert len(made) == 5000
    assert all(ID_PATTERN.match(each) and len(each) == 10 for each in made)


def test_seeded_ids_repeat_for_the_same_text_only() -> None:
    one, same, other = (
        seeded_ids("CREATE TABLE t ()"),
        seeded_ids(b"CREATE TABLE t ()"),
        seeded_ids("create table t ()"),
    )
    first = [one() for _ in range(2000)]
    assert first == [same() for _ in range(2000)]
    assert len(set(first)) == 2000
    assert not set(first) & {other() for _ in range(2000)}


def test_seeded_ids_take_text_that_is_not_valid_unicode() -> None:
    assert seeded_ids("\ud800")() != seeded_ids("\ud801")()
