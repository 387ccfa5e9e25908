"""Reviewing on the diagram, by mouse and keyboard: what differs is marked where it stands, and conflicts are decided there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.test_access import AXE, violations

pytestmark = pytest.mark.browser

NASTY = "wei\"rd <b>&amp;</b> 'it' {{ x }} naïve 表"
PREPARE = """async ([nasty]) => {
  const { store } = wholekey; const boot = JSON.parse(document.getElementById("boot").textContent);
  const headers = { "X-CSRFToken": boot.csrf, "HX-Request": "true" };
  const post = (url, data) => fetch(url, { method: "POST", headers, body: new URLSearchParams(data), redirect: "manual" });
  const main = boot.branch, here = boot.urls.branches ?? `/d/${main}/branches`;
  const made = await post(`${here}/create`, { name: `${Math.random()} ${nasty}`.slice(0, 100) });
  const side = made.headers.get("HX-Redirect").split("/")[2];
  const table = (name) => [...store.design.ofKind("table")].find((each) => each.name === name);
  const column = (owner, name) => store.design.childrenOf(table(owner).id, "column").find((each) => each.name === name);
  const edit = async (branch, change) => {
    const { version } = await (await fetch(`/d/${branch}/changes?since=0`)).json();
    const body = JSON.stringify({ base: version, key: String(Math.random()), label: "x", change });
    const said = await fetch(`/d/${branch}/changes`, { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body });
    if (!said.ok) throw new Error(await said.text());
  };
  const renamed = column("customers", "email"), gone = table("reviews"), kept = column("reviews", "rating");
  const diagram = [...store.design.referrers(gone.id)].map((id) => store.design.get(id)).find(({ kind }) => kind === "placement").parent;
  const fields = (record, name, to) => ({ [record.id]: { [name]: [record[name] ?? (name === "comment" ? "" : null), to] } });
  const removed = {};
  const take = (id) => { removed[id] = store.design.get(id); for (const each of store.design.referrers(id)) if (!removed[each] && store.design.get(each).kind !== "assessment") take(each); };
  take(gone.id);
  const one = { id: "newtable01", kind: "table", parent: gone.parent, name: nasty, order: "zz" };
  const spot = { id: "newplace01", kind: "placement", parent: diagram, element: one.id, x: 40, y: 40 };
  const first = { id: "newcolumn1", kind: "column", parent: one.id, name: "id", type: "bigint", order: "A" };
  await edit(side, { added: { [one.id]: one, [spot.id]: spot, [first.id]: first }, removed, changed: fields(renamed, "name", "address <i>") });
  return { main, side, renamed: renamed.id, gone: gone.id, kept: kept.id, customers: table("customers").id,
    theirs: { ...fields(renamed, "name", "mail"), ...fields(kept, "type", "numeric(9,3)") } };
}"""
EDIT = """async ([branch, changed]) => {
  const { csrf } = JSON.parse(document.getElementById("boot").textContent);
  const { version } = await (await fetch(`/d/${branch}/changes?since=0`)).json();
  const body = JSON.stringify({ base: version, key: String(Math.random()), label: "x", change: { changed } });
  const said = await fetch(`/d/${branch}/changes`, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf }, body });
  if (!said.ok) throw new Error(await said.text());
}"""
MARKS = "({ nodes: [...w.scene.dress.review.nodes], rows: [...w.scene.dress.review.rows] })"


@pytest.fixture
def story(page: Page, server: Server) -> tuple[Desk, dict[str, Any]]:
    """A branch of the demo with a column renamed, a table gone and one with a nasty name added."""
    page.goto(server.demo)
    desk = Desk(page)
    desk.wait_ready()
    made: dict[str, Any] = page.evaluate(PREPARE, [NASTY])
    return desk, made


def look(desk: Desk, server: Server, branch: str, query: str) -> None:
    """Open the diagram of a branch with what is to be looked at, and wait until it is marked."""
    desk.page.goto(f"{server.address}d/{branch}/?{query}")
    desk.wait_ready()
    desk.until(lambda: bool(desk.ask("w.scene.dress.review !== null")))


def marks(desk: Desk) -> dict[str, dict[str, str]]:
    """Return what the scene marks, by id."""
    found = desk.ask(MARKS)
    return {part: dict(pairs) for part, pairs in found.items()}


def test_what_differs_is_marked_followed_and_ticked(story: tuple[Desk, dict[str, Any]], server: Server) -> None:
    desk, ids = story
    page = desk.page
    look(desk, server, ids["side"], "compare=base")
    found = marks(desk)
    assert (found["nodes"][ids["gone"]], found["nodes"]["newtable01"]) == ("removed", "added")
    assert (found["nodes"][ids["customers"]], found["rows"][ids["renamed"]]) == ("changed", "changed")
    assert desk.ask("w.scene.nodes.has(argument) && w.scene.isGhost(argument)", ids["gone"])
    panel = page.locator(".review-panel")
    expect(panel.get_by_role("button", name=f"added: table {NASTY}")).to_be_visible()
    # By keys: from the canvas with brackets, and a tick with v.
    page.locator("#canvas").focus()
    page.keyboard.press("]")
    expect(panel.locator(".review-group.is-current")).to_contain_text("table customers")
    page.keyboard.press("]")
    expect(panel.locator(".review-group.is-current")).to_contain_text("table reviews")
    panel.locator(".review-group.is-current .review-go").focus()
    page.keyboard.press("v")
    expect(page.locator("#review-progress")).to_contain_text("1 of ")
    # By mouse: to the table that is gone; nobody can take hold of its ghost.
    panel.get_by_role("button", name="removed: table reviews").click()
    desk.landed()
    page.mouse.click(*desk.centre(ids["gone"]))
    assert desk.ask("[...w.editor.selection]") == []
    # What was: the old name is there, and nothing can be edited; then both again.
    panel.get_by_role("button", name="Before", exact=True).click()
    assert desk.ask("[w.scene.source.get(argument).name, w.editor.canEdit]", ids["renamed"]) == ["email", False]
    panel.get_by_role("button", name="Both", exact=True).click()
    assert desk.ask("[w.scene.source.get(argument).name, w.editor.canEdit]", ids["renamed"]) == ["address <i>", True]
    # An edit while one looks: the marks follow, and the words.
    desk.ask("(w.editor.goTo(argument), 1)", ids["customers"])
    desk.landed()
    page.locator("#canvas").focus()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("clients")
    page.keyboard.press("Enter")
    expect(panel.locator(".review-group.is-changed", has_text="table clients")).to_contain_text("name customers")
    # Reloaded, the tick is there still; closed, nothing is left of the marks.
    page.reload()
    desk.wait_ready()
    expect(page.locator("#review-progress")).to_contain_text("1 of ")
    panel.get_by_role("button", name="Close the review").click()
    assert desk.ask("w.scene.dress.review === null && w.scene.ghosts === null && !location.search.includes('compare')")


@pytest.mark.slow
def test_a_request_is_approved_beside_its_diagram(story: tuple[Desk, dict[str, Any]], server: Server) -> None:
    desk, ids = story
    page = desk.page
    page.goto(f"{server.address}d/{ids['side']}/requests/new")
    page.get_by_label("Title").fill(f"Review {NASTY}")
    page.get_by_role("button", name="Open the change request").click()
    page.get_by_role("link", name="Review on the diagram").click()
    desk.wait_ready()
    panel = page.locator(".review-panel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text(NASTY)
    panel.get_by_label("What you think of it").fill("Fine <script>")
    panel.get_by_role("button", name="Approve").click()
    expect(panel.locator("#review-standing")).to_contain_text("Fine <script>")
    assert marks(desk)["nodes"]["newtable01"] == "added"
    assert violations(page, AXE.read_text()) == []
    assert json.loads(page.locator("#boot").text_content() or "")["source"] == "main"


def test_conflicts_are_decided_by_mouse_and_keyboard_on_the_diagram(
    story: tuple[Desk, dict[str, Any]], server: Server
) -> None:
    desk, ids = story
    page = desk.page
    page.evaluate(EDIT, [ids["main"], ids["theirs"]])
    look(desk, server, ids["side"], "resolve=down")
    progress = page.locator("#review-progress")
    total = int(progress.text_content().split(" ")[2])  # type: ignore[union-attr]
    assert total >= 2
    assert marks(desk)["rows"][ids["renamed"]] == "conflict"
    field = page.locator(f'[data-conflict="field:{ids["renamed"]}:name"]')
    expect(field).to_contain_text("It was: email")
    # The mouse over an answer shows it; chosen, it is decided.
    field.locator(".review-answer").nth(1).hover()
    desk.until(lambda: desk.ask("w.scene.source.get(argument)?.name", ids["renamed"]) == "mail")
    field.locator(".review-answer").nth(0).click()
    expect(progress).to_have_text(f"1 of {total} decided")
    assert desk.ask("w.scene.source.get(argument).name", ids["renamed"]) == "address <i>"
    assert ids["renamed"] not in {key for key, mark in marks(desk)["rows"].items() if mark == "conflict"}
    # Somebody edits main meanwhile: that is said, and what was decided still applies.
    page.evaluate(EDIT, [ids["main"], {ids["customers"]: {"comment": [_comment(desk, ids["customers"]), "who buys"]}}])
    # By keys alone: to each conflict that is open, and `t` for theirs.
    page.locator(f'[data-conflict="field:{ids["renamed"]}:name"] input').nth(0).focus()
    page.keyboard.press("]")
    for _ in range(total - 1):
        page.keyboard.press("t")
    expect(progress).to_have_text(f"{total} of {total} decided")
    page.locator("#review-make").press("Enter")
    expect(page.locator(".review-panel [role=alert]")).to_contain_text("edited one of the branches meanwhile")
    expect(progress).to_contain_text(f"of {total} decided")
    expect(page.locator("#review-kept")).to_contain_text("still appl")
    page.locator("#review-make").click()
    expect(page.locator(".review-panel")).to_contain_text("Changes")
    desk.until(lambda: desk.ask("w.store.design.get(argument)?.comment", ids["customers"]) == "who buys")
    found = desk.ask("argument.map((id) => w.store.design.get(id)?.name)", [ids["renamed"], ids["gone"]])
    chosen = desk.ask("w.store.design.get(argument)?.type", ids["kept"])
    assert (found, chosen) == (["address <i>", "reviews"], "numeric(9,3)")


def _comment(desk: Desk, table: str) -> str:
    return str(desk.ask("w.store.design.get(argument).comment ?? ''", table))
