"""URLs of MySQL and MariaDB: what the driver is told, what is refused, and that no message holds the password."""

from __future__ import annotations

import ssl

import pytest

from designer.importers.live import LiveProblem, PasswordRefused, read_url
from designer.importers.live.mysql.address import address_of


def test_host_user_and_database() -> None:
    address = address_of("mysql+pymysql://ann:p%40ss%2F@db.example:3307/my%20shop")
    assert address.database == "my shop"
    assert address.place == "db.example:3307"
    told = address.parameters
    assert (told["host"], told["port"], told["user"], told["password"]) == ("db.example", 3307, "ann", b"p@ss/")
    assert told["connect_timeout"] == 10
    assert told["read_timeout"] == 120


@pytest.mark.parametrize("name", ["unix_socket", "socket"])
def test_sockets(name: str) -> None:
    address = address_of(f"mariadb://root@localhost/d?{name}=%2Frun%2Fmysqld.sock")
    assert address.place == address.parameters["unix_socket"] == "/run/mysqld.sock"
    assert "host" not in address.parameters


def test_without_a_word_tls_is_used_where_it_is_offered() -> None:
    told = address_of("mysql://h/d").parameters
    assert "ssl" not in told
    assert "ssl_disabled" not in told
    assert address_of("mysql://h/d?ssl-mode=DISABLED").parameters["ssl_disabled"] is True


def test_required_tls_trusts_any_certificate_and_verified_tls_does_not() -> None:
    assert address_of("mysql://h/d?ssl-mode=REQUIRED").parameters["ssl"]["verify_mode"] == "none"
    for mode, checks_name in (("verify_ca", False), ("VERIFY_IDENTITY", True)):
        context = address_of(f"mysql://h/d?ssl_mode={mode}").parameters["ssl"]
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname is checks_name


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://h:port/d", "port"),
        ("mysql://h/d?ssl_mode=always", "ssl_mode"),
        ("mysql://h/d?connect_timeout=soon", "seconds"),
        ("mysql://h/d?connect_timeout=100000", "seconds"),
        ("mysql://h/d?local_infile=1", "local_infile"),
        ("mysql://h/d?ssl_mode=verify_ca&ssl_ca=/nowhere/ca.pem", "certificate"),
    ],
)
def test_what_it_cannot_mean_is_refused(url: str, words: str) -> None:
    with pytest.raises(LiveProblem, match=words):
        address_of(url)


def test_the_password_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSQL_PWD", "hidden")
    assert address_of("mysql://ann@h/d").parameters["password"] == b"hidden"
    assert address_of("mysql://ann:other@h/d").parameters["password"] == b"other"


def test_no_answer_is_one_sentence_without_the_password() -> None:
    for url in ("mysql://ann:sekrit@127.0.0.1:1/d", "mariadb://ann:sekrit@h/d?socket=/nowhere/s"):
        with pytest.raises(LiveProblem) as caught:
            read_url(url)
        assert not isinstance(caught.value, PasswordRefused)
        assert "sekrit" not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_address_never_shows_itself() -> None:
    assert "sekrit" not in repr(address_of("mysql://ann:sekrit@h/d"))
