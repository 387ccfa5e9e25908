/** The laws of docs/change-algebra.md on seeded random designs; each test names its rule. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, applyTo, compose, diff, invert, isEmpty } from "../../../static/designer/doc/change.js";
import { Design } from "../../../static/designer/doc/design.js";
import { merge, resolve } from "../../../static/designer/doc/merge.js";
import { dangling, rebase } from "../../../static/designer/doc/rebase.js";
import { canonical, referredIds } from "../../../static/designer/doc/records.js";
import { compare } from "../../../static/designer/doc/sorted.js";
import { equal } from "../../../static/designer/doc/values.js";
import { Dice, randomDesign, randomEdit } from "./random.js";

const RUNS = 300;

function law(name, check) {
  test(name, () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      try {
        check(new Dice(seed));
      } catch (error) {
        error.message = `seed ${seed}: ${error.message}`;
        throw error;
      }
    }
  });
}

function same(a, b) {
  assert.deepEqual(diff(a, b), {});
  assert.equal(a.size, b.size);
}

/** A change made of several edits, and the design after it. */
function history(dice, design, length = 1 + dice.number(4)) {
  const after = design.copy();
  let whole = {};
  for (let left = length; left > 0; left -= 1) {
    const step = randomEdit(dice, after);
    applyTo(after, step);
    whole = compose(whole, step);
  }
  return { change: whole, after };
}

law("D1 apply(a, diff(a, b)) is b, and diff(a, a) is empty", (dice) => {
  const before = randomDesign(dice);
  const { after } = history(dice, before);
  same(apply(before, diff(before, after)), after);
  assert.ok(isEmpty(diff(before, before.copy())));
});

law("V3 a diff is in normal form", (dice) => {
  const before = randomDesign(dice);
  const { added = {}, removed = {}, changed = {} } = diff(before, randomDesign(dice));
  for (const [id, fields] of Object.entries(changed)) {
    assert.ok(!(id in added) && !(id in removed));
    for (const [old, now] of Object.values(fields)) assert.ok(!equal(old, now));
  }
  for (const id of Object.keys(added)) assert.notEqual(added[id].kind, removed[id]?.kind);
});

law("I1 a change and its inverse leave nothing", (dice) => {
  const before = randomDesign(dice);
  const { change, after } = history(dice, before);
  same(apply(after, invert(change)), before);
  assert.ok(equal(invert(invert(change)), change));
});

law("C1 compose does both, is associative, has a unit and an inverse", (dice) => {
  const before = randomDesign(dice);
  const [first, second, third] = (() => {
    const one = history(dice, before);
    const two = history(dice, one.after);
    return [one, two, history(dice, two.after)];
  })();
  same(apply(before, compose(first.change, second.change)), second.after);
  const left = compose(compose(first.change, second.change), third.change);
  assert.ok(equal(left, compose(first.change, compose(second.change, third.change))));
  assert.ok(equal(compose({}, first.change), first.change) && equal(compose(first.change, {}), first.change));
  assert.ok(isEmpty(compose(first.change, invert(first.change))));
  assert.ok(equal(left, diff(before, third.after)));
});

law("A2 nothing is half applied", (dice) => {
  const before = randomDesign(dice);
  const { change } = history(dice, randomDesign(dice));
  const touched = before.copy();
  try {
    applyTo(touched, change);
  } catch {
    same(touched, before);
  }
});

law("R1 to R9 a rebased change applies, and nothing dangles", (dice) => {
  const base = randomDesign(dice);
  const mine = history(dice, base);
  const theirs = history(dice, base);
  const { change } = rebase(mine.change, theirs.change, theirs.after);
  const after = apply(theirs.after, change);
  assert.deepEqual(dangling(after), []);
  assert.deepEqual(rebase(mine.change, null, theirs.after).change, change);
});

law("R over nothing changes nothing", (dice) => {
  const base = randomDesign(dice);
  const { change } = history(dice, base);
  assert.ok(equal(rebase(change, {}, base).change, change));
});

law("M1 merge is symmetric, and what one side alone did is kept", (dice) => {
  const base = randomDesign(dice);
  const ours = history(dice, base).after;
  const theirs = history(dice, base).after;
  const [one, other] = [merge(base, ours, theirs), merge(base, theirs, ours)];
  assert.ok(equal(one.change, other.change));
  assert.deepEqual(one.conflicts.map(({ key }) => key), other.conflicts.map(({ key }) => key));
  one.conflicts.forEach((conflict, at) => assert.ok(equal([conflict.ours, conflict.theirs], [other.conflicts[at].theirs, other.conflicts[at].ours])));
  assert.deepEqual(dangling(apply(base, one.change)), []);
  assert.ok(equal(merge(base, ours, base).change, diff(base, ours)));
});

law("M8 all choices for one side leave nothing dangling", (dice) => {
  const base = randomDesign(dice);
  const merged = merge(base, history(dice, base).after, history(dice, base).after);
  for (const side of ["ours", "theirs"]) {
    const choices = Object.fromEntries(merged.conflicts.map(({ key }) => [key, side]));
    assert.deepEqual(dangling(apply(base, resolve(merged, choices))), []);
  }
  assert.throws(() => resolve(merged, { "field:none": "ours" }), RangeError);
});

law("the look-ups kept through edits are those of a design built anew", (dice) => {
  const design = randomDesign(dice);
  for (let left = 12; left > 0; left -= 1) {
    lookAround(design);
    applyTo(design, randomEdit(dice, design));
    const fresh = new Design(design.values());
    for (const id of [null, ...design.keys()]) {
      assert.deepEqual(design.childrenOf(id), fresh.childrenOf(id));
      assert.deepEqual(new Set(design.referrers(id)), new Set(fresh.referrers(id)));
    }
    for (const kind of ["table", "column", "key"]) assert.deepEqual(design.ofKind(kind), fresh.ofKind(kind));
  }
});

function lookAround(design) {
  for (const id of [null, ...design.keys()]) design.childrenOf(id);
  design.referrers("none");
  const all = design.ofKind("column");
  assert.deepEqual([...all].sort(compare), [...all]);
}

law("records are canonical, and name what they name", (dice) => {
  for (const record of randomDesign(dice).values()) {
    assert.deepEqual(canonical(record), record);
    if (record.parent) assert.ok(referredIds(record).has(record.parent));
  }
});
