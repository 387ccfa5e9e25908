import assert from "node:assert/strict";
import { test } from "node:test";
import { FuzzyIndex, score, search } from "../../../static/designer/ui/fuzzy.js";

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

test("typing on and taking back finds the same as asking at once", () => {
  const words = ["order", "customer", "address", "invoice", "stock", "zip"];
  const many = Array.from({ length: 400 }, (_, at) => ({ name: `${words[at % 6]}_${words[(at * 7) % 5]}_${at}` }));
  const typing = new FuzzyIndex(many);
  for (const query of ["o", "or", "ord", "ordc", "or", "r", "zip_1", "zp1", "", "9"]) {
    assert.deepEqual(typing.best(query, 12), new FuzzyIndex(many).best(query, 12), query);
  }
});

test("a leap to the start of a word never loses a match", () => {
  assert.deepEqual(score("abc", "a1b2c_b").at, [0, 2, 4]);
});

test("letters beyond a to z are found too", () => {
  const index = new FuzzyIndex([{ name: "größe" }, { name: "таблица" }, { name: "a%b" }]);
  assert.deepEqual(["öß", "табл", "%"].map((query) => index.best(query, 5)[0]?.item.name), ["größe", "таблица", "a%b"]);
});

test("words that are typed in any order are found among the name and what else it is called", () => {
  const index = new FuzzyIndex([{ name: "Draw in UML class", words: "notation style symbols" }, { name: "Draw in Barker", words: "notation style" }]);
  const found = (query) => index.best(query, 5).map(({ item }) => item.name);
  assert.deepEqual(found("notation uml"), ["Draw in UML class"]);
  assert.deepEqual(found("uml notation"), ["Draw in UML class"]);
  assert.deepEqual(found("notation orm"), []);
});
