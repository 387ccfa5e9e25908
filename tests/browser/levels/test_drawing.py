"""Textbook cases are drawn in the browser, come out as their samples have them, and become tables on real servers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from designer.demo.samples import SAMPLES
from designer.schema import Design, Model, models
from designer.schema.codec import record_from
from tests.browser.conftest import Server
from tests.browser.levels.draftsman import Draftsman, content
from tests.levels.servers.bench import Home, MariaHome, PostgresHome, SQLiteHome, derived
from tests.servers import MariaServer, PostgresServer

pytestmark = pytest.mark.browser


def concepts_of(slug: str) -> tuple[Design, Model]:
    """Return a sample and its conceptual model."""
    design = next(each for each in SAMPLES if each.slug == slug).make()
    return design, next(each for each in models(design) if each.level == "conceptual")


def drawn(page: Page, server: Server, slug: str) -> Design:
    """Draw the concepts of a sample from an empty project. Returns the design as the server has it."""
    page.goto(server.address)
    page.get_by_role("button", name=re.compile("Start empty")).click()
    page.locator("#new-name").fill(slug)
    page.locator("#new-target").select_option("conceptual")
    page.get_by_role("button", name="Create").click()
    draftsman = Draftsman(page, *concepts_of(slug))
    draftsman.wait_ready()
    draftsman.draw()
    draftsman.saved()
    records = page.evaluate(
        "fetch(JSON.parse(document.querySelector('#boot').textContent).urls.design).then((r) => r.json())"
    )
    return Design(map(record_from, records["records"]))


@pytest.fixture(scope="module")
def homes(postgres_server: PostgresServer, mariadb_server: MariaServer):
    """A place on each server for the tables."""
    opened = {"postgresql": PostgresHome(postgres_server), "mysql": MariaHome(mariadb_server), "sqlite": SQLiteHome()}
    yield opened
    for home in opened.values():
        home.close()


@pytest.mark.parametrize(
    "slug", [*(pytest.param(each, marks=pytest.mark.slow) for each in ("university", "hospital")), "shop"]
)
def test_drawn_concepts_are_those_of_the_sample_and_become_tables(
    page: Page, server: Server, homes: dict[str, Home], slug: str
) -> None:
    design = drawn(page, server, slug)
    model = next(each for each in models(design))
    assert content(design, model) == content(*concepts_of(slug))
    for dialect, home in homes.items():
        case = derived(design, dialect, {})
        home.emptied()
        home.run(case.script)
        assert case.script.count("CREATE TABLE") > len(content(design, model)["Entity"])
