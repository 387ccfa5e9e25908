"""What tables, columns, keys and indexes are called: case, plural, prefixes, abbreviations, and how long a name may be.

A name follows from the words of its element and from the settings alone, so that an unrelated element never renames
it. Where two elements of a namespace come to the same name, the one that asks first has it; the other one's name ends
in letters that follow from its mark.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Concatenate, ParamSpec

from designer.dialects.base import Dialect
from designer.dialects.base import words as word_list
from designer.levels.contract import Settings
from designer.levels.naming.plurals import plural, singular
from designer.levels.naming.spelling import cased, said_without, words_in

Asked = ParamSpec("Asked")

SHORTEST = 12
"""No limit makes names shorter than this: fewer letters could not tell them apart."""
NOTHING = "-"
"""A prefix that is none; an empty one is the default."""
_HASH = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LAST_WORD = re.compile(r"[A-Za-z]+\Z")
_SAME_PART = 4
_MOST_KNOWN = 100_000  # names
_SHORT = 40  # characters, which every database takes
_PLAIN = re.compile(r"[A-Za-z0-9_ -]*")
_VERB_ENDINGS = frozenset({"of", "in", "for", "to", "by", "at", "on", "with", "from", "as", "into", "about", "under"})
_BUILT_IN = word_list("""
    abstime aclitem any anyarray anyelement box cidr circle cstring daterange event_trigger inet int4range int8range
    internal line lseg macaddr name numrange oid path pg_lsn point polygon record refcursor regclass regproc trigger
    tsquery tsrange tstzrange tsvector txid_snapshot unknown void xid
""")  # fmt: skip
_REFUSED: Mapping[str, frozenset[str]] = {
    "postgresql": frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"}),
    "mysql": frozenset({"db_row_id", "db_trx_id", "db_roll_ptr", "fts_doc_id", "primary", "gen_clust_index"}),
    "mariadb": frozenset({"db_row_id", "db_trx_id", "db_roll_ptr", "fts_doc_id", "primary", "gen_clust_index"}),
}
"""Names that a database keeps for itself, quoted or not."""
_DEVICES = word_list(
    "con prn aux nul clock$ com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9"
)
"""No foreign key of MariaDB finds a table called like a device of Windows: its file is called otherwise."""


def _remembered(named: Callable[Concatenate[Names, Asked], str]) -> Callable[Concatenate[Names, Asked], str]:
    """Let names that were asked for before be answered from memory: the words of a model come again and again."""

    def answered(names: Names, /, *args: Asked.args, **kwargs: Asked.kwargs) -> str:
        words = (*args, *kwargs.values())
        key = (called, *kwargs, *(tuple(each) if isinstance(each, list) else each for each in words))
        found = names.everywhere.get(key) or names.known.get(key)
        if found is None:
            found = named(names, *args, **kwargs)
            known = names.everywhere if _is_same_everywhere(key, found) else names.known
            if len(known) > _MOST_KNOWN:
                known.clear()
            known[key] = found
        return found

    called = named.__name__
    return answered


def _is_same_everywhere(key: Iterable[object], name: str) -> bool:
    """Whether no database has a say in a name: short, of plain letters, and no word of any of them."""
    words = (word for part in key for word in (part if isinstance(part, tuple) else (part,)))
    if len(name) > _SHORT or name.endswith("_") or not all(_PLAIN.fullmatch(str(word)) for word in words):
        return False
    folded = name.lower()
    return folded not in _SOMEWHERE_REFUSED and "sqlite_" not in folded


_SOMEWHERE_REFUSED = frozenset().union(*_REFUSED.values(), _DEVICES)


@lru_cache(maxsize=16)
def _names(options: tuple[tuple[str, str], ...], dialect: Dialect) -> Names:
    return Names(Settings(dict(options)), dialect, _everywhere(options))


@lru_cache(maxsize=16)
def _everywhere(options: tuple[tuple[str, str], ...]) -> dict[object, str]:  # noqa: ARG001
    """Return the names that options give in all databases, for all of them to remember."""
    return {}


def names_for(settings: Settings, dialect: Dialect) -> Names:
    """Return the names that the options give; the same object for the same options, so that it remembers."""
    return _names(tuple(sorted(settings.options.items())), dialect)


class Names:
    """The names that a set of settings gives for a database. All are short enough; none is empty."""

    def __init__(self, settings: Settings, dialect: Dialect, everywhere: dict[object, str] | None = None):
        self.everywhere = {} if everywhere is None else everywhere
        self.settings = settings
        self.dialect = dialect
        self.case = settings.option("case")
        self.short = _abbreviations(settings.option("abbreviations"))
        self.longest = int(settings.option("length") or "0")
        self.known: dict[object, str] = {}

    @_remembered
    def table(self, words: str) -> str:
        """Return the name of the table for an entity: `order line` -> `order_lines`."""
        many = self.settings.option("plural") == "plural"
        name = self._prefixed("table_prefix", self._written(words, plural if many else singular))
        return f"{name}_" if name.lower() in _DEVICES and self.dialect.name in ("mysql", "mariadb") else name

    @_remembered
    def column(self, words: str) -> str:
        """Return the name of the column for an attribute: `unit price` -> `unit_price`."""
        return self.fit(self._kept_free(self._written(words)))

    def type(self, words: str) -> str:
        """Return the name of a type for a domain; `date` is `date_type`, as databases have a type of that name."""
        name = self._written(words)
        known = name.lower() in self.dialect.to_logical or name.lower() in self.dialect.reserved_types | _BUILT_IN
        return self.fit(self._written(f"{words} type") if known else name)

    @_remembered
    def surrogate(self, words: str) -> str:
        """Return the name of the key column of a table of its own: `id`, `order_line_id`."""
        wanted = self.settings.option("surrogate_name") or "id"
        return self.column(wanted.replace("{table}", " ".join(_headed(words_in(words), singular))))

    @_remembered
    def reference(self, called: str, key: str) -> str:
        """Return the name of a column that refers: `manager` and `id` -> `manager_id`.

        Words that the key begins with already are not said twice: `customer`, `customer no` -> `customer_no`.
        """
        first, second = _headed(words_in(called), singular), words_in(key)
        same = max((n for n in range(len(first) + 1) if first[len(first) - n :] == second[:n]), default=0)
        return self.column(" ".join((*first, *second[same:])))

    @_remembered
    def primary_key(self, table: str) -> str:
        """Return the name of the primary key of a table."""
        return self._prefixed("primary_prefix", table)

    @_remembered
    def unique(self, table: str, columns: Sequence[str]) -> str:
        """Return the name of a unique key: `uk_users_email`."""
        return self._prefixed("unique_prefix", table, *columns)

    @_remembered
    def foreign_key(self, table: str, parent: str, *more: str) -> str:
        """Return the name of a foreign key, from source to target: `fk_orders_customers`."""
        return self._prefixed("foreign_prefix", table, parent, *more)

    @_remembered
    def check(self, table: str, what: str) -> str:
        """Return the name of a check; `what` says in words what it is about: `chk_orders_total`."""
        spoken = said_without(words_in(what), self.dialect.unnameable)
        said = cased(self._shortened(spoken, spoken), "snake" if self.case == "keep" else self.case)
        return self._prefixed("check_prefix", table, said)

    @_remembered
    def index(self, table: str, columns: Sequence[str]) -> str:
        """Return the name of an index: `idx_orders_customer_id`."""
        return self._prefixed("index_prefix", table, *columns)

    def fit(self, name: str) -> str:
        """Return a name within the limits; a longer one is cut and ends in a hash of all of it, always the same."""
        if not self._too_long(name):
            return name
        return self.ending(name, _letters(name, _HASH))

    def ending(self, name: str, tail: str) -> str:
        """Return a name that ends in `_tail`, cut before it as far as the limits want."""
        tail = tail.upper() if self.case == "upper" else tail
        for length in range(len(name), 0, -1):
            start = name[:length]
            if length < len(name) and unicodedata.combining(name[length]):
                continue
            start = start.rstrip("_ ")
            if start and not self._too_long(f"{start}_{tail}"):
                return f"{start}_{tail}"
        return tail

    def _too_long(self, name: str) -> bool:
        return self.dialect.too_long(name) or (self.longest > 0 and len(name) > max(self.longest, SHORTEST))

    def _written(self, words: str, change: Callable[[str], str] | None = None) -> str:
        if self.case == "keep":
            return self._kept(words, change)
        spoken = said_without(words_in(words), self.dialect.unnameable)
        return cased(self._shortened(_headed(spoken, change) if change else spoken, spoken), self.case)

    def _kept(self, words: str, change: Callable[[str], str] | None) -> str:
        """Return a name as it is, but for what the database cannot hold."""
        refused = self.dialect.unnameable
        letters = [each for each in words.strip() if each != "\0" and unicodedata.category(each) != "Cs"]
        if refused is not None:
            letters = [each for each in letters if each.isspace() or not refused.search(each)]
        name = "".join(letters).strip()
        if not name:
            return cased(said_without(words_in(words), refused), "snake")
        last = _LAST_WORD.search(name)
        if change is None or last is None or last[0].lower() in _VERB_ENDINGS:
            return name
        return name[: last.start()] + _in_case_of(last[0], _changed(last[0].lower(), change))

    def _shortened(self, words: Sequence[str], plain: Sequence[str]) -> Sequence[str]:
        """Put abbreviations for words, for several words first. What is abbreviated is not put in the plural."""
        if not self.short:
            return words
        written: list[str] = []
        at = 0
        while at < len(words):
            found = next(
                (
                    run
                    for run in self.short
                    if run in (tuple(words[at : at + len(run)]), tuple(plain[at : at + len(run)]))
                ),
                None,
            )
            written += [self.short[found]] if found else [words[at]]
            at += len(found) if found else 1
        return written

    def _prefixed(self, option: str, *parts: str) -> str:
        prefix = self.settings.option(option)
        prefix = "" if prefix == NOTHING else prefix.upper() if self.case == "upper" else prefix
        return self.fit(self._kept_free(prefix + "_".join(parts)))

    def _kept_free(self, name: str) -> str:
        """Return a name that the database does not keep for itself."""
        if self.dialect.name == "sqlite" and name.lower().startswith("sqlite_"):
            return f"x_{name}"
        return f"{name}_" if name.lower() in _REFUSED.get(self.dialect.name, ()) else name


def _abbreviations(text: str) -> dict[tuple[str, ...], str]:
    """Return words -> what is written for them, the longest first; what is no `word=short` is left out."""
    pairs = {}
    for part in re.split(r"[,;\n]", text):
        long, equals, short = part.partition("=")
        if equals and long.strip() and short.strip():
            pairs[words_in(long.strip())] = "_".join(words_in(short.strip()))
    return dict(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _headed(words: Sequence[str], change: Callable[[str], str] | None) -> tuple[str, ...]:
    """Change the word that is counted: the last one, but `unit` in `unit of measure`, and none in `works for`."""
    if words[-1] in _VERB_ENDINGS or not words[-1].isalpha():
        return tuple(words)
    head = words.index("of") - 1 if "of" in words[1:-1] else len(words) - 1
    return (*words[:head], _changed(words[head], change), *words[head + 1 :])


def _changed(word: str, change: Callable[[str], str] | None) -> str:
    return change(word) if change else word


def _in_case_of(old: str, new: str) -> str:
    """Return `new` written as `old` was: the letters that both begin with stay."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    same = 0
    while same < min(len(old), len(new)) and old[same].lower() == new[same]:
        same += 1
    return old[:same] + new[same:]


def _letters(text: str, count: int) -> str:
    number = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    letters = []
    for _ in range(count):
        number, digit = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[digit])
    return "".join(letters)


class Spaces:
    """Which names are taken where, by the rules of a database."""

    def __init__(self, names: Names):
        self.names = names
        self._taken: dict[tuple[str, ...], set[str]] = {}

    def claim(self, kind: str, mark: str, wishes: Iterable[str] | str, *, schema: str = "", table: str = "") -> str:
        """Return the first of the wishes that is free, or the last one with an ending that follows from the mark.

        `kind`: table, column, type, primary, unique, foreign_key, check or index. `schema` and `table` are names or
        ids that say where; ask in an order that later elements do not change.
        """
        places = _spaces(self.names.dialect.name, kind, schema, table)
        spaces = [self._taken.setdefault(place, set()) for place in places]
        wanted = [wishes] if isinstance(wishes, str) else list(wishes)
        for name in self._candidates(wanted, mark):
            folded = self._folded(name)
            if all(folded not in space for space in spaces):
                for space in spaces:
                    space.add(folded)
                return name
        raise ValueError(f"no name is free for {wanted[-1]!r}")

    def _candidates(self, wishes: Sequence[str], mark: str) -> Iterable[str]:
        yield from wishes
        for count in range(_SAME_PART, SHORTEST):
            yield self.names.ending(wishes[-1], _letters(mark, count))

    def _folded(self, name: str) -> str:
        """Return what names are alike by: exact in PostgreSQL; elsewhere without case, in MySQL without accents too."""
        if self.names.dialect.name == "postgresql":
            return name
        if self.names.dialect.name == "sqlite":
            return name.casefold()
        if name.isascii():
            return name.lower()
        plain = unicodedata.normalize("NFKD", name.casefold())
        return "".join(letter for letter in plain if not unicodedata.combining(letter))


_RELATION, _INSIDE = "relation", "constraint"


def _spaces(dialect: str, kind: str, schema: str, table: str) -> list[tuple[str, ...]]:
    """Return the namespaces that a name of that kind stands in."""
    inside: tuple[str, ...] = (_INSIDE, table)
    if kind == "column":
        return [("column", table)]
    if dialect == "postgresql":  # an index is a relation, and each table has a type of its name
        relation = (_RELATION, schema)
        if kind in ("foreign_key", "check"):
            return [inside]
        return [relation] if kind in ("table", "type", "index") else [relation, inside]
    if dialect == "sqlite":  # an index may not be called like a table
        return [(_RELATION,)] if kind in ("table", "type", "index") else [inside]
    if kind in ("table", "type"):
        return [(_RELATION,)]
    if kind == "foreign_key":  # which makes an index of its name
        return [(_INSIDE,), ("index", table)]
    return [(_INSIDE,)] if kind == "check" else [("index", table)]
