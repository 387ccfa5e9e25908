/** Runs tests/cases/change: the same cases that Python runs. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { apply, applyTo, ChangeConflict, changeFrom, compose, diff, invert } from "../../../static/designer/doc/change.js";
import { Design } from "../../../static/designer/doc/design.js";
import { merge, resolve } from "../../../static/designer/doc/merge.js";
import { complete, rebase } from "../../../static/designer/doc/rebase.js";
import { canonical } from "../../../static/designer/doc/records.js";
import { equal } from "../../../static/designer/doc/values.js";

const FOLDER = new URL("../../cases/change/", import.meta.url);

const designOf = (records) => new Design(records.map(canonical));
const sorted = (items) => items.map(({ code, about, field = "" }) => `${code} ${about} ${field}`).sort();

function same(actual, expected) {
  assert.ok(equal(actual, expected), `${JSON.stringify(actual)}\n  should be\n${JSON.stringify(expected)}`);
}

function sameDesign(actual, expected) {
  same(diff(actual, expected), {});
  assert.equal(actual.size, expected.size);
}

const RUN = {
  canonical: ({ record, expected }) => same(canonical(record), expected),
  diff: ({ design, other, expected }) => {
    const [before, after] = [designOf(design), designOf(other)];
    same(diff(before, after), expected);
    sameDesign(apply(before, diff(before, after)), after);
  },
  apply: ({ design, change, expected, conflict }) => {
    if (expected) sameDesign(apply(designOf(design), changeFrom(change)), designOf(expected));
    else refused(designOf(design), change, conflict);
  },
  invert: ({ change, expected }) => {
    same(invert(changeFrom(change)), expected);
    same(invert(invert(changeFrom(change))), change);
  },
  compose: ({ first, second, expected }) => same(compose(changeFrom(first), changeFrom(second)), expected),
  rebase: ({ design, over, change, expected, notes }) => {
    const onto = apply(designOf(design), changeFrom(over));
    for (const known of [changeFrom(over), null]) {
      const rebased = rebase(changeFrom(change), known, onto);
      same(rebased.change, expected);
      assert.deepEqual(sorted(rebased.notes), sorted(notes));
    }
    apply(onto, changeFrom(expected));
  },
  complete: ({ design, change, expected }) => same(complete(designOf(design), changeFrom(change)).change, expected),
  merge: ({ design, ours, theirs, choices, expected, conflicts, conflictsInclude }) => {
    const base = designOf(design);
    const sides = [changeFrom(ours), changeFrom(theirs)].map((change) => apply(base, change));
    const merged = merge(base, sides[0], sides[1]);
    same(choices ? resolve(merged, choices) : merged.change, expected);
    same(merge(base, sides[1], sides[0]).change, merged.change);
    const found = sorted(merged.conflicts);
    if (conflictsInclude) sorted(conflicts).forEach((each) => assert.ok(found.includes(each)));
    else assert.deepEqual(found, sorted(conflicts));
  },
};

function refused(design, change, conflict) {
  const before = design.copy();
  assert.throws(() => applyTo(design, change), (error) => (
    error instanceof ChangeConflict && error.record === conflict.record && error.field === conflict.field
  ));
  sameDesign(design, before);
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
  const { op, cases } = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
  for (const each of cases) test(`${file} ${each.rule}: ${each.name}`, () => RUN[op](each));
}
