import assert from "node:assert/strict";
import { test } from "node:test";
import { contentsOf, withTucked } from "../../../static/designer/render/collapse.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { hitAt } from "../../../static/designer/tools/hit.js";
import { designOf, records, sourceOf } from "./world.js";

const table = (id, x, y) => [
  { kind: "table", id, parent: "m", name: id }, { kind: "column", id: `${id}c`, parent: id, name: "id", type: "bigint" },
  { kind: "placement", id: `p${id}`, parent: "d", element: id, x, y },
];
const key = (id, from, to) => ({ kind: "foreign_key", id, parent: from, columns: [`${from}c`], ref_table: to, ref_columns: [] });

/** The users and posts of world.js stand on its area; `a` and `b` stand outside and refer to both. */
function world() {
  const design = designOf([
    ...records(), ...table("a", 2000, 0), ...table("b", 2000, 900), key("k1", "a", "users"), key("k2", "a", "posts"), key("k3", "b", "users"),
  ]);
  const scene = new Scene();
  scene.load(sourceOf(design), "d");
  return { design, scene };
}

function set({ design, scene }, id, values) {
  design.put({ ...design.get(id), ...values });
  return scene.update([id]);
}

const collapsed = () => {
  const here = world();
  set(here, "area", { collapsed: true });
  return here;
};

test("a collapsed area stands for what is on it, and expanded everything is as it was", () => {
  const here = world();
  const before = [...here.scene.nodes.keys()].sort();
  set(here, "area", { collapsed: true });
  assert.deepEqual([...here.scene.nodes.keys()].sort(), ["a", "b"]);
  assert.equal(contentsOf(here.scene.sheets.get("area")), "2 tables");
  set(here, "area", { collapsed: false });
  assert.deepEqual([...here.scene.nodes.keys()].sort(), before);
  assert.deepEqual([...here.scene.lines.keys()].sort(), ["fk", "k1", "k2", "k3"]);
});

test("each element outside has one line to it, and those inside have none", () => {
  const { scene } = collapsed();
  const lines = [...scene.lines.values()].map(({ edge }) => [edge.source.element, edge.target.element, edge.label]);
  assert.deepEqual(lines.sort(), [["a", "area", "2 lines"], ["b", "area", ""]]);
  assert.equal(scene.linesAt("area").size, 2);
});

test("what is inside is found at the area", () => {
  const { scene } = collapsed();
  assert.equal(scene.shownBy("uid"), "area");
  assert.equal(scene.shownBy("users"), "area");
  assert.equal(scene.shownBy("ac"), "a");
});

test("its box is hit like a table, and the ground round it is not", () => {
  const { scene } = collapsed();
  const marks = { selection: new Set(), canEdit: true };
  assert.deepEqual(hitAt(scene, { x: 20, y: -20 }, 1, marks), { kind: "area", id: "area" });
  assert.equal(hitAt(scene, { x: 400, y: 300 }, 1, marks), null);
});

test("moving it takes along what is on it", () => {
  const { scene } = collapsed();
  const moved = withTucked(scene, [{ element: "area", x: -20, y: -40 }]);
  assert.deepEqual(moved.map(({ element, x, y }) => [element, x, y]).sort(), [["area", -20, -40], ["posts", 410, 50], ["users", 10, 10]]);
  assert.equal(withTucked(scene, [{ element: "a", x: 1, y: 1 }]).length, 1);
});

const follows = {
  "a column inside was renamed": ["uid", { name: "key" }],
  "a table came onto it": ["pa", { x: 0, y: 200 }],
  "a table inside left": ["pu", { x: 3000, y: 0 }],
  "a line to it went elsewhere": ["k1", { ref_table: "b" }],
  "it moved": ["area", { x: -300 }],
  "a table far away moved": ["pb", { x: 2500 }],
};

for (const [name, [id, values]] of Object.entries(follows)) {
  test(`following equals loading when ${name}`, () => {
    const here = collapsed();
    set(here, id, values);
    const fresh = new Scene();
    fresh.load(sourceOf(here.design), "d");
    const shown = (scene) => [[...scene.nodes.keys()].sort(), [...scene.lines.values()].map((line) => [line.id, line.route.points]).sort()];
    assert.deepEqual(shown(here.scene), shown(fresh));
  });
}
