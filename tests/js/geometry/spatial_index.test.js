/** The spatial index finds what a plain search over all boxes finds. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { intersects } from "../../../static/designer/geometry/box.js";
import { SpatialIndex } from "../../../static/designer/geometry/spatial_index.js";

/** Numbers from 0 to 1 that repeat themselves for the same seed (Park and Miller, 1988). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function randomBox(next, span) {
  return { x: Math.floor((next() - 0.5) * span), y: Math.floor((next() - 0.5) * span), w: next() * 900, h: next() * 900 };
}

test("finds what a plain search finds, through inserts, moves and removals", () => {
  const next = chance(5);
  const index = new SpatialIndex();
  const boxes = new Map();
  for (let step = 0; step < 600; step += 1) {
    const key = `t${Math.floor(next() * 80)}`;
    if (next() < 0.25) {
      index.remove(key);
      boxes.delete(key);
    } else {
      const box = randomBox(next, 9000);
      index.update(key, box);
      boxes.set(key, box);
    }
    const area = randomBox(next, 9000);
    const expected = [...boxes].filter(([, box]) => intersects(box, area)).map(([each]) => each);
    assert.deepEqual(index.query(area).sort(), expected.sort());
  }
});

test("a box that its owner changes afterwards is still found where it was put", () => {
  const index = new SpatialIndex();
  const box = { x: 0, y: 0, w: 10, h: 10 };
  index.insert("a", box);
  box.x = 5000;
  assert.deepEqual(index.at(5, 5), ["a"]);
  index.remove("a");
  assert.deepEqual(index.at(5, 5), []);
});

test("forgets everything when cleared", () => {
  const index = new SpatialIndex();
  index.insert("a", { x: 0, y: 0, w: 10, h: 10 });
  index.clear();
  assert.deepEqual(index.query({ x: -1, y: -1, w: 20, h: 20 }), []);
});
