"""The words that the names of columns are made of, and what such words mean."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+|\d+")

Words = tuple[str, ...]

HANDLES = ("id", "uuid", "guid", "code", "no", "nr", "number", "codigo", "num", "numero", "nummer")
"""Last words of names that stand for a thing: `customer_id`. The first ones are preferred."""
TELLS = frozenset(
    {"name", "title", "label", "code", "description", "fullname", "displayname", "symbol", "sku",
     "nombre", "nome", "nom", "naam", "bezeichnung", "titulo", "titre", "titel", "descripcion", "descricao"}
)  # fmt: skip
"""Last words of names that say something about the thing that a handle stands for: `customer_name`."""
FORMS_OF_A_NAME = frozenset({"full", "common", "short", "long", "first", "last", "scientific", "official", "native"})
"""What may stand between a thing and its name: `taxon_common_name`."""
OF_ANY_KIND = ("type", "kind", "class", "model", "table")
"""Beside a handle these say that it stands for things of several tables."""
KEEPS_THE_PAST = frozenset(
    {"audit", "audits", "log", "logs", "history", "histories", "event", "events", "snapshot", "snapshots", "archive",
     "archives", "backup", "journal", "revision", "revisions", "version", "versions", "deleted", "trace", "report",
     "reports", "stats", "statistics", "cache"}
)  # fmt: skip
"""Tables that copy what was true at the time, on purpose."""
MEASURES = frozenset(
    {"quantity", "qty", "amount", "price", "cost", "total", "sum", "count", "rate", "score", "weight", "balance",
     "discount", "tax", "fee", "position", "rank", "sort", "order", "ordinal", "percent", "ratio", "value", "hits"}
)  # fmt: skip
"""Last words of numbers that are a fact of their own row."""


@lru_cache(maxsize=50_000)
def words_of(name: str) -> Words:
    """Return the words and numbers of a name in lower case: `unitPrice_EUR2` -> unit, price, eur, 2."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=50_000)
def thing_first(words: Words) -> Words:
    """Return words with the thing before what is said of it, as `nombre_cliente` has it the other way round."""
    turned = words[0] in ("id", "cod", "codigo", "nombre", "nome", "nom") if len(words) > 1 else False
    return (*words[1:], words[0]) if turned and words[-1] not in TELLS and words[-1] not in HANDLES else words


def one_of(word: str) -> str:
    """Return a rough singular of an English word."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
