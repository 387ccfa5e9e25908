import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph } from "../../../static/designer/geometry/graph.js";

const edge = (id, from, to) => ({ id, source: { element: from }, target: { element: to } });
const chain = new Graph([edge("ab", "a", "b"), edge("cb", "c", "b"), edge("cd", "c", "d"), edge("aa", "a", "a"), edge("xy", "x", "y")]);

test("steps are counted both ways along lines", () => {
  assert.deepEqual([...chain.around(["a"], 2)], [["a", 0], ["b", 1], ["c", 2]]);
  assert.deepEqual([...chain.around(["a", "d"], 1)].map(([id]) => id), ["a", "d", "b", "c"]);
  assert.deepEqual([...chain.around(["alone"])], [["alone", 0]]);
});

test("the way between two elements is the shortest, with its lines", () => {
  assert.deepEqual(chain.path("a", "d"), { elements: ["a", "b", "c", "d"], lines: ["ab", "cb", "cd"] });
  assert.deepEqual(chain.path("d", "d"), { elements: ["d"], lines: [] });
  assert.equal(chain.path("a", "x"), null);
});
