"""A page that lost its session, its right, its branch or its network: nothing is lost, and it says what can be done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

from designer.schema.codec import decode
from tests.together.converging import opened
from tests.together.processes import Team

pytestmark = [pytest.mark.postgres, pytest.mark.browser]
EDIT = """async (text) => {
  const { setFields } = await import('/static/designer/doc/commands/index.js');
  const { store } = wholekey;
  store.dispatch(setFields(store.design, { id: store.design.ofKind('table')[0].id, values: { comment: text } }));
}"""
COMMENT = "wholekey.store.design.ofKind('table')[0].comment"


@pytest.fixture(scope="module")
def browsers(running, chromium) -> Iterator[list[Page]]:
    """The page of the second and of the third person, each in a browser of his own."""
    found = [
        opened(chromium.new_context(viewport={"width": 1440, "height": 900}), running, person, 0)
        for person in running.people[1:3]
    ]
    yield found
    for page in found:
        page.context.close()


@pytest.fixture
def pages(running, browsers) -> list[Page]:
    """Both pages at the branch."""
    for page in browsers:
        if running.branch not in page.url:
            page.goto(f"{running.addresses[0]}/d/{running.branch}/")
        page.locator("#stage[data-ready=true]").wait_for()
    return browsers


def run(running: Team, statement: str, *values: object) -> None:
    with psycopg.connect(running.database, autocommit=True) as connection:
        connection.execute(statement, values)


def saved(page: Page, text: str) -> None:
    page.wait_for_function(f"text => {COMMENT} === text && wholekey.store.pending.length === 0", arg=text)


@pytest.mark.slow
def test_who_was_signed_out_goes_on_after_signing_in_elsewhere(running, pages):
    ann, bob = pages
    cookies = ann.context.cookies()
    ann.context.clear_cookies()
    ann.evaluate(EDIT, "written while signed out")
    banner = ann.locator("#banner")
    expect(banner).to_contain_text("You are signed out. Sign in again in another tab to go on. 1 change is not saved")
    expect(banner.get_by_role("button", name="Sign in")).to_be_visible()
    expect(ann.locator(".toast-error", has_text="There is no such design")).to_have_count(0)
    anew = [{**each, "value": "a" * 32 if each["name"].endswith("csrf") else each["value"]} for each in cookies]
    ann.context.add_cookies(anew)  # signing in changes the token against forged requests
    ann.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(ann, "written while signed out")
    expect(banner).to_be_empty()
    saved(bob, "written while signed out")


def test_edits_that_a_protected_branch_refuses_are_kept_on_a_branch_of_ones_own(running, pages):
    ann, bob = pages
    ann.evaluate(EDIT, "before")
    saved(bob, "before")
    run(running, "UPDATE designer_branch SET protected = true WHERE public_id = %s", running.branch)
    try:
        ann.evaluate(EDIT, "kept")
        banner = ann.locator("#banner")
        expect(banner).to_contain_text(
            "is protected; make a branch of it and merge that. 1 change is not saved, but kept"
        )
        banner.get_by_role("button", name="Keep my edits on a branch of mine").click()
        ann.wait_for_url(lambda url: running.branch not in url)
        ann.locator("#stage[data-ready=true]").wait_for()
        saved(ann, "kept")
        assert ann.evaluate("document.body.innerText").count("Edits of person1")
        assert bob.evaluate(COMMENT) == "before"
    finally:
        run(running, "UPDATE designer_branch SET protected = false WHERE public_id = %s", running.branch)


@pytest.mark.slow
def test_who_may_not_edit_any_more_takes_his_edits_along_as_a_file(running, pages, tmp_path):
    ann, bob = pages
    ann.evaluate(EDIT, "allowed still")
    saved(bob, "allowed still")
    role = (
        "UPDATE designer_membership SET role = %s WHERE user_id = (SELECT id FROM auth_user WHERE username = 'person1')"
    )
    run(running, role, "viewer")
    try:
        ann.evaluate(EDIT, "not allowed")
        banner = ann.locator("#banner")
        expect(banner).to_contain_text("You may look at this design")
        banner.get_by_role("button", name="Keep my edits on a branch of mine").click()
        expect(ann.locator(".toast-error", has_text="You may look at this design").first).to_be_visible()
        with ann.expect_download() as download:
            banner.get_by_role("button", name="Download the design with them").click()
        path = Path(tmp_path / "taken.wholekey.json")
        download.value.save_as(path)
        first = ann.evaluate("wholekey.store.design.ofKind('table')[0].id")
        assert decode(path.read_bytes())[first].comment == "not allowed"
        assert "not allowed" in json.dumps(ann.evaluate("Object.values(localStorage)"))
        banner.get_by_role("button", name="Discard them").click()
        saved(ann, "allowed still")
        expect(banner).to_be_empty()
    finally:
        run(running, role, "editor")


def test_a_page_hears_again_after_the_database_and_the_server_were_started_anew(running, pages):
    ann, bob = pages
    run(
        running,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    ann.evaluate(EDIT, "after the database")
    saved(bob, "after the database")
    process = running.processes[0]
    process.kill()
    ann.evaluate(EDIT, "after the server")
    process.begin()
    process.wait()
    saved(bob, "after the server")


def test_a_lost_value_is_told_with_what_puts_it_back(running, pages):
    ann, bob = pages
    ann.evaluate(EDIT, "Ann's words")
    saved(bob, "Ann's words")
    bob.evaluate(EDIT, "Bob's words")
    toast = ann.locator(".toast", has_text="person2 set comment of the table")
    expect(toast).to_contain_text("to “Bob's words” after you; yours was “Ann's words”.")
    toast.get_by_role("button", name="Use mine").click()
    saved(bob, "Ann's words")


@pytest.mark.slow
def test_tabs_of_one_person_are_one_person_and_following_goes_to_other_diagrams(running, pages):
    ann, bob = pages
    again = bob.context.new_page()
    again.goto(bob.url)
    again.locator("#stage[data-ready=true]").wait_for()
    people = ann.locator("#people .person")
    expect(people).to_have_count(1)
    expect(people).to_have_attribute("title", "Follow person2, who is on this diagram")
    expect(again.locator("#people .person")).to_have_count(2)  # Ann, and oneself in another tab
    colour = people.get_attribute("class")
    people.click()
    other = bob.evaluate(
        "wholekey.store.design.ofKind('diagram').map(({ id }) => id).find((id) => id !== wholekey.editor.diagram)"
    )
    again.close()
    bob.locator("#diagram-select").select_option(other)
    ann.wait_for_function("id => wholekey.editor.diagram === id", arg=other)
    assert people.get_attribute("class") == colour


@pytest.mark.slow
def test_a_viewer_is_seen_where_he_points(running, pages):
    ann, bob = pages
    role = (
        "UPDATE designer_membership SET role = %s WHERE user_id = (SELECT id FROM auth_user WHERE username = 'person2')"
    )
    run(running, role, "viewer")
    try:
        bob.reload()
        bob.locator("#stage[data-ready=true]").wait_for()
        bob.mouse.move(700, 400)
        bob.mouse.move(720, 420)
        expect(ann.locator(".presence-pointer span", has_text="person2")).to_be_visible()
    finally:
        run(running, role, "editor")
