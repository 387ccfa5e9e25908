import assert from "node:assert/strict";
import { test } from "node:test";
import { footOf } from "../../../static/designer/geometry/ends.js";
import { grownMark } from "../../../static/designer/render/paint_lines.js";
import { litLines } from "../../../static/designer/render/paint_overlay.js";
import { paintWorld } from "../../../static/designer/render/painter.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, records, sourceOf } from "./world.js";

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

test("what is selected lights its lines, but none that is dimmed beside a path", () => {
  const design = designOf([
    ...records(), { kind: "column", id: "editor", parent: "posts", name: "editor", type: "bigint", order: "c" },
    { kind: "foreign_key", id: "fk2", parent: "posts", columns: ["editor"], ref_table: "users", ref_columns: ["uid"] },
  ]);
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  const lit = (ids) => litLines({ selection: new Set(["users", "posts"]), hover: null, lifted: false, lit: ids }, scene).map(({ id }) => id).sort();
  assert.deepEqual(lit(null), ["fk", "fk2"]);
  assert.deepEqual(lit(new Set(["users", "posts", "fk2"])), ["fk2"]);
});

test("the name of an area is written over the boxes from afar, and under them near by", () => {
  const scene = new Scene();
  scene.load(sourceOf(designOf()), "d");
  const theme = { palette: { grey: "#888" }, headers: {}, canvasBg: "#fff", text: "#000", tableHeader: "#eee", tableHeaderText: "#000" };
  const written = (zoom) => {
    const texts = [];
    const context = new Proxy({}, { get: (_target, name) => (name === "fillText" ? (text) => texts.push(text) : () => undefined), set: () => true });
    paintWorld(context, { x: -500, y: -500, w: 3000, h: 3000 }, zoom, scene, { theme, without: new Set() });
    return texts.filter((text) => ["Blog", "users"].includes(text));
  };
  assert.deepEqual(written(0.2), ["users", "Blog"]);
  assert.deepEqual(written(1), ["Blog", "users"]);
});
