/** Choosing several rows with Ctrl and Shift. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rowClick } from "../../../static/designer/tools/row_select.js";

const nodes = new Map([["t", { rows: ["a", "b", "c", "d"].map((id) => ({ id })) }], ["u", { rows: [{ id: "x" }] }]]);
const owners = { t: "t", u: "u", a: "t", b: "t", c: "t", d: "t", x: "u" };
const scene = { nodes, shownBy: (id) => owners[id] };
const CTRL = { mod: true, shift: false };
const SHIFT = { mod: false, shift: true };

test("Ctrl adds a row and takes it out again, across boxes", () => {
  assert.deepEqual(rowClick([], { id: "t", row: "a" }, CTRL, scene), ["a"]);
  assert.deepEqual(rowClick(["a"], { id: "u", row: "x" }, CTRL, scene), ["a", "x"]);
  assert.deepEqual(rowClick(["a", "x"], { id: "t", row: "a" }, CTRL, scene), ["x"]);
});

test("boxes that were selected make way for rows", () => {
  assert.deepEqual(rowClick(["t", "u"], { id: "t", row: "b" }, CTRL, scene), ["b"]);
});

test("Shift takes all between, in either direction", () => {
  assert.deepEqual(rowClick(["b"], { id: "t", row: "d" }, SHIFT, scene), ["b", "c", "d"]);
  assert.deepEqual(rowClick(["d"], { id: "t", row: "b" }, SHIFT, scene), ["d", "b", "c"]);
  assert.deepEqual(rowClick(["x"], { id: "t", row: "b" }, SHIFT, scene), ["x", "b"]);
});

test("Shift on a row means the box while boxes are selected, and so does a title", () => {
  assert.equal(rowClick(["u"], { id: "t", row: "a" }, SHIFT, scene), null);
  assert.equal(rowClick(["a"], { id: "t" }, CTRL, scene), null);
});
