/** Lanes that are kept from one edit to the next: who leaves makes room, who comes back finds its place. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Lanes } from "../../../static/designer/geometry/lanes.js";
import { routeAll } from "../../../static/designer/geometry/route.js";

const CASES = JSON.parse(readFileSync(new URL("../../cases/geometry/route.json", import.meta.url)));

for (const { name, boxes, edges } of CASES) {
  const known = edges.filter((edge) => boxes[edge.source.element] && boxes[edge.target.element]);

  test(`${name}: a box that moves away and back has the lines that it had`, () => {
    const lanes = new Lanes();
    const placed = new Map(Object.entries(structuredClone(boxes)));
    const before = routeAll(known, placed, undefined, lanes);
    for (const [id, box] of placed) {
      const its = known.filter(({ source, target }) => source.element === id || target.element === id);
      let after = new Map();
      for (const by of [737, -737]) {
        box.x += by;
        box.y += by;
        after = routeAll(its, placed, undefined, lanes);
      }
      for (const [line, route] of after) assert.deepEqual(route.points, before.get(line).points);
    }
  });

  test(`${name}: lines that are gone leave nothing behind`, () => {
    const lanes = new Lanes();
    routeAll(known, new Map(Object.entries(boxes)), undefined, lanes);
    known.forEach(({ id }) => lanes.shift(id, 40, -24));
    known.forEach(({ id }) => lanes.release(id));
    assert.deepEqual([lanes.lines.size, lanes.ends.size, lanes.level.cells.size, lanes.upright.cells.size], [0, 0, 0, 0]);
  });
}

test("lines that come one by one do not lie on each other", () => {
  const box = CASES[0].boxes.a;
  const names = ["a", "b", "c", "d"];
  const placed = new Map(names.flatMap((name, at) => [
    [name, { ...box, x: 0, y: at * 200 }], [`${name}'`, { ...box, x: 500, y: at * 200 }],
  ]));
  const end = (element, row) => ({ ...CASES[0].edges[0].source, element, rows: [row] });
  const edges = names.map((name, at) => ({
    ...CASES[0].edges[0], id: name, source: end(name, "a1"), target: end(`${names[names.length - 1 - at]}'`, "a2"),
  }));
  const lanes = new Lanes();
  const upright = edges.map((edge) => routeAll([edge], placed, undefined, lanes).get(edge.id).points[1][0]);
  assert.equal(new Set(upright).size, edges.length);
});
