"""Draws the concepts of a model in the browser, with mouse and keyboard as a person would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Literal

from playwright.sync_api import Page

from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    BusinessRule,
    Design,
    Domain,
    End,
    Entity,
    Generalization,
    Id,
    Identifier,
    Model,
    Record,
    Relationship,
    Term,
)
from tests.browser.desk import Desk

COLUMNS, ROWS = (330, 500, 670, 840, 1010), (110, 240, 370, 500, 630)
"""Where entities are put: five by five, those of one row a little lower than their neighbours."""
STEP = 23
LEFT, RIGHT, TOP, BOTTOM = 270, 1080, 60, 750
"""The part of the canvas that nothing lies over, in pixels of the page."""

Point = tuple[float, float]


class Draftsman(Desk):
    """A person at the canvas who draws what a model says."""

    def __init__(self, page: Page, design: Design, model: Model):
        super().__init__(page)
        self.design = design
        self.model = model
        self.spots: Iterator[Point] = iter(())

    def draw(self) -> None:
        """Draw everything, from the domains to the words about it."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.key("Alt+3")  # names only: small boxes, as long as things are being related
        self.spots = iter([self.world(*spot) for spot in spots()])
        for domain in self.design.of(Domain, self.model.id):
            self.domain(domain)
        for entity in self.design.of(Entity, self.model.id):
            self.entity(entity)
        for relationship in self.design.of(Relationship, self.model.id):
            self.relationship(relationship)
        for group in self.design.of(Generalization, self.model.id):
            self.generalization(group)
        for arc in self.design.of(Arc):
            self.arc(arc)
        self.words()

    # Small things

    def key(self, *names: str) -> None:
        """Press keys on the canvas."""
        for name in names:
            self.page.keyboard.press(name)

    def paste(self, lines: str) -> None:
        """Paste lines where the caret is; a single one is only typed by that, and entered."""
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", lines)
        self.page.keyboard.press("Control+v")
        if lines.count("\n") == 1:
            self.key("Enter")

    def named(self, record: Id) -> str:
        """Return the id that a record of the model has got in the drawing."""
        wanted = self.design[record]
        parent = self.design[wanted.parent or ""]
        within = self.named(parent.id) if isinstance(wanted, Attribute) else None
        return self.id_of(str(type(wanted).__struct_config__.tag), wanted.name, within)  # type: ignore[attr-defined]

    def world(self, x: float, y: float) -> Point:
        """Return the point of the diagram that is under a point of the page."""
        found = self.ask(
            """(() => { const stage = w.view.canvas.getBoundingClientRect();
            const at = w.view.worldAt({ x: argument[0] - stage.x, y: argument[1] - stage.y }); return [at.x, at.y]; })()""",
            [x, y],
        )
        return found[0], found[1]

    def in_sight(self, *places: Callable[[], Point]) -> list[Point]:
        """Turn the wheel until points of the diagram can be reached; typing near a border moves the view."""
        points = [place() for place in places]
        if not all(LEFT < x < RIGHT and TOP < y < BOTTOM for x, y in points):
            x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
            self.page.mouse.move((LEFT + RIGHT) / 2, (TOP + BOTTOM) / 2)
            self.page.mouse.wheel(x - (LEFT + RIGHT) / 2, y - (TOP + BOTTOM) / 2)
            self.until(lambda: [place() for place in places] != points)
            points = [place() for place in places]
        return points

    def at(self, script: str, argument: object = None) -> Point:
        """Return where on the page a point of the diagram is, which a script gives as [x, y]."""
        found = self.ask(
            f"""(() => {{ const [x, y] = ({script})(w.scene, argument); const stage = w.view.canvas.getBoundingClientRect();
            const box = w.view.boxOnScreen({{ x, y, w: 0, h: 0 }}); return [box.x + stage.x, box.y + stage.y]; }})()""",
            argument,
        )
        return found[0], found[1]

    def middle(self, element: str) -> Point:
        """Return the middle of a figure."""
        return self.at(
            "(scene, id) => { const n = scene.nodes.get(id), c = n.core ?? { x: 0, y: 0, w: n.w, h: n.h };"
            " return [n.x + c.x + c.w / 2, n.y + c.y + c.h / 2]; }",
            element,
        )

    def handle(self, element: str) -> Point:
        """Return the right side of a figure, from which lines are drawn."""
        return self.at(
            "(scene, id) => { const n = scene.nodes.get(id), c = n.core ?? { x: 0, y: 0, w: n.w, h: n.h };"
            " return [n.x + c.x + c.w, n.y + c.y + c.h / 2]; }",
            element,
        )

    def on_line(self, line: str) -> Point:
        """Return a point of a line where nothing else lies."""
        return self.at(
            """(scene, id) => { const { points } = scene.lines.get(id).route;
            const all = points.slice(1).flatMap(([x, y], at) => [0.2, 0.35, 0.5, 0.65, 0.8]
              .map((part) => [points[at][0] + (x - points[at][0]) * part, points[at][1] + (y - points[at][1]) * part]));
            const free = ([x, y]) => scene.nodesIn({ x: x - 6, y: y - 6, w: 12, h: 12 }).length === 0
              && [...scene.linesIn({ x: x - 1, y: y - 1, w: 2, h: 2 })].length === 1;
            return all.find(free) ?? scene.lines.get(id).route.label; }""",
            line,
        )

    def click(self, place: Callable[[], Point], button: Literal["left", "right"] = "left") -> None:
        """Click on a place of the diagram."""
        self.page.mouse.click(*self.in_sight(place)[0], button=button)

    def drag(self, source: Callable[[], Point], target: Callable[[], Point], *modifiers: str) -> None:
        """Drag from one place of the diagram to another, with keys held down."""
        mouse = self.page.mouse
        start, end = self.in_sight(source, target)
        mouse.move(*start)
        for each in modifiers:
            self.page.keyboard.down(each)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 70)
        mouse.move(*end)
        mouse.up()
        for each in modifiers:
            self.page.keyboard.up(each)

    def aside(self) -> None:
        """Let go of what is selected."""
        self.page.locator("#canvas").focus()
        self.key("Escape", "Escape")

    # Concepts

    def entity(self, entity: Entity) -> None:
        """Add an entity by a double click, with its definition, attributes and nature."""
        spot = next(self.spots)
        (place,) = self.in_sight(lambda: self.at("(scene, point) => point", list(spot)))
        self.page.mouse.dblclick(*place)
        self.page.keyboard.insert_text(f"{entity.name} -- {entity.comment}" if entity.comment else entity.name)
        self.key("Enter")
        if text := self.attributes(entity.id):
            self.paste(text)
        self.key("Escape")
        if entity.nature != "strong":
            self.click(lambda: self.middle(self.named(entity.id)), button="right")
            self.page.get_by_role("menuitem", name=re.compile(entity.nature, re.IGNORECASE)).click()
        self.aside()

    def attributes(self, owner: Id, depth: int = 0) -> str:
        """Return the lines that people type for attributes."""
        return "".join(
            "  " * depth + self.line(each) + "\n" + self.attributes(each.id, depth + 1)
            for each in self.design.of(Attribute, owner)
        )

    def line(self, attribute: Attribute) -> str:
        """Return an attribute as it is typed: `*number: string(12)? pii=name -- What it means`."""
        keys = [each for each in self.design.of(Identifier) if attribute.id in each.attributes]
        domain = self.design.get(attribute.domain or "")
        type_ = domain.name if isinstance(domain, Domain) else attribute.type
        plain = f"/{attribute.name}" if attribute.derived else attribute.name
        name = f"{{{plain}}}" if attribute.multivalued else plain
        words = [
            ("*" if any(key.primary for key in keys) else "") + (f"{name}:" if type_ else name),
            type_,
            "unique" if any(not key.primary for key in keys) else "",
            "?" if attribute.optional else "",
            f"pii={attribute.pii}" if attribute.pii else "",
            f"-- {attribute.comment}" if attribute.comment else "",
        ]
        return " ".join(word for word in words if word)

    def relationship(self, relationship: Relationship) -> None:
        """Drag a line from entity to entity and type its name, its ends and its definition."""
        first, second, *more = relationship.ends
        one, other = self.named(first.entity), self.named(second.entity)
        self.drag(lambda: self.handle(one), lambda: self.middle(other))
        self.page.keyboard.insert_text(relationship.name if more else _line(relationship))
        self.key("Enter")
        made = self.id_of("relationship", relationship.name)
        for end in more:
            self.join(self.named(end.entity), made)
        if more:
            self.key("Enter")  # what was just joined is selected
            self.page.keyboard.insert_text(_line(relationship))
            self.key("Enter")
        if text := self.attributes(relationship.id):
            self.key("Control+Enter")
            self.paste(text)
            self.key("Escape")
        self.aside()

    def join(self, entity: str, relationship: str) -> None:
        """Drag a line from an entity to a relationship, so that it takes part."""
        is_figure = self.ask("w.scene.nodes.has(argument)", relationship)
        there = self.middle if is_figure else self.on_line
        self.drag(lambda: self.handle(entity), lambda: there(relationship))

    def generalization(self, group: Generalization) -> None:
        """Drag each subtype to its supertype, then say in the inspector what holds of them."""
        for subtype in group.subtypes:
            below, above = self.named(subtype), self.named(group.supertype or "")
            self.drag(
                lambda below=below: self.handle(below), lambda above=above: self.middle(above), "Control", "Shift"
            )
        panel = self.page.locator("#inspector")
        panel.get_by_label("Told apart by").wait_for()
        if not group.disjoint:
            self.sent(lambda: panel.get_by_label("Disjoint").uncheck())
        if group.total:
            self.sent(lambda: panel.get_by_label("Total").check())
        if group.discriminator:
            wanted = self.named(group.discriminator)
            self.sent(lambda: panel.get_by_label("Told apart by").select_option(wanted))
        self.aside()

    def arc(self, arc: Arc) -> None:
        """Select the relationships and make them exclusive; the name is typed in the inspector of the entity."""
        self.with_selected(arc.relationships)
        self.page.locator("#canvas").focus()
        self.key("Control+k")
        self.page.keyboard.insert_text("> exclusive")
        self.key("Enter")
        self.page.get_by_role("menuitem", name="exactly one" if arc.mandatory else "at most").click()
        if arc.name:
            self.aside()
            self.click(lambda: self.middle(self.named(arc.parent or "")))
            self.page.locator("#inspector .item-title", has_text="Exactly one of").click()
            self.sent(lambda: self._fill("Name of the arc", arc.name))
        self.aside()

    def _fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)
        self.key("Tab")

    def sent(self, act: Callable[[], object]) -> None:
        """Do something in a panel, and wait for the answer of the server."""
        with self.page.expect_response(lambda response: response.url.endswith("/edit")):
            act()

    # Words

    def open_words(self, family: str) -> None:
        """Open the panel of words at one of its families."""
        if not self.page.locator("#words:visible").count():
            self.page.locator("#canvas").focus()
            self.key("Shift+w")
            self.page.locator("[data-words-panel]").wait_for()
        if not self.page.locator(f"[data-words-panel][data-tab={family}]").count():
            self.page.locator(f"#words-tab-{family}").click()
            self.page.locator(f"[data-words-panel][data-tab={family}]").wait_for()
        if not self.page.locator(".words-add[open]").count():
            self.page.locator("#words-add").click()

    def add_word(self, kind: str, **texts: str) -> None:
        """Fill the form of a new word, send it, and wait until the canvas knows it too."""
        for field, text in texts.items():
            place = self.page.locator(f".words-add [name={field}]")
            place.select_option(text) if field == "operation" else place.fill(text)
        self.sent(lambda: self.page.locator(".words-add button[type=submit]").click())
        self.until(lambda: texts["name"] in self.names(kind))

    def domain(self, domain: Domain) -> None:
        """Add a domain with its type, values and rule."""
        self.open_words("domain")
        lines = "\n".join(domain.values)
        self.add_word(
            "domain", name=domain.name, type=domain.type, lines=lines, rule=domain.rule, comment=domain.comment
        )
        self.page.keyboard.press("Escape")

    def words(self) -> None:
        """Add the terms, rules and access patterns, each linked to what is selected."""
        for term in self.design.of(Term, self.model.id):
            self.with_selected(term.elements)
            self.open_words("term")
            self.add_word("term", name=term.name, comment=term.comment, lines="\n".join(term.synonyms))
        for rule in self.design.of(BusinessRule, self.model.id):
            self.with_selected(rule.elements)
            self.open_words("business_rule")
            self.add_word("business_rule", name=rule.name, comment=rule.comment)
        for pattern in self.design.of(AccessPattern, self.model.id):
            self.pattern(pattern)

    def pattern(self, pattern: AccessPattern) -> None:
        """Add an access pattern, then link the keys that it looks up by."""
        self.with_selected(pattern.reads)
        self.open_words("access_pattern")
        said = {"actor": pattern.actor, "operation": pattern.operation, "frequency": pattern.frequency}
        self.add_word("access_pattern", name=pattern.name, comment=pattern.comment, **said)
        if pattern.by:
            self.with_selected(pattern.by)
            entry = self.page.locator(f"#word-{self.named(pattern.id)}")
            entry.locator("summary").click()
            self.sent(lambda: entry.locator("[data-link]").nth(1).click())

    def with_selected(self, elements: Sequence[Id]) -> None:
        """Select elements in the outline, where attributes too can be clicked while the boxes show names only."""
        self.aside()
        search = self.page.locator("#outline-filter")
        for each in elements:
            search.fill(getattr(self.design[each], "name", ""))
            self.page.locator(f"#outline-{self.named(each)}").click(modifiers=["Control"])
        search.fill("")


def spots() -> Iterator[Point]:
    """Return places for entities, so that no middle of two lies on a third."""
    for row, column in product(range(len(ROWS)), range(len(COLUMNS))):
        yield COLUMNS[column], ROWS[row] + (column * column * STEP) % 67


def _line(relationship: Relationship) -> str:
    """Return a relationship as it is typed: `works for: 1..N, 1..1 employer -- By contract`."""
    ends = ", ".join(_end(end) for end in relationship.ends)
    return f"{relationship.name}: {ends}" + (f" -- {relationship.comment}" if relationship.comment else "")


def _end(end: End) -> str:
    bounds = f"{end.min}..{'N' if end.max is None else end.max}"
    return f"{'*' if end.identifying else ''}{bounds} {end.role}".strip()


def content(design: Design, model: Model) -> dict[str, list[str]]:
    """Return all that the concepts of a model say, without ids and places, one sorted list a kind."""
    found: dict[str, list[str]] = {}
    for record in design.records():
        if isinstance(record, Identifier) and not record.attributes:
            continue  # the identifying ends say it, with it or without
        if design.model_of(record) == model and type(record).__name__ in _SAID:
            found.setdefault(type(record).__name__, []).append(repr(_said(design, record)))
    return {kind: sorted(each) for kind, each in found.items()}


_SAID = (
    "Entity", "Attribute", "Identifier", "Relationship", "Generalization", "Arc", "Domain", "Term", "BusinessRule",
    "AccessPattern",
)  # fmt: skip


def _said(design: Design, record: Record) -> dict[str, object]:
    """Return the fields of a record with names for ids; a domain stands for the type of its attributes."""
    fields = {name: getattr(record, name) for name in record.__struct_fields__ if name not in ("id", "order", "origin")}
    if isinstance(record, Attribute) and record.domain:
        fields["type"] = ""
    if isinstance(record, Attribute | Entity | Relationship) and record.parent in design:
        fields["place"] = [each.id for each in design.of(type(record), record.parent)].index(record.id)
    return {name: _word(design, value) for name, value in fields.items()}


def _word(design: Design, value: object) -> object:
    if isinstance(value, str) and value in design:
        return _path(design, design[value])
    if isinstance(value, tuple):
        return tuple(_word(design, each) for each in value)
    if isinstance(value, End):
        return (_word(design, value.entity), value.role, value.min, value.max, value.identifying)
    return value


def _path(design: Design, record: Record) -> str:
    parent = design.get(record.parent or "")
    above = _path(design, parent) + "." if parent is not None and not isinstance(parent, Model) else ""
    return "" if isinstance(record, Model) else above + str(getattr(record, "name", ""))
