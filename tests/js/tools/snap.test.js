/** Snapping to equal gaps, and lining up as pure commands. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { align, distribute, Refused, sameWidth, stack, tidy } from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { snapped } from "../../../static/designer/tools/snap.js";

const box = (x, y, w = 100, h = 50) => ({ x, y, w, h });
const ALL = { guides: true, grid: true };

test("a box snaps to the gap between two others of its row, on either side of them", () => {
  const row = [box(0, 0), box(130, 0)];
  assert.equal(snapped(box(263, 20), row, 1, ALL).dx, -3);
  assert.equal(snapped(box(-133, 20), row, 1, ALL).dx, 3);
});

test("a box snaps to the middle between two others", () => {
  const { dx, guides } = snapped(box(204, 7), [box(0, 0), box(400, 0)], 1, ALL);
  assert.equal(dx, -4);
  const across = guides.filter(({ y1, y2, x1, x2 }) => y1 === y2 && x2 - x1 === 100);
  assert.equal(across.length, 2);
});

test("the same holds from top to bottom", () => {
  assert.equal(snapped(box(20, 163), [box(0, 0), box(0, 80)], 1, ALL).dy, -3);
});

test("boxes of another row say nothing about gaps", () => {
  assert.deepEqual(snapped(box(263, 900), [box(0, 0), box(130, 0)], 1, { guides: true, grid: false }), { dx: 0, dy: 0, guides: [] });
});

test("what is nearer wins: an edge or a gap", () => {
  const others = [box(0, 0), box(130, 0), box(258, 300)];
  assert.equal(snapped(box(261, 20), others, 1, ALL).dx, -1);
  assert.equal(snapped(box(259, 20), others, 1, ALL).dx, -1);
});

test("the reach is that of the screen, not of the world", () => {
  const row = [box(0, 0), box(130, 0)];
  assert.equal(snapped(box(272, 20), row, 0.5, { guides: true, grid: false }).dx, -12);
  assert.equal(snapped(box(272, 20), row, 1, { guides: true, grid: false }).dx, 0);
});

test("each kind of snapping can be switched off", () => {
  const row = [box(0, 0), box(130, 0)];
  assert.deepEqual(snapped(box(263, 3), row, 1, { guides: false, grid: true }), { dx: 1, dy: -3, guides: [] });
  assert.deepEqual(snapped(box(263, 3), row, 1, { guides: false, grid: false }), { dx: 0, dy: 0, guides: [] });
});

const DESIGN = new Design([
  { kind: "model", id: "m", name: "m" }, { kind: "diagram", id: "d", parent: "m" },
  ...["a", "b", "c"].flatMap((id, at) => [
    { kind: "table", id, parent: "m", name: id }, { kind: "placement", id: `p${id}`, parent: "d", element: id, x: at * 10, y: at * 7 },
  ]),
]);
const items = (sizes = [[100, 50], [200, 60], [300, 70]]) => ["a", "b", "c"].map((element, at) => ({ element, x: at * 10, y: at * 7, w: sizes[at][0], h: sizes[at][1] }));
const put = (edit) => Object.fromEntries(Object.entries(edit.change.changed ?? {}).map(([id, fields]) => [id, Object.fromEntries(Object.entries(fields).map(([field, [, now]]) => [field, now]))]));

test("aligning right puts right sides on the rightmost", () => {
  assert.deepEqual(put(align(DESIGN, { diagram: "d", items: items(), side: "right" })), { pa: { x: 220 }, pb: { x: 120 } });
});

test("the order of the selection changes nothing", () => {
  for (const command of [stack, tidy]) {
    assert.deepEqual(put(command(DESIGN, { diagram: "d", items: items().reverse() })), put(command(DESIGN, { diagram: "d", items: items() })));
  }
});

test("two things cannot be distributed, and one not aligned", () => {
  assert.throws(() => distribute(DESIGN, { diagram: "d", items: items().slice(0, 2), axis: "vertical" }), Refused);
  assert.throws(() => align(DESIGN, { diagram: "d", items: items().slice(0, 1), side: "left" }), Refused);
});

test("what is carried moves as far as what carries it", () => {
  const [first, second] = items();
  const carrying = { ...second, carries: [{ element: "c", x: 20, y: 14 }] };
  assert.deepEqual(put(align(DESIGN, { diagram: "d", items: [first, carrying], side: "left" })), { pb: { x: 0 }, pc: { x: 10 } });
});

test("equal widths are those of the widest", () => {
  assert.deepEqual(put(sameWidth(DESIGN, { diagram: "d", items: items() })), { pa: { width: 300 }, pb: { width: 300 }, pc: { width: 300 } });
});
