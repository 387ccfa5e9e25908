import assert from "node:assert/strict";
import { test } from "node:test";
import { footOf } from "../../../static/designer/geometry/ends.js";
import { grownMark } from "../../../static/designer/render/paint_lines.js";

test("a mark that is drawn larger still touches its box, and reaches as much farther", () => {
  const point = [100, 50];
  const foot = footOf(point, [1, 0], 0, null);
  const grown = grownMark(foot, point, 2);
  assert.equal(grown.length, 2 * foot.length);
  assert.deepEqual(grown.lines[0], [100 + 24, 50, 100, 50 - 12]);
  assert.deepEqual(grown.ring, [100 + 2 * (foot.ring[0] - 100), 50, 2 * foot.ring[2]]);
});

test("a mark at its own size is left as it is", () => {
  const foot = footOf([0, 0], [1, 0], 1, 1);
  assert.equal(grownMark(foot, [0, 0], 1), foot);
});
