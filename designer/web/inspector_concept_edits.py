"""What is typed in the inspector of entities, relationships and words, as commands."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict

from designer.commands import Edit, Refused, arcs, generalizations, identifiers, relationships, words_of
from designer.commands.contract import get
from designer.schema import Arc, Design, Entity, Generalization, Id, Identifier, Model, Record, Relationship, new_id

ON = ("1", "on", "true")


def _at(form: QueryDict) -> int:
    text = form.get("at", "")
    if not (text.isdecimal() and len(text) < 9):
        raise Refused("this end is not there any more; somebody may have removed it")
    return int(text)


def _set_end(design: Design, record: Record, form: QueryDict) -> Edit:
    field, value = form.get("field", ""), form.get("value", "").strip()
    if field == "bounds":
        least, most = relationships.bounds_from(value)
        return relationships.set_end(design, record.id, _at(form), {"min": least, "max": most})
    if field == "identifying":
        return relationships.set_end(design, record.id, _at(form), {"identifying": value in ON})
    return relationships.set_end(design, record.id, _at(form), {"role": value})


def _add_end(design: Design, record: Record, form: QueryDict) -> Edit:
    return relationships.add_end(design, record.id, form.get("entity", ""), new_id)


def _remove_end(design: Design, record: Record, form: QueryDict) -> Edit:
    return relationships.remove_end(design, record.id, _at(form))


def _add_identifier(design: Design, record: Record, form: QueryDict) -> Edit:
    attributes, through = form.getlist("attribute"), form.getlist("relationship")
    return identifiers.add_identifier(design, record.id, attributes, through, new_id)


def _set_identifier(design: Design, record: Record, form: QueryDict) -> Edit:
    """Take the chosen parts; those that it had already keep their place in it."""
    old = get(design, record.id, Identifier)
    own = _kept_first(old.attributes, form.getlist("attribute"))
    return identifiers.set_identifier(
        design, record.id, own, _kept_first(old.relationships, form.getlist("relationship"))
    )


def _kept_first(before: tuple[Id, ...], chosen: list[Id]) -> list[Id]:
    return [*(each for each in before if each in chosen), *(each for each in chosen if each not in before)]


def _add_group(design: Design, record: Record, form: QueryDict) -> Edit:
    return generalizations.add_group(design, record.id, form.get("entity", ""), new_id)


def _add_subtype(design: Design, record: Record, form: QueryDict) -> Edit:
    return generalizations.add_subtype(design, record.id, form.get("entity", ""), new_id)


def _remove_subtype(design: Design, record: Record, form: QueryDict) -> Edit:
    return generalizations.remove_subtype(design, record.id, form.get("entity", ""))


def _set_discriminator(design: Design, record: Record, form: QueryDict) -> Edit:
    return generalizations.set_discriminator(design, record.id, form.get("value") or None)


def _add_arc(design: Design, record: Record, form: QueryDict) -> Edit:
    mandatory = form.get("mandatory") in ON
    return arcs.add_arc(design, record.id, form.getlist("relationship"), new_id, mandatory=mandatory)


def _set_arc(design: Design, record: Record, form: QueryDict) -> Edit:
    old = get(design, record.id, Arc)
    return arcs.set_arc(design, record.id, _kept_first(old.relationships, form.getlist("relationship")))


def _add_word(design: Design, record: Record, form: QueryDict) -> Edit:
    kind = form.get("kind", "")
    links = tuple(each for each in form.get("elements", "").split(",") if each in design)
    return words_of.add_word(design, record.id, kind, form.get("name", ""), new_id, **_word_fields(kind, form, links))


def _word_fields(kind: str, form: QueryDict, links: tuple[Id, ...]) -> dict[str, object]:
    comment = form.get("comment", "").strip().replace("\r\n", "\n")
    lines = tuple(line.strip() for line in form.get("lines", "").replace(";", "\n").split("\n") if line.strip())
    if kind == "term":
        return {"comment": comment, "synonyms": lines, "elements": links}
    if kind == "business_rule":
        return {"comment": comment, "elements": links}
    if kind == "access_pattern":
        given = {name: form.get(name, "").strip() for name in ("actor", "operation", "frequency")}
        return {**{name: text for name, text in given.items() if text}, "comment": comment, "reads": links}
    return {
        "comment": comment,
        "type": form.get("type", "").strip(),
        "values": lines,
        "rule": form.get("rule", "").strip(),
    }


def _link(design: Design, record: Record, form: QueryDict) -> Edit:
    chosen = [each for each in form.get("elements", "").split(",") if each]
    if not chosen:
        raise Refused("select on the diagram what it speaks of, then link it")
    return words_of.link(design, record.id, chosen, form.get("at", "elements"))


def _unlink(design: Design, record: Record, form: QueryDict) -> Edit:
    return words_of.unlink(design, record.id, form.get("element", ""), form.get("at", "elements"))


def _move_word(design: Design, record: Record, form: QueryDict) -> Edit:
    return words_of.move_word(design, record.id, form.get("way") == "up")


ACTIONS: dict[str, Callable[[Design, Record, QueryDict], Edit]] = {
    "set-end": _set_end,
    "add-end": _add_end,
    "remove-end": _remove_end,
    "add-identifier": _add_identifier,
    "set-identifier": _set_identifier,
    "add-group": _add_group,
    "add-subtype": _add_subtype,
    "remove-subtype": _remove_subtype,
    "set-discriminator": _set_discriminator,
    "add-arc": _add_arc,
    "set-arc": _set_arc,
    "add-word": _add_word,
    "link": _link,
    "unlink": _unlink,
    "move-word": _move_word,
}

ABOUT: dict[str, type[Record]] = {
    **dict.fromkeys(("set-end", "add-end", "remove-end"), Relationship),
    **dict.fromkeys(("add-identifier", "add-group", "add-arc"), Entity),
    "set-identifier": Identifier,
    **dict.fromkeys(("add-subtype", "remove-subtype", "set-discriminator"), Generalization),
    "set-arc": Arc,
    "add-word": Model,
}
"""The kind that an action is about."""
