"""CREATE TABLE … LIKE: a table with the columns, keys and checks of another, without its foreign keys and triggers."""

from __future__ import annotations

from copy import deepcopy

from designer.importers.sql.generic.drafts import ForeignKeyDraft, TableDraft


def like(table: TableDraft, model: TableDraft) -> None:
    """Fill `table` with what MySQL copies from `model`."""
    table.columns = deepcopy(model.columns)
    table.constraints = [deepcopy(each) for each in model.constraints if not isinstance(each, ForeignKeyDraft)]
    table.extra = {key: value for key, value in model.extra.items() if key != "auto_increment"}
    table.comment = model.comment
    table.partitioning = deepcopy(model.partitioning)
