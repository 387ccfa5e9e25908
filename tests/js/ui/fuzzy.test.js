import assert from "node:assert/strict";
import { test } from "node:test";
import { score, search } from "../../../static/designer/ui/fuzzy.js";

const items = [
  { id: "1", name: "order_items", kind: "table" }, { id: "2", name: "orders", kind: "table" },
  { id: "3", name: "border", kind: "table" }, { id: "4", name: "total", owner: "orders", kind: "column" },
  { id: "5", name: "total", owner: "carts", kind: "column" },
];
const names = (typed) => search(items, typed).map(({ id }) => id);

test("letters must come in order", () => {
  assert.equal(score("ba", "ab"), null);
  assert.deepEqual(score("ab", "ab").at, [0, 1]);
});

test("what starts with the query comes before what only holds it", () => {
  assert.equal(names("order").at(-1), "3");
  assert.equal(names("order")[0], "2");
});

test("starts of words count more than letters in the middle", () => {
  assert.ok(score("oi", "order_items").score > score("oi", "portico").score);
});

test("a dot splits table from column", () => {
  assert.deepEqual(names("ord.tot"), ["4"]);
  assert.deepEqual(names("carts.").at(0), "5");
});

test("nothing typed finds nothing", () => assert.deepEqual(names("  "), []));
