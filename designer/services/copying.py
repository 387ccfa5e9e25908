"""Some tables of a design as text for the clipboard: SQL, DBML or Mermaid, as the exporters write them."""

from __future__ import annotations

from collections.abc import Sequence

from designer.models import Branch
from designer.schema import Design, Id, Table, View
from designer.services import branches
from designer.services.errors import Invalid
from exporters.contract import Export, ExportProblem, Options
from exporters.registry import get

FORMATS = ("ddl", "dbml", "mermaid")
MOST = 2_000
"""Tables that are copied at once; who wants more exports a file."""


def copied(branch: Branch, elements: Sequence[Id], name: str) -> Export:
    """Return some tables and views in a format, with the types of their columns; what is left out is in the notes."""
    if name not in FORMATS:
        raise Invalid(f"There is no such format to copy; choose one of {', '.join(FORMATS)}.")
    design, _ = branches.load(branch)
    chosen = [each for each in elements[:MOST] if isinstance(design.get(each), Table | View)]
    if not chosen:
        raise Invalid("Select at least one table to copy.")
    model = _model(design, chosen)
    try:
        return get(name).export(design, Options(model=model, elements=tuple(chosen)))
    except ExportProblem as problem:
        raise Invalid(branches.sentence(str(problem))) from None


def _model(design: Design, chosen: Sequence[Id]) -> Id:
    found = {model.id for each in chosen if (model := design.model_of(design[each])) is not None}
    if len(found) != 1:
        raise Invalid("These tables are of several models; copy those of one at a time.")
    return found.pop()
