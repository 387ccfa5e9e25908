/** Pan and zoom. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { clampZoom, fit, identity, MAX_ZOOM, MIN_ZOOM, Transform } from "../../../static/designer/geometry/transform.js";

test("invert takes apply back", () => {
  const transform = new Transform(2.5, -40, 17);
  const there = transform.apply({ x: 3, y: -8 });
  assert.deepEqual(transform.invert(there), { x: 3, y: -8 });
});

test("zooming at a point keeps what is under it", () => {
  const before = new Transform(0.5, 100, 60);
  const pointer = { x: 321, y: 123 };
  const after = before.zoomedAt(pointer, 2);
  assert.equal(after.k, 2);
  assert.deepEqual(after.apply(before.invert(pointer)), pointer);
});

test("a transform cannot be changed", () => {
  assert.throws(() => {
    identity.k = 3;
  }, TypeError);
  assert.deepEqual({ ...identity.panned(4, 5) }, { k: 1, x: 4, y: 5 });
});

test("fit shows all of a box in the middle of the screen", () => {
  const box = { x: -500, y: 200, w: 4000, h: 1000 };
  const seen = fit(box, 1000, 800).visible(1000, 800);
  assert.ok(seen.x <= box.x && seen.x + seen.w >= box.x + box.w);
  assert.ok(seen.y <= box.y && seen.y + seen.h >= box.y + box.h);
  assert.ok(Math.abs(seen.x + seen.w / 2 - 1500) < 1e-9);
  assert.ok(Math.abs(seen.y + seen.h / 2 - 700) < 1e-9);
});

test("fit does not blow a single table up, and can take a box without a size", () => {
  assert.equal(fit({ x: 0, y: 0, w: 100, h: 50 }, 1000, 800).k, 1);
  assert.ok(Number.isFinite(fit({ x: 0, y: 0, w: 0, h: 0 }, 0, 0).x));
});

test("zoom is held between its ends", () => {
  assert.equal(clampZoom(0), MIN_ZOOM);
  assert.equal(clampZoom(99), MAX_ZOOM);
});
