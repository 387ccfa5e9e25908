import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene } from "../../../static/designer/render/scene.js";
import { inSlices } from "../../../static/designer/render/slices.js";
import { designOf, sourceOf } from "./world.js";

const MANY = 500;
const number = (value) => String(value).padStart(4, "0");

/** So many tables in rows of twenty, each with a foreign key to another one. */
function many(count = MANY) {
  const records = [{ kind: "model", id: "m" }, { kind: "diagram", id: "d", parent: "m" }];
  for (let at = 0; at < count; at += 1) {
    const [id, other] = [number(at), number((at * 7 + 3) % count)];
    records.push(
      { kind: "table", id: `t${id}`, parent: "m", name: `table_${id}` },
      { kind: "column", id: `c${id}`, parent: `t${id}`, name: "id", type: "bigint", nullable: false },
      { kind: "key", id: `k${id}`, parent: `t${id}`, primary: true, columns: [`c${id}`] },
      { kind: "foreign_key", id: `f${id}`, parent: `t${id}`, columns: [`c${id}`], ref_table: `t${other}`, ref_columns: [`c${other}`] },
      { kind: "placement", id: `p${id}`, parent: "d", element: `t${id}`, x: (at % 20) * 300, y: Math.floor(at / 20) * 160 },
    );
  }
  return designOf(records);
}

function loaded(design = many()) {
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  return scene;
}

const routesOf = (scene) => [...scene.lines.values()].map(({ id, route, x, y, w, h }) => [id, route.points, x, y, w, h]);
const EVERYWHERE = { x: -1e6, y: -1e6, w: 2e6, h: 2e6 };

test("work is done in slices until it says that nothing is left", async () => {
  const stops = [];
  await new Promise((resolve) => inSlices((until) => stops.push(until) === 3, resolve));
  assert.equal(stops.length, 3);
  assert.ok(stops[0] <= stops[1] && stops[1] <= stops[2]);
});

test("the boxes of many tables are there before their lines, which come by themselves", async () => {
  const scene = loaded();
  assert.deepEqual([scene.nodes.size, scene.lines.size, scene.linesIn(EVERYWHERE).length, scene.isRouted], [MANY, MANY, 0, false]);
  await new Promise((resolve) => {
    scene.whenRouted = resolve;
  });
  assert.equal(scene.isRouted, true);
  assert.equal(scene.linesIn(EVERYWHERE).length, MANY);
});

test("lines that came in slices are those that are found at once", async () => {
  const [slow, quick] = [loaded(), loaded()];
  quick.wires.finish();
  await new Promise((resolve) => {
    slow.whenRouted = resolve;
  });
  assert.deepEqual(routesOf(slow), routesOf(quick));
});

test("whoever asks for a line gets it with its route; who asks for a table does not wait", () => {
  const scene = loaded();
  assert.equal(scene.lines.get("t0001"), undefined);
  assert.equal(scene.isRouted, false);
  assert.ok(scene.lines.get("f0001").route.points.length >= 2);
  assert.equal(scene.isRouted, true);
});

test("an edit and a drag before the lines came find them where a fresh load does", () => {
  const design = many();
  const scene = loaded(design);
  scene.moveTo(new Map([["t0003", { x: 9000, y: 40 }]]));
  scene.catchUp(["t0003"]);
  scene.moveTo(new Map([["t0003", { x: 900, y: 0 }]]));
  scene.catchUp(["t0003"]);
  assert.equal(scene.isRouted, true);
  const other = loaded(design);
  design.drop("f0002");
  other.update(["f0002"]);
  assert.equal(other.lines.has("f0002"), false);
  assert.equal(other.lines.size, MANY - 1);
  assert.ok([...other.lines.values()].every((line) => line.route));
});

test("lines of a diagram that is no longer shown are not waited for", async () => {
  const design = many();
  const scene = loaded(design);
  const before = scene.wires;
  let told = 0;
  scene.whenRouted = () => {
    told += 1;
  };
  scene.load(sourceOf(design), "d");
  await new Promise((resolve) => {
    scene.whenRouted = () => resolve(told += 1);
  });
  assert.equal(told, 1);
  assert.notEqual(before.waiting, null);
});
