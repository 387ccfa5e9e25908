"""Random histories over several branches, and who made each field what it is by a replay that remembers everything."""

from __future__ import annotations

from random import Random

from designer.change import apply, change_decode
from designer.change.change import field_names
from designer.commands.contract import edit, replace
from designer.models import Branch, LogEntry
from designer.schema import Column, Design, Id, Table
from designer.services import branches, branching
from designer.services.states import design_at
from tests.accounts import People

TYPES = ("text", "integer", "bigint", "uuid", "date")
Where = tuple[int, int]
"""Key of a branch, and version."""


def change_something(who, branch: Branch, random: Random, number: int) -> None:
    """Set, add or remove something at random; a few things only, so that branches meet."""

    def command(design: Design):
        columns, tables = design.of(Column), design.of(Table)
        choice = random.random()
        if choice < 0.6 and columns:
            column = random.choice(columns)
            field, value = random.choice(
                (("type", random.choice(TYPES)), ("comment", f"c{number % 4}"), ("nullable", bool(number % 2)))
            )
            return edit(design, f"Set {field}", [replace(column, **{field: value})])
        if choice < 0.8 or not columns:
            new = Column(
                id=f"new{number}", parent=random.choice(tables).id, name=f"n{number}", type="text", order=f"Z{number}5"
            )
            return edit(design, f"Add {new.name}", [new])
        if choice < 0.9:
            return edit(design, "Rename", [replace(random.choice(tables), name=f"t{number}")])
        return edit(design, "Drop", [], [random.choice(columns).id])

    branches.run_command(who, branch, command)
    branch.refresh_from_db()


def bring(who, branch: Branch, random: Random, *, up: bool) -> None:
    """Merge or update a branch, with a side chosen at random for each conflict."""
    branch = Branch.objects.get(pk=branch.pk)
    union = branching.merge_of(who, branch) if up else branching.update_of(who, branch)
    choices = {each.key: random.choice(("ours", "theirs")) for each in union.conflicts}
    (branching.merge_up if up else branching.update)(who, branch, choices)


def random_history(everybody: People, seed: int, steps: int = 60) -> list[Branch]:
    """Edit, branch, update and merge at random. Returns the branches, with those of branches among them."""
    random, made = Random(seed), [everybody.branch]
    people = (everybody.owner, everybody.admin, everybody.editor)
    for number in range(steps):
        who, branch = random.choice(people), random.choice(made)
        choice = random.random()
        branch.refresh_from_db()
        if choice < 0.1 and len(made) < 5:
            made.append(branching.create(who, branch, f"b{number}", random.randint(1, branch.head)))
        elif choice < 0.3 and branch.source is not None:
            bring(who, branch, random, up=choice < 0.2)
        else:
            change_something(who, branch, random, number)
    return [Branch.objects.get(pk=each.pk) for each in made]


def replayed(branch: Branch, upto: int) -> dict[tuple[Id, str], Where]:
    """Return which entry set each field of each record, by going through everything from the start."""
    known: dict[tuple[Id, str], Where] = {}
    design = Design()
    if branch.source is not None and branch.forked_at:
        design = design_at(branch.source, min(upto, branch.forked_at))
        known = replayed(branch.source, min(upto, branch.forked_at))
    for entry in LogEntry.objects.filter(branch=branch, version__lte=upto).order_by("version"):
        change = change_decode(entry.change)
        after = apply(design, change)
        theirs, there = {}, Design()
        if entry.merged_from is not None:
            theirs = replayed(entry.merged_from, entry.merged_version)
            there = design_at(entry.merged_from, entry.merged_version)
        for each in change.touched():
            fields = change.changed.get(each) or (field_names(type(after[each])) if each in after else ())
            if each not in after:
                known = {key: where for key, where in known.items() if key[0] != each}
            for name in fields:
                same = each in there and getattr(there[each], name, None) == getattr(after[each], name)
                known[each, name] = theirs[each, name] if same else (entry.branch_id, entry.version)
        design = after
    return known
