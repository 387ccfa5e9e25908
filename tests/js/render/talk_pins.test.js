/** Where pins of comments lie, at every level of detail, and that none cost nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK, FULL, KEYS, levelAt } from "../../../static/designer/render/level.js";
import { paintOverlay } from "../../../static/designer/render/paint_overlay.js";
import { paintPins, pinAt, pinBox, pinsAt, pinsOf, pointOf } from "../../../static/designer/render/talk_pins.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, sourceOf } from "./world.js";

const thread = (id, more) => ({ id, element: "", diagram: "", x: null, y: null, suggests: "", applied: false, ...more });
const sceneOf = () => {
  const scene = new Scene();
  scene.load(sourceOf(designOf()), "d");
  return scene;
};
const VISIBLE = { x: -1e6, y: -1e6, w: 2e6, h: 2e6 };

test("threads of one place share a pin; columns have their own", () => {
  const scene = sceneOf();
  const pins = pinsOf([thread(1, { element: "posts" }), thread(2, { element: "posts" }), thread(3, { element: "pid" }), thread(4, { element: "gone" })], scene);
  assert.deepEqual(pins.map(({ key, threads }) => [key, threads.map(({ id }) => id)]), [["box posts", [1, 2]], ["row pid", [3]]]);
});

test("a spot is shown on its own diagram only, a thread about the whole nowhere", () => {
  const scene = sceneOf();
  const spots = [thread(1, { diagram: "d", x: 5, y: 6 }), thread(2, { diagram: "other", x: 5, y: 6 }), thread(3, {})];
  assert.deepEqual(pinsOf(spots, scene).map(pointOf), [{ x: 5, y: 6 }]);
});

test("a pin points at the corner of a table and at the edge of a row, and goes along when it is dragged", () => {
  const scene = sceneOf();
  const [box, row] = pinsOf([thread(1, { element: "posts" }), thread(2, { element: "pid" })], scene);
  const node = scene.nodes.get("posts");
  assert.deepEqual(pointOf(box), { x: node.x + node.w, y: node.y });
  assert.equal(pointOf(row).x, node.x + node.w);
  const { y, h } = node.rows[0];
  assert.equal(pointOf(row).y, node.y + y + h / 2);
  const before = pointOf(row);
  scene.moveTo(new Map([["posts", { x: node.x + 100, y: node.y + 50 }]]));
  assert.deepEqual(pointOf(row), { x: before.x + 100, y: before.y + 50 });
});

test("a line has its pin half way along", () => {
  const scene = sceneOf();
  const [pin] = pinsOf([thread(1, { element: "fk" })], scene);
  const { points } = scene.lines.get("fk").route;
  const { x, y } = pointOf(pin);
  const onIt = points.slice(1).some(([x2, y2], at) => {
    const [x1, y1] = points[at];
    return x >= Math.min(x1, x2) - 0.01 && x <= Math.max(x1, x2) + 0.01 && y >= Math.min(y1, y2) - 0.01 && y <= Math.max(y1, y2) + 0.01;
  });
  assert.ok(onIt, `${x},${y} is not on ${JSON.stringify(points)}`);
});

test("a line with a figure has its pin at the edge of that", () => {
  const route = { points: [[0, 0], [200, 0]], figure: { w: 80, h: 40, shape: "diamond" }, label: [100, 0] };
  assert.deepEqual(pointOf({ item: null, row: null, spot: null, line: { route } }), { x: 120, y: -10 });
});

test("pins have one size on the screen at any zoom, and are found where they are painted", () => {
  const pins = pinsOf([thread(1, { element: "posts" }), thread(2, { element: "pid" }), thread(3, { diagram: "d", x: -50, y: -60 })], sceneOf());
  for (const zoom of [0.05, 0.15, 0.3, 0.5, 1, 4]) {
    for (const pin of pinsAt(pins, levelAt(zoom))) {
      const box = pinBox(pin, zoom);
      assert.ok([9, 16, 22].some((side) => Math.abs(box.w * zoom - side) < 1e-9), `${box.w * zoom} at ${zoom}`);
      const found = pinAt([pin], { x: box.x + box.w / 2, y: box.y + box.h / 2 }, zoom);
      assert.equal(found, pin);
      assert.equal(pinAt([pin], { x: box.x - 5 / zoom, y: box.y }, zoom), null);
      assert.equal(pinAt([pin], { x: box.x - 5 / zoom, y: box.y }, zoom, 10), pin);
    }
  }
});

test("from afar a table has one pin for itself and its columns", () => {
  const pins = pinsOf([thread(1, { element: "posts" }), thread(2, { element: "pid" }), thread(3, { element: "author", suggests: "x" })], sceneOf());
  assert.equal(pinsAt(pins, FULL).length, 3);
  assert.equal(pinsAt(pins, KEYS), pins);
  const [one, ...more] = pinsAt(pins, BLOCK);
  assert.deepEqual([more.length, one.threads.length, one.row, one.ink], [0, 3, null, "good"]);
});

test("where nobody said anything nothing is asked of the canvas or the scene, and what is out of sight is not painted", () => {
  const strict = new Proxy({}, { get: (_, name) => assert.fail(`${String(name)} was asked for`) });
  assert.deepEqual(pinsOf([], strict), []);
  const calls = [];
  const context = new Proxy({}, { get: (target, name) => target[name] ?? ((...given) => calls.push([name, given.length])), set: () => true });
  const list = pinsOf([thread(1, { element: "posts" }), thread(2, { element: "pid" })], sceneOf());
  const style = { theme: { accent: "#000", good: "#0f0", tableBg: "#fff" }, zoom: 1, level: FULL };
  paintPins(context, { list, open: null }, style, { x: 1e5, y: 1e5, w: 10, h: 10 });
  assert.deepEqual(calls, []);
  paintPins(context, { list, open: 2 }, style, VISIBLE);
  assert.equal(calls.filter(([name]) => name === "roundRect").length, 3);
  assert.equal(calls.filter(([name]) => name === "fill").length, 1);
});

test("the overlay has no pins where there are none", () => {
  const scene = new Scene();
  const marks = { selection: new Set(), hover: null, marquee: null, preview: null, guides: [], canEdit: false };
  const context = new Proxy({}, { get: (target, name) => target[name] ?? (() => {}), set: () => true });
  paintOverlay(context, marks, scene, { canvasBg: "#fff" }, 1, VISIBLE);
  assert.equal(marks.pins, undefined);
});
