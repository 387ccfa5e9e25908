/** Ends of relationships and whole relationships as they are typed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/designer/doc/commands/index.js";
import { endFrom, endWords, relationshipFrom } from "../../../static/designer/tools/end_text.js";
import { endIndex, relatedEnd } from "../../../static/designer/tools/line_ends.js";

for (const [text, end] of [
  ["1..N head", { min: 1, max: null, role: "head", identifying: false }],
  ["*1..1", { min: 1, max: 1, role: "", identifying: true }],
  ["* 2-5 two words", { min: 2, max: 5, role: "two words", identifying: true }],
  ["3", { min: 3, max: 3, role: "", identifying: false }],
  ["2nd reader", { role: "2nd reader", identifying: false }],
  ["", { role: "", identifying: false }],
]) {
  test(`an end reads ${JSON.stringify(text)}`, () => assert.deepEqual(endFrom(text), end));
}

test("numbers that cannot be are refused", () => {
  assert.throws(() => endFrom("5..2"), Refused);
});

test("an end is written as it is read", () => {
  const end = { entity: "e", min: 1, max: null, role: "head", identifying: true };
  assert.deepEqual({ entity: "e", ...endFrom(endWords(end)) }, end);
});

for (const [text, name, count, comment] of [
  ["offers", "offers", 0, null],
  ["offers: 1..1, *0..N course -- In the catalogue: once.", "offers", 2, "In the catalogue: once."],
  ["is: kind of", "is: kind of", 0, null],
  ["phase: 2nd, 3rd", "phase: 2nd, 3rd", 0, null],
  [": 0..1", "", 1, null],
  ["-- only words", "", 0, "only words"],
]) {
  test(`a relationship reads ${JSON.stringify(text)}`, () => {
    const said = relationshipFrom(text);
    assert.deepEqual([said.name, said.ends.length, said.comment], [name, count, comment]);
  });
}

test("a line from an entity to itself has two ends that differ", () => {
  const own = { id: "r", ends: [{ entity: "e", max: 1 }, { entity: "e" }] };
  assert.deepEqual([endIndex(own, "r", "source"), endIndex(own, "r", "target")], [1, 0]);
  assert.equal(endIndex(own, "r.1", "target"), 1);
});

test("near the middle of a line its name is meant, near a box that end", () => {
  const line = { edge: { kind: "relationship", source: { shape: "foot" } }, route: { source: { point: [0, 0] }, target: { point: [300, 0] }, label: [150, 0] } };
  assert.deepEqual([10, 150, 290].map((x) => relatedEnd(line, { x, y: 0 })), ["source", null, "target"]);
  assert.equal(relatedEnd({ ...line, edge: { kind: "foreign_key", source: { shape: "foot" } } }, { x: 10, y: 0 }), null);
});
