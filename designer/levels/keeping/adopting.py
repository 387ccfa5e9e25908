"""Adopting a model: what was drawn or imported by hand is derived from now on, and not one table of it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_values

from designer.change.rebase import RebaseNote
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.levels.called import called
from designer.levels.contract import PHYSICAL, Settings
from designer.levels.keeping import baseline
from designer.levels.keeping.baseline import Records
from designer.levels.keeping.deriving import LEVELS_BELOW, fresh, memory, renamed_ids
from designer.levels.keeping.matching import Matching
from designer.levels.keeping.scope import records_of
from designer.levels.keeping.wording import means
from designer.schema import Column, Derivation, Design, Entity, Id, IdSource, Model, Named, Record, Table

_TRIED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("keys", ("natural",)), ("dependent_keys", ("surrogate",)), ("surrogate_name", ("{table}_id",)),
    ("plural", ("singular",)), ("case", ("keep", "camel", "pascal")), ("enums", ("type", "lookup")),
    ("domains", ("type", "domain")), ("subtypes", ("single", "concrete")), ("foreign_indexes", ("no",)),
)  # fmt: skip
_MOST = 400
"""So many entities at most are derived again and again to find the settings that a model was drawn by."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A model beside what would be derived for it, with the settings that come closest."""

    settings: Settings
    fresh: Records
    ids: dict[Id, Id]
    guessed: tuple[Id, ...]
    likeness: int


def adopt(
    design: Design,
    model: Id,
    source: Id,
    ids: IdSource,  # noqa: ARG001  every command that makes records is asked with ids; these follow from the model
    *,
    settings: Settings | None = None,
    by_names: bool = False,
    by: str = "",
    on: str = "",
) -> Edit:
    """Make a model derived from `source` as it is: what differs counts as decided by people.

    Records are matched by origin, by equal names and by what they are built of; with `by_names` also where names are
    only alike, and a note tells of each such pair. Without `settings` those are taken that come closest to the model.
    Only origins are filled in. Raises Refused where the levels do not fit, or the model is derived already.
    """
    lower, upper = get(design, model, Model), get(design, source, Model)
    _check(design, lower, upper)
    found = fit(design, lower, source, settings, by_names=by_names)
    now = {each: other for each, other in found.ids.items() if each != other}
    records = renamed_ids((each for each in found.fresh.values() if now.get(each.id) != model), now)
    kept = memory(model, source, found.settings, by, on)
    derivation = next(each for each in kept if isinstance(each, Derivation))
    put: list[Record] = [replace(derivation, adopted=now), *(each for each in kept if each is not derivation)]
    put += baseline.derived_records(derivation.id, records)
    put += _traced(design, records)
    made = edit(design, f"Derive {lower.name or lower.level} from {upper.name or upper.level}, as it is", put)
    return with_values(made, notes=(*made.notes, *_told(design, found.guessed)))


def _check(design: Design, lower: Model, upper: Model) -> None:
    if lower.level not in LEVELS_BELOW.get(upper.level, ()):
        raise Refused(f"a {lower.level} model is not derived from a {upper.level} one; choose one above it", "source")
    if baseline.derivation_of(design, lower.id) is not None:
        raise Refused(f"{lower.name or lower.level} is derived already; end that first", "model")


def fit(design: Design, model: Model, source: Id, settings: Settings | None = None, *, by_names: bool = False) -> Fit:
    """Return a model beside what `settings` would derive for it, or else those that come closest."""
    here = records_of(design, model.id, facts=True)
    best = _fit(design, model, source, settings or Settings(), here, by_names=by_names)
    if settings is not None or len(design.of(Entity, source)) > _MOST:
        return best
    for name, values in _TRIED if model.level == PHYSICAL else ():
        for value in values:
            tried = Settings({**best.settings.options, name: value}, best.settings.choices)
            other = _fit(design, model, source, tried, here, by_names=by_names)
            best = other if other.likeness > best.likeness else best
    return best


def _fit(design: Design, model: Model, source: Id, settings: Settings, here: Records, *, by_names: bool) -> Fit:
    records = {record.id: record for record in fresh(design, source, model, settings).records}
    matching = Matching(model, records, here, by_names=by_names)
    ids = matching.run()
    likeness = sum(_likeness(model, records[each], here.get(other), ids) for each, other in ids.items()) - len(records)
    return Fit(settings, records, ids, tuple(matching.guessed), likeness)


def _likeness(model: Model, derived: Record, here: Record | None, ids: Mapping[Id, Id]) -> int:
    if here is None:
        return 0
    same_name = isinstance(derived, Named) and isinstance(here, Named) and derived.name == here.name
    weight = 4 if isinstance(derived, Table | Column) else 1
    return weight * (2 + same_name + _same_type(model, derived, here, ids))


def _same_type(model: Model, derived: Record, here: Record, ids: Mapping[Id, Id]) -> bool:
    if not isinstance(derived, Column) or not isinstance(here, Column):
        return False
    named = ids.get(derived.type_ref or "", derived.type_ref)
    return here.type_ref == named and (named is not None or means(model, derived.type) == means(model, here.type))


def _traced(design: Design, records: list[Record]) -> list[Record]:
    """Return the records of the model that do not say yet what they come from."""
    pairs = ((design.get(record.id), record.origin) for record in records if record.origin)
    return [replace(here, origin=origin) for here, origin in pairs if here is not None and here.origin is None]


def _told(design: Design, guessed: tuple[Id, ...]) -> Iterator[RebaseNote]:
    for each in guessed:
        record = design[each]
        text = f"{called(design, record)} was taken for what is derived, because the names are alike"
        yield RebaseNote("matched", each, text)


def release(design: Design, derivation: Id) -> Edit:
    """End a derivation: the model stays as it is and stands for itself. The trace stays."""
    found = get(design, derivation, Derivation)
    model = get(design, found.parent or "", Model)
    return edit(design, f"Let {model.name or model.level} stand for itself", [], (derivation,))
