import assert from "node:assert/strict";
import { test } from "node:test";
import { Design } from "../../../static/designer/doc/design.js";
import { bannerText } from "../../../static/designer/ui/banner.js";
import { firstDiagram } from "../../../static/designer/ui/diagram_select.js";
import { outlineRows } from "../../../static/designer/ui/outline_rows.js";
import { elementItems } from "../../../static/designer/ui/palette_items.js";

test("the banner tells how many changes wait", () => {
  assert.equal(bannerText({ name: "saved", waiting: 0 }), "");
  assert.equal(bannerText({ name: "saving", waiting: 3 }), "");
  assert.match(bannerText({ name: "offline", waiting: 1 }), /1 change is kept/);
  assert.match(bannerText({ name: "offline", waiting: 2 }), /2 changes are kept/);
  assert.match(bannerText({ name: "refused", waiting: 2, reason: "signed-out" }), /Sign in again.*not saved, but kept here/);
});

const design = new Design([
  { kind: "model", id: "concept", level: "conceptual" }, { kind: "diagram", id: "cd", parent: "concept" },
  { kind: "model", id: "physical", order: "z" }, { kind: "diagram", id: "pd", parent: "physical" },
  { kind: "schema", id: "sales", parent: "physical", name: "sales" },
  { kind: "table", id: "orders", parent: "sales", name: "orders" },
  { kind: "column", id: "total", parent: "orders", name: "total", type: "numeric" },
  { kind: "table", id: "loose", parent: "physical", name: "loose" },
]);
const rows = (given = {}) => outlineRows(design, "physical", { unfolded: new Set(), folded: new Set(), filter: "", ...given });

test("the first diagram is the one asked for, else a physical one", () => {
  assert.equal(firstDiagram(design, "cd"), "cd");
  assert.equal(firstDiagram(design, "gone"), "pd");
  assert.equal(firstDiagram(new Design(), null), null);
});

test("the outline lists schemas, tables and what is unfolded", () => {
  assert.deepEqual(rows().map(({ id, level }) => [id, level]), [["sales", 1], ["orders", 2], ["loose", 1]]);
  assert.deepEqual(rows({ unfolded: new Set(["orders"]) }).map(({ id }) => id), ["sales", "orders", "total", "loose"]);
  assert.deepEqual(rows({ folded: new Set(["sales"]) }).map(({ id }) => id), ["sales", "loose"]);
});

test("places and sizes of sets are those of the tree", () => {
  assert.deepEqual(rows().map(({ set, place }) => [set, place]), [[2, 1], [1, 1], [2, 2]]);
});

test("a filter opens what it finds", () => {
  assert.deepEqual(rows({ filter: "TOT" }).map(({ id }) => id), ["sales", "orders", "total"]);
  assert.deepEqual(rows({ filter: "zzz" }), []);
});

test("a relationship is listed with both of its ends, and found by them", () => {
  const concept = new Design([
    { kind: "model", id: "concept", level: "conceptual" },
    ...["Customer", "Order", "Line"].map((name) => ({ kind: "entity", id: name, parent: "concept", name })),
    { kind: "relationship", id: "a", parent: "concept", name: "has", ends: [{ entity: "Order" }, { entity: "Line" }] },
    { kind: "relationship", id: "b", parent: "concept", name: "has", ends: [{ entity: "Customer" }, { entity: "Order" }] },
    { kind: "relationship", id: "c", parent: "concept", name: "", ends: [{ entity: "Customer" }, { entity: "Order" }, { entity: "Line" }] },
  ]);
  const labels = (filter) => outlineRows(concept, "concept", { unfolded: new Set(), folded: new Set(), filter }).map(({ label }) => label);
  assert.deepEqual(labels(""), ["Customer", "Customer has Order", "Line", "Order", "Order has Line", "relationship: Customer, Order, Line"]);
  assert.deepEqual(labels("has order"), ["Customer has Order"]);
  const items = elementItems(concept, { nodes: new Map(), model: "concept" }, () => undefined);
  assert.deepEqual(items.filter(({ kind }) => kind === "relationship").map(({ name }) => name).sort(),
    ["Customer has Order", "Order has Line", "relationship: Customer, Order, Line"]);
});
