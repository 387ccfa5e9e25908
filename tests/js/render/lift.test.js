import assert from "node:assert/strict";
import { test } from "node:test";
import { anchorY } from "../../../static/designer/geometry/route.js";
import { Lift } from "../../../static/designer/render/lift.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, sourceOf } from "./world.js";

const LEAVES = 30;

/** One table in the middle that many others refer to. */
function star(notation = "crowsfoot") {
  const records = [
    { kind: "model", id: "m" }, { kind: "diagram", id: "d", parent: "m", notation }, { kind: "table", id: "hub", parent: "m", name: "hub" },
    { kind: "column", id: "hid", parent: "hub", name: "id", type: "bigint", nullable: false }, { kind: "placement", id: "ph", parent: "d", element: "hub", x: 900, y: 900 },
    { kind: "key", id: "hk", parent: "hub", primary: true, columns: ["hid"] },
  ];
  for (let at = 0; at < LEAVES; at += 1) {
    records.push(
      { kind: "table", id: `t${at}`, parent: "m", name: `leaf ${at}` }, { kind: "column", id: `c${at}`, parent: `t${at}`, name: "hub_id", type: "bigint" },
      { kind: "foreign_key", id: `f${at}`, parent: `t${at}`, columns: [`c${at}`], ref_table: "hub", ref_columns: ["hid"] },
      { kind: "placement", id: `p${at}`, parent: "d", element: `t${at}`, x: (at % 6) * 400, y: Math.floor(at / 6) * 400 },
    );
  }
  const scene = new Scene();
  scene.load(sourceOf(designOf(records)), "d");
  return { scene, lift: new Lift(scene, ["hub"]) };
}

const runsAt = (lift, line) => line.route.target.point[1] - anchorY(lift.moved.get("hub"), line.edge.target.rows);

test("all lines hold on to what is dragged at once, before they have found a way", () => {
  const { scene, lift } = star();
  const before = [...lift.crossing.values()].map((line) => runsAt(lift, line));
  lift.moveTo(160, -40);
  assert.equal(lift.crossing.size, LEAVES);
  assert.deepEqual([...lift.crossing.values()].map((line) => runsAt(lift, line)), before);
  for (const line of lift.crossing.values()) {
    assert.deepEqual(line.route.points.at(-1), line.route.target.point);
    assert.deepEqual(line.route.source, scene.lines.get(line.id).route.source);
  }
});

test("lines find their ways one after the other, and then run beside the box where it is", () => {
  const { lift } = star();
  lift.moveTo(160, -40);
  let turns = 1;
  for (; lift.findWays(0); turns += 1) {
    assert.ok(turns < LEAVES);
  }
  assert.equal(turns, LEAVES);
  const box = lift.moved.get("hub");
  for (const { route } of lift.crossing.values()) {
    assert.ok([box.x, box.x + box.w].includes(route.target.point[0]));
  }
});

test("those that did not have their turn come before those that had", () => {
  const { lift } = star();
  lift.moveTo(8, 8);
  lift.findWays(0);
  const first = [...lift.crossing.values()].find((line) => !lift.waiting.has(line));
  lift.moveTo(16, 16);
  assert.equal([...lift.waiting].at(-1), first);
});

test("with time enough all find their ways, and the scene stays as it was", () => {
  const { scene, lift } = star();
  const before = [...scene.lines.values()].map(({ route }) => JSON.stringify(route));
  lift.moveTo(400, 400);
  assert.equal(lift.findWays(Infinity), false);
  assert.deepEqual([...scene.lines.values()].map(({ route }) => JSON.stringify(route)), before);
});

test("lines that look for a place together do so", () => {
  const { lift } = star("chen");
  lift.moveTo(40, 40);
  assert.equal(lift.findWays(0), false);
});

test("where all is dragged no line leads out, and nothing is taken up one by one", () => {
  const { scene } = star();
  const all = [...scene.nodes.keys()];
  const lift = new Lift(scene, all);
  assert.ok(lift.isWhole);
  assert.deepEqual([lift.lines.size, lift.crossing.size, lift.moved.size], [0, 0, 0]);
  assert.ok(!new Lift(scene, all.slice(1)).isWhole);
});
