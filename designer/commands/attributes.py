"""Typing attributes under an entity or a relationship; as doc/commands/attributes.js."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from designer.commands.attribute_text import (
    AttributeText,
    parse_attribute_text,
    separated,
    with_definition,
    with_personal,
)
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.edit import check_name
from designer.commands.figures import figures
from designer.commands.names import called
from designer.dialects.base import words
from designer.dialects.logical import logical_type
from designer.dialects.registry import get as dialect_of
from designer.dialects.types import COMMON
from designer.schema import Attribute, Design, Domain, Entity, Id, Identifier, IdSource, Record, Relationship
from designer.schema.order import between

_VOCABULARY = frozenset(COMMON.values())
_LOGICAL = re.compile(r"^([a-z_]+)(?:\(.*\))?(?:\[\])*$", re.DOTALL)
_LISTS = ("enum", "set")
"""Their arguments are texts, in which spaces count."""

_SPACES = re.compile(r"\s+")
_BEFORE_BRACKET = re.compile(r"\s+(?=\()")
_PLAIN_WORDS = words(
    "binary bit character date double fixed float interval money number point polygon real set text time year"
)
"""Types that are plain words too: a conceptual model says them after a colon, as `order date` is a name there."""

_INDENTED = re.compile(r"^(?: {2,}|\t)")
Owner = Entity | Relationship


def add_attributes_text(design: Design, owner: Id, text: str, ids: IdSource) -> Edit:
    """Add attributes from lines of text: `*number integer`, `address: street, city`, `name, phone?`, `age -- in years`.

    `pii=phone` at the end of a line, before the definition, says that it is personal data, and confidential.

    Lines that stand further in are parts of the one above; a first line that does, of the last attribute there is.
    """
    draft = _Draft(design, _owner(design, owner), ids)
    last = design.of(Attribute, owner)[-1:]
    above = [(0, last[0])] if _INDENTED.match(text) and last else []
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise Refused("there is no attribute in this text; type for example: *number integer", "name")
    made = [attribute for line in lines for attribute in _add_line(draft, line, above)]
    parent = called(design, draft.owner)
    one = len(made) == 1
    label = f"Add attribute {parent}.{made[0].name}" if one else f"Add {len(made)} attributes to {parent}"
    owned = draft.owner
    placed = figures(design, owner, owned.ends, ids) if isinstance(owned, Relationship) else []
    return edit(design, label, [*draft.put.values(), *placed])


def _owner(design: Design, owner: Id) -> Owner:
    found = design.get(owner)
    if not isinstance(found, Entity | Relationship):
        raise Refused("this entity is not there any more; somebody may have removed it")
    return found


def _add_line(draft: _Draft, line: str, above: list[tuple[int, Attribute]]) -> list[Attribute]:
    opened = line.replace("\t", "  ")
    depth = len(opened) - len(opened.lstrip())
    while above and above[-1][0] >= depth:
        above.pop()
    parent: Record = above[-1][1] if above else draft.owner
    said, comment = with_definition(line)
    plain, pii = with_personal(said)
    texts = [plain] if ":" in plain else separated(plain)
    read = [parse_attribute_text(text, draft.is_type) for text in texts]
    for last in read[-1:]:
        last.comment, last.pii = comment, pii
    made = [draft.add(parent, each) for each in read]
    above.append((depth, made[-1]))
    return made


@dataclass(slots=True)
class _Draft:
    """The records that typed lines add to one entity, gathered before they become one edit."""

    design: Design
    owner: Owner
    ids: IdSource
    put: dict[Id, Record] = field(default_factory=dict)

    def is_type(self, text: str) -> bool:
        """Say whether last words of a line are its type."""
        model = self.design.model_of(self.owner)
        if model is not None and model.level == "conceptual" and text.lower() in _PLAIN_WORDS:
            return False
        return meaning_of(self.design, self.owner, text) is not None

    def add(self, parent: Record, said: AttributeText) -> Attribute:
        """Add an attribute with its parts and identifiers."""
        new = [each for each in self.put.values() if isinstance(each, Attribute) and each.parent == parent.id]
        siblings = [*self.design.of(Attribute, parent.id), *new]
        if any(each.name == said.name for each in siblings):
            raise Refused(f"there is an attribute named {said.name} here already; choose another name", "name")
        order = between(siblings[-1].order or None if siblings else None, None)
        fields = _fields_of(self.design, self.owner, said)
        attribute = Attribute(id=self.ids(), parent=parent.id, order=order, name=said.name, **fields)
        check_name(self.design, attribute, attribute.name)
        self.put[attribute.id] = attribute
        self.identify(attribute, said)
        for part in said.parts:
            self.add(attribute, part)
        return attribute

    def identify(self, attribute: Attribute, said: AttributeText) -> None:
        """Let an attribute join or become an identifier, where its line says so."""
        if not (said.primary or said.unique):
            return
        if not isinstance(self.owner, Entity):
            raise Refused("a relationship has no identifier of its own; its entities identify it", "name")
        if said.primary:
            self._add_to_primary(attribute)
        else:
            made = Identifier(id=self.ids(), parent=self.owner.id, attributes=(attribute.id,))
            self.put[made.id] = made

    def _add_to_primary(self, attribute: Attribute) -> None:
        known = [self.put.get(each.id, each) for each in self.design.of(Identifier, self.owner.id)]
        both = [*known, *self.put.values()]
        old = next((each for each in both if isinstance(each, Identifier) and each.primary), None)
        if old is None:
            old = Identifier(id=self.ids(), parent=self.owner.id, primary=True)
        if attribute.id not in old.attributes:
            self.put[old.id] = replace(old, attributes=(*old.attributes, attribute.id))


def _fields_of(design: Design, near: Record, said: AttributeText) -> dict[str, Any]:
    fields: dict[str, Any] = {} if said.type is None else _type_fields(design, near, said.type)
    if said.optional is not None:
        fields["optional"] = said.optional
    if said.comment is not None:
        fields["comment"] = said.comment
    if said.pii is not None:
        fields |= {"pii": said.pii, "classification": "confidential"}
    return {**fields, "multivalued": said.multivalued, "derived": said.derived}


def _type_fields(design: Design, near: Record, text: str) -> dict[str, Any]:
    return meaning_of(design, near, text) or {"type": text.strip(), "domain": None}


def meaning_of(design: Design, near: Record, text: str) -> dict[str, Any] | None:
    """Return the fields that a type text means: a domain of the model, or a logical type; None where neither.

    A domain goes first: whoever named one `money` means that.
    """
    domain = _domain_named(design, near, text.strip())
    if domain is not None:
        return {"type": "", "domain": domain}
    compact = _BEFORE_BRACKET.sub("", text.strip().lower())
    word = _LOGICAL.match(compact)
    if word and word.group(1) in _VOCABULARY:
        return {"type": compact if word.group(1) in _LISTS else _SPACES.sub("", compact), "domain": None}
    logical = logical_type(text.strip(), dialect_of("postgresql"))
    return None if not text.strip() or logical.startswith("other(") else {"type": logical, "domain": None}


def _domain_named(design: Design, near: Record, name: str) -> Id | None:
    model = design.model_of(near)
    if model is None:
        return None
    return next((each.id for each in design.of(Domain, model.id) if each.name.lower() == name.lower()), None)


def set_attribute_text(design: Design, attribute: Id, text: str, ids: IdSource) -> Edit:
    """Write an attribute anew from what is typed as its name.

    Marks say whether it holds several values or is derived; type, optionality and identifiers change only where the
    text says them.
    """
    old = get(design, attribute, Attribute)
    owner = _owner_of(design, old)
    draft = _Draft(design, owner, ids)
    written, comment = with_definition(text)
    plain, pii = with_personal(written)
    said = parse_attribute_text(plain, draft.is_type)
    said.comment, said.pii = comment, pii
    check_name(design, old, said.name)
    after = replace(old, name=said.name, **_fields_of(design, owner, said))
    draft.put[old.id] = after
    draft.identify(after, said)
    for part in said.parts:
        draft.add(after, part)
    renamed = f"Rename attribute {called(design, old)} to {after.name}"
    label = f"Write attribute {called(design, old)}" if after.name == old.name else renamed
    return edit(design, label, list(draft.put.values()))


def _owner_of(design: Design, attribute: Attribute) -> Owner:
    parent = design.get(attribute.parent or "")
    return _owner_of(design, parent) if isinstance(parent, Attribute) else _owner(design, attribute.parent or "")


def set_attribute_type(design: Design, attribute: Id, text: str) -> Edit:
    """Give an attribute a type or a domain of the model by its text; an empty one takes it away."""
    old = get(design, attribute, Attribute)
    fields = _type_fields(design, old, text) if text.strip() else {"type": "", "domain": None}
    label = f"Set type of attribute {called(design, old)} to {text.strip() or 'nothing'}"
    return edit(design, label, [replace(old, **fields)])
