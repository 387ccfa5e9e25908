import assert from "node:assert/strict";
import { test } from "node:test";
import { SpatialIndex } from "../../../static/designer/geometry/spatial_index.js";
import { boxesOver, paintAround } from "../../../static/designer/render/under_boxes.js";

const SIGHT = { x: 0, y: 0, w: 1000, h: 800 };

function street() {
  const nodeIndex = new SpatialIndex();
  const box = (id, x) => ({ id, x, y: 100, w: 100, h: 100 });
  for (const each of [box("a", 0), box("b", 300), box("c", 600), box("far", 5000)]) nodeIndex.insert(each.id, each, each);
  const line = (source, target, points) => ({ edge: { source: { element: source }, target: { element: target } }, route: { points } });
  return { scene: { nodeIndex }, line };
}

const under = (lines, scene) => [...boxesOver(lines, scene, SIGHT)].map(({ id }) => id);

test("a line runs under the boxes that it crosses in sight, and not under those at its ends", () => {
  const { scene, line } = street();
  assert.deepEqual(under([line("a", "c", [[100, 150], [600, 150]])], scene), ["b"]);
  assert.deepEqual(under([line("a", "c", [[100, 150], [200, 150], [200, 50], [600, 50]])], scene), []);
  assert.deepEqual(under([line("a", "x", [[100, 150], [9000, 150]])], scene), ["b", "c"]);
  assert.deepEqual(under([line("a", "b", [[100, 150], [300, 150]]), line("a", "c", [[100, 160], [600, 160]])], scene), ["b"]);
});

test("what is painted leaves the boxes out, and without boxes nothing is cut", () => {
  const calls = [];
  const context = new Proxy({}, { get: (_target, name) => (...given) => calls.push([name, ...given]) });
  paintAround(context, new Set([{ x: 300, y: 100, w: 100, h: 100 }]), SIGHT, () => calls.push(["paint"]));
  assert.deepEqual(calls.map(([name]) => name), ["save", "beginPath", "rect", "rect", "clip", "paint", "restore"]);
  calls.length = 0;
  paintAround(context, new Set(), SIGHT, () => calls.push(["paint"]));
  assert.deepEqual(calls, [["paint"]]);
});
