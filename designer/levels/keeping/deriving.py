"""Deriving a model: the level below with everything in it, and what is needed to keep it in step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace as with_values
from importlib import import_module
from itertools import count

from designer.commands.contract import Edit, Refused, edit, get
from designer.commands.remapping import renumbered
from designer.dialects import registry
from designer.levels.contract import LOGICAL, PHYSICAL, Result, Settings
from designer.levels.keeping import baseline
from designer.levels.keeping.again import derived_again
from designer.levels.keeping.placing import pictures
from designer.levels.marks import derived_id
from designer.levels.options import BadOption, checked
from designer.schema import Choice, Derivation, Design, Id, IdSource, Model, Record, models
from designer.schema.order import after

LEVELS_BELOW = {"conceptual": (LOGICAL, PHYSICAL), "logical": (PHYSICAL,), "physical": ()}
_LEVEL_IN_NAME = re.compile(r"(?:,? (?:logical|conceptual|concepts)(?: model)?)$", re.IGNORECASE)

Derive = Callable[[Design, Id, Model, Settings], Result]


def derive(
    design: Design,
    source: Id,
    ids: IdSource,
    *,
    level: str,
    target: str = "",
    version: str = "",
    name: str = "",
    settings: Settings | None = None,
    by: str = "",
    on: str = "",
    arranged: bool = True,
) -> Edit:
    """Derive a new model from `source`: its records, its diagrams, and how it came about.

    `target` is the dialect of a physical model; `by` and `on` say who settled the choices, and when. Without `arranged`
    there are no diagrams. `made` begins with the model. Raises Refused for a level or target that cannot be.
    """
    settings = settings or Settings()
    upper = get(design, source, Model)
    _check(upper, level, target, settings)
    order = next(after(max((each.order for each in models(design)), default="") or None))
    called = name or _free(_name(upper, level, target), {each.name for each in models(design)})
    model = Model(id=ids(), name=called, level=level, target=target, version=version, order=order)
    found = fresh(design, source, model, settings)
    made: list[Record] = [model, *found.records, *memory(model.id, source, settings, by, on)]
    derivation = next(each for each in made if isinstance(each, Derivation))
    made += baseline.derived_records(derivation.id, found.records)
    if arranged:
        made += pictures(design.changed((), made), source, model, ids)
    return edit(design, f"Derive {called} from {upper.name or upper.level}", made)


def _check(upper: Model, level: str, target: str, settings: Settings) -> None:
    if level not in LEVELS_BELOW.get(upper.level, ()):
        below = " or ".join(LEVELS_BELOW.get(upper.level, ())) or "nothing"
        raise Refused(f"from a {upper.level} model {below} is derived, not {level or 'nothing'}", "level")
    if level == PHYSICAL and target not in registry.DIALECTS:
        raise Refused(f"there is no dialect {target!r}; choose one of {', '.join(registry.DIALECTS)}", "target")
    try:
        for option, value in settings.options.items():
            checked(option, value)
    except BadOption as error:
        raise Refused(str(error), "options") from None


def _name(upper: Model, level: str, target: str) -> str:
    stem = _LEVEL_IN_NAME.sub("", upper.name).strip(" ,") or upper.name or "Model"
    return f"{stem} on {registry.get(target).title}" if level == PHYSICAL else f"{stem}, {level}"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name} {number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def memory(model: Id, source: Id, settings: Settings, by: str, on: str) -> list[Record]:
    """Return the derivation of a model with its choices."""
    derivation = derived_id(model, "derivation", source)
    options = dict(sorted(settings.options.items()))
    choices = [
        choice(derivation, element, topic, value, by=by, on=on)
        for (element, topic), value in sorted(settings.choices.items())
    ]
    return [Derivation(id=derivation, parent=model, source=source, options=options), *choices]


def choice(
    derivation: Id, element: Id, topic: str, value: str, *, reason: str = "", by: str = "", on: str = ""
) -> Choice:
    """Return the record of a choice; there is one for each element and topic."""
    return Choice(
        id=derived_id(derivation, "choice", element, topic), parent=derivation, element=element, topic=topic,
        value=value, reason=reason, decided_by=by, decided_on=on,
    )  # fmt: skip


def fresh(design: Design, source: Id, model: Model, settings: Settings) -> Result:
    """Return what the source gives now for a model of that level and target, with the ids that follow from it."""
    return derived_again(_function(model.level), design, source, model, settings)


def _function(level: str) -> Derive:
    """The two derivations import parts of this room, so that they are looked up when needed."""
    found: Derive = getattr(import_module(f"designer.levels.{level}"), level)
    return found


def result_of(design: Design, derivation: Derivation) -> Result:
    """Return what a derivation gives now, in the ids that its records have: adopted ones keep theirs."""
    model = get(design, derivation.parent or "", Model)
    derive, ids_now = _function(model.level), derivation.adopted

    def known(design: Design, source: Id, model: Model, settings: Settings) -> Result:
        return adopted(derive(design, source, model, settings), model.id, ids_now)

    settings = baseline.settings_of(design, derivation)
    return derived_again(known, design, derivation.source or "", model, settings, ids_now)


def adopted(result: Result, model: Id, ids_now: Mapping[str, str]) -> Result:
    """Return the result with some ids replaced, in every record that names them.

    Where the model has its tables without a schema, the model itself stands for the derived one, which falls away.
    """
    if not ids_now:
        return result
    records = [record for record in result.records if ids_now.get(record.id) != model]
    return with_values(result, records=tuple(renamed_ids(records, ids_now)))


def renamed_ids(records: Iterable[Record], ids_now: Mapping[str, str]) -> list[Record]:
    """Return the records with ids replaced."""
    return [renumbered(record, ids_now) for record in records]
