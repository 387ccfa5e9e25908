"""How MySQL, MariaDB and SQLite spell types and expressions: compared token by token."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from designer.compare.difference import Verdict
from designer.compare.side import Side
from designer.compare.value import Sql
from designer.schema import Id

Tokens = tuple[str, ...]

_TOKEN = re.compile(
    r"""(?P<gap>\s+|/\*.*?\*/|--[^\n]*|\#[^\n]*)
      | (?P<text>[xX]'[0-9a-fA-F]*'|_[a-z0-9]+\s*'(?:[^'\\]|''|\\.)*'|[nN]?'(?:[^'\\]|''|\\.)*')
      | (?P<quoted>`(?:[^`]|``)*`|"(?:[^"]|"")*"|\[[^\]]*\])
      | (?P<word>[\w$@]+(?:\.\d+)?)
      | (?P<sign><=>|<>|!=|<=|>=|\|\||&&|:=|->>|->|<<|>>|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SAME = {
    "!=": "<>", "&&": "and", "integer": "int", "now": "current_timestamp", "localtimestamp": "current_timestamp",
    "localtime": "current_timestamp", "curdate": "current_date", "curtime": "current_time", "lcase": "lower",
    "ucase": "upper", "substr": "substring", "character_length": "char_length", "true": "1", "false": "0",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EMPTY_CALLS = frozenset({"current_timestamp", "current_date", "current_time", "utc_timestamp"})
_TYPE_WORDS = (
    (r"\s+signed\b", ""),
    (r"\binteger\b", "int"), (r"\b(?:dec|numeric|fixed)\b", "decimal"), (r"\bboolean\b|\bbool\b", "tinyint(1)"),
    (r"\bdouble precision\b|\breal\b", "double"),
    (r"\bcharacter varying\b|\bchar varying\b|\bvarcharacter\b", "varchar"),
    (r"\bcharacter\b(?! set)", "char"), (r"\bint1\b", "tinyint"), (r"\bint2\b", "smallint"), (r"\bint4\b", "int"),
    (r"\bint8\b", "bigint"), (r"\bmiddleint\b|\bint3\b", "mediumint"), (r"\blong varchar\b", "mediumtext"),
    (r"\byear\(4\)", "year"), (r"\bserial\b", "bigint unsigned"), (r"\bdecimal\b(?!\s*\()", "decimal(10,0)"),
    (r"\bdecimal\((\d+)\)", r"decimal(\1,0)"), (r"\bchar\b(?!\s*\(| set)", "char(1)"),
    (r"\bbinary\b(?!\s*\()", "binary(1)"), (r"\bbit\b(?!\s*\()", "bit(1)"),
)  # fmt: skip
_WIDTHS = re.compile(r"\b(smallint|mediumint|int|bigint)\(\d+\)(?!.*zerofill)|\b(tinyint)\((?!1\))\d+\)(?!.*zerofill)")
_DEFINER = re.compile(r"\bdefiner\s*=\s*(?:`[^`]*`|'[^']*'|\S+?)\s*@\s*(?:`[^`]*`|'[^']*'|\S+)\s*", re.IGNORECASE)
_UNSAID = frozenset({"as", "inner", "outer", "cross", "using"})
_EVENT = re.compile(
    r"\s*create\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+\s+)?event\s+(?:if\s+not\s+exists\s+)?(?P<name>`(?:[^`]|``)+`|\S+)",
    re.IGNORECASE,
)
_EVENT_USUAL = re.compile(r"\bon\s+completion\s+not\s+preserve\b|\benable\b(?=\s+(?:do|comment)\b)", re.IGNORECASE)
_PARTITION_ENGINE = re.compile(r"(?<=\))\s*engine\s*=\s*\w+|(?<=maxvalue)\s*engine\s*=\s*\w+", re.IGNORECASE)
_ZERO_TIME = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00(?:\.0+)?")
_RETURNS = re.compile(
    r"(\breturns\s+)((?:'[^']*'|[^'])+?)(?=\s+(?:language|not|deterministic|contains|no|reads|modifies|sql|comment|begin|return)\b)",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"\s+(?:charset|character set)\s+\w+|\s+collate\s+\w+", re.IGNORECASE)
_SIZED = re.compile(r"\b(text|blob)\((\d+)\)")
_LITERALS = re.compile(r"('(?:[^'\\]|''|\\.)*')")


class GenericLanguage:
    """Compares tokens, since these servers have no grammar that we could ask."""

    def __init__(self, dialect: str):
        self.dialect = dialect
        self.mysql = dialect in ("mysql", "mariadb")

    def type_form(self, side: Side, text: str, type_ref: Id | None) -> str:
        """Return a type in one spelling. SQLite keeps it as it was written, so there only spaces go."""
        flat = " ".join(text.split())
        return _mysql_type(flat, self.dialect) if self.mysql else flat

    def agree(self, left: Sql, right: Sql) -> Verdict:
        """Return EQUAL for the same tokens, SPELLED where only parentheses tell them apart."""
        if left.text == right.text:
            return Verdict.EQUAL
        if left.form == right.form == "query" and not self.mysql and left.names != right.names:
            return Verdict.DIFFERENT
        texts = [_without_given(each.text) for each in (left, right)]
        if self.mysql and left.form == "statement":
            texts = [_returning(each, self.dialect) for each in texts]
        one, two = map(tokens, texts)
        if _unwrapped(one) == _unwrapped(two):
            return Verdict.EQUAL
        bare = [tuple(each for each in side if each not in ("(", ")", "as", ";")) for side in (one, two)]
        if bare[0] == bare[1]:
            return Verdict.SPELLED
        return Verdict.SPELLED if left.form == "query" and self.mysql and _same_words(*bare) else Verdict.DIFFERENT

    def signature(self, side: Side, text: str, home: str) -> str:
        """These databases have no overloaded routines."""
        return ""

    def identity(self, side: Side, text: str, home: str) -> tuple[str, ...]:
        """Return the event that a statement creates."""
        found = _EVENT.match(text) if self.mysql else None
        return ("event", tokens(found["name"])[-1]) if found else ()


def _without_given(text: str) -> str:
    """Return a text without what the server writes out though nobody said it."""
    text = _DEFINER.sub("", text)
    if _EVENT.match(text):
        text = _EVENT_USUAL.sub(" ", text)
    return _PARTITION_ENGINE.sub("", text)


def _returning(text: str, dialect: str) -> str:
    """Return a routine's text with what it returns in one spelling, without the character set that servers add."""
    return _RETURNS.sub(
        lambda found: found[1] + _CHARSET.sub("", _mysql_type(" ".join(found[2].split()), dialect)), text, 1
    )


@lru_cache(maxsize=4_096)
def tokens(text: str) -> Tokens:
    """Return the tokens of a text in one spelling: names without quotes, key words in lower case, no comments."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "gap":
            continue
        token = _token(match.lastgroup or "sign", match.group())
        found.extend(("-", token[1:]) if _NUMBER.fullmatch(token) and token[0] == "-" else (token,))
        if found[-2:] == [")", ""]:
            found.pop()
        if found[-3:-2] and found[-3] in _EMPTY_CALLS and found[-2:] == ["(", ")"]:
            del found[-2:]
    while found and found[-1] == ";":
        found.pop()
    return tuple(found)


def _token(kind: str, text: str) -> str:
    if kind == "text" and text[0] in "xX":
        return repr(bytes.fromhex(text[2:-1]).rstrip(b"\0")) if len(text) % 2 else text
    if kind == "text":
        literal = text[text.index("'") :].replace("\\'", "''")
        if literal.endswith("\\0'"):
            return repr(re.sub(r"(?:\\0)+\Z", "", literal[1:-1]).encode())
        return _number(literal[1:-1]) if _NUMBER.fullmatch(literal[1:-1]) else _moment(literal)
    if kind == "quoted":
        closing = {"[": "]"}.get(text[0], text[0])
        return text[1:-1].replace(closing * 2, closing).lower()
    lower = _number(text) if _NUMBER.fullmatch(text) else text.lower()
    return _SAME.get(lower, lower)


def _number(text: str) -> str:
    """Return a number without zeros that a column's scale adds."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(literal: str) -> str:
    """Return a literal without midnight, which a server adds to a date; the zero date is 0."""
    moment = _ZERO_TIME.fullmatch(literal[1:-1])
    day = moment[1] if moment else literal[1:-1]
    return "0" if day == "0000-00-00" else f"'{day}'" if moment else literal


def _unwrapped(found: Tokens) -> Tokens:
    """Return tokens without the parentheses that stand round all of them."""
    while len(found) > 1 and found[0] == "(" and _closing(found) == len(found) - 1:
        found = found[1:-1]
    return found


def _closing(found: Tokens) -> int:
    depth = 0
    for at, sign in enumerate(found):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at
    return -1


def _same_words(one: Tokens, two: Tokens) -> bool:
    """Say whether two queries read the same things: servers write names with tables, ON for USING, round(a, 0)."""
    literals = [Counter(each for each in side if each.startswith("'") or each.isdigit()) for side in (one, two)]
    words = {each for each in one if each.isidentifier()} - _UNSAID
    return not literals[0] - literals[1] and set(literals[1] - literals[0]) <= {"0", "1"} and set(two) >= words


def _with_room(found: re.Match[str]) -> str:
    """Return the smallest type that has room: TEXT counts characters of four bytes, BLOB counts bytes."""
    needed = int(found[2]) * (4 if found[1] == "text" else 1)
    sizes = (("tiny", 0xFF), ("", 0xFFFF), ("medium", 0xFFFFFF))
    return next((size for size, room in sizes if needed <= room), "long") + found[1]


@lru_cache(maxsize=4_096)
def _mysql_type(text: str, dialect: str) -> str:
    pieces = _LITERALS.split(text)
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\)(?=[a-z])", ") ", re.sub(r"\s*([(),])\s*", r"\1", pieces[at].lower()))
        for pattern, word in _TYPE_WORDS:
            piece = re.sub(pattern, word, piece)
        if dialect == "mariadb":
            piece = re.sub(r"^json\b", "longtext", piece)
        piece = _SIZED.sub(_with_room, piece)
        pieces[at] = _WIDTHS.sub(lambda found: found.group(1) or found.group(2), piece)
    return "".join(pieces).strip()
