"""Discovery for a table of a branch: a process under limits, what is kept of the rows, and who may do what."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from designer.commands.contract import edit
from designer.models import Branch, DataSample, Job
from designer.schema import Column, Dependency, ForeignKey
from designer.services import branches, connecting, discovering, jobs
from designer.services.errors import Denied, Invalid, NotFound, TooLarge
from tests.forwarding import forwarded

HEADER = "ID,E-Mail,email,zip,city"


def rows(count=600, dirty=0):
    lines = [f"{at},x,u{at % 100}@example.org,z{at % 20},city {at % 10}" for at in range(count)]
    for at in range(dirty):
        lines[at * 7] = lines[at * 7].replace("city", "town")
    return "\n".join([HEADER, *lines]) + "\n"


def start(people, text, element="users", name="people.csv", **options):
    source = discovering.receive([text.encode()], name) if name else discovering.receive_text(text)
    return discovering.start(people.editor, people.branch, element, source, **options)


def done(job):
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.message
    return jobs.result_of(job)


def failed(job):
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    return job.message


def with_columns(people):
    """Give the table of users a zip and a city, and a dependency that somebody stated."""
    records = [
        Column(id="users3", parent="users", name="zip", type="text", order="C"),
        Column(id="users4", parent="users", name="city", type="text", order="D"),
        Dependency(id="fact", parent="users", determinant=("users4",), dependent=("users3",)),
    ]
    branches.run_command(people.editor, people.branch, lambda design: edit(design, "Columns", records))


def test_an_upload_is_kept_and_seen_with_the_columns_of_the_table(everybody):
    with_columns(everybody)
    result = done(start(everybody, rows(dirty=3)))
    assert result["element"] == "users" and result["rows"] == 600
    assert result["strangers"] == ["E-Mail"] and result["missing"] == []
    kept = discovering.kept(everybody.viewer, everybody.branch, "users")
    assert kept.source == "people.csv" and kept.by
    assert kept.columns == ("users1", None, "users2", "users3", "users4")
    assert len(kept.rows) == 200 and kept.rows[0][0] == 1
    assert kept.values("users3")[:2] == [kept.rows[0][1][3], kept.rows[1][1][3]]
    nearly = kept.dependency(["users3"], "users4")
    assert (nearly.groups, nearly.exceptions) == (20, 3)
    checked = kept.checked(["users3"], "users4")
    assert checked.exceptions == 3 and checked.conflicts[0].sizes[-1] == 1
    assert kept.dependency(["users1"], "users4") is None


def test_what_was_stated_is_asked_of_the_rows_and_the_rest_is_proposed(everybody):
    with_columns(everybody)
    done(start(everybody, rows()))
    kept = discovering.kept(everybody.viewer, everybody.branch, "users")
    checked = kept.checked(["users4"], "users3")
    assert checked.rows == 600 and checked.conflicting == 10
    example = kept.counterexample("users4", "users3")
    assert example.one[0] != example.other[0] and example.one[1] != example.other[1]
    assert kept.counterexample("users3", "users4") is None
    found = {(each.determinant, each.dependent): each for each in kept.proposals(0.5)}
    proposal = found[(("users3",), ("users4",))]
    assert (proposal.source, proposal.owner, proposal.checked_rows, proposal.groups) == ("data", "users", 600, 20)


def test_pasted_rows(everybody):
    result = done(start(everybody, "| id | email |\n|--|--|\n| 1 | a |\n| 2 | a |\n", name=""))
    assert result["rows"] == 2
    assert discovering.kept(everybody.owner, everybody.branch, "users").source == "The pasted rows"


def test_newer_rows_take_the_place_of_older_ones_and_go_with_the_branch(everybody):
    done(start(everybody, rows(30)))
    done(start(everybody, rows(40)))
    sample = DataSample.objects.get()
    assert sample.rows == 40
    assert list(discovering.all_kept(everybody.viewer, everybody.branch)) == ["users"]
    discovering.forget(everybody.editor, everybody.branch, "users")
    assert discovering.kept(everybody.viewer, everybody.branch, "users") is None
    sample.save(force_insert=True)
    Branch.objects.get(pk=everybody.branch.pk).project.delete()
    assert not DataSample.objects.exists()


def test_rights(everybody):
    with pytest.raises(Denied):
        discovering.start(everybody.reviewer, everybody.branch, "users", discovering.receive([b"a\n1\n"], "x.csv"))
    with pytest.raises(NotFound):
        discovering.kept(everybody.stranger, everybody.branch, "users")
    with pytest.raises(NotFound):
        discovering.all_kept(everybody.stranger, everybody.branch)
    with pytest.raises(Denied):
        discovering.forget(everybody.viewer, everybody.branch, "users")
    with pytest.raises(NotFound, match="no such table"):
        start(everybody, rows(5), element="model")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("PK\x03\x04", "data.csv:1:1: this is a zip archive"),
    ],
)
def test_bad_files_are_told_in_one_sentence(everybody, text, message):
    assert failed(start(everybody, text, name="data.csv")).startswith(message)
    assert not list((discovering.settings.VAR_DIR / "uploads").glob("upload-*"))


def test_too_much_memory_is_told_and_costs_only_the_process(everybody, settings):
    settings.WHOLEKEY_IMPORT_MEMORY = 80 * 1024 * 1024
    large = "a,b\n" + "".join(f"{at},{at:0250}\n" for at in range(110_000))
    message = failed(start(everybody, large, name="wide.csv"))
    assert message.startswith("wide.csv")
    assert "memory" in message


def test_too_much_time_is_told(everybody, settings):
    settings.WHOLEKEY_IMPORT_SECONDS = 0
    assert "took more than 0 seconds; take fewer rows" in failed(start(everybody, rows(5)))


def test_limits_on_what_is_sent(everybody, settings):
    settings.WHOLEKEY_UPLOAD_LIMIT = 100
    with pytest.raises(TooLarge, match="wholekey discover"):
        discovering.receive([b"x" * 200], "x.csv")
    with pytest.raises(Invalid):
        discovering.receive_text("  ")
    with pytest.raises(TooLarge):
        discovering.receive_text("x" * (discovering.LARGEST_PASTE + 1))


def test_a_live_table(everybody, settings, postgres_server, monkeypatch):
    url = postgres_server.new_database()
    folder = unquote(re.search(r"host=([^&]+)", url)[1])
    with psycopg.connect(url, autocommit=True) as base:
        base.execute("CREATE TABLE users (id int, email text)")
        base.execute("INSERT INTO users SELECT n, 'u' || n % 10 FROM generate_series(1, 300) n")
    with forwarded(f"{folder}/.s.PGSQL.5432") as port:
        settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{port}"
        fields = {
            "host": "127.0.0.1",
            "port": str(port),
            "database": urlsplit(url).path[1:],
            "user": "postgres",
            "password": "s3cretword",
        }
        place = connecting.place_of(fields)
        job = discovering.start(everybody.editor, everybody.branch, "users", place)
        assert done(job)["rows"] == 300
        kept = discovering.kept(everybody.viewer, everybody.branch, "users")
        assert kept.source.startswith("users of test_") and "postgres:" not in kept.source
        message = failed(discovering.start(everybody.editor, everybody.branch, "users", place, table="nothing"))
        assert "there is no table nothing; there are: users" in message.lower()
        settings.WHOLEKEY_DATABASE_HOSTS = "10.0.0.1"
        assert "may not connect to 127.0.0.1" in failed(
            discovering.start(everybody.editor, everybody.branch, "users", place)
        )
    stored = b"".join(bytes(each.found) for each in DataSample.objects.all()) + str(list(Job.objects.values())).encode()
    assert b"s3cretword" not in stored


def test_foreign_keys_are_proposed_from_what_is_kept(everybody):
    records = [Column(id="posts2", parent="posts", name="user_id", type="bigint", order="B")]
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit(design, "Column", records))
    done(start(everybody, "id,email\n" + "".join(f"{at},u{at}\n" for at in range(5_000))))
    posts = "id,user_id,n\n" + "".join(f"{at},{at % 4_000},{at % 9}\n" for at in range(9_000))
    done(start(everybody, posts, element="posts"))
    assert not discovering.kept(everybody.viewer, everybody.branch, "posts").found.sampled
    found = discovering.references(everybody.viewer, everybody.branch)
    assert [
        (each.table, each.column, each.target, each.key, each.values, each.missing)
        for each in found
        if each.names_match
    ] == [("posts", "posts2", "users", "users1", 4_000, 0)]
    key = ForeignKey(id="postsfk", parent="posts", columns=("posts2",), ref_table="users", ref_columns=("users1",))
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit(design, "Key", [key]))
    assert not any(each.names_match for each in discovering.references(everybody.viewer, everybody.branch))
    with pytest.raises(NotFound):
        discovering.references(everybody.stranger, everybody.branch)
