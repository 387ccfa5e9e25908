"""What is said in the panel of normalisation, as commands. Each action of the forms is one function here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, QueryDict

from designer.change import apply
from designer.commands import Edit, Refused
from designer.commands.contract import edit as edit_of
from designer.dependencies import stating
from designer.dependencies.examples import missing_because_of
from designer.dependencies.questions import one_by_one, questions
from designer.dependencies.sample import Sample
from designer.dependencies.stating import Rows
from designer.dependencies.subject import subject_of
from designer.normalization.codec import shown
from designer.normalization.codec_text import parsed_each
from designer.normalization.codec_tokens import TypedProblem
from designer.normalization.contract import BadRelation, Relation
from designer.schema import Dependency, Design, Id, new_id
from designer.services.branches import display_name

Command = Callable[[Design], Edit]
MOST_TYPED = 20_000
"""Letters that one form may hold; a whole relation has fewer."""
MOST_STATED = 200
MOST_ASKED = 100


def command(request: HttpRequest, owner: Id, sample: Sample) -> Command:
    """Return the command that a form of the panel means. Raises Refused for a form that there is not."""
    form = request.POST
    action = ACTIONS.get(form.get("action", ""))
    if action is None:
        raise Refused("this form asks for something that the panel cannot do")
    who = _Who(display_name(request.user), date.today().isoformat(), sample)
    return lambda design: action(design, owner, form, who)


class _Who:
    """Who decides, and when, as the records keep it; `sample` are the rows that the questions are about."""

    def __init__(self, by: str, on: str, sample: Sample):
        self.said = {"by": by, "on": on}
        self.sample = sample


def _picked(form: QueryDict) -> tuple[tuple[Id, ...], tuple[Id, ...]]:
    return tuple(form.getlist("left")), tuple(form.getlist("right"))


def _state(design: Design, owner: Id, form: QueryDict, who: _Who) -> Edit:
    left, right = _picked(form)
    text = form.get("text", "").strip()
    if not text:
        return stating.state(design, owner, left, right, new_id, multivalued=form.get("many") == "1", **who.said)
    return _stated(design, owner, typed(design, owner, text), who)


def _stated(design: Design, owner: Id, relation: Relation, who: _Who) -> Edit:
    """Return one edit that states everything that was typed. Each one is stated over what those before it gave."""
    subject = subject_of(design, owner)
    said = [(each.left, each.right, False) for each in relation.fds]
    said += [(each.left, each.right, True) for each in relation.mvds]
    if not said:
        raise Refused("an arrow is missing; write zip -> city", "text")
    if len(said) > MOST_STATED:
        raise Refused(f"{len(said)} dependencies are too many at once; {MOST_STATED} can be typed", "text")
    after, last = design, None
    for left, right, many in said:
        made = stating.state(
            after, owner, subject.ids_of(left), subject.ids_of(right), new_id, multivalued=many, **who.said
        )
        after, last = apply(after, made.change), made
    if last is not None and len(said) == 1:
        return last
    return _joined(design, after, owner, f"State {len(said)} dependencies")


def _joined(before: Design, after: Design, owner: Id, label: str) -> Edit:
    """Return the one edit from a design to another one that differs in the dependencies of a table."""
    known = {each.id for each in after.of(Dependency, owner)}
    gone = tuple(each.id for each in before.of(Dependency, owner) if each.id not in known)
    put = [each for each in after.of(Dependency, owner) if before.get(each.id) != each]
    return edit_of(before, label, [*put], gone)


def typed(design: Design, owner: Id, text: str) -> Relation:
    """Return typed dependencies over the columns of a table, which may be written in small or capital letters.

    Raises Refused with a sentence that names what is unknown.
    """
    if len(text) > MOST_TYPED:
        raise Refused(f"this is too long; {MOST_TYPED:,} letters can be typed at once", "text")
    names = subject_of(design, owner).relation.attributes
    heading = f"r({', '.join(shown(name) for name in names)}):\n"
    found = parsed_each(heading + text)
    if len(found) != 1:
        raise Refused("write dependencies of this table only, such as zip -> city", "text")
    if isinstance(found[0], TypedProblem):
        line = found[0].line - 1
        raise Refused(f"line {line}: {found[0].message}" if "\n" in text else found[0].message, "text")
    if isinstance(found[0], BadRelation):
        raise Refused(str(found[0]), "text")
    return found[0]


def _answer(design: Design, owner: Id, form: QueryDict, who: _Who) -> Edit:
    left, right = _picked(form)
    said = form.get("said", "")
    if form.get("kind") == "sets":
        return _answer_sets(design, owner, form, who)
    if form.get("kind") == "alone" and said != "yes":
        return stating.propose(design, one_by_one(owner, left, right), new_id)
    rows = _asked_rows(design, owner, left, right, who.sample) if said == "yes" else ()
    return stating.answer(design, owner, left, right, said, new_id, rows=rows, **who.said)


def _asked_rows(design: Design, owner: Id, left: tuple[Id, ...], right: tuple[Id, ...], sample: Sample) -> Rows:
    """Return the two rows that the question has shown, which from now on speak against the dependency."""
    asked = questions(design, owner, sample, MOST_ASKED)
    own = subject_of(design, owner).columns
    asked += missing_because_of(design, owner, left, MOST_ASKED) if set(left) <= set(own) else ()
    found = [each for each in asked if (each.determinant, each.dependent) == (left, right)]
    return found[0].counterexample if found else ()


def _answer_sets(design: Design, owner: Id, form: QueryDict, who: _Who) -> Edit:
    """Return the answer to "does every book go with every lecturer?": yes is what holds here."""
    left, right = _picked(form)
    said = form.get("said", "")
    if said == "yes":
        return stating.state(design, owner, left, right, new_id, multivalued=True, **who.said)
    proposal = stating.Proposal(owner, left, right, "person", multivalued=True)
    stored = form.get("dependency", "")
    after = design if stored else apply(design, stating.propose(design, [proposal], new_id).change)
    if said == "unsure":
        return _joined(design, after, owner, "Leave a question open")
    fresh = stored or next(each.id for each in after.of(Dependency, owner) if each.id not in design)
    made = stating.refute(after, fresh, **who.said)
    return _joined(design, apply(after, made.change), owner, made.label)


def _confirm(design: Design, _: Id, form: QueryDict, who: _Who) -> Edit:
    chosen = form.getlist("dependency")
    if len(chosen) == 1:
        return stating.confirm(design, chosen[0], **who.said)
    return stating.confirm_all(design, chosen, **who.said)


def _refute(design: Design, _: Id, form: QueryDict, who: _Who) -> Edit:
    return stating.refute(design, form.get("dependency", ""), _rows(form), **who.said)


def _rows(form: QueryDict) -> Rows:
    """Return the two rows of a counterexample, where any of it was filled in; what was left empty is an empty text."""
    first, second = form.getlist("first"), form.getlist("second")
    if not any(value.strip() for value in (*first, *second)):
        return ()
    return [[value.strip() for value in first], [value.strip() for value in second]]


def _waive(design: Design, owner: Id, form: QueryDict, who: _Who) -> Edit:
    reason = form.get("reason", "")
    stored = form.get("dependency", "")
    if stored:
        return stating.waive(design, stored, reason, **who.said)
    left, right = _picked(form)
    many = form.get("many") == "1"
    return stating.waive_columns(design, owner, left, right, reason, new_id, multivalued=many, **who.said)


def _withdraw(design: Design, _: Id, form: QueryDict, __: _Who) -> Edit:
    return stating.withdraw(design, form.get("dependency", ""))


def _assess(design: Design, owner: Id, form: QueryDict, who: _Who) -> Edit:
    columns = form.getlist("column") or None
    return stating.assess(design, owner, new_id, columns=columns, **who.said)


def _withdraw_assessment(design: Design, owner: Id, _: QueryDict, __: _Who) -> Edit:
    return stating.withdraw_assessment(design, owner)


ACTIONS: dict[str, Callable[[Design, Id, QueryDict, _Who], Edit]] = {
    "state": _state, "answer": _answer, "confirm": _confirm, "refute": _refute, "waive": _waive,
    "withdraw": _withdraw, "assess": _assess, "withdraw-assessment": _withdraw_assessment,
}  # fmt: skip
