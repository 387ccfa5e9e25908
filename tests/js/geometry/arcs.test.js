/** Runs tests/cases/geometry/arcs.json: an arc over exclusive relationships has the same shape as in an exported picture. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Design } from "../../../static/designer/doc/design.js";
import { arcsOf, roundBox } from "../../../static/designer/geometry/arcs.js";
import { Scene } from "../../../static/designer/render/scene.js";

const { cases } = JSON.parse(readFileSync(new URL("../../cases/geometry/arcs.json", import.meta.url), "utf8"));

for (const { name, box: [x, y, w, h], ends, points, dots } of cases) {
  test(name, () => {
    const found = roundBox({ x, y, w, h }, ends.map(([point, direction]) => ({ point, direction })));
    assert.deepEqual(found, { points, dots });
  });
}

test("an arc of a diagram crosses the lines of its relationships, and none where one is not shown", () => {
  const entity = (id, x, y) => [{ kind: "entity", id, parent: "m", name: id }, { kind: "placement", id: `at ${id}`, parent: "d", element: id, x, y }];
  const line = (id, from) => ({ kind: "relationship", id, parent: "m", name: id, ends: [{ entity: from, max: 1 }, { entity: "bill" }] });
  const records = [
    { kind: "model", id: "m", level: "conceptual" }, { kind: "diagram", id: "d", parent: "m" }, ...entity("bill", 0, 0), ...entity("person", 400, -80),
    ...entity("insurer", 400, 80), line("r", "person"), line("s", "insurer"), { kind: "arc", id: "a", parent: "bill", relationships: ["r", "s"], mandatory: false },
  ];
  const shapes = (kept) => {
    const design = new Design(kept);
    const scene = new Scene();
    scene.load({
      get: (id) => design.get(id), has: (id) => design.has(id), children: (id) => design.childrenOf(id), ofKind: (kind) => design.ofKind(kind),
      referrers: (id) => design.referrers(id),
    }, "d");
    return arcsOf(scene.source, scene);
  };
  const [arc] = shapes(records);
  assert.deepEqual([arc.id, arc.dashed, arc.dots.length], ["a", true, 2]);
  assert.deepEqual(shapes(records.filter(({ id }) => id !== "at insurer")), []);
});
