/** The scene in each notation: following an edit gives what loading would, with boxes, lines and the texts on them. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { NOTATIONS } from "../../../static/designer/geometry/notations/index.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, sourceOf } from "./world.js";

const CASES = JSON.parse(readFileSync(new URL("../../cases/geometry/elements.json", import.meta.url), "utf-8"));

function loaded(what, notation) {
  const { records, shown } = CASES.find(({ name }) => name === `what notations tell apart: ${what}`);
  const placements = shown.map((element, at) => (
    { kind: "placement", id: `p_${element}`, parent: "diag", element, x: (at % 3) * 420, y: Math.floor(at / 3) * 260 }
  ));
  const design = designOf([...records, { kind: "diagram", id: "diag", parent: "model", notation }, ...placements]);
  const scene = new Scene();
  scene.load(sourceOf(design), "diag");
  return { design, scene };
}

function shown(scene) {
  const label = ({ text, x, y }) => [text, x, y];
  return {
    nodes: [...scene.nodes.values()].map(({ id, x, y, w, h, corner, rules, rows }) => [id, x, y, w, h, corner, rules, rows]).sort(),
    lines: [...scene.lines.values()].map(({ id, route }) => [id, route.points, scene.wires.labels.of(id).map(label)]).sort(),
    labels: scene.labelsIn({ x: -5000, y: -5000, w: 10000, h: 10000 }).map(label).sort(),
  };
}

const put = (changes) => (design) => design.put({ ...design.get(changes.id), ...changes });
const EDITS = {
  tables: {
    "a box moved": [["p_prod"], put({ id: "p_prod", x: 33, y: 700 })],
    "a column must be given": [["or_ag"], put({ id: "or_ag", nullable: false })],
    "a foreign key went": [["li_fk1"], (design) => design.drop("li_fk1")],
    "a key grew": [["orde_pk"], put({ id: "orde_pk", columns: ["or_id", "or_cu"] })],
    "the notation changed": [["diag"], put({ id: "diag", notation: "barker" })],
  },
  entities: {
    "a verb changed": [["held"], put({ id: "held", name: "is given every year as" })],
    "a relationship identifies no longer": [["held"], put({ id: "held", ends: [{ entity: "cour", min: 1, max: 1 }, { entity: "sect", min: 1 }] })],
    "a relationship went": [["atte"], (design) => design.drop("atte")],
    "a generalization went": [["gene"], (design) => design.drop("gene")],
    "an entity is weak no longer": [["sect"], put({ id: "sect", nature: "strong" })],
  },
};

for (const { name: notation } of NOTATIONS) {
  for (const [what, edits] of Object.entries(EDITS)) {
    for (const [name, [ids, edit]] of Object.entries(edits)) {
      test(`${notation}: following equals loading when ${name}`, () => {
        const { design, scene } = loaded(what, notation);
        edit(design);
        scene.update(ids);
        const fresh = new Scene();
        fresh.load(sourceOf(design), "diag");
        assert.deepEqual(shown(scene), shown(fresh));
      });
    }
  }

  test(`${notation}: a drag there and back leaves everything as it was, texts too`, () => {
    const { scene } = loaded("entities", notation);
    const before = shown(scene);
    const ids = ["sect", "cour"];
    const start = new Map(ids.map((id) => [id, { x: scene.nodes.get(id).x, y: scene.nodes.get(id).y }]));
    scene.moveTo(new Map([...start].map(([id, { x, y }]) => [id, { x: x + 90, y: y + 55 }])));
    scene.moveTo(start);
    scene.catchUp(ids);
    scene.wires.routeAll();
    assert.deepEqual(shown(scene), before);
  });
}

test("ends at one point share what they say", () => {
  const { scene } = loaded("tables", "uml");
  const shared = scene.labelsIn({ x: -5000, y: -5000, w: 10000, h: 10000 });
  const own = [...scene.lines.keys()].flatMap((id) => scene.wires.labels.of(id));
  assert.equal(new Set(own).size, shared.length);
});
