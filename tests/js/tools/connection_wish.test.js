/** What a line between two spots means, before anybody draws it to its end. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Design } from "../../../static/designer/doc/design.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { PLAIN, meantBy, wayOf, wishFor } from "../../../static/designer/tools/connection_wish.js";
import { Connections } from "../../../static/designer/tools/connections.js";
import { spotBetween } from "../../../static/designer/tools/spot_between.js";

const { design: RECORDS } = JSON.parse(readFileSync(new URL("../../cases/commands/connections.json", import.meta.url), "utf8"));

function world(diagram = "d700", extra = []) {
  const design = new Design([...RECORDS, ...extra]);
  const scene = new Scene();
  scene.load({
    get: (id) => design.get(id), has: (id) => design.has(id), children: (id) => design.childrenOf(id), ofKind: (kind) => design.ofKind(kind),
    referrers: (id) => design.referrers(id),
  }, diagram);
  return { design, scene, diagram };
}

test("modifiers say how, and both of two say a subtype", () => {
  assert.deepEqual(wayOf({}), PLAIN);
  assert.equal(wayOf({ shift: true }).cardinality, "1:1");
  assert.equal(wayOf({ mod: true }).cardinality, "N:M");
  assert.equal(wayOf({ alt: true }).optional, true);
  assert.equal(wayOf({ shift: true, mod: true }).subtype, true);
});

for (const [words, from, target, expected] of [
  ["a table refers to a table", { id: "t200" }, { id: "t100" }, { source: "t200", target: "t100" }],
  ["a row that is no key stands for its table", { id: "t200" }, { id: "t100", row: "c103" }, { source: "t200", target: "t100" }],
  ["the primary key stands for its table", { id: "t200" }, { id: "t100", row: "c101" }, { source: "t200", target: "t100" }],
  ["another key is meant as such", { id: "t200" }, { id: "t100", row: "c102" }, { source: "t200", target: "c102" }],
  ["a plain column refers", { id: "t200", row: "c202" }, { id: "t100", row: "c102" }, { source: "c202", target: "c102" }],
  ["from a key others refer to it", { id: "t100", row: "c101" }, { id: "t200" }, { source: "k104", target: "t200" }],
  ["from a key to a row of another type: its table", { id: "t100", row: "c101" }, { id: "t200", row: "c203" }, { source: "k104", target: "t200" }],
  ["from a key to a free row of its type: that row", { id: "t100", row: "c102" }, { id: "t200", row: "c202" }, { source: "k105", target: "c202" }],
  ["from a key to a row that refers already: its table", { id: "t100", row: "c101" }, { id: "t400", row: "c402" }, { source: "k104", target: "t400" }],
  ["from a key to a key: its table", { id: "t100", row: "c101" }, { id: "t400", row: "c401" }, { source: "k104", target: "t400" }],
  ["a part of a key refers by itself", { id: "t600", row: "c601" }, { id: "t100" }, { source: "c601", target: "t100" }],
  ["but its mark means the whole key", { id: "t600", row: "c601", mark: true }, { id: "t100" }, { source: "k603", target: "t100" }],
]) {
  test(words, () => assert.deepEqual(meantBy(world().design, from, target), expected));
}

test("one to one a key may refer to a key", () => {
  assert.deepEqual(meantBy(world().design, { id: "t100", row: "c101" }, { id: "t400", row: "c401" }, true), { source: "k104", target: "c401" });
});

test("a wish says what it makes, as a line too", () => {
  const wish = wishFor(world(), { id: "t200" }, { id: "t100" }, PLAIN);
  assert.equal(wish.says, "New orders.customer_id → customers.id, many to one");
  assert.deepEqual(wish.edge.source, { element: "t200", rows: [], shape: "foot", min: 0, max: null, role: "" });
  assert.deepEqual(wish.edge.target, { element: "t100", rows: ["c101"], shape: "foot", min: 1, max: 1, role: "" });
  assert.equal(wish.command().label, "Connect orders to customers, many to one");
});

test("a composite key is said with all its columns", () => {
  const wish = wishFor(world(), { id: "t200" }, { id: "t300" }, { ...PLAIN, cardinality: "1:1", optional: true });
  assert.equal(wish.says, "New orders.(stock_shop, stock_number) → stocks.(shop, number), one to one, optional");
});

test("what cannot be is said as a sentence, and whether the type is to blame", () => {
  const wish = wishFor(world(), { id: "t200", row: "c203" }, { id: "t100" }, PLAIN);
  assert.match(wish.refused, /^Orders\.placed is date, but customers\.id is bigint; .*\.$/);
  assert.equal(wish.badType, true);
  assert.equal(wish.command, null);
  assert.equal(wishFor(world(), { id: "t200" }, { id: "t500" }, PLAIN).badType, false);
});

test("many to many is said with the name of the table between", () => {
  const wish = wishFor(world(), { id: "t100" }, { id: "t200" }, { ...PLAIN, cardinality: "N:M" });
  assert.equal(wish.says, "New table customer_orders between customers and orders, many to many");
  assert.deepEqual([wish.edge.source.max, wish.edge.target.max], [null, null]);
});

test("entities are related, or one is a subtype", () => {
  const editor = world("d806");
  const [from, target] = [{ id: "e802" }, { id: "e803" }];
  assert.equal(wishFor(editor, from, target, PLAIN).says, "Order to Person, one to many");
  assert.equal(wishFor(editor, from, target, { ...PLAIN, cardinality: "N:M" }).says, "Order to Person, many to many");
  assert.equal(wishFor(editor, from, target, { ...PLAIN, subtype: true }).says, "Order is a subtype of Person");
  assert.match(wishFor(editor, from, from, { ...PLAIN, subtype: true }).refused, /itself/);
  assert.equal(wishFor(editor, { id: "r804" }, target, PLAIN).says, "Person takes part in pays");
  assert.equal(wishFor(editor, target, { id: "r804" }, PLAIN).says, "Person takes part in pays");
});

test("a menu offers only what can be done, and a new column where one would be used", () => {
  const editor = { ...world(), toasts: { show: () => undefined }, announce: () => undefined };
  const connections = new Connections(editor);
  let asked = [];
  connections.shows.ask = (_title, entries) => (asked = entries);
  connections.ask({ id: "t500" }, { id: "t100" }, { x: 0, y: 0 });
  assert.equal(asked.at(-1).label, "Many to one, by a new column");
  connections.ask({ id: "t600", row: "c602" }, { id: "t200" }, { x: 0, y: 0 });
  assert.deepEqual(asked.filter(({ disabled }) => disabled).map(({ label }) => label), ["Many to one, optional", "One to one, optional"]);
});

test("a table between two stands on neither", () => {
  const spots = [["p702", "t200", 300, 20], ["p703", "t300", 40, 60]].map(([id, element, x, y]) => ({ kind: "placement", id, parent: "d700", element, x, y }));
  const { scene } = world("d700", spots);
  const { x, y } = spotBetween(scene, "t100", "t200");
  for (const node of scene.nodes.values()) {
    assert.ok(x >= node.x + node.w || x + 200 <= node.x || y >= node.y + node.h || y + 100 <= node.y);
  }
});
