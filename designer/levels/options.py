"""What can be set for a derivation, with defaults that suit most: the conventions that teams agree on once."""

from __future__ import annotations

from dataclasses import dataclass

from designer.levels.contract import LOGICAL, PHYSICAL


@dataclass(frozen=True, slots=True)
class Option:
    """One setting. `values` are the words it takes, with what they mean; empty where it takes any text."""

    name: str
    title: str
    default: str
    help: str
    values: tuple[tuple[str, str], ...] = ()
    level: str = PHYSICAL
    group: str = "Keys"


_YES_NO = (("yes", "yes"), ("no", "no"))

OPTIONS: tuple[Option, ...] = (
    Option(
        "multivalued", "Several values", "child", "What an attribute with several values becomes.",
        (("child", "an entity of its own"), ("array", "an array or JSON column")), LOGICAL, "Structure",
    ),
    Option(
        "composites", "Composite attributes", "flatten", "What an attribute with parts becomes.",
        (("flatten", "one column for each part"), ("type", "a composite type, where the target has them"), ("json", "a JSON column")),
        PHYSICAL, "Structure",
    ),
    Option(
        "subtypes", "Subtypes", "class", "How a supertype and its subtypes are stored, unless one is told otherwise.",
        (("class", "a table for each, sharing the key"), ("single", "one table for all"), ("concrete", "a table for each concrete subtype")),
        PHYSICAL, "Structure",
    ),
    Option(
        "keys", "Primary keys", "surrogate", "What identifies the rows of a strong entity.",
        (("surrogate", "a key of its own; identifiers become unique"), ("natural", "its identifier")),
    ),
    Option(
        "dependent_keys", "Keys of weak and associative entities", "natural", "What identifies the rows of an entity that depends on others.",
        (("natural", "the keys it depends on"), ("surrogate", "a key of its own; the others become unique")),
    ),
    Option(
        "surrogate", "Kind of key", "identity", "What a key of its own is.",
        (("identity", "a number that the database counts up"), ("uuid7", "a UUID that sorts by time")),
    ),
    Option("surrogate_name", "Name of a key of its own", "id", "`{table}` stands for the name of the table in the singular: `{table}_id`."),
    Option(
        "case", "Case", "snake", "How names are written.",
        (("snake", "order_line"), ("camel", "orderLine"), ("pascal", "OrderLine"), ("upper", "ORDER_LINE"), ("keep", "as in the model")),
        PHYSICAL, "Names",
    ),
    Option(
        "plural", "Tables are named in the", "plural", "Whether a table is `order` or `orders`.",
        (("plural", "plural"), ("singular", "singular")), PHYSICAL, "Names",
    ),
    Option("table_prefix", "Tables begin with", "", "Put before the name of each table.", (), PHYSICAL, "Names"),
    Option("primary_prefix", "Primary keys begin with", "pk_", "Put before the name of the table; - for nothing.", (), PHYSICAL, "Names"),
    Option("unique_prefix", "Unique keys begin with", "uk_", "Put before table and columns; - for nothing.", (), PHYSICAL, "Names"),
    Option("foreign_prefix", "Foreign keys begin with", "fk_", "Put before source and target; - for nothing.", (), PHYSICAL, "Names"),
    Option("check_prefix", "Checks begin with", "chk_", "Put before table and description; - for nothing.", (), PHYSICAL, "Names"),
    Option("index_prefix", "Indexes begin with", "idx_", "Put before table and columns; - for nothing.", (), PHYSICAL, "Names"),
    Option("abbreviations", "Abbreviations", "", "Words and what is written for them: `customer=cust, number=no`.", (), PHYSICAL, "Names"),
    Option("length", "Longest name", "0", "In characters; 0 is the limit of the target. Longer names are cut, and end in a hash that stays.", (), PHYSICAL, "Names"),
    Option("schema", "Schema", "", "The schema of the tables, where the target has schemas; empty is its default.", (), PHYSICAL, "Names"),
    Option(
        "enums", "Lists of values", "check", "What a domain with values becomes.",
        (("check", "a check on each column"), ("type", "an enumerated type, where the target has them"), ("lookup", "a table of its own")),
        PHYSICAL, "Types",
    ),
    Option(
        "domains", "Domains", "check", "What a domain without values becomes.",
        (("check", "its type, with its rule as a check"), ("domain", "a domain of the database, where the target has them"), ("type", "its type alone")),
        PHYSICAL, "Types",
    ),
    Option("foreign_indexes", "Indexes for foreign keys", "yes", "An index for each foreign key that no key or index begins with.", _YES_NO, PHYSICAL, "Indexes"),
    Option("pattern_indexes", "Indexes for access patterns", "yes", "An index for what an access pattern looks up by.", _YES_NO, PHYSICAL, "Indexes"),
    Option(
        "audit", "Audit columns", "none", "Columns that say when, and by whom, a row was made and changed.",
        (("none", "none"), ("timestamps", "created_at, updated_at"), ("people", "created_at, created_by, updated_at, updated_by")), PHYSICAL, "Structure",
    ),
    Option(
        "identifying_delete", "When what identifies a row goes", "cascade", "The referential action of identifying relationships.",
        (("cascade", "its rows go too"), ("restrict", "it may not go"), ("no action", "it may not go, checked at the end")), PHYSICAL, "References",
    ),
    Option(
        "reference_delete", "When what a row refers to goes", "no action", "The referential action of other relationships.",
        (("no action", "it may not go, checked at the end"), ("restrict", "it may not go"), ("set null", "the reference is emptied, where it is optional")), PHYSICAL, "References",
    ),
)  # fmt: skip

BY_NAME: dict[str, Option] = {option.name: option for option in OPTIONS}


class BadOption(ValueError):
    """An option that does not exist or does not take the value, in one sentence that says what it takes."""


def checked(name: str, value: str) -> str:
    """Return the value of an option. Raises BadOption."""
    option = BY_NAME.get(name)
    if option is None:
        raise BadOption(f"there is no option {name!r}; the options are {', '.join(BY_NAME)}")
    words = [word for word, _ in option.values]
    if words and value not in words:
        raise BadOption(f"{name} is one of {', '.join(words)}, not {value!r}")
    if name == "length" and not value.isdigit():
        raise BadOption(f"length is a number of characters, or 0 for the limit of the target, not {value!r}")
    return value
