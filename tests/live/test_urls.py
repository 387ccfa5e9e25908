"""Database URLs as people may see them: whatever is in them, their password is not."""

from __future__ import annotations

import doctest

import pytest

from designer.importers.live import LiveProblem, read_url, urls
from designer.importers.live.registry import dialect_of
from designer.importers.live.urls import has_password, secrets_of, shown, shown_in, with_password, without_secrets

SHOWN = {
    "postgresql://ann@db/shop": "postgresql://ann@db/shop",
    "postgresql://ann:s3cret@db/shop": "postgresql://ann:***@db/shop",
    "postgresql://ann:s3c:ret@db:5432/shop": "postgresql://ann:***@db:5432/shop",
    "postgresql://ann:s3c@ret@db/shop": "postgresql://ann:***@db/shop",
    "postgresql://ann:s3c/ret?x#y@db/shop": "postgresql://ann:***@db/shop",
    "postgresql://:s3cret@/shop?host=/tmp": "postgresql://:***@/shop?host=/tmp",
    "mysql+pymysql://ann:s3cret@[::1]:3306/shop": "mysql+pymysql://ann:***@[::1]:3306/shop",
    "postgresql://ann@db/shop?password=s3cret&sslmode=require": "postgresql://ann@db/shop?password=***&sslmode=require",
    "postgresql://ann@db/shop?sslpassword=s3cret": "postgresql://ann@db/shop?sslpassword=***",
    "MYSQL://ann:S3cret@db/shop": "MYSQL://ann:***@db/shop",
    "sqlite:///shop.db": "sqlite:///shop.db",
    "shop.sql": "shop.sql",
}


@pytest.mark.parametrize("url", SHOWN)
def test_a_url_is_shown_without_its_password(url: str) -> None:
    assert shown(url) == SHOWN[url]
    assert shown_in(f"unrecognized arguments: {url} x") == f"unrecognized arguments: {SHOWN[url]} x" or "@ret" in url
    assert "s3c" not in shown_in(f"problem with {url}").lower().replace("s3c@", "")


def test_every_spelling_of_a_password_is_found() -> None:
    assert set(secrets_of("postgresql://ann:p%40ss@db/x")) == {"p%40ss", "p@ss"}
    assert secrets_of("postgresql://ann@db/x") == []
    assert not has_password("postgresql://ann@db/x")
    assert has_password("postgresql://ann@db/x?password=y")


def test_a_sentence_loses_the_password_but_not_its_words() -> None:
    assert without_secrets("user p@ss failed", secrets_of("postgresql://ann:p%40ss@db/x")) == "user *** failed"
    assert without_secrets("a failed", ["a"]) == "a failed"


@pytest.mark.parametrize("password", ["simple", "p@ss/w:rd?#%&=", "ünï", " "])
def test_a_password_that_was_asked_for_goes_into_the_url(password: str) -> None:
    from urllib.parse import unquote, urlsplit

    for url in ("postgresql://ann@db:1/shop?sslmode=require", "postgresql://db/shop", "postgresql:///shop"):
        parts = urlsplit(with_password(url, password))
        assert unquote(parts.password or "") == password
        assert (parts.hostname, parts.path) == (urlsplit(url).hostname, urlsplit(url).path)


@pytest.mark.parametrize(("url", "dialect"), [
    ("postgres://x", "postgresql"), ("postgresql+psycopg://x", "postgresql"), ("MySQL://x", "mysql"),
    ("mariadb://x", "mariadb"), ("sqlite:x.db", "sqlite"), ("oracle://x", None), ("x.sql", None), ("C:\\x.sql", None),
    ("postgresql://[", "postgresql"), (":", None), ("", None),
])  # fmt: skip
def test_the_scheme_tells_the_database(url: str, dialect: str | None) -> None:
    assert dialect_of(url) == dialect


@pytest.mark.parametrize("url", [
    "postgresql://ann:s3cret@127.0.0.1:1/x", "postgresql://ann:s3cret@[/x", "postgresql://ann:s3cret@h:99999999/x",
    "postgresql://ann:s3cret@127.0.0.1:1/x?nonsense=1", "mysql://ann:s3cret@127.0.0.1:1/x", "mysql://ann:s3cret@[/x",
    "mysql://ann:s3cret@127.0.0.1:port/x", "mysql://ann:s3cret@127.0.0.1:1/x?nonsense=1", "sqlite:////nowhere/s3cret.db"
    "?x", "oracle://ann:s3cret@h/x", "postgresql://ann:s3cret@no.such.host.invalid/x",
])  # fmt: skip
def test_what_cannot_be_reached_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(LiveProblem) as caught:
        read_url(url)
    assert "\n" not in caught.value.message
    if not url.startswith("sqlite"):
        assert "s3cret" not in caught.value.message
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_the_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(urls).failed == 0
