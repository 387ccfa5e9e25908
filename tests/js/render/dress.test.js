/** Where chips lie, and that a box without one costs nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { dressNode, noDress } from "../../../static/designer/render/dress.js";
import { BLOCK, FULL, KEYS } from "../../../static/designer/render/level.js";
import { chipBox } from "../../../static/designer/render/paint_chip.js";

const NODE = { id: "t", x: 100, y: 200, w: 160, h: 90, rows: [] };
const CHIP = { state: "violation", text: "2NF", title: "city depends on zip" };
const LOOKS = [[FULL, 1], [FULL, 0.5], [KEYS, 0.4], [KEYS, 0.28], [BLOCK, 0.27], [BLOCK, 0.19]];

test("a chip keeps to the upper right corner and sticks out no further than tiles look", () => {
  for (const [level, zoom] of LOOKS) {
    const box = chipBox(NODE, CHIP, { level, zoom });
    assert.ok(box.y >= NODE.y - 6 && box.y + box.h <= NODE.y + NODE.h, `at ${zoom}`);
    assert.ok(box.x >= NODE.x && box.x + box.w <= NODE.x + NODE.w + 6, `at ${zoom}`);
  }
});

test("from afar a chip keeps its size on the screen, until its table is too small for it", () => {
  assert.equal(chipBox(NODE, CHIP, { level: BLOCK, zoom: 0.2 }).h * 0.2, 12);
  assert.equal(chipBox(NODE, CHIP, { level: BLOCK, zoom: 0.1 }), null);
  assert.equal(chipBox(NODE, { ...CHIP, state: "none" }, { level: BLOCK, zoom: 0.2 }), null);
});

test("a box without a chip asks nothing of the canvas", () => {
  const context = new Proxy({}, { get: () => assert.fail("something was painted") });
  dressNode(context, NODE, { dress: noDress(), level: FULL, zoom: 1, theme: {} });
});
