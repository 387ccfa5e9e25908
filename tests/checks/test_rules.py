"""Each rule of a project, kept and broken; what people have to say; and what the checks do not depend on."""

from __future__ import annotations

import random

import msgspec
import pytest

from designer.commands import Edit
from designer.commands.contract import edit, replace
from designer.lint.conventions import Convention
from designer.models import Branch, ChangeRequest, Project
from designer.schema import Assessment, Column, Dependency, ForeignKey, Key, Table
from designer.services import branches, branching, check_people, check_rules, checks, requests
from designer.services.check_rules import PRESETS, Rules
from designer.services.check_subject import subject_of
from designer.services.errors import Denied, Invalid
from tests.accounts import People

pytestmark = pytest.mark.django_db

NEW = [
    Table(id="notes", parent="model", name="BlogNotes", order="C"),
    Column(id="notes1", parent="notes", name="id", type="bigint", logical="bigint", nullable=False, order="A"),
    Column(id="notes2", parent="notes", name="post", type="bigint", logical="bigint", order="B"),
    Key(id="notespk", parent="notes", primary=True, columns=("notes1",)),
]


def put(user, branch: Branch, *records) -> None:
    branches.run_command(user, branch, lambda design: edit(design, "Edit", list(records)))
    branch.refresh_from_db()


def drop(user, branch: Branch, *gone: str) -> None:
    branches.run_command(user, branch, lambda design: edit(design, "Drop", [], gone))
    branch.refresh_from_db()


@pytest.fixture
def side(everybody: People) -> Branch:
    return branching.create(everybody.editor, everybody.branch, "side")


def said(branch: Branch, rules: Rules, code: str):
    branch = Branch.objects.select_related("source", "source__project", "project").get(pk=branch.pk)
    return next(each for each in checks.run(branch, branch.source, rules) if each.code == code)


def test_findings_stop_by_severity_by_rule_and_by_group(everybody, side):
    put(
        everybody.editor,
        side,
        Table(id="tttt", parent="model", name="things"),
        Column(id="ttt1", parent="tttt", name="order", type="int"),
    )
    codes = {each.mark for each in said(side, Rules(lint="info"), "lint").details}
    assert codes == {"WK101", "WK401"}  # no primary key: a warning; a reserved word: an info
    assert not said(side, Rules(lint="error"), "lint").blocks
    assert said(side, Rules(lint="warning"), "lint").blocks
    assert said(side, Rules(lint="error", never=("WK401",)), "lint").lines[0][1] == "ttt1"
    assert said(side, Rules(lint="", never=("4",)), "lint").blocks
    assert not said(side, Rules(lint="", never=("3", "WK205")), "lint").blocks


def test_new_tables_are_in_the_form_asked_for_and_no_old_one_falls(everybody, side):
    put(everybody.editor, side, *NEW, Column(id="notes3", parent="notes", name="city", type="text"))
    assert said(side, Rules(form="BCNF"), "forms").passed  # nobody has said anything that breaks it
    assert (
        said(side, Rules(assessed=True), "forms")
        .details[0]
        .text.startswith("BlogNotes is new, and nobody has confirmed")
    )
    put(everybody.editor, side, Dependency(id="fdfd", parent="notes", determinant=("notes2",), dependent=("notes3",)))
    check = said(side, Rules(), "forms")
    assert (check.passed, check.details[0].element) == (False, "notes")
    assert "BlogNotes is in 2NF" in check.details[0].text
    assert "not in BCNF" in said(side, Rules(forms=False, form="BCNF"), "forms").details[0].text
    assert said(side, Rules(forms=False, form="2NF"), "forms").passed
    drop(everybody.editor, side, "fdfd")
    columns = ("notes1", "notes2", "notes3")
    put(everybody.editor, side, Assessment(id="asas", parent="notes", columns=columns, decided_by="Ada"))
    assert said(side, Rules(form="BCNF", assessed=True), "forms").passed


def test_names_are_held_to_the_convention_where_they_are_new(everybody, side):
    agreed = Rules(naming=True, convention=Convention(case="snake", number="plural", reference="_id"))
    assert said(side, agreed, "naming").passed
    key = ForeignKey(id="fkfk", parent="notes", columns=("notes2",), ref_table="posts", ref_columns=("posts1",))
    put(everybody.editor, side, *NEW, key)
    check = said(side, agreed, "naming")
    assert [(each.element, each.fix) for each in check.details] == [("notes", "blog_notes"), ("notes2", "post_id")]
    assert check.blocks
    assert not said(side, msgspec.structs.replace(agreed, naming=False), "naming").blocks
    assert said(side, Rules(naming=True), "naming").passed  # nothing is agreed on


def asked_for(everybody, side, **rules) -> ChangeRequest:
    everybody.branch.project.review_rules = rules
    everybody.branch.project.save()
    return requests.open_one(everybody.editor, Branch.objects.get(pk=side.pk), "Notes")


def again(request: ChangeRequest) -> ChangeRequest:
    rows = ChangeRequest.objects.select_related("project", "branch__source", "branch__project", "target__project")
    return rows.get(pk=request.pk)


def test_a_fix_renames_on_the_branch_and_refuses_what_is_settled(everybody, side):
    put(everybody.editor, side, *NEW)
    request = asked_for(everybody, side, naming=True, convention={"case": "snake", "number": "plural"})
    with pytest.raises(Denied):
        checks.fix_names(everybody.reviewer, again(request), ["notes"])
    checks.fix_names(everybody.editor, again(request), ["notes", "notes1", "gone"])
    design, _ = branches.load(side)
    assert design["notes"].name == "blog_notes"
    with pytest.raises(Invalid, match="keep the convention already"):
        checks.fix_names(everybody.editor, again(request), ["notes"])


def test_new_elements_say_what_they_are(everybody, side):
    put(everybody.editor, side, *NEW)
    tables = Rules(definitions=True, defined=("tables",), owned=("tables",), classified=("columns",))
    check = said(side, tables, "definitions")
    assert [each.text for each in check.details] == [
        "column BlogNotes.id is not classified", "column BlogNotes.post is not classified",
        "table BlogNotes has no definition and has no owner",
    ]  # fmt: skip
    assert check.blocks
    put(everybody.editor, side, replace(NEW[0], comment="What people noted.", owner="blog team"))
    assert said(side, msgspec.structs.replace(tables, classified=()), "definitions").passed
    assert not said(side, Rules(), "definitions").blocks


def test_a_hazard_waits_until_somebody_else_takes_it_with_a_reason(everybody, side):
    drop(everybody.editor, side, "users2")
    request = asked_for(everybody, side, approvals=1, hazards="danger")
    check = next(each for each in requests.standing(again(request)).checks if each.code == "hazards")
    assert (check.blocks, check.action, check.details[0].here) == (True, "take", False)
    (line,) = [each for each in check.details if each.hazard][:1]
    with pytest.raises(Denied, match="Somebody else"):
        check_people.take(everybody.editor, again(request), line.hazard, "Nobody reads it.")
    with pytest.raises(Invalid, match="Say why"):
        check_people.take(everybody.reviewer, again(request), line.hazard, " ")
    with pytest.raises(Invalid, match="not there any more"):
        check_people.take(everybody.reviewer, again(request), "x" * 32, "Nobody reads it.")
    for each in check.details:
        check_people.take(everybody.reviewer, again(request), each.hazard, "Nobody reads it.")
    with pytest.raises(Invalid, match="already"):
        check_people.take(everybody.admin, again(request), line.hazard, "Nobody reads it.")
    check = next(each for each in requests.standing(again(request)).checks if each.code == "hazards")
    assert (check.passed, check.details[0].taken) == (True, "reviewer: Nobody reads it.")
    with pytest.raises(Denied):
        check_people.give_back(everybody.editor, again(request), line.hazard)
    check_people.give_back(everybody.admin, again(request), line.hazard)
    assert any(each.startswith("Hazards: 1 hazard") for each in requests.standing(again(request)).missing)


def approvals(request: ChangeRequest) -> list[str]:
    return [each for each in requests.standing(again(request)).missing if "pproval" in each]


def approve(user, request: ChangeRequest) -> None:
    requests.review(user, again(request), "approved", "", again(request).branch.head)


def test_approvals_are_counted_by_role_and_by_area(everybody, side):
    put(everybody.editor, side, *NEW)
    areas = [
        {"pattern": "blog*", "people": [everybody.owner.pk]},
        {"pattern": "users", "people": [everybody.viewer.pk]},
    ]
    request = asked_for(everybody, side, approvals=2, by_admins=1, areas=areas)
    assert approvals(request) == [
        "2 approvals more of the branch as it is now.",
        "1 approval more by an administrator of the branch as it is now.",
        "An approval by owner, for BlogNotes.",
    ]
    approve(everybody.reviewer, request)
    approve(everybody.admin, request)
    assert approvals(request) == ["An approval by owner, for BlogNotes."]
    approve(everybody.owner, request)
    assert approvals(request) == []
    put(everybody.editor, request.branch, replace(NEW[0], comment="Later."))
    assert len(approvals(request)) == 3
    Project.objects.filter(pk=request.project_id).update(review_rules={"approvals": 2, "lapse": False})
    assert approvals(request) == []


def test_who_asks_in_an_area_of_his_own_needs_nobody_for_it(everybody, side):
    put(everybody.editor, side, *NEW)
    request = asked_for(everybody, side, areas=[{"pattern": "*", "people": [everybody.editor.pk]}])
    assert approvals(request) == []


@pytest.mark.parametrize(("form", "sentence"), [
    ({"approvals": "eleven"}, "from 0 to 10"),
    ({"approvals": "1", "by_admins": "2"}, "no more than that"),
    ({"lint": "fatal"}, "Findings stop a merge"),
    ({"never": "WK999"}, "There is no rule WK999"),
    ({"form": "6NF"}, "normal forms"),
    ({"proof": "sometimes"}, "never, by hand, or always"),
    ({"hazards": "doom"}, "severity"),
    ({"areas": "billing.*"}, "Line 1 of the areas: write"),
    ({"areas": "x = owner\nbilling.* = nobody"}, "Line 2 of the areas: nobody called nobody"),
    ({"areas": "x = viewer"}, "nobody called viewer may review"),
    ({"case": "kebab"}, "one of the cases"),
    ({"pattern_table": "("}, "The pattern ( is no regular expression"),
    ({"prefix_index": "i x"}, "no spaces"),
    ({"longest": "-1"}, "from 0 to 1000"),
])  # fmt: skip
def test_a_form_is_refused_in_one_sentence(everybody, form, sentence):
    with pytest.raises(Invalid, match="") as refused:
        check_rules.read(everybody.branch.project, form)
    assert sentence in refused.value.message


def test_rules_are_kept_as_they_were_said_and_survive_what_is_no_rule_any_more(everybody):
    project = everybody.branch.project
    form = {"approvals": "2", "lint": "info", "never": "4", "whole": "1", "areas": "b* = OWNER, editor", "proof": "always",
            "case": "snake", "pattern_table": "[a-z_]+", "prefix_index": "idx_", "flags": "is_, has_", "naming": "on"}  # fmt: skip
    with pytest.raises(Denied):
        checks.set_rules(everybody.editor, project, form)
    kept = checks.set_rules(everybody.owner, project, form)
    project.refresh_from_db()
    assert checks.rules_of(project) == kept
    assert check_rules.areas_text(project, kept) == "b* = owner, editor"
    assert (kept.lapse, kept.convention.flags, kept.convention.shape("index").prefix) == (
        False,
        ("is_", "has_"),
        "idx_",
    )
    project.review_rules |= {"lint": 7, "areas": "x", "gone": True}
    assert checks.rules_of(project) == msgspec.structs.replace(kept, lint="error", areas=())


def test_presets_say_what_they_are():
    assert [title for title, _, _ in PRESETS.values()] == ["Relaxed", "Team", "Strict"]
    assert all(isinstance(rules, Rules) and text.endswith(".") for _, text, rules in PRESETS.values())


# Laws


STRICT = PRESETS["strict"][2]


def some_edit(chance: random.Random, number: int):
    """Return a command that adds, renames or drops something, or says something of it."""

    def command(design) -> Edit:
        tables = [each for each in design.of(Table) if each.parent == "model"]
        columns = design.of(Column)
        kind = chance.randrange(4)
        if kind == 0 or not columns or not tables:
            name = chance.choice(["Things", "order_items", "user", "status_log"])
            table = Table(id=f"new{number}", parent="model", name=f"{name}{number}")
            return edit(
                design,
                "x",
                [table, Column(id=f"new{number}c", parent=table.id, name="Value", type="float8", logical="double")],
            )
        one = chance.choice(columns)
        if kind == 1:
            return edit(design, "x", [replace(one, name=f"{one.name}_{number}")])
        return (
            edit(design, "x", [replace(one, comment=f"About {number}.")])
            if kind == 2
            else edit(design, "x", [], (one.id,))
        )

    return command


def everything(branch: Branch):
    branch = Branch.objects.select_related("source", "source__project", "project").get(pk=branch.pk)
    subject = subject_of(branch, branch.source)
    lines = {each.code: (each.passed, each.said, each.details) for each in checks.run(branch, branch.source, STRICT)}
    return lines, check_people.hazards_of(subject)


def test_a_branch_that_changes_nothing_brings_nothing_in(everybody, side):
    lines, hazards = everything(side)
    assert (hazards, {passed for passed, _, _ in lines.values()}) == ([], {True})
    put(everybody.owner, everybody.branch, Table(id="main2", parent="model", name="MainOnly"))
    lines, hazards = everything(side)
    assert (hazards, {passed for passed, _, _ in lines.values()}) == ([], {True})


def test_checks_are_the_same_whichever_way_the_base_was_reached(everybody):
    """What a branch brings in does not hang on whether it was brought up to date, unless both sides changed one thing."""
    compared = 0
    for seed in range(6):
        chance = random.Random(seed)
        side = branching.create(everybody.editor, everybody.branch, f"side {seed}")
        for number in range(4):
            branches.run_command(everybody.editor, side, some_edit(chance, seed * 100 + number))
        put(everybody.owner, everybody.branch, Table(id=f"main{seed}", parent="model", name=f"Main{seed}"))
        fresh = Branch.objects.select_related("source", "project", "source__project").get(pk=side.pk)
        if branching.union_up(fresh).conflicts:
            continue
        before = everything(side)
        branching.update(everybody.editor, fresh, {})
        after = everything(side)
        assert before == after
        compared += 1
    assert compared > 3
