"""Supertypes and their subtypes: several groups of one supertype, each with its name and its discriminator."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.commands.relationships import make_subtypes
from designer.schema import Attribute, Design, Entity, Generalization, Id, IdSource


def add_group(design: Design, supertype: Id, subtype: Id, ids: IdSource) -> Edit:
    """Begin another group of subtypes: people are students or lecturers, and apart from that men or women."""
    return make_subtypes(design, [subtype], supertype, ids, apart=True)


def add_subtype(design: Design, generalization: Id, subtype: Id, ids: IdSource) -> Edit:
    """Let an entity join a group of subtypes."""
    old = get(design, generalization, Generalization)
    return make_subtypes(design, [subtype], old.supertype or "", ids, group=old.id)


def remove_subtype(design: Design, generalization: Id, subtype: Id) -> Edit:
    """Take an entity out of a group of subtypes; an empty group goes."""
    old = get(design, generalization, Generalization)
    entity = get(design, subtype, Entity)
    left = tuple(each for each in old.subtypes if each != subtype)
    label = f"Take {called(design, entity)} out of the subtypes of {_above(design, old)}"
    return edit(design, label, [replace(old, subtypes=left)]) if left else edit(design, label, [], (old.id,))


def set_discriminator(design: Design, generalization: Id, attribute: Id | None) -> Edit:
    """Choose the attribute of the supertype that says of which subtype an instance is; None: none does."""
    old = get(design, generalization, Generalization)
    if attribute and get(design, attribute, Attribute).parent != old.supertype:
        raise Refused(f"a discriminator is an attribute of {_above(design, old)}; choose one of these", "discriminator")
    said = called(design, design[attribute]) if attribute else "nothing"
    label = f"Tell the subtypes of {_above(design, old)} apart by {said}"
    return edit(design, label, [replace(old, discriminator=attribute or None)])


def _above(design: Design, generalization: Generalization) -> str:
    return called(design, get(design, generalization.supertype or "", Entity))
