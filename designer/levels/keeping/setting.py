"""Changing how a model is derived: its options and choices, and with them the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_values

from designer.change import diff
from designer.commands.contract import Edit, Refused, get, replace
from designer.levels.called import called
from designer.levels.keeping import baseline
from designer.levels.keeping.deriving import choice
from designer.levels.keeping.propagating import Choices, propagate
from designer.levels.options import BY_NAME, BadOption, checked
from designer.schema import Choice, Derivation, Design, Id, IdSource, Model, Record

Topics = Mapping[tuple[Id, str], str]
"""(element, topic) -> answer; an empty answer takes the choice back."""


def set_up(
    design: Design,
    derivation: Id,
    ids: IdSource,
    *,
    options: Mapping[str, str] | None = None,
    choices: Topics | None = None,
    reason: str = "",
    by: str = "",
    on: str = "",
    settled: Choices | None = None,
) -> Edit:
    """Change options and choices of a derivation, and carry out what follows for its model and those below.

    An option that is set to its default, or to an empty text, is taken back. `settled` answers conflicts as in
    `propagate`. Raises Refused for an option or a value that there is not.
    """
    found = get(design, derivation, Derivation)
    model = get(design, found.parent or "", Model)
    ready = prepared(design, derivation, options=options, choices=choices, reason=reason, by=by, on=on)
    after = propagate(ready, settled, ids, only={derivation, *below(design, model.id)})
    touched = {*after.change.touched(), *_memory(design, derivation), *_memory(ready, derivation)}
    end = ready.changed(after.change.removed, _put(ready, after))
    what = _label(design, model, options or {}, choices or {})
    return with_values(after, change=diff(design, end, touched), label=what)


def prepared(
    design: Design,
    derivation: Id,
    *,
    options: Mapping[str, str] | None = None,
    choices: Topics | None = None,
    reason: str = "",
    by: str = "",
    on: str = "",
) -> Design:
    """Return the design with other options and choices, and the model as it was: `pending` tells what would follow."""
    found = get(design, derivation, Derivation)
    kept = {name: value for name, value in {**found.options, **_checked(options or {})}.items() if value}
    put: list[Record] = [replace(found, options=dict(sorted(kept.items())))]
    gone: list[Id] = []
    there = {(each.element, each.topic): each for each in design.of(Choice, derivation)}
    for (element, topic), value in (choices or {}).items():
        old = there.get((element, topic))
        if old is not None and not value:
            gone.append(old.id)
        elif value and (old is None or old.value != value):
            made = choice(derivation, element, topic, value, reason=reason, by=by, on=on)
            put.append(replace(made, id=old.id) if old else made)
    return design.changed(gone, put)


def _checked(options: Mapping[str, str]) -> dict[str, str]:
    try:
        given = {name: checked(name, value) if value else _known(name) for name, value in options.items()}
    except BadOption as error:
        raise Refused(str(error), "options") from None
    return {name: "" if value == BY_NAME[name].default else value for name, value in given.items()}


def _known(name: str) -> str:
    return BY_NAME[name].default if name in BY_NAME else checked(name, "")


def below(design: Design, model: Id) -> set[Id]:
    """Return the derivations of all models below one."""
    found: set[Id] = set()
    reached = {model}
    for derivation in baseline.in_order(design):
        if derivation.source in reached and derivation.parent:
            found.add(derivation.id)
            reached.add(derivation.parent)
    return found


def _memory(design: Design, derivation: Id) -> set[Id]:
    return {derivation, *(each.id for each in design.of(Choice, derivation))}


def _put(design: Design, made: Edit) -> list[Record]:
    changed = [
        replace(design[each], **{name: new for name, (_, new) in fields.items()})
        for each, fields in made.change.changed.items()
    ]
    return [*made.change.added.values(), *changed]


def _label(design: Design, model: Model, options: Mapping[str, str], choices: Topics) -> str:
    said = [f"{BY_NAME[name].title.lower()} {value or 'as usual'}" for name, value in options.items()]
    for (element, topic), value in choices.items():
        record = design.get(element)
        said.append(f"{topic} of {called(design, record) if record else 'an element'} {value or 'as usual'}")
    listed = ", ".join(said[:3]) + (", …" if len(said) > 3 else "")
    return f"Derive {model.name} with {listed}" if said else f"Derive {model.name} as before"
