"""Extensions of the database."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused, edit, get
from designer.schema import Design, Extension, Id, IdSource, Model


def add_extension(design: Design, model: Id, name: str, ids: IdSource) -> Edit:
    """Add an extension to a model, once."""
    owner = get(design, model, Model)
    if not name.strip():
        raise Refused("an extension needs a name, such as vector", "name")
    if any(each.name == name for each in design.of(Extension, owner.id)):
        raise Refused(f"the model has the extension {name} already", "name")
    return edit(design, f"Add extension {name}", [Extension(id=ids(), parent=owner.id, name=name)])
