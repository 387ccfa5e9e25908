import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewHistory } from "../../../static/designer/ui/view_history.js";

const spot = (x, more = {}) => ({ diagram: "d", k: 1, x, y: 0, w: 900, h: 600, ...more });

test("back and forward walk the views that were kept", () => {
  const past = new ViewHistory();
  [0, 1000, 2000].forEach((x) => past.keep(spot(x)));
  assert.equal(past.step(-1).x, 1000);
  assert.equal(past.step(-1).x, 0);
  assert.equal(past.step(-1), null);
  assert.equal(past.step(1).x, 1000);
});

test("a view that is much the same is not another one", () => {
  const past = new ViewHistory();
  assert.equal(past.keep(spot(0)), true);
  assert.equal(past.keep(spot(200)), false);
  assert.equal(past.keep(spot(200, { k: 2 })), true);
  assert.equal(past.keep(spot(200, { k: 2, diagram: "e" })), true);
});

test("going elsewhere forgets what lay ahead, and the oldest falls off", () => {
  const past = new ViewHistory();
  [0, 1000, 2000].forEach((x) => past.keep(spot(x)));
  past.step(-1);
  past.keep(spot(9000));
  assert.equal(past.can(1), false);
  for (let at = 0; at < 300; at += 1) past.keep(spot(at * 1000));
  assert.equal(past.spots.length, 100);
  assert.equal(past.step(-1).x, 298000);
});
