/** Runs tests/cases/geometry/arcs.json: an arc over exclusive relationships has the same shape as in an exported picture. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { roundBox } from "../../../static/designer/geometry/arcs.js";

const { cases } = JSON.parse(readFileSync(new URL("../../cases/geometry/arcs.json", import.meta.url), "utf8"));

for (const { name, box: [x, y, w, h], ends, points, dots } of cases) {
  test(name, () => {
    const found = roundBox({ x, y, w, h }, ends.map(([point, direction]) => ({ point, direction })));
    assert.deepEqual(found, { points, dots });
  });
}
