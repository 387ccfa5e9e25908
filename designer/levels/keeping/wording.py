"""Types that are written differently and mean the same: no decision of anybody, and no change."""

from __future__ import annotations

from functools import lru_cache

from designer.commands.contract import replace
from designer.compare.languages import language_of
from designer.compare.side import Side
from designer.dialects import registry
from designer.levels.keeping.baseline import Records
from designer.schema import Column, Design, Model


def alike(model: Model, old: Records, here: Records, fresh: Records) -> tuple[Records, Records, Records]:
    """Return the three sides with the wording of the model where a type only differs in words.

    `varchar(40)` of a model that was drawn by hand is the derived `character varying(40)`. So a new type from above
    arrives, and the old one is not written anew.
    """
    worded = {each: record for each, record in here.items() if _is_worded(model, record, old.get(each))}
    if not worded:
        return old, here, fresh
    old, fresh = dict(old), dict(fresh)
    for each, record in worded.items():
        was, now = old[each], fresh.get(each)
        if isinstance(was, Column) and isinstance(record, Column):
            if isinstance(now, Column) and (now.type == was.type or means(model, now.type) == means(model, was.type)):
                fresh[each] = replace(now, type=record.type, logical=record.logical)
            old[each] = replace(was, type=record.type, logical=record.logical)
    return old, here, fresh


def _is_worded(model: Model, record: object, was: object) -> bool:
    if not isinstance(record, Column) or not isinstance(was, Column) or record is was:
        return False
    differs = record.type != was.type or record.logical != was.logical
    return differs and record.type_ref == was.type_ref and means(model, record.type) == means(model, was.type)


def means(model: Model, raw: str) -> str:
    """Return a type in the one spelling that all have which are the same to the target: `citext` is not `text`."""
    return _form(raw, model.target or "postgresql")


@lru_cache(maxsize=8_192)
def _form(raw: str, target: str) -> str:
    return language_of(target).type_form(Side(Design(), registry.get(target)), raw, None)
