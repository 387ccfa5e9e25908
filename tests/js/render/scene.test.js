import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, records, sourceOf } from "./world.js";

function loaded(list = records()) {
  const design = designOf(list);
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  return { design, scene };
}

/** What a scene shows, without how it got there. */
function shown(scene) {
  const boxes = (map) => [...map.values()].map(({ id, x, y, w, h }) => [id, x, y, w, h]).sort();
  const lines = [...scene.lines.values()].map(({ id, route }) => [id, route.points]).sort();
  const rows = [...scene.nodes.values()].map(({ id, element }) => [id, element.title, element.rows]).sort();
  return { nodes: boxes(scene.nodes), sheets: boxes(scene.sheets), lines, rows };
}

/** Follows an edit and checks that the scene is what loading the new design would give. */
function follow({ design, scene }, ids, edit) {
  edit(design);
  const dirty = scene.update(ids);
  const fresh = new Scene();
  fresh.load(sourceOf(design), "d");
  assert.deepEqual(shown(scene), shown(fresh));
  return dirty;
}

test("a diagram has its boxes, lines and sheets", () => {
  const { scene } = loaded();
  assert.deepEqual([...scene.nodes.keys()].sort(), ["posts", "users"]);
  assert.deepEqual([...scene.lines.keys()], ["fk"]);
  assert.deepEqual([...scene.sheets.keys()], ["area", "note"]);
  assert.deepEqual(scene.lines.get("fk").edge.source.rows, ["author"]);
});

const put = (changes) => (design) => design.put({ ...design.get(changes.id), ...changes });
const EDITS = {
  "a box moved": [["pp"], put({ id: "pp", x: 900, y: 300 })],
  "a box was coloured": [["pp"], put({ id: "pp", colour: "blue" })],
  "a column was renamed": [["author"], put({ id: "author", name: "a much longer name than before" })],
  "a table was renamed": [["users"], put({ id: "users", name: "people" })],
  "a column came": [["new"], (design) => design.put({ kind: "column", id: "new", parent: "users", name: "email", type: "text", order: "z" })],
  "a column must be given": [["author"], put({ id: "author", nullable: false })],
  "a foreign key went": [["fk"], (design) => design.drop("fk")],
  "a key went": [["upk"], (design) => design.drop("upk")],
  "a table went with all it had": [["posts", "pid", "author", "fk", "pp"], (design) => ["fk", "author", "pid", "pp", "posts"].forEach((id) => design.drop(id))],
  "a table was taken off": [["pu"], (design) => design.drop("pu")],
  "a note moved": [["note"], put({ id: "note", x: 77 })],
  "an area went": [["area"], (design) => design.drop("area")],
  "a note came": [["n2"], (design) => design.put({ kind: "note", id: "n2", parent: "d", text: "x", x: 5, y: 5 })],
  "the detail of the diagram changed": [["d"], put({ id: "d", detail: "keys" })],
};

for (const [name, [ids, edit]] of Object.entries(EDITS)) {
  test(`following equals loading when ${name}`, () => {
    follow(loaded(), ids, edit);
  });
}

test("a table that comes back brings its lines", () => {
  const world = loaded();
  follow(world, ["pu"], (design) => design.drop("pu"));
  assert.equal(world.scene.lines.size, 0);
  follow(world, ["pu"], (design) => design.put({ kind: "placement", id: "pu", parent: "d", element: "users", x: 8, y: 8 }));
  assert.equal(world.scene.lines.size, 1);
});

test("what another diagram shows is none of this one's business", () => {
  const world = loaded([...records(), { kind: "diagram", id: "d2", parent: "m" }]);
  const dirty = follow(world, ["p2"], (design) => design.put({ kind: "placement", id: "p2", parent: "d2", element: "users" }));
  assert.deepEqual(dirty, []);
});

test("dragging moves boxes and lines, and back again", () => {
  const { scene } = loaded();
  const before = shown(scene);
  scene.moveTo(new Map([["users", { x: 50, y: 70 }]]));
  assert.notDeepEqual(shown(scene).lines, before.lines);
  scene.moveTo(new Map([["users", { x: 0, y: 0 }]]));
  assert.deepEqual(shown(scene), before);
});

test("a line between two dragged boxes moves with them", () => {
  const { scene } = loaded();
  const before = scene.lines.get("fk").route.points;
  scene.moveTo(new Map([["users", { x: 100, y: 10 }], ["posts", { x: 500, y: 50 }]]));
  assert.deepEqual(scene.lines.get("fk").route.points, before.map(([x, y]) => [x + 100, y + 10]));
});

test("only some elements are shown, with the lines between them, until all are again", () => {
  const { scene } = loaded();
  scene.only(["users"]);
  assert.deepEqual([[...scene.nodes.keys()], scene.lines.size, scene.sheets.size], [["users"], 0, 0]);
  assert.equal(scene.shownBy("pid"), undefined);
  scene.only(["users", "posts", "note"]);
  assert.deepEqual([[...scene.nodes.keys()].sort(), scene.lines.size, [...scene.sheets.keys()]], [["posts", "users"], 1, ["note"]]);
  scene.only(null);
  assert.equal(scene.sheets.size, 2);
});

test("what comes to the diagram is shown although only some elements are, and what is left out stays so", () => {
  const { scene, design } = loaded();
  scene.only(["users"]);
  design.put({ kind: "table", id: "new", parent: "m", name: "new" });
  design.put({ kind: "placement", id: "pn", parent: "d", element: "new", x: 900, y: 900 });
  design.put({ ...design.get("pp"), x: 500 });
  scene.update(["new", "pn", "pp"]);
  assert.deepEqual([...scene.nodes.keys()].sort(), ["new", "users"]);
});

test("another diagram shows all of its own", () => {
  const design = designOf([...records(), { kind: "diagram", id: "d2", parent: "m" }, { kind: "placement", id: "p2", parent: "d2", element: "posts" }]);
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  scene.only(["users"]);
  scene.load(sourceOf(design), "d2");
  assert.deepEqual([...scene.nodes.keys()], ["posts"]);
});

/** A town of tables in rows, each with foreign keys to the one before and to the first, and a note; more lines than are all routed anew. */
function town(tables = 170) {
  const list = [{ kind: "model", id: "m" }, { kind: "diagram", id: "d", parent: "m", notation: "uml" }, { kind: "note", id: "n", parent: "d", text: "x", x: -400, y: 0 }];
  for (let at = 0; at < tables; at += 1) {
    list.push({ kind: "table", id: `t${at}`, parent: "m", name: `t${at}` }, { kind: "column", id: `c${at}`, parent: `t${at}`, name: "id", type: "int" },
      { kind: "placement", id: `p${at}`, parent: "d", element: `t${at}`, x: (at % 13) * 320, y: Math.floor(at / 13) * 160 });
    for (const to of at > 0 ? [at - 1, 0] : []) {
      list.push({ kind: "foreign_key", id: `f${at}-${to}`, parent: `t${at}`, columns: [`c${at}`], ref_table: `t${to}`, ref_columns: [`c${to}`] });
    }
  }
  return list;
}

const movedBy = (ids, dx, dy) => (design) => ids.forEach((id) => {
  const { x = 0, y = 0 } = design.get(id);
  design.put({ ...design.get(id), x: x + dx, y: y + dy });
});
const labelsOf = (scene) => [...scene.wires.labels.byKey].map(([key, { x, y }]) => [key, x, y]).sort();

test("what was moved all together is shown as if it were loaded, its lines and labels found where they are", () => {
  const world = loaded(town());
  const all = [...world.scene.placed.keys(), "n"];
  const routed = world.scene.wires.reroute;
  world.scene.wires.reroute = () => assert.fail("no line needs another way");
  follow(world, all, movedBy(all, 5 * 8, -8000));
  const fresh = loaded([...world.design.values()]).scene;
  assert.ok(labelsOf(fresh).length > 0);
  assert.deepEqual(labelsOf(world.scene), labelsOf(fresh));
  const somewhere = { x: 600, y: -7800, w: 300, h: 200 };
  for (const found of ["linesIn", "nodesIn", "labelsIn"]) {
    const idsOf = (scene) => scene[found](somewhere).map(({ id, text }) => id ?? text).sort();
    assert.ok(idsOf(fresh).length > 0);
    assert.deepEqual(idsOf(world.scene), idsOf(fresh));
  }
  world.scene.wires.reroute = routed;
  follow(world, ["p7"], put({ id: "p7", colour: "blue" }));
});

test("a move of all but one, or of each by another way, is none of all together", () => {
  const world = loaded(town());
  const all = [...world.scene.placed.keys()];
  world.scene.shiftAll = () => assert.fail("not all have moved alike");
  movedBy(all, 16, 16)(world.design);
  world.scene.update(all);
  movedBy([...all.slice(1), "n"], 16, 16)(world.design);
  movedBy(all.slice(0, 1), 16, 24)(world.design);
  world.scene.update([...all, "n"]);
  assert.equal(world.scene.nodes.get("t0").y, 40);
});
