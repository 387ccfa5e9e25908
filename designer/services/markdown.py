"""Markdown of people as HTML: CommonMark with tables; HTML in it stays text, and links go to the web or to us."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

LONGEST = 20_000
"""How many letters are rendered; no description needs more."""


class _Html(RendererHTML):
    """HTML in which links say that nobody here vouches for them."""

    def link_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """Return the opening tag of a link."""
        tokens[at].attrSet("rel", "nofollow noopener noreferrer")
        return self.renderToken(tokens, at, options, env)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser: who uses it changes nothing of it."""
    made = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Html).enable(["table", "strikethrough"])
    return made.disable("image")  # a picture would tell its server who looks at it


def rendered(text: str) -> SafeString:
    """Return the text as HTML that is safe to show."""
    return mark_safe(str(parser().render(text[:LONGEST])))  # noqa: S308  the parser writes HTML as text


def plain(text: str) -> str:
    """Return what a reader sees of Markdown, as text of one line; it is not HTML and must be escaped where shown."""
    return " ".join(unescape(strip_tags(rendered(text))).split())
