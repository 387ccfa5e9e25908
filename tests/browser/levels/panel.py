"""What a person does with the panel of levels, in the words of a test."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.desk import Desk

LONG = 30_000
"""Milliseconds that deriving may take on a machine that has much to do."""
POST = """async ([changed, label]) => {
  const { urls, csrf } = JSON.parse(document.getElementById("boot").textContent);
  const body = { base: window.wholekey.version(), key: crypto.randomUUID(), label, change: { changed } };
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(urls.changes, { method: "POST", headers, body: JSON.stringify(body) });
  await window.wholekey.sync.pull((await answer.json()).version);
}"""


class Levels(Desk):
    """The page of a design with its panel of levels."""

    def open(self) -> None:
        """Open the panel by the toolbar."""
        self.page.locator("#toolbar [data-action=levels]").click()
        self.shows("overview")

    def shows(self, view: str) -> None:
        """Wait until the panel shows a view and is done."""
        expect(self.page.locator(f"#levels [data-view={view}]")).to_be_visible(timeout=LONG)
        expect(self.page.locator("#levels")).to_have_attribute("aria-busy", "false", timeout=LONG)

    def make(self, source: str, goal: str) -> None:
        """Derive a model by the mouse; the panel shows all models before and after."""
        self.page.get_by_label(f"Derive a model from {source}", exact=True).click()
        self.shows("derive")
        self.page.locator("#levels-goal").select_option(label=goal)
        self.shows("derive")
        self.page.locator("#levels-make").click()
        self.shows("overview")

    def models(self) -> dict[str, str]:
        """Return the name of each model with its id."""
        return dict(self.ask("[...w.store.design.ofKind('model')].map(({ id, name }) => [name, id])"))

    def in_model(self, kind: str, model: str, name: str) -> str:
        """Return the id of the record of that kind and name in a model."""
        script = (
            "[...w.store.design.ofKind(argument[0])].find((each) => each.name === argument[2]"
            " && w.store.design.modelOf(each.id).id === argument[1])?.id"
        )
        return str(self.ask(script, [kind, self.models()[model], name]))

    def shown_model(self) -> str:
        """Return the name of the model whose diagram is on the canvas, made or only looked at."""
        return str(self.page.evaluate("document.querySelector('#diagram-select option:checked').parentElement.label"))

    def edit(self, record: str, **fields: tuple[Any, Any]) -> None:
        """Make an edit as another tab does."""
        self.page.evaluate(POST, [{record: fields}, "Edit"])
