/** The index of lines finds what a plain search over all segments finds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LineIndex } from "../../../static/designer/geometry/line_index.js";

const REACH = 18;

/** Numbers from 0 to 1 that repeat themselves for the same seed (Park and Miller, 1988). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function randomLine(next, id) {
  const at = () => Math.floor((next() - 0.5) * 12000);
  const [x1, y1, x2, y2, middle] = [at(), at(), at(), at(), at()];
  return { id, route: { points: [[x1, y1], [middle, y1], [middle, y2], [x2, y2]] } };
}

function crosses({ route: { points } }, { x, y, w, h }) {
  return points.some((to, at) => {
    const from = points[at - 1];
    return from && Math.min(from[0], to[0]) <= x + w + REACH && Math.max(from[0], to[0]) >= x - REACH
      && Math.min(from[1], to[1]) <= y + h + REACH && Math.max(from[1], to[1]) >= y - REACH;
  });
}

test("finds what a plain search finds, through inserts, new routes and removals", () => {
  const next = chance(11);
  const index = new LineIndex(REACH);
  const lines = new Map();
  for (let step = 0; step < 400; step += 1) {
    const id = `l${Math.floor(next() * 60)}`;
    if (next() < 0.25) {
      index.remove(id);
      lines.delete(id);
    } else {
      const line = randomLine(next, id);
      index.insert(line);
      lines.set(id, line);
    }
    const area = { x: (next() - 0.5) * 14000, y: (next() - 0.5) * 14000, w: next() * 3000, h: next() * 20000 };
    const expected = [...lines.values()].filter((line) => crosses(line, area)).map((line) => line.id);
    assert.deepEqual(index.collect(area, []).map((line) => line.id).sort(), expected.sort());
  }
});
