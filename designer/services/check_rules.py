"""The rules of a project: what a merge needs, as presets, as a form, and as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.http import QueryDict

from designer.lint.conventions import CASES, KINDS, NUMBERS, Convention, Shape, wrong_pattern
from designer.lint.registry import RULES as LINT_RULES
from designer.models import Project
from designer.services import permissions
from designer.services.branches import display_name
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right

MOST_APPROVALS = 10
MOST_AREAS = 100
MOST_WORDS = 200
LONGEST_NAME = 200
SEVERITIES = ("", "error", "warning", "info")
HAZARDS = ("", "danger", "warning", "info")
FORMS = ("", "1NF", "2NF", "3NF", "EKNF", "BCNF", "4NF", "5NF")
PROOFS = ("never", "hand", "always")
DEFINED = ("tables", "columns", "views", "entities", "attributes", "relationships")
GOVERNED = ("tables", "columns", "entities", "attributes")
GROUPS = {
    "1": "Tables", "2": "Foreign keys", "3": "Indexes", "4": "Names", "5": "Types", "6": "Entities",
    "7": "Deliberate deviations",
}  # fmt: skip
"""First digit of a finding's code -> what those findings are about."""


class Area(msgspec.Struct, frozen=True):
    """Tables whose changes certain people approve: a pattern of names, `billing.*`, and the keys of the people."""

    pattern: str
    people: tuple[int, ...]


class Rules(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a merge needs.

    `approvals` are by others than the author, `by_admins` and `by_editors` as many of them at least by those; `lapse`:
    they count until the next edit only. `lint`: the mildest severity of new findings that stop a merge, empty is none;
    `never` are codes and groups (`4`) that stop it whatever their severity. `form` is the least normal form of new
    tables, which somebody has confirmed where `assessed`. `defined`, `classified` and `owned` name kinds of elements.
    `proof` says when a migration is run on a scratch server. `hazards`: the mildest severity that somebody has to take.
    """

    approvals: int = 0
    by_editors: int = 0
    by_admins: int = 0
    lapse: bool = True
    areas: tuple[Area, ...] = ()
    lint: str = "error"
    never: tuple[str, ...] = ()
    forms: bool = True
    form: str = ""
    assessed: bool = False
    naming: bool = False
    convention: Convention = Convention()
    definitions: bool = False
    defined: tuple[str, ...] = ("tables", "views", "columns", "entities", "attributes")
    classified: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    proof: str = "hand"
    proven: bool = False
    hazards: str = ""


_TEAM_NAMES = Convention(
    case="snake", number="plural", longest=63, reserved=True, reference="_id",
    shapes={"index": Shape(prefix="idx_")},
)  # fmt: skip
_STRICT_NAMES = Convention(
    case="snake", number="plural", longest=48, reserved=True, reference="_id", flags=("is_", "has_"), moments="_at",
    shapes={"index": Shape(prefix="idx_"), "foreign": Shape(prefix="fk_"), "check": Shape(prefix="chk_")},
)  # fmt: skip
PRESETS: dict[str, tuple[str, str, Rules]] = {
    "relaxed": ("Relaxed", "Errors and worse normal forms stop a merge; nobody has to approve.", Rules()),
    "team": (
        "Team",
        "One approval, agreed names, and dangers that somebody takes. Migrations are proven by themselves.",
        Rules(approvals=1, never=("WK205",), naming=True, convention=_TEAM_NAMES, proof="always", hazards="danger"),
    ),
    "strict": (
        "Strict",
        "Two approvals, one by an administrator; no new warnings; BCNF, definitions and a proven migration.",
        Rules(
            approvals=2, by_admins=1, lint="warning", form="BCNF", naming=True, convention=_STRICT_NAMES,
            definitions=True, classified=("tables",), owned=("tables",), proof="always", proven=True, hazards="warning",
        ),
    ),
}  # fmt: skip
"""Name in addresses -> title, what it means, and the rules."""


Said = QueryDict | Mapping[str, str]
"""What a form has sent."""


def rules_of(project: Project) -> Rules:
    """Return the rules of a project; what is not said, or is none any more, is the default."""
    kept = project.review_rules if isinstance(project.review_rules, dict) else {}
    known: dict[str, object] = {}
    for field in msgspec.structs.fields(Rules):
        if field.name in kept:
            try:
                known[field.name] = msgspec.convert(kept[field.name], field.type)
            except msgspec.ValidationError:
                continue
    return Rules(**known)  # type: ignore[arg-type]


def set_rules(user: AnyUser, project: Project, said: Said) -> Rules:
    """Set the rules of a project from a form. Raises Invalid for what is none, in a sentence that names the field."""
    permissions.require(user, project, Right.MANAGE, "project")
    rules = read(project, said)
    project.review_rules = {name: value for name, value in msgspec.to_builtins(rules).items() if value != {}}
    project.save(update_fields=["review_rules"])
    return rules


def read(project: Project, said: Said) -> Rules:
    """Return the rules that a form says. Raises Invalid for what is none."""
    approvals = _number(said, "approvals", "how many approvals a merge needs", MOST_APPROVALS)
    editors, admins = (
        _number(said, name, f"how many approvals are by {who}", MOST_APPROVALS)
        for name, who in (("by_editors", "editors"), ("by_admins", "administrators"))
    )
    if max(editors, admins) > approvals:
        raise Invalid(f"A merge needs {approvals} approvals in all, so no more than that can be by some.", "approvals")
    return Rules(
        approvals=approvals, by_editors=editors, by_admins=admins,
        lapse="lapse" in said or "whole" not in said,
        areas=_areas(project, said.get("areas", "") or ""),
        lint=_one_of(said, "lint", SEVERITIES, "Findings stop a merge from errors on, from warnings on, all, or none."),
        never=_never(_all(said, "never")),
        forms="forms" in said,
        form=_one_of(said, "form", FORMS, "Choose one of the normal forms for new tables, or none."),
        assessed="assessed" in said,
        naming="naming" in said, convention=_convention(said),
        definitions="definitions" in said,
        defined=_kinds(said, "defined", DEFINED) if "whole" in said else Rules().defined,
        classified=_kinds(said, "classified", GOVERNED), owned=_kinds(said, "owned", GOVERNED),
        proof=_one_of(said, "proof", PROOFS, "Say when a migration is proven: never, by hand, or always.", "hand"),
        proven="proven" in said,
        hazards=_one_of(said, "hazards", HAZARDS, "Choose from which severity on somebody has to take a hazard."),
    )  # fmt: skip


def _all(said: Said, name: str) -> Sequence[str]:
    """Return all values of a name; a plain mapping has one at most."""
    if isinstance(said, QueryDict):
        return [str(each) for each in said.getlist(name)]
    return [str(said.get(name))] if name in said else []


def _number(said: Said, name: str, what: str, most: int) -> int:
    text = (said.get(name, "0") or "0").strip()
    if not (text.isascii() and text.isdigit()) or int(text[:9]) > most:
        raise Invalid(f"Say {what}, from 0 to {most}.", name)
    return int(text)


def _one_of(said: Said, name: str, known: Iterable[str], sentence: str, default: str = "") -> str:
    value = said.get(name, default) or ""
    if value not in known:
        raise Invalid(sentence, name)
    return value or default


def _kinds(said: Said, name: str, known: Sequence[str]) -> tuple[str, ...]:
    chosen = set(_all(said, name))
    return tuple(each for each in known if each in chosen)


def _never(codes: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(codes)
    wrong = next((each for each in found if each not in LINT_RULES and each not in GROUPS), None)
    if wrong is not None:
        raise Invalid(f"There is no rule {wrong[:40]}; choose rules and groups of the list.", "never")
    return tuple(found)


def _areas(project: Project, text: str) -> tuple[Area, ...]:
    """Read areas as lines, `billing.* = ada, bob`."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_AREAS:
        raise Invalid(f"A project has at most {MOST_AREAS} areas.", "areas")
    known = _reviewers(project) if lines else {}
    return tuple(_area(number, line, known) for number, line in lines)


def _area(number: int, line: str, known: Mapping[str, int]) -> Area:
    pattern, equals, names = line.partition("=")
    wanted = [each.strip() for each in names.split(",") if each.strip()]
    if not equals or not pattern.strip() or not wanted or len(pattern) > LONGEST_NAME:
        raise Invalid(f"Line {number} of the areas: write tables = people, as billing.* = ada, bob.", "areas")
    wrong = next((each for each in wanted if each.lower() not in known), None)
    if wrong is not None:
        raise Invalid(f"Line {number} of the areas: nobody called {wrong[:80]} may review in this project.", "areas")
    return Area(pattern.strip(), tuple(dict.fromkeys(known[each.lower()] for each in wanted)))


def _reviewers(project: Project) -> dict[str, int]:
    """Return how people may be called -> their key; what means two of them means nobody."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for each in permissions.people(project, Right.COMMENT):
        for name in {each.get_username(), getattr(each, "email", ""), display_name(each)} - {""}:
            if found.setdefault(name.lower(), each.pk) != each.pk:
                twice.add(name.lower())
    return {name: key for name, key in found.items() if name not in twice}


def areas_text(project: Project, rules: Rules) -> str:
    """Return areas as they are typed; somebody who has left is left out, an area of nobody too."""
    names = {each.pk: each.get_username() for each in permissions.people(project, Right.COMMENT)} if rules.areas else {}
    lines = ((each.pattern, [names[key] for key in each.people if key in names]) for each in rules.areas)
    return "\n".join(f"{pattern} = {', '.join(people)}" for pattern, people in lines if people)


def _convention(said: Said) -> Convention:
    shapes = {kind: shape for kind in KINDS if (shape := _shape(said, kind)) != Shape()}
    return Convention(
        case=_one_of(said, "case", CASES, "Choose one of the cases, or none."),
        number=_one_of(said, "number", NUMBERS, "Tables are in the plural, in the singular, or in either."),
        longest=_number(said, "longest", "how many letters a name may have (0: any)", 1000),
        reserved="reserved" in said, words=_words(said, "words"),
        reference=_part(said, "reference"), flags=_words(said, "flags"), moments=_part(said, "moments"),
        shapes=shapes,
    )  # fmt: skip


def _shape(said: Said, kind: str) -> Shape:
    pattern = (said.get(f"pattern_{kind}", "") or "").strip()
    wrong = wrong_pattern(pattern) if pattern else ""
    if wrong:
        raise Invalid(f"The pattern {pattern[:60]} {wrong}.", f"pattern_{kind}")
    return Shape(_part(said, f"prefix_{kind}"), _part(said, f"suffix_{kind}"), pattern)


def _part(said: Said, name: str) -> str:
    text = (said.get(name, "") or "").strip()
    if len(text) > 40 or any(each.isspace() or each == "\0" for each in text):
        raise Invalid("What names begin or end with has at most 40 letters and no spaces.", name)
    return text


def _words(said: Said, name: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys((said.get(name, "") or "").replace(",", " ").split()))
    if len(found) > MOST_WORDS or any(len(each) > 100 for each in found):
        raise Invalid(f"At most {MOST_WORDS} words of at most 100 letters fit here.", name)
    return found
