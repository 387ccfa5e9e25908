"""What people say about dependencies: stating, proposing, answering, confirming, refuting, waiving, assessing.

Each command returns one `Edit`. A dependency is stored once: saying it again settles the record that is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.dependencies.columns import Owner, arrow, names_in, ordered, owner_of, written
from designer.dependencies.known import Known
from designer.schema import Assessment, Dependency, Design, Id, IdSource, Record

Rows = Sequence[Sequence[str | None]]
"""Two rows against a dependency: the values of the determinant, then of the dependent; None is NULL."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A dependency that names or data suggest. The numbers say what data said, as in `Dependency`."""

    owner: Id
    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    source: str  # names or data
    multivalued: bool = False
    reason: str = ""
    checked_rows: int = 0
    groups: int = 0
    exceptions: int = 0


def state(
    design: Design,
    owner: Id,
    determinant: Sequence[Id],
    dependent: Sequence[Id],
    ids: IdSource,
    *,
    multivalued: bool = False,
    by: str = "",
    on: str = "",
) -> Edit:
    """State that a dependency holds, as a person's word; `by` whom and `on` which date.

    What was proposed or refuted before holds from now on. Raises Refused where it is stated already.
    """
    said = _said(design, owner, determinant, dependent, multivalued)
    if said.held():
        raise Refused(f"{said.arrow} is stated already", "dependent")
    return said.settled(ids, f"State {said.arrow} of {said.table}", state="confirmed", by=by, on=on)


def propose(design: Design, proposals: Sequence[Proposal], ids: IdSource) -> Edit:
    """Store what names or data suggest, for people to decide; what is known, refuted or waived is left out.

    Raises Refused where nothing is new.
    """
    put: list[Record] = []
    known: dict[Id, Known] = {}
    for each in proposals:
        book = known.setdefault(each.owner, Known(design, owner_of(design, each.owner)))
        fresh = _fresh(design, each, book, ids)
        if fresh is not None:
            book.learn(fresh)
            put.append(fresh)
    if not put:
        raise Refused("nothing new to propose: all of it is known, refuted or waived already")
    first = put[0]
    what = written(design, first) if isinstance(first, Dependency) and len(put) == 1 else f"{len(put)} dependencies"
    return edit(design, f"Propose {what}", put)


def _fresh(design: Design, each: Proposal, book: Known, ids: IdSource) -> Dependency | None:
    said = _said(design, each.owner, each.determinant, each.dependent, each.multivalued)
    unknown = said.dependent
    if not each.multivalued:
        unknown = tuple(one for one in unknown if not book.settles(said.determinant, (one,), multivalued=False))
    elif book.settles(said.determinant, said.dependent, multivalued=True):
        return None
    if not unknown:
        return None
    return Dependency(
        id=ids(), parent=each.owner, multivalued=each.multivalued, determinant=said.determinant, dependent=unknown,
        state="proposed", source=each.source, reason=each.reason, checked_rows=each.checked_rows, groups=each.groups,
        exceptions=each.exceptions,
    )  # fmt: skip


def answer(
    design: Design,
    owner: Id,
    determinant: Sequence[Id],
    dependent: Sequence[Id],
    said: str,
    ids: IdSource,
    *,
    rows: Rows = (),
    by: str = "",
    on: str = "",
) -> Edit:
    """Answer "can two rows have the same determinant and different dependents?".

    "no": the dependency holds. "yes": it is refuted, with `rows` as the counterexample where there are any. "unsure":
    it stays as a question that has been asked.
    """
    about = _said(design, owner, determinant, dependent, False)
    if said == "no":
        return about.settled(ids, f"Answer no: {about.arrow} of {about.table}", state="confirmed", by=by, on=on)
    if said == "yes":
        shown = about.checked(rows, determinant, dependent)
        label = f"Answer yes: not {about.arrow} of {about.table}"
        return about.settled(ids, label, state="refuted", by=by, on=on, rows=shown)
    if said == "unsure":
        return about.settled(ids, f"Leave open: {about.arrow} of {about.table}", state="proposed", by=by, on=on)
    raise Refused("answer yes, no or unsure", "said")


def confirm(design: Design, dependency: Id, *, by: str = "", on: str = "") -> Edit:
    """Let a stored dependency hold."""
    old = get(design, dependency, Dependency)
    new = replace(old, state="confirmed", reason="", counterexample=(), decided_by=by, decided_on=on)
    return edit(design, f"Confirm {written(design, old)} of {_table(design, old)}", [new])


def confirm_all(design: Design, dependencies: Sequence[Id], *, by: str = "", on: str = "") -> Edit:
    """Let several stored dependencies hold, as one edit."""
    found = [get(design, each, Dependency) for each in dependencies]
    if not found:
        raise Refused("choose at least one dependency to confirm")
    put: list[Record] = [
        replace(old, state="confirmed", reason="", counterexample=(), decided_by=by, decided_on=on) for old in found
    ]
    return edit(design, f"Confirm {len(put)} dependencies", put)


def refute(design: Design, dependency: Id, rows: Rows = (), *, by: str = "", on: str = "") -> Edit:
    """Say that a stored dependency does not hold; `rows` show why, and it is never proposed again."""
    old = get(design, dependency, Dependency)
    about = _Said(design, owner_of(design, old.parent or ""), old.determinant, old.dependent, old.multivalued)
    shown = about.checked(rows, old.determinant, old.dependent)
    new = replace(old, state="refuted", reason="", counterexample=shown, decided_by=by, decided_on=on)
    return edit(design, f"Refute {about.arrow} of {about.table}", [new])


def waive(design: Design, dependency: Id, reason: str, *, by: str = "", on: str = "") -> Edit:
    """Leave a table as it is though a stored dependency holds: a copy that is wanted, a report, a cache."""
    old = get(design, dependency, Dependency)
    new = replace(old, state="waived", reason=_reason(reason), counterexample=(), decided_by=by, decided_on=on)
    return edit(design, f"Keep {written(design, old)} of {_table(design, old)} as it is", [new])


def waive_columns(
    design: Design,
    owner: Id,
    determinant: Sequence[Id],
    dependent: Sequence[Id],
    reason: str,
    ids: IdSource,
    *,
    multivalued: bool = False,
    by: str = "",
    on: str = "",
) -> Edit:
    """Waive a dependency by its columns, whether it is stored so or only follows from others."""
    about = _said(design, owner, determinant, dependent, multivalued)
    label = f"Keep {about.arrow} of {about.table} as it is"
    return about.settled(ids, label, state="waived", by=by, on=on, reason=_reason(reason))


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused("say why it stays as it is, for those who ask later", "reason")
    return text.strip()


def withdraw(design: Design, dependency: Id) -> Edit:
    """Forget a stored dependency, whatever its state; it may be proposed again."""
    old = get(design, dependency, Dependency)
    return edit(design, f"Withdraw {written(design, old)} of {_table(design, old)}", [], (old.id,))


def assess(
    design: Design, owner: Id, ids: IdSource, *, columns: Sequence[Id] | None = None, by: str = "", on: str = ""
) -> Edit:
    """Say that all dependencies of a table or entity are known; `columns` are those that the person saw, or all."""
    table = owner_of(design, owner)
    seen = tuple(names_in(design, owner)) if columns is None else ordered(design, table, columns)
    if not seen:
        raise Refused(f"{called(design, table)} has no columns to assess")
    former = design.of(Assessment, owner)
    kept = former[0].id if former else ids()
    made = Assessment(id=kept, parent=owner, columns=seen, decided_by=by, decided_on=on)
    return edit(design, f"Assess {called(design, table)}", [made], tuple(each.id for each in former[1:]))


def withdraw_assessment(design: Design, owner: Id) -> Edit:
    """Take back the word that all dependencies of a table or entity are known."""
    table = owner_of(design, owner)
    former = tuple(each.id for each in design.of(Assessment, owner))
    if not former:
        raise Refused(f"{called(design, table)} is not assessed")
    return edit(design, f"Withdraw the assessment of {called(design, table)}", [], former)


def _table(design: Design, dependency: Dependency) -> str:
    return called(design, owner_of(design, dependency.parent or ""))


@dataclass(frozen=True, slots=True)
class _Said:
    """A dependency that somebody speaks of, in the order of the columns."""

    design: Design
    owner: Owner
    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    multivalued: bool

    @property
    def arrow(self) -> str:
        return arrow(self.design, self.determinant, self.dependent, self.multivalued)

    @property
    def table(self) -> str:
        return called(self.design, self.owner)

    def alike(self) -> list[Dependency]:
        """Return the stored dependencies with the same determinant."""
        return [
            each
            for each in self.design.of(Dependency, self.owner.id)
            if each.multivalued == self.multivalued and set(each.determinant) == set(self.determinant)
        ]

    def held(self) -> bool:
        """Whether it is confirmed already, as one record or as several."""
        confirmed = [each for each in self.alike() if each.state == "confirmed"]
        if self.multivalued:
            return any(set(each.dependent) == set(self.dependent) for each in confirmed)
        return set(self.dependent) <= {column for each in confirmed for column in each.dependent}

    def settled(
        self,
        ids: IdSource,
        label: str,
        *,
        state: str,
        by: str,
        on: str,
        reason: str = "",
        rows: tuple[tuple[str | None, ...], ...] = (),
    ) -> Edit:
        """Return the edit after which exactly this dependency is stored, in that state; others lose its part."""
        same = [each for each in self.alike() if set(each.dependent) == set(self.dependent)]
        base = same[0] if same else self._new(ids)
        new = replace(
            base, determinant=self.determinant, dependent=self.dependent, state=state, reason=reason,
            counterexample=rows, decided_by=by, decided_on=on,
        )  # fmt: skip
        put: list[Record] = [new]
        gone = [each.id for each in same[1:]]
        for each in self.alike():
            if each not in same and not self.multivalued and not (state == "refuted" and each.state == "refuted"):
                rest = _without(each, self.dependent)
                if rest is None:
                    gone.append(each.id)
                elif rest is not each:
                    put.append(rest)
        return edit(self.design, label, put, tuple(gone))

    def _new(self, ids: IdSource) -> Dependency:
        return Dependency(id=ids(), parent=self.owner.id, multivalued=self.multivalued, source="person")

    def checked(
        self, rows: Rows, determinant: Sequence[Id], dependent: Sequence[Id]
    ) -> tuple[tuple[str | None, ...], ...]:
        """Return counterexample rows in the order of the columns. Raises Refused for rows that show nothing."""
        if not rows:
            return ()
        given = list(dict.fromkeys((*determinant, *dependent)))
        if len(rows) != 2 or any(len(row) != len(given) for row in rows):
            raise Refused(f"a counterexample is two rows of {len(given)} values each", "rows")
        first, second = (dict(zip(given, row, strict=True)) for row in rows)
        if not self.multivalued:
            if any(first[each] != second[each] for each in self.determinant):
                raise Refused(f"the two rows must agree on {self.arrow.partition(' ')[0]}", "rows")
            if all(first[each] == second[each] for each in self.dependent):
                raise Refused("the two rows must differ in what depends, or they show nothing", "rows")
        wanted = (*self.determinant, *self.dependent)
        return tuple(tuple(row[each] for each in wanted) for row in (first, second))


def _without(stored: Dependency, columns: Sequence[Id]) -> Dependency | None:
    """Return what is left of a stored dependency without some dependents; None where nothing is.

    What is left of a counterexample may show nothing any more; then nobody has refuted the rest.
    """
    left = tuple(each for each in stored.dependent if each not in columns)
    if len(left) == len(stored.dependent):
        return stored
    shown = _narrowed(stored, left)
    if not left or (shown and shown[0] == shown[1]):
        return None
    return replace(stored, dependent=left, counterexample=shown)


def _narrowed(stored: Dependency, left: tuple[Id, ...]) -> tuple[tuple[str | None, ...], ...]:
    given = (*stored.determinant, *stored.dependent)
    kept = {*stored.determinant, *left}
    return tuple(
        tuple(value for column, value in zip(given, row, strict=False) if column in kept)
        for row in stored.counterexample
    )


def _said(design: Design, owner: Id, determinant: Sequence[Id], dependent: Sequence[Id], multivalued: bool) -> _Said:
    """Return what is meant. Raises Refused for columns of another table, and for what says nothing."""
    table = owner_of(design, owner)
    left = ordered(design, table, determinant)
    right = tuple(each for each in ordered(design, table, dependent) if each not in left)
    if not dependent:
        raise Refused("say which columns depend; choose at least one", "dependent")
    if not right:
        raise Refused("a column always determines itself, so that says nothing; choose another one", "dependent")
    if multivalued and {*left, *right} >= names_in(design, owner).keys():
        raise Refused("that covers all columns, so it says nothing; leave at least one out", "dependent")
    return _Said(design, table, left, right, multivalued)
