"""The text of SQLite's schema, cut into tokens and clauses by rules of its own: proof must not lean on what it proves."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<gap>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])"""
    r"""|(?P<string>[xX]?'(?:[^']|'')*')|(?P<word>[\w$]+(?:\.\d+)?)|(?P<sign>\|\||<=|>=|<>|!=|==|<<|>>|->>|->|.)""",
    re.DOTALL,
)
_STARTS = {
    "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "FOREIGN", "NOT", "NULL", "DEFAULT", "COLLATE",
    "GENERATED", "AS",
}  # fmt: skip
_OF_TABLE = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}
_KINDS = ("PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
_EMPTY_WORDS = (
    ("NOT", "DEFERRABLE", "INITIALLY", "IMMEDIATE"), ("NOT", "DEFERRABLE", "INITIALLY", "DEFERRED"), ("NOT", "DEFERRABLE"), ("INITIALLY", "IMMEDIATE"),
    ("ON", "DELETE", "NO", "ACTION"), ("ON", "UPDATE", "NO", "ACTION"), ("MATCH", "SIMPLE"),
    ("GENERATED", "ALWAYS"), ("ON", "CONFLICT", "ABORT"),
)  # fmt: skip
"""Words that say what holds without them."""
_SIGNAL = _STARTS | {word for words in _EMPTY_WORDS for word in words} | {"ASC", "DESC", "AUTOINCREMENT"}
"""Words with a meaning here; as names they keep their quotes."""


def tokens(text: str) -> list[str]:
    """Return the tokens of a statement without white space and comments; words in upper case, names in one quote."""
    return [_one_spelling(found) for found in _TOKEN.finditer(text) if found.lastgroup != "gap"]


def _one_spelling(found: re.Match[str]) -> str:
    written = found.group()
    if found.lastgroup == "name":
        quote = written[-1]
        name = written[1:-1] if quote == "]" else written[1:-1].replace(quote * 2, quote)
        is_plain = re.fullmatch(r"[A-Za-z_]\w*", name) and name.upper() not in _SIGNAL
        return name.upper() if is_plain else '"' + name.replace('"', '""').upper() + '"'
    return written.upper() if found.lastgroup == "word" else written


def spelled(text: str) -> str:
    """Return a statement in one spelling; only strings keep the case of their letters."""
    return _shown(tokens(text)).removesuffix(" ;")


_BEFORE_NAMES = ("(", ",", "ON", ".", "CREATE", "REFERENCES", "INDEX")


def _shown(words: list[str]) -> str:
    """Return tokens as text: without ASC, and without quotes that a plain name can do without."""
    kept = [word for at, word in enumerate(words) if word != "ASC" or at == 0 or words[at - 1] in _BEFORE_NAMES]
    return " ".join(word.strip('"') if word.strip('"') in _SIGNAL and word[0] == '"' else word for word in kept)


def clauses_of(text: str) -> Iterator[str]:
    """Yield the columns of CREATE TABLE with their types, each clause of a column or table, and the table's options."""
    words = tokens(text)
    opening = words.index("(")
    pieces, closing = _split(words, opening)
    columns, constraints = [], []
    for piece in pieces:
        if piece and piece[0] in _OF_TABLE:
            constraints += [_named(each, "") for each in _clauses(piece)]
        elif piece:
            piece[0] = _as_name(piece[0])
            own = _clauses(piece[1:])
            kind = " ".join(own.pop(0)) if own and own[0][0] not in _STARTS else ""
            columns.append(f"{_shown(piece[:1])}: {kind}")
            constraints += [_named(each, piece[0]) for each in own if each != ["NULL"]]
    yield from columns
    yield from _in_order(constraints)
    yield " ".join(sorted(word for word in words[closing + 1 :] if word not in (",", ";")))


def _as_name(token: str) -> str:
    """Return the token of a name, for which SQLite takes a string, too."""
    if token[0] != "'":
        return token
    return tokens('"' + token[1:-1].replace("''", "'").replace('"', '""') + '"')[0]


def _in_order(constraints: list[tuple[str, str]]) -> list[str]:
    """Return keys, checks and foreign keys in the order of the text, each kind for itself; the rest sorted."""
    rest = sorted(text for kind, text in constraints if kind not in _KINDS)
    kept = sorted((each for each in constraints if each[0] in _KINDS), key=lambda each: _KINDS.index(each[0]))
    return rest + [text for _, text in kept]


def _split(words: list[str], opening: int) -> tuple[list[list[str]], int]:
    """Return what stands between the commas of a parenthesis, and where it closes."""
    pieces: list[list[str]] = [[]]
    depth = 0
    for at in range(opening, len(words)):
        depth += (words[at] == "(") - (words[at] == ")")
        if depth == 0:
            return pieces, at
        if depth == 1 and words[at] == ",":
            pieces.append([])
        elif at > opening:
            pieces[-1].append(words[at])
    raise ValueError("a parenthesis is not closed")


def _clauses(words: list[str]) -> list[list[str]]:
    """Return the clauses of a column or of a row of table constraints: `NOT NULL`, `DEFAULT 0`, `CHECK (…)`."""
    found: list[list[str]] = []
    depth = 0
    for at, word in enumerate(words):
        begins = not depth and word in _STARTS and not _goes_on(words, at)
        if begins or not found:
            found.append([])
        found[-1].append(word)
        depth += (word == "(") - (word == ")")
    return found


def _goes_on(words: list[str], at: int) -> bool:
    before = words[at - 1] if at else ""
    if words[at] in ("NULL", "DEFAULT") and before in ("NOT", "SET", "DEFAULT"):
        return True
    if words[at] == "GENERATED" and words[at + 1 : at + 2] != ["ALWAYS"]:
        return True
    if words[at] == "NOT" and words[at + 1 : at + 2] == ["DEFERRABLE"]:
        return True
    if words[at] == "REFERENCES" and before == ")" and "FOREIGN" in words[:at]:
        return True
    if words[at] == "AS" and before == "ALWAYS":
        return True
    return at >= 2 and words[at - 2] == "CONSTRAINT"


def _named(words: list[str], column: str) -> tuple[str, str]:
    """Return a clause's first word and the clause in one spelling: a key or reference behind a column as one of the table."""
    name, body = (words[:2], words[2:]) if words[0] == "CONSTRAINT" else ([], list(words))
    while (shorter := _without_empty_words(body)) != body:
        body = shorter
    if body[-1:] == ["VIRTUAL"] and body[-2] == ")":
        body = body[:-1]
    if column and body[:1] == ["REFERENCES"]:
        body = ["FOREIGN", "KEY", "(", column, ")", *body]
    elif column and body[:1] in (["PRIMARY"], ["UNIQUE"]):
        body = _key(body, column)
    elif column and body[:1] != ["CHECK"]:
        body = [column, *body]
    if body[:1] == ["AS"] or body[1:2] == ["AS"] or body[:1] == ["CHECK"]:
        body = _without_double_parentheses(body)
    return body[0], _shown([*name, *_deletes_first(body)])


def _deletes_first(body: list[str]) -> list[str]:
    """Return a foreign key with ON DELETE before ON UPDATE."""
    update = _place(body, "UPDATE")
    delete = _place(body, "DELETE")
    if body[:1] != ["FOREIGN"] or update < 0 or delete < update:
        return body
    length = 4 if body[delete + 2] == "SET" else 3
    moved = body[delete : delete + length]
    return [*body[:update], *moved, *body[update:delete], *body[delete + length :]]


def _place(body: list[str], event: str) -> int:
    return next((at for at in range(len(body) - 1) if body[at : at + 2] == ["ON", event]), -1)


def _key(body: list[str], column: str) -> list[str]:
    words = body[:2] if body[0] == "PRIMARY" else body[:1]
    rest = body[len(words) :]
    inside = [word for word in rest if word in ("AUTOINCREMENT",)]
    rest = [word for word in rest if word not in inside]
    if rest[:1] == ["DESC"]:  # behind its column it makes no alias of the rowid; at the end of the table it does
        return [*words, "DESC behind", column, *inside, *rest[1:]]
    return [*words, "(", column, *inside, ")", *rest]


def _without_empty_words(body: list[str]) -> list[str]:
    for words in _EMPTY_WORDS:
        for at in range(len(body) - len(words) + 1):
            if tuple(body[at : at + len(words)]) == words and body[:at].count("(") == body[:at].count(")"):
                return body[:at] + body[at + len(words) :]
    return body


def _without_double_parentheses(body: list[str]) -> list[str]:
    opening = body.index("(")
    pieces, closing = _split(body, opening)
    while len(pieces) == 1 and pieces[0][:1] == ["("] and _split(pieces[0], 0)[1] == len(pieces[0]) - 1:
        body = [*body[: opening + 1], *pieces[0][1:-1], *body[closing:]]
        pieces, closing = _split(body, opening)
    return body
