import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene } from "../../../static/designer/render/scene.js";
import { distanceTo, hitAt } from "../../../static/designer/tools/hit.js";
import { fallenWith, readingOrder, recordIdOf } from "../../../static/designer/tools/selection.js";
import { withContents } from "../../../static/designer/tools/select_tool.js";
import { nudgeFor, printedKeys, spell } from "../../../static/designer/tools/shortcuts.js";
import { snapped, toGrid } from "../../../static/designer/tools/snap.js";
import { designOf, sourceOf } from "../render/world.js";

function world() {
  const design = designOf();
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  return { design, scene };
}

const free = { selection: new Set(), canEdit: true };

test("a point finds the row, the title, the handle and the line under it", () => {
  const { scene } = world();
  const node = scene.nodes.get("posts");
  const row = node.rows[1];
  assert.deepEqual(hitAt(scene, { x: node.x + 60, y: node.y + 10 }, 1, free), { kind: "node", id: "posts" });
  assert.deepEqual(hitAt(scene, { x: node.x + 60, y: node.y + row.y + 5 }, 1, free), { kind: "node", id: "posts", row: "author" });
  assert.equal(hitAt(scene, { x: node.x + node.w + 4, y: node.y + row.y + 5 }, 1, free).handle, 1);
  const [[x1, y], [x2]] = scene.lines.get("fk").route.points;
  assert.deepEqual(hitAt(scene, { x: (x1 + x2) / 2 + Math.sign(x2 - x1) * 4, y: y + 3 }, 1, { ...free, canEdit: false }), { kind: "line", id: "fk" });
});

test("an area is held by its title and its border, not by its ground", () => {
  const { scene } = world();
  assert.deepEqual(hitAt(scene, { x: 100, y: -40 }, 1, free), { kind: "area", id: "area" });
  assert.equal(hitAt(scene, { x: 300, y: 320 }, 1, free), null);
});

test("the corner of a selected note sizes it", () => {
  const { scene } = world();
  const hit = hitAt(scene, { x: 240, y: 620 }, 1, { selection: new Set(["note"]), canEdit: true });
  assert.deepEqual(hit, { kind: "note", id: "note", corner: true });
});

test("handles are for people who may edit, and near enough to see them", () => {
  const { scene } = world();
  const node = scene.nodes.get("posts");
  const point = { x: node.x + node.w + 4, y: node.y + node.rows[0].y + 5 };
  assert.equal(hitAt(scene, point, 1, { ...free, canEdit: false })?.handle, undefined);
  assert.equal(hitAt(scene, point, 0.3, free)?.handle, undefined);
});

test("distance to a bent line", () => {
  const points = [[0, 0], [100, 0], [100, 50]];
  assert.equal(distanceTo(points, 50, 7), 7);
  assert.equal(distanceTo(points, 104, 25), 4);
});

test("boxes snap to the edges of others, else to the grid", () => {
  const other = { x: 100, y: 400, w: 80, h: 40 };
  const near = snapped({ x: 103, y: 11, w: 50, h: 30 }, [other], 1);
  assert.equal(near.dx, -3);
  assert.equal(near.guides.length, 1);
  assert.equal(toGrid(11 + near.dy) - (11 + near.dy), 0);
  assert.deepEqual(snapped({ x: 1003, y: 11, w: 50, h: 30 }, [], 1), { dx: -3, dy: -3, guides: [] });
});

test("an area carries what stands on it", () => {
  const { scene } = world();
  assert.deepEqual(withContents(["area"], scene).sort(), ["area", "posts", "users"]);
  assert.deepEqual(withContents(["users"], scene), ["users"]);
});

const key = (given) => ({ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: false, ...given });

test("keys have names on every keyboard", () => {
  assert.equal(spell(key({ key: "z", ctrlKey: true })), "Mod+z");
  assert.equal(spell(key({ key: "Z", metaKey: true, shiftKey: true })), "Mod+Shift+z");
  assert.equal(spell(key({ key: "å", code: "KeyA", altKey: true })), "Alt+a");
  assert.equal(printedKeys("Mod+Shift+z", false), "Ctrl+Shift+Z");
  assert.equal(printedKeys("Mod+Shift+z", true), "⌘⇧Z");
  assert.equal(printedKeys("+", false), "+");
  assert.equal(printedKeys("Shift++", false), "Shift++");
  assert.equal(spell(key({ key: "F10", shiftKey: true })), "Shift+F10");
  assert.deepEqual(nudgeFor(key({ key: "ArrowUp", shiftKey: true })), [0, -1]);
  assert.deepEqual(nudgeFor(key({ key: "ArrowUp", shiftKey: true, metaKey: true })), [0, -5]);
  assert.equal(nudgeFor(key({ key: "ArrowUp", ctrlKey: true })), null);
});

test("what fell along is told in words", () => {
  const removed = { a: { kind: "table", id: "a" }, b: { kind: "column", id: "b" }, c: { kind: "column", id: "c" }, d: { kind: "foreign_key", id: "d" }, e: { kind: "placement", id: "e" } };
  assert.equal(fallenWith({ removed }, new Set(["a"])), "1 foreign key and 2 columns");
  assert.equal(fallenWith({}, new Set()), "");
});

test("a selected line stands for its record", () => {
  const { design, scene } = world();
  assert.equal(recordIdOf("fk", design, scene), "fk");
  assert.equal(recordIdOf("nobody", design, scene), null);
});

test("reading order goes by rows", () => {
  const boxes = [{ id: "c", x: 0, y: 400 }, { id: "b", x: 300, y: 10 }, { id: "a", x: 0, y: 30 }];
  assert.deepEqual(readingOrder(boxes).map(({ id }) => id), ["a", "b", "c"]);
});
