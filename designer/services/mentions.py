"""Naming people in a text: `@Ada` as it is typed, kept as the key of a user, shown as what he is called now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from designer.models import Project
from designer.services import markdown, permissions
from designer.services.branches import display_name
from designer.services.permissions import AnyUser, Right

MOST = 20
"""How many people one text may call."""
SHOWN = 8
_BEGIN, _END = "\ue000", "\ue001"  # for private use: nobody types them, and what comes with them is taken out
_KEPT = re.compile(f"{_BEGIN}([0-9]{{1,18}}){_END}")
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_AT = re.compile(r"(?<![\w/@.=&#-])@(?=\S)")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be called: `name` is what people write after the @."""

    key: int
    name: str
    others: tuple[str, ...] = ()


def members(project: Project) -> list[Member]:
    """Return who can be called in a project. Who shares a name goes by that of his account."""
    people = permissions.people(project, Right.VIEW)
    shown = {each.pk: plain(display_name(each)) for each in people}
    count = Counter(name.casefold() for name in shown.values())
    found = []
    for each in people:
        account, name = plain(each.get_username()), shown[each.pk]
        twice = count[name.casefold()] > 1
        found.append(Member(each.pk, account if twice else name, () if twice else (account,)))
    return found


def plain(name: str) -> str:
    """Return a name without the domain of an e-mail address, which is nobody else's business."""
    return name.partition("@")[0] if _ADDRESS.fullmatch(name) else name


def suggested(user: AnyUser, project: Project, begun: str) -> list[str]:
    """Return the names that go on as somebody began to type. Guests are told of nobody."""
    everybody = members(project)
    if not any(each.key == user.pk for each in everybody):
        return []
    wanted = begun.casefold()
    first = [each.name for each in everybody if each.name.casefold().startswith(wanted)]
    inside = [each.name for each in everybody if each.name not in first and _begins_inside(each, wanted)]
    return [*sorted(first, key=str.casefold), *sorted(inside, key=str.casefold)][:SHOWN]


def _begins_inside(member: Member, wanted: str) -> bool:
    words = " ".join((member.name, *member.others)).casefold()
    return f" {wanted}" in f" {words}"


def resolved(user: AnyUser, project: Project, text: str) -> tuple[str, set[int]]:
    """Return a text as it is kept, and the keys of those whom it calls. What a guest writes calls nobody."""
    clean = text.replace(_BEGIN, "").replace(_END, "")
    if not _AT.search(clean):
        return clean, set()
    everybody = members(project)
    if not any(each.key == user.pk for each in everybody):
        return clean, set()
    names = {name.casefold(): each.key for each in everybody for name in (*each.others, each.name)}
    longest = sorted(names, key=len, reverse=True)
    called: set[int] = set()
    parts = _CODE.split(clean)
    kept = [part if at % 2 else _called(part, names, longest, called) for at, part in enumerate(parts)]
    return "".join(kept), called


def _called(text: str, names: Mapping[str, int], longest: list[str], called: set[int]) -> str:
    made, done = [], 0
    for found in _AT.finditer(text):
        rest = text[found.end() :]
        name = next((each for each in longest if _starts_with(rest, each)), None)
        if name is None or (len(called) >= MOST and names[name] not in called):
            continue
        called.add(names[name])
        made += [text[done : found.start()], f"{_BEGIN}{names[name]}{_END}"]
        done = found.end() + len(name)
    return "".join([*made, text[done:]])


def _starts_with(text: str, name: str) -> bool:
    after = text[len(name) : len(name) + 1]
    return text[: len(name)].casefold() == name and not (after.isalnum() or after == "_")


def named_in(texts: Iterable[str]) -> set[int]:
    """Return the keys of those whom kept texts call."""
    return {int(key) for text in texts for key in _KEPT.findall(text)}


def names(keys: Iterable[int]) -> dict[int, str]:
    """Return what users are called now."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = get_user_model()._default_manager.filter(pk__in=wanted)
    return {each.pk: plain(display_name(each)) for each in found}


def typed(text: str, known: Mapping[int, str]) -> str:
    """Return a kept text as people type it, also where it was cut short inside a name."""
    text = re.sub(f"{_BEGIN}[0-9]*\\Z", "", text)
    return _KEPT.sub(lambda found: f"@{known.get(int(found[1]), SOMEBODY)}", text)


def rendered(text: str, known: Mapping[int, str]) -> SafeString:
    """Return a kept text as HTML that is safe to show, with the people that it calls marked."""
    parser = markdown.parser()
    about: dict[str, object] = {}
    tokens = parser.parse(text[: markdown.LONGEST], about)
    for token in tokens:
        token.content = typed(token.content, known)
        if token.children:
            token.children = [part for child in token.children for part in _marked(child, known)]
    return mark_safe(str(parser.renderer.render(tokens, parser.options, about)))  # noqa: S308  the parser writes HTML as text


def _marked(token: Token, known: Mapping[int, str]) -> list[Token]:
    """Return the parts of a token: what calls somebody stands by itself."""
    for name, value in token.attrs.items():
        token.attrs[name] = typed(value, known) if isinstance(value, str) else value
    if token.type != "text" or not _KEPT.search(token.content):
        token.content = typed(token.content, known)
        return [token]
    parts = _KEPT.split(token.content)
    return [_person(part, known) if at % 2 else Token("text", "", 0, content=part) for at, part in enumerate(parts)]


def _person(key: str, known: Mapping[int, str]) -> Token:
    html = format_html('<span class="mention">@{}</span>', known.get(int(key), SOMEBODY))
    return Token("html_inline", "", 0, content=html)
