"""The page to play on: typed relations, answers at once, reports, and nothing kept."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from designer.models import Job, LogEntry
from designer.services import playing

ADDRESS = "address(street, city, zip):\nstreet, city -> zip\nzip -> city"


@pytest.fixture
def play(everybody, client):
    client.force_login(everybody.viewer)

    def post(text: str, name: str = "normalize-analysis", **more: str):
        return client.post(reverse(name), {"text": text, **more})

    return post


def test_an_analysis_has_keys_form_proofs_cuts_and_a_picture(play):
    answer = play(ADDRESS)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "It is in 3NF",
        "2 candidate keys",
        "street, city",
        "street, zip",
        "BCNF",
        "zip → city",
        "norm-strip",
    ):
        assert words in page
    assert "No single part can check" in page
    assert "Two rows that show that its left side is no key" in page
    assert "Would a row like these be allowed?" in page


def test_several_relations_are_answered_one_by_one_and_a_bad_one_by_name(play):
    answer = play("r(a, b): a -> c\n\ns(x, y): x -> y")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "unknown attribute c" in page
    assert "It is in BCNF" in page


def test_multivalued_dependencies_count(play):
    page = play("teaches(course, lecturer, book):\ncourse ->> lecturer").content.decode()
    assert "course ↠ lecturer" in page
    assert "4NF" in page


def test_keys_are_told_as_factors_and_counted(play):
    pairs = "\n".join(f"a{n} <-> b{n}" for n in range(16))
    page = play(pairs).content.decode()
    assert "65,536 candidate keys" in page or "65536 candidate keys" in page
    assert "one of {a0 | b0}" in page
    assert "The first 12 are listed" in page


def test_names_are_text(play):
    page = play('"<script>x</script>"("<img src=x>", b): "<img src=x>" -> b').content.decode()
    assert "<script" not in page
    assert "<img" not in page


def test_nothing_typed_is_no_mistake(play):
    answer = play("  \n")
    assert answer.status_code == 200
    assert "Type a relation" in answer.content.decode()


@pytest.mark.parametrize("wanted", playing.FORMATS)
def test_a_report_is_a_file_that_shows_the_work(play, wanted):
    answer = play(ADDRESS, "normalize-report", format=wanted)
    assert answer.status_code == 200
    assert re.fullmatch(r'attachment; filename="normalisation\.\w+"', answer["Content-Disposition"])
    text = answer.content.decode()
    assert "BCNF" in text
    if wanted == "json":
        (relation,) = json.loads(text)["relations"]
        assert relation["keys_count"] == 2


def test_too_much_is_refused_by_the_server_and_never_cut_off_by_the_page(play, client):
    assert "maxlength" not in client.get(reverse("normalize")).content.decode()
    answer = play("a -> b\n" * (playing.MOST_TYPED // 7 + 1))
    assert answer.status_code == 413
    assert "100,000 letters can be typed" in answer.content.decode()


def test_a_report_in_no_format_or_of_nothing_is_refused(play):
    assert play(ADDRESS, "normalize-report", format="pdf").status_code == 400
    assert play(" ", "normalize-report", format="text").status_code == 400


def test_what_takes_too_long_is_stopped_and_told(play, monkeypatch):
    monkeypatch.setattr(playing, "SECONDS", -1)
    answer = play(ADDRESS)
    assert answer.status_code == 422
    assert "leave out columns or dependencies" in answer.content.decode()
    monkeypatch.setattr(playing, "MOST_TYPED", 10)
    assert play(ADDRESS).status_code == 413


def test_a_server_that_is_busy_says_so(play, monkeypatch):
    monkeypatch.setattr(playing, "_WAIT", 0)
    taken = [playing._TURNS.acquire(blocking=False) for _ in range(playing.AT_ONCE)]
    try:
        assert play(ADDRESS).status_code == 503
    finally:
        for _ in filter(None, taken):
            playing._TURNS.release()


def test_nothing_is_stored(play):
    before = LogEntry.objects.count(), Job.objects.count()
    play(ADDRESS)
    assert (LogEntry.objects.count(), Job.objects.count()) == before


def test_with_accounts_it_needs_one(everybody, settings):
    stranger = Client()
    assert stranger.get(reverse("normalize"))["Location"].startswith(reverse("login"))
    assert stranger.post(reverse("normalize-analysis"), {"text": ADDRESS}).status_code == 403
    assert stranger.post(reverse("normalize-report"), {"text": ADDRESS, "format": "text"}).status_code == 403
