/** Moving a diagram apart for figures with ovals. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { intersects } from "../../../static/designer/geometry/box.js";
import { cornersWithRoom, factorFor } from "../../../static/designer/geometry/notations/chen_room.js";

const items = (places, now) => places.map(([x, y], at) => ({ id: `e${at}`, x, y, w: 100, h: 80, now }));

test("where there is room already nothing grows", () => {
  assert.equal(factorFor(items([[0, 0], [600, 0], [0, 600]], { w: 300, h: 200 })), 1);
});

test("afterwards nothing lies on anything else, and what was left is still left", () => {
  const now = { w: 420, h: 260 };
  const given = items([[0, 0], [140, 10], [20, 120], [150, 130], [500, 0], [90, 400]], now);
  const corners = cornersWithRoom(given);
  const boxes = given.map(({ id }) => ({ ...corners.get(id), ...now }));
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => assert.ok(!intersects(a, b))));
  assert.ok(corners.get("e0").x < corners.get("e1").x);
  assert.ok(corners.get("e0").y < corners.get("e2").y);
});

test("two at one place do not blow the rest up", () => {
  assert.ok(factorFor(items([[0, 0], [0, 0], [200, 0]], { w: 220, h: 100 })) < 2);
});
