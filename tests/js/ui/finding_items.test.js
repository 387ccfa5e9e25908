/** How findings are counted, searched and grouped. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bestFindings, countsInWords, findingItems, grouped } from "../../../static/designer/ui/finding_items.js";

const finding = (severity, code, message) => ({ severity, code, message, about: message, fix: null });
const ANSWER = {
  version: 1, counts: { error: 1, warning: 2, info: 0 },
  rules: { WK1: { name: "no-key", title: "A table has no key", help: "" }, WK2: { name: "money", title: "Money is a float", help: "" } },
  findings: [finding("error", "WK2", "orders.total is real"), finding("warning", "WK1", "visits has no key"), finding("warning", "WK1", "Orders has no key")],
};

test("counts are told in words, and nothing for none", () => {
  assert.equal(countsInWords({ error: 1, warning: 2, info: 0 }), "1 error and 2 warnings");
  assert.equal(countsInWords({ error: 2, warning: 1, info: 3 }), "2 errors, 1 warning and 3 infos");
  assert.equal(countsInWords({ error: 0, warning: 0, info: 0 }), "");
});

test("a search finds by every word of message, severity, code and title, the worst first", () => {
  const items = findingItems(ANSWER, () => undefined);
  const names = (typed, limit = 9) => bestFindings(items, typed, limit).map(({ item }) => item.name);
  assert.deepEqual(names("orders"), ["orders.total is real", "Orders has no key"]);
  assert.deepEqual(names("KEY warning"), ["visits has no key", "Orders has no key"]);
  assert.deepEqual(names("wk1 orders"), ["Orders has no key"]);
  assert.deepEqual(names("money float"), ["orders.total is real"]);
  assert.deepEqual(names("nothing"), []);
  assert.deepEqual(names("  "), []);
  assert.equal(names("e", 2).length, 2);
});

test("in a common search findings come after every name", () => {
  const [first] = bestFindings(findingItems(ANSWER, () => undefined), "orders", 9);
  assert.ok(first.score < 1);
});

test("an item goes to what the finding is about", () => {
  const gone = [];
  findingItems(ANSWER, (id) => gone.push(id))[1].run();
  assert.deepEqual(gone, ["visits has no key"]);
});

test("findings are grouped by severity and rule in their order", () => {
  const groups = grouped(ANSWER.findings);
  assert.deepEqual(groups.map(([severity, rules]) => [severity, rules.map(([code, list]) => [code, list.length])]), [["error", [["WK2", 1]]], ["warning", [["WK1", 2]]]]);
});
