"""Which servers may be connected to: addresses are checked, whatever name they go by."""

from __future__ import annotations

import doctest
import socket

import pytest

from designer.services import database_hosts
from designer.services.database_hosts import NotAllowed, address_of, entries

OURS = "10.0.0.5, db.example.org:5433, 192.168.7.0/24:5432, [fd00::7]:5432"
NAMES = {
    "db.example.org": ["10.9.9.9", "10.9.9.8"],
    "rebound.example.org": ["169.254.169.254"],
    "inside.example.org": ["127.0.0.1"],
    "mixed.example.org": ["127.0.0.1", "10.0.0.5"],
    "six.example.org": ["fd00::7"],
    "metadata.example.org": ["169.254.169.254"],
}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names stand for what the table says; addresses are taken apart by the system, as ever."""
    real = socket.getaddrinfo

    def answer(host, port, *args, **kwargs):
        if host in NAMES:
            return [(0, 0, 0, "", (address, 0)) for address in NAMES[host]]
        return real(host, port, *args, flags=socket.AI_NUMERICHOST, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


ALLOWED = {
    ("10.0.0.5", 5432): "10.0.0.5",
    ("10.0.0.5", 3306): "10.0.0.5",
    ("::ffff:10.0.0.5", 5432): "10.0.0.5",
    ("167772165", 5432): "10.0.0.5",
    ("mixed.example.org", 5432): "10.0.0.5",
    ("db.example.org", 5433): "10.9.9.9",
    ("DB.Example.ORG.", 5433): None,
    ("10.9.9.8", 5433): "10.9.9.8",
    ("192.168.7.200", 5432): "192.168.7.200",
    ("fd00::7", 5432): "fd00::7",
    ("six.example.org", 5432): "fd00::7",
}


@pytest.mark.parametrize(("host", "port"), ALLOWED)
def test_what_the_list_names_gets_the_address_to_connect_to(
    host: str, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(NAMES, "DB.Example.ORG.", NAMES["db.example.org"])
    assert address_of(host, port, entries(OURS)) == (ALLOWED[host, port] or "10.9.9.9")


REFUSED = [
    ("169.254.169.254", 5432), ("169.254.169.254", 80), ("::ffff:169.254.169.254", 5432), ("127.0.0.1", 5432),
    ("::ffff:127.0.0.1", 5432), ("::1", 5432), ("0.0.0.0", 5432), ("::", 5432), ("2130706433", 5432), ("0x7f000001", 5432),
    ("017700000001", 5432), ("127.1", 5432), ("2852039166", 5432), ("rebound.example.org", 5432),
    ("inside.example.org", 5432), ("10.0.0.5", 22), ("10.0.0.5", 5433), ("db.example.org", 5432), ("10.0.0.6", 5432),
    ("192.168.8.1", 5432), ("192.168.7.1", 3306), ("fd00::8", 5432), ("no.such.name.example.org", 5432),
    ("224.0.0.1", 5432), ("fe80::1", 5432), ("", 5432), ("x" * 300, 5432), ("ü" * 70, 5432),
]  # fmt: skip


@pytest.mark.parametrize(("host", "port"), REFUSED)
def test_everything_else_is_refused(host: str, port: int) -> None:
    with pytest.raises(NotAllowed, match="WHOLEKEY_DATABASE_HOSTS"):
        address_of(host, port, entries(OURS))


def test_an_unknown_name_and_a_forbidden_one_get_the_same_answer() -> None:
    words = []
    for host in ("inside.example.org", "no.such.name.example.org"):
        with pytest.raises(NotAllowed) as caught:
            address_of(host, 5432, entries(OURS))
        words.append(str(caught.value).replace(host, "HOST"))
    assert words[0] == words[1]


@pytest.mark.parametrize("everything", ["0.0.0.0/0", "0.0.0.0/0, ::/0", "metadata.example.org"])
def test_the_metadata_of_a_cloud_is_never_meant_by_a_wide_entry_or_a_name(everything: str) -> None:
    for host in ("169.254.169.254", "metadata.example.org", "rebound.example.org", "0.0.0.0", "224.0.0.1"):
        with pytest.raises(NotAllowed):
            address_of(host, 5432, entries(everything))
    assert address_of("169.254.169.254", 5432, entries("169.254.169.0/24")) == "169.254.169.254"


@pytest.mark.parametrize(
    "words", ["10.0.0.0/99", "db:port", "db:0", "db:70000", "db:", "a b", "/tmp/socket", "[::1", ":5432"]
)
def test_a_list_that_cannot_be_meant_is_told_to_the_operator(words: str) -> None:
    with pytest.raises(NotAllowed, match="WHOLEKEY_DATABASE_HOSTS: "):
        entries(words)


def test_an_empty_list_allows_nothing() -> None:
    with pytest.raises(NotAllowed):
        address_of("127.0.0.1", 5432, entries(" , "))


def test_the_example_holds() -> None:
    assert doctest.testmod(database_hosts).failed == 0
