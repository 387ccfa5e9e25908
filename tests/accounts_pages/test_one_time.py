"""Without accounts, the address that the server prints lets one browser in, once: shown on real server processes."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from designer.cli import main
from tests.accounts_pages.serving import Visitor, environment, serving, wholekey


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, str]:
    return environment(tmp_path_factory.mktemp("var"))


def test_the_printed_address_works_once_and_the_cookie_for_good(told):
    ann, bob = Visitor(), Visitor()
    with serving(told) as printed:
        home = printed.partition("open/")[0]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/open/[\w-]{32}", printed)
        for address in (home, home + "d/whatever/records", home + "help"):
            status, page = bob.get(address)
            assert (status, "wholekey open" in page) == (403, True)
        assert "shop" not in page
        assert bob.get(home + "favicon.ico")[0] == 200
        assert bob.get(printed, **{"Sec-Purpose": "prefetch;prerender"})[0] == 403
        status, page = ann.get(printed)
        assert (status, ann.at) == (200, home)
        assert "Demo: an online shop" in page
        assert (ann.get(printed)[0], ann.at) == (200, home)
        assert bob.get(printed)[0] == 403
        status, sentence = bob.get(home, Accept="application/json")
        assert (status, list(json.loads(sentence))) == (403, ["error"])
        assert ann.get(home, **{"X-Forwarded-For": "203.0.113.9"})[0] == 403
        fresh = wholekey(told, "open").stdout.strip()
        assert fresh.startswith(home + "open/")
        with ThreadPoolExecutor(4) as several:
            visits = list(several.map(lambda _: Visitor().get(fresh)[0], range(4)))
        assert sorted(visits) == [200] + [403] * 3
    with serving(told, "--port", home.rsplit(":", 1)[1].rstrip("/")) as again:
        assert again != printed
        assert "Demo: an online shop" in ann.get(again.partition("open/")[0])[1]
        assert bob.get(printed.replace(home, again.partition("open/")[0]))[0] == 403
        assert bob.get(again)[0] == 200
    kept = b"".join(each.read_bytes() for each in Path(told["WHOLEKEY_VAR"]).glob("wholekey.sqlite3*"))
    for token in (printed, again, fresh):
        assert token.rpartition("/")[2].encode() not in kept


def test_open_says_what_to_do_where_no_server_ran(settings, tmp_path, capsys):
    settings.WHOLEKEY_LOCAL, settings.VAR_DIR = True, tmp_path
    assert main(["open"]) == 2
    assert capsys.readouterr().err == "wholekey: no server has run here yet; start one with: wholekey serve\n"
    settings.WHOLEKEY_LOCAL = False
    assert main(["open"]) == 2
    assert "wholekey admin EMAIL" in capsys.readouterr().err
