"""The normal form of a relation, and the dependencies that keep it out of the next ones.

Whether every left side is a superkey is asked of the given dependencies only: if it holds for them, it holds for all
that follow from them (so it is for the third and the elementary key normal form, of a left-reduced cover).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from designer.normalization.basis import Basis
from designer.normalization.closure import Closure
from designer.normalization.components import union
from designer.normalization.contract import FD, Budget, KeySet, Relation, Verdict, Violation, bits
from designer.normalization.cover import grouped, minimal_cover
from designer.normalization.effective import effective
from designer.normalization.elementary import (
    cost_of_parts,
    in_elementary_keys,
    parts_of_alternatives,
    short_of_keys,
    without_core,
)
from designer.normalization.joins import joins_out_of_keys, mvd_follows
from designer.normalization.keys import key_around, keys_of, prime_or_maybe
from designer.normalization.work import Work

_FORMS = ("2NF", "3NF", "EKNF", "BCNF")


@dataclass(frozen=True)
class _Facts:
    """What the tests of one relation share."""

    relation: Relation
    keys: KeySet
    prime: int
    maybe: int  # columns of which it is not known whether they are in a key
    cover: tuple[FD, ...]
    closure: Closure
    superkey: Callable[[int], bool]

    @property
    def nonprime(self) -> int:
        return self.relation.every & ~self.prime & ~self.maybe


def verdict(relation: Relation, budget: Budget | None = None) -> Verdict:
    """Return the highest normal form of a relation that is certain, and what keeps it out of the next."""
    return _verdict(relation, budget or Budget())


@lru_cache(maxsize=64)
def _verdict(relation: Relation, budget: Budget) -> Verdict:
    found, decided = effective(relation, budget)
    fds = grouped(found)
    keys = keys_of(relation, budget)
    prime, maybe = prime_or_maybe(relation, keys, budget)
    superkey = _superkey(relation, fds, decided)
    above = _above(relation, superkey)
    in_fourth = not any(each.multivalued for each in above)
    if (decided or in_fourth) and all(fd.left | fd.right == relation.every or superkey(fd.left) for fd in fds):
        return _boyce_codd(relation, prime, above, not maybe)
    columns = len(relation.attributes)
    cover = minimal_cover(fds, columns)
    facts = _Facts(relation, keys, prime, maybe, cover, Closure(grouped(cover), columns), superkey)
    below = _below(facts) if decided else _as_far_as_known(facts)
    return replace(below, violations=(*below.violations, *above))


def _superkey(relation: Relation, fds: list[FD], decided: bool) -> Callable[[int], bool]:
    """Return the test for superkeys under all dependencies."""
    if decided:
        closure = Closure(fds, len(relation.attributes))
        return lambda x: closure.reaches(x, relation.every)
    basis = Basis(relation)
    return lambda x: basis.closure(x) == relation.every


def _above(relation: Relation, superkey: Callable[[int], bool]) -> tuple[Violation, ...]:
    """Return the multivalued and join dependencies that do not follow from the keys."""
    many = [
        Violation("4NF", each.left, each.right & ~each.left, "multivalued", multivalued=True)
        for each in dict.fromkeys(relation.mvds)
        if not mvd_follows(relation, each, superkey)
    ]
    joins = [
        Violation("5NF", 0, 0, "join", components=each.components) for each in joins_out_of_keys(relation, superkey)
    ]
    return (*many, *joins)


def _boyce_codd(relation: Relation, prime: int, above: tuple[Violation, ...], primes_decided: bool) -> Verdict:
    """Return the forms of a relation in which every left side of a functional dependency is a superkey."""
    fourth = not any(each.multivalued for each in above)
    form = "5NF" if relation.jds and not above else "4NF" if relation.mvds and fourth else "BCNF"
    sixth = not above and _wide_keys(relation)
    return Verdict(form, True, sixth, prime, above, primes_decided=primes_decided)


def _wide_keys(relation: Relation) -> bool:
    """Return whether all keys have n - 1 columns at least, of a relation in which keys imply all dependencies.

    Then a key that is not all columns lies within the left side of a given dependency, or is one.
    """
    least = len(relation.attributes) - 1
    split = any(each.right & ~each.left and each.left | each.right != relation.every for each in relation.mvds)
    return not split and all(fd.left.bit_count() >= least for fd in grouped(relation.fds))


def _below(facts: _Facts) -> Verdict:
    """Return the forms of a relation with a left side that is no superkey."""
    short = [fd for fd in facts.cover if not facts.superkey(fd.left)]
    listed, complete = short_of_keys(short, facts.closure, facts.relation.every, Work())
    rights = union(fd.right for fd in short)
    third = False if rights & facts.nonprime else None if rights & facts.maybe else True
    elementary, elementary_decided = _elementary_primes(facts, rights)
    violations = [_violation(facts, fd, elementary if elementary_decided else facts.prime) for fd in listed]
    second = third or _second(facts, violations, complete)
    eknf = bool(third) and not rights & ~elementary
    return Verdict(
        "3NF" if third else "2NF" if second else "1NF",
        eknf,
        sixth=False,
        prime=facts.prime,
        violations=tuple(sorted(violations, key=_order)),
        decided=None not in (third, second) and (not third or eknf or elementary_decided),
        primes_decided=not facts.maybe,
        violations_complete=complete,
    )


def _as_far_as_known(facts: _Facts) -> Verdict:
    """Return what can be said where not all functional dependencies were found: a partial dependency is certain."""
    work = Work()
    each_test = (len(facts.relation.mvds) + 1) * len(facts.relation.attributes)
    short = [fd for fd in facts.cover if work.spend(each_test) and not facts.superkey(fd.left)]
    violations = sorted((_violation(facts, fd, facts.prime) for fd in short), key=_order)
    return Verdict(
        "1NF",
        eknf=False,
        sixth=False,
        prime=facts.prime,
        violations=tuple(violations),
        decided=any(each.kind == "partial" for each in violations),
        primes_decided=not facts.maybe,
        violations_complete=False,
    )


def _elementary_primes(facts: _Facts, rights: int) -> tuple[int, bool]:
    """Return columns of elementary keys, and whether all of `rights` that are in one are among them."""
    if not rights & facts.prime:
        return 0, True
    return in_elementary_keys(facts.keys, facts.closure, facts.relation.every, rights & facts.prime, Work())


def _second(facts: _Facts, violations: list[Violation], complete: bool) -> bool | None:
    """Return whether no column outside of all keys depends on a part of a key, or None where that is not known."""
    if any(each.kind == "partial" for each in violations):
        return False
    if complete and facts.keys.complete:
        return True
    if not Work().spend(cost_of_parts(facts.keys, facts.closure)):
        return None
    parts = parts_of_alternatives(facts.keys, facts.closure)
    if any(part & facts.nonprime for factor in parts for _, closures in factor for part in closures):
        return False
    if facts.keys.complete and not union(without_core(facts.keys, facts.closure)) & facts.nonprime:
        return True
    return None


def _violation(facts: _Facts, fd: FD, elementary: int) -> Violation:
    """Return an elementary dependency on no superkey with the first form that it breaks."""
    if fd.right & facts.maybe:
        return Violation("BCNF", fd.left, fd.right, "undecided")
    if fd.right & facts.prime:
        return Violation("BCNF" if fd.right & elementary else "EKNF", fd.left, fd.right, "prime")
    key = key_around(facts.keys, fd.left)
    if key is None:
        return Violation("3NF", fd.left, fd.right, "transitive")
    return Violation("2NF", fd.left, fd.right, "partial", key=key)


def _order(violation: Violation) -> tuple[int, tuple[int, ...], int]:
    """Sort violations by the form they break, then by columns."""
    return _FORMS.index(violation.form), tuple(bits(violation.left)), violation.right
