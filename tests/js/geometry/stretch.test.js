import assert from "node:assert/strict";
import { test } from "node:test";

import { stretched } from "../../../static/designer/geometry/stretch.js";

const routeOf = (...points) => ({
  id: "f1", points, label: [50, 0], source: { point: points[0], direction: [1, 0] }, target: { point: points.at(-1), direction: [-1, 0] },
});
const STRAIGHT = routeOf([0, 0], [100, 0]);
const STEP = routeOf([0, 0], [60, 0], [60, 40], [100, 40]);

const isOrthogonal = (points) => points.slice(1).every(([x, y], at) => x === points[at][0] || y === points[at][1]);

test("the end that moved is where its box is now, and the other where it was", () => {
  for (const route of [STRAIGHT, STEP]) {
    for (const [end, other] of [["source", "target"], ["target", "source"]]) {
      const found = stretched(route, end, 30, -20);
      const at = end === "source" ? 0 : found.points.length - 1;
      assert.deepEqual(found[end].point, [route[end].point[0] + 30, route[end].point[1] - 20]);
      assert.deepEqual(found.points[at], found[end].point);
      assert.deepEqual(found.points[found.points.length - 1 - at], route[other].point);
      assert.deepEqual(found[other], route[other]);
      assert.ok(isOrthogonal(found.points), JSON.stringify(found.points));
    }
  }
});

test("a straight line stays straight where its end moved along it, and gets one step where not", () => {
  assert.equal(stretched(STRAIGHT, "target", 30, 0).points.length, 2);
  assert.deepEqual(stretched(STRAIGHT, "target", 0, 10).points, [[0, 0], [50, 0], [50, 10], [100, 10]]);
});

test("a line that may run at any angle only moves its end", () => {
  assert.deepEqual(stretched(STRAIGHT, "source", 5, 7, true).points, [[5, 7], [100, 0]]);
});

test("the route that was found is left as it was", () => {
  const before = JSON.stringify(STEP);
  stretched(STEP, "source", 9, 9);
  assert.equal(JSON.stringify(STEP), before);
});
