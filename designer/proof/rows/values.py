"""Values of every type, as SQL literals: the n-th value of a type is the same everywhere, so that references meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from designer.dialects.base import Dialect
from designer.dialects.logical import logical_type

_LOGICAL = re.compile(r"([a-z_]+)(?:\((.*)\))?((?:\[\])*)\Z", re.DOTALL)
_STRINGS = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\"")
_INTEGERS = frozenset({"smallint", "integer", "bigint", "smallserial", "serial", "bigserial"})
_STEP = 10
"""How far apart the ranges of two rows begin, so that they never overlap."""


@dataclass(slots=True)
class Wish:
    """What a value of a column has to be, as far as checks of a simple form say."""

    allowed: list[str] = field(default_factory=list)  # literals, if only some are
    least: float | None = None
    most: float | None = None
    shortest: int = 0
    longest: int | None = None
    like: str = ""
    null: bool = False  # it has to be null
    later: int = 0  # how many other columns have to be less


NOTHING = Wish()


class Values:
    """Makes literals of one dialect."""

    def __init__(self, dialect: Dialect, seed: int = 0):
        self.dialect = dialect
        self.seed = seed
        self.is_mysql = dialect.name in ("mysql", "mariadb")

    def literal(self, raw: str, number: int, wish: Wish = NOTHING) -> str:
        """Return the literal of row `number` (from 1) for a type as it is written in a column."""
        if wish.null:
            return "NULL"
        if wish.allowed:
            return wish.allowed[(number - 1) % len(wish.allowed)]
        found = _LOGICAL.match(logical_type(raw, self.dialect)) if raw.strip() else None
        name, args, brackets = (found[1], found[2] or "", found[3]) if found else ("text", "", "")
        if brackets:
            return self.array(raw, number, wish, len(brackets) // 2)
        if name == "other" or (name == "geometry" and not raw.lower().startswith("geo") and not self.is_mysql):
            return self.special(args or raw, number)
        if raw.lower() in _SPECIAL and name == "inet":
            return self.special(raw, number)
        if name == "geometry":
            return self.geometry(raw, number, wish)
        if name == "char" and not args:
            args = "1"
        maker = _MAKERS.get(name)
        return maker(self, args, number, wish) if maker else self.string("", number, wish)

    def array(self, raw: str, number: int, wish: Wish, dimensions: int) -> str:
        """Return an array with one element."""
        element = re.sub(r"\s*(?:\[\s*\d*\s*\])+\Z|\s+ARRAY\s*(?:\[\d*\])?\Z", "", raw, flags=re.IGNORECASE)
        inner = self.literal(element, number, replace(wish, shortest=0, longest=None))
        return f"ARRAY{'[' * dimensions}{inner}{']' * dimensions}::{raw}"

    # Numbers

    def integer(self, args: str, number: int, wish: Wish) -> str:
        """Return a whole number."""
        return str(int(self.bounded(number + self.seed + 1000 * wish.later, wish)))

    def decimal(self, args: str, number: int, wish: Wish) -> str:
        """Return a number with as many digits as there is room for."""
        parts = [int(each) for each in args.split(",") if each.strip().lstrip("-").isdigit()]
        scale = parts[1] if len(parts) > 1 else 0
        most = 10.0 ** (parts[0] - scale) - 1 if parts else None
        if most is not None and most < 1:
            return f"0.{'0' * (scale - 1)}{number % 10}"
        limits = [each for each in (wish.most, most) if each is not None]
        value = self.bounded(number + self.seed + 1000 * wish.later, replace(wish, most=min(limits, default=None)))
        return f"{value:g}" if value != int(value) else str(int(value))

    def real(self, args: str, number: int, wish: Wish) -> str:
        """Return a number with a fraction."""
        value = self.bounded(number + 0.5 + 1000 * wish.later, wish)
        return f"{value:g}"

    def bounded(self, value: float, wish: Wish) -> float:
        """Return a number between the limits of a wish, another one for each value as far as there is room."""
        if wish.least is not None and value < wish.least:
            value += wish.least
        if wish.most is None or value <= wish.most:
            return value
        least = wish.least if wish.least is not None else min(0.0, wish.most - 9)
        return least + value % (wish.most - least + 1) if wish.most >= least else wish.most

    def boolean(self, args: str, number: int, wish: Wish) -> str:
        """Return true for the first row."""
        if self.dialect.name == "postgresql":
            return "true" if number % 2 else "false"
        return str(number % 2)

    # Texts

    def string(self, args: str, number: int, wish: Wish) -> str:
        """Return a word that fits into the length."""
        return self.quoted(self.word(int(args) if args.isdigit() else None, number, wish))

    def word(self, room: int | None, number: int, wish: Wish) -> str:
        """Return a word of a length between the limits."""
        if wish.like:
            return re.sub(r"%", str(number), wish.like.replace("_", "x"))
        limits = [each for each in (room, wish.longest) if each is not None]
        most = min(limits, default=None)
        word = f"w{number + self.seed}"
        if most is not None and len(word) > most:
            word = (str(number) if most > 1 else chr(ord("a") + (number - 1) % 26))[-most:] if most else ""
        return word + "x" * max(0, wish.shortest - len(word))

    def quoted(self, text: str) -> str:
        """Return a string literal."""
        return self.dialect.literal(text)

    def binary(self, args: str, number: int, wish: Wish) -> str:
        """Return bytes."""
        length = max(wish.shortest, int(args) if args.isdigit() and int(args) < 64 and wish.shortest else 1)
        digits = f"{number % 256:02x}" * max(1, length)
        return f"'\\x{digits}'" if self.dialect.name == "postgresql" else f"x'{digits}'"

    def enum(self, args: str, number: int, wish: Wish) -> str:
        """Return one of the values in turn."""
        values = [match[0] for match in _STRINGS.finditer(args)]
        return values[(number - 1) % len(values)] if values else "''"

    def bits(self, args: str, number: int, wish: Wish) -> str:
        """Return bits."""
        length = int(args) if args.isdigit() else 1
        return f"B'{number % 2 ** min(length, 8):0{length}b}'"

    # Times

    def date(self, args: str, number: int, wish: Wish) -> str:
        """Return a day."""
        return f"'{self.day(number, wish)}'"

    def day(self, number: int, wish: Wish) -> str:
        """Return a day of 2020, or of a later year where another day has to be before it."""
        return f"{2020 + wish.later}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"

    def timestamp(self, args: str, number: int, wish: Wish) -> str:
        """Return a moment."""
        return f"'{self.day(number, wish)} 12:00:00'"

    def timestamp_tz(self, args: str, number: int, wish: Wish) -> str:
        """Return a moment with its zone."""
        zone = "+00" if self.dialect.name == "postgresql" else ""
        return f"'{self.day(number, wish)} 12:00:00{zone}'"

    def time(self, args: str, number: int, wish: Wish) -> str:
        """Return a time of the day."""
        return f"'{(8 + wish.later) % 24:02d}:{number % 60:02d}:00'"

    # The rest

    def special(self, raw: str, number: int) -> str:
        """Return a value of a type that only one database has."""
        name = raw.lower().strip().split("(")[0].strip().strip('"').rpartition(".")[2].strip('"')
        size = re.search(r"\((\d+)\)", raw)
        length = int(size[1]) if size else 3
        if name in ("vector", "halfvec"):
            numbers = f"[{','.join([str(number)] * length)}]"
            return {"mysql": f"STRING_TO_VECTOR('{numbers}')", "mariadb": f"VEC_FromText('{numbers}')"}.get(
                self.dialect.name, f"'{numbers}'"
            )
        if name == "sparsevec":
            return f"'{{1:{number}}}/{length}'"
        start = _STEP * number
        text = _SPECIAL.get(name)
        if text is None:
            return self.geometry(raw, number, NOTHING) if name in _SHAPES else self.quoted(f"w{number}")
        return text.format(n=number, a=start, b=start + 5, h=f"{number % 256:02x}", y=2000 + number)

    def geometry(self, raw: str, number: int, wish: Wish) -> str:
        """Return a shape of the kind that a column is for: `polygon`, `geometry(Polygon,4326)`."""
        words = re.findall(r"[a-z]+", raw.lower())
        kind = next((each for each in reversed(words) if each in _SHAPES), "point")
        shape = _SHAPES[kind].format(n=number, m=number + 1)
        if self.is_mysql:
            return f"ST_GeomFromText('{shape}')"
        system = re.search(r"\d{4,}", raw)
        return f"'SRID={system[0]};{shape}'" if system else f"'{shape}'"


_SHAPES = {
    "point": "POINT({n} {n})", "geometry": "POINT({n} {n})", "linestring": "LINESTRING({n} {n},{m} {m})",
    "polygon": "POLYGON((0 0,0 {n},{n} {n},0 0))", "multipoint": "MULTIPOINT({n} {n})",
    "multilinestring": "MULTILINESTRING(({n} {n},{m} {m}))", "multipolygon": "MULTIPOLYGON(((0 0,0 {n},{n} {n},0 0)))",
    "geometrycollection": "GEOMETRYCOLLECTION(POINT({n} {n}))", "geomcollection": "GEOMETRYCOLLECTION(POINT({n} {n}))",
}  # fmt: skip
_SPECIAL = {
    "int4range": "'[{a},{b})'", "int8range": "'[{a},{b})'", "numrange": "'[{a},{b})'",
    "daterange": "'[{y}-01-01,{y}-06-01)'",
    "tsrange": "'[{y}-01-01,{y}-06-01)'", "tstzrange": "'[{y}-01-01 00:00+00,{y}-06-01 00:00+00)'",
    "int4multirange": "'{{[{a},{b})}}'", "int8multirange": "'{{[{a},{b})}}'", "nummultirange": "'{{[{a},{b})}}'",
    "datemultirange": "'{{[{y}-01-01,{y}-06-01)}}'", "tsmultirange": "'{{[{y}-01-01,{y}-06-01)}}'",
    "tstzmultirange": "'{{[{y}-01-01 00:00+00,{y}-06-01 00:00+00)}}'",
    "cidr": "'10.0.{n}.0/24'", "inet6": "'::{n}'", "inet4": "'10.0.0.{n}'", "macaddr8": "'08:00:2b:01:02:03:04:{h}'",
    "point": "'({n},{n})'", "line": "'{{1,2,{n}}}'", "lseg": "'[(0,0),(1,{n})]'", "box": "'(0,0),(1,{n})'",
    "path": "'[(0,0),(1,{n})]'", "polygon": "'((0,0),(1,1),(1,{n}))'", "circle": "'<(0,0),{n}>'",
    "tsquery": "'w{n}'", "oid": "'{n}'", "xid": "'{n}'", "cid": "'{n}'", "tid": "'(0,{n})'", "xid8": "'{n}'",
    "pg_lsn": "'0/{n}'", "regclass": "'pg_class'", "regtype": "'integer'", "regproc": "'pg_catalog.now'",
    "regprocedure": "'now()'", "regnamespace": "'pg_catalog'", "regrole": "current_user::regrole", "char": "'c'",
    "name": "'w{n}'", "citext": "'w{n}'", "hstore": "'a=>{n}'", "ltree": "'top.w{n}'", "lquery": "'top.*'",
    "cube": "'({n})'", "earth": "ll_to_earth({n}, {n})", "jsonpath": "'$.a'", "varbit": "B'1'", "bit varying": "B'1'",
    "geography": "'POINT({n} {n})'", "geometry": "'POINT({n} {n})'", "uint": "{n}", "int2vector": "'{n}'",
    "oidvector": "'{n}'", "txid_snapshot": "'{n}:{n}:'", "pg_snapshot": "'{n}:{n}:'", "refcursor": "'w{n}'",
    "unsigned bigint": "{n}", "long": "{n}", "any": "{n}",
}  # fmt: skip
Maker = Callable[[Values, str, int, Wish], str]
_MAKERS: dict[str, Maker] = {
    **dict.fromkeys(_INTEGERS, Values.integer),
    **dict.fromkeys(("decimal", "money"), Values.decimal), **dict.fromkeys(("real", "double"), Values.real),
    **dict.fromkeys(("string", "char", "text"), Values.string), **dict.fromkeys(("binary", "blob"), Values.binary),
    "boolean": Values.boolean,
    "enum": Values.enum, "set": Values.enum, "bits": Values.bits, "date": Values.date, "timestamp": Values.timestamp,
    "timestamp_tz": Values.timestamp_tz, "time": Values.time, "time_tz": Values.time, "geometry": Values.geometry,
    "year": lambda _, __, number, wish: str(2000 + number + wish.later),
    "interval": lambda _, __, number, wish: f"'{number + wish.later} days'",
    "uuid": lambda _, __, number, ___: f"'00000000-0000-4000-8000-{number:012d}'",
    "json": lambda _, __, number, ___: f"'{{\"n\": {number}}}'",
    "xml": lambda _, __, number, ___: f"'<n>{number}</n>'",
    "inet": lambda _, __, number, ___: f"'10.0.0.{number % 256}'",
    "macaddr": lambda _, __, number, ___: f"'08:00:2b:01:02:{number % 256:02x}'",
    "tsvector": lambda _, __, number, ___: f"'w{number}'",
    "vector": lambda made, args, number, _: made.special(f"vector({args or 3})", number),
}  # fmt: skip
