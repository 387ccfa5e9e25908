import assert from "node:assert/strict";
import { test } from "node:test";
import { nameLines } from "../../../static/designer/render/block_name.js";
import { BLOCK, FULL, KEYS, blockFont, keysFont, levelAt } from "../../../static/designer/render/level.js";
import { summary } from "../../../static/designer/render/perf.js";
import { fit } from "../../../static/designer/render/text.js";
import { camel, inkOn, namedColour } from "../../../static/designer/render/theme.js";

test("rows, then keys, then blocks", () => {
  assert.deepEqual([1, 0.5, 0.4, 0.1].map(levelAt), [FULL, FULL, KEYS, BLOCK]);
});

test("a name on a block is never too small to read, and left out where it cannot be", () => {
  assert.ok(blockFont(0.2, 200, 300, 8) * 0.2 >= 7);
  assert.equal(blockFont(0.03, 200, 300, 8), 0);
});

test("a name over a block is broken where its words end, into no more lines than it has room for", () => {
  assert.deepEqual(nameLines("users", 10, 100, 100), ["users"]);
  assert.deepEqual(nameLines("ohrm_leave_type", 10, 40, 100), ["ohrm_", "leave_", "type"]);
  assert.deepEqual(nameLines("public.LeaveType", 10, 40, 100), ["public.", "Leave", "Type"]);
  assert.equal(nameLines("ohrm_leave_type", 10, 40, 12).length, 1);
  const two = nameLines("ohrm_leave_type", 10, 40, 25);
  assert.equal(two.length, 2);
  assert.ok(two[1].startsWith("leave") && two[1].endsWith("…"));
  assert.deepEqual(nameLines("", 10, 40, 100), [""]);
});

test("a name in a header is smaller where the whole of it can be read so", () => {
  assert.equal(keysFont(0.4, 40, 5, 400), 30);
  assert.equal(keysFont(0.4, 40, 8, 200), 25);
  assert.equal(keysFont(0.4, 40, 20, 200), 30);
});

test("names of any letters are shortened to one line", () => {
  assert.equal(fit("short", 13, false, 200), "short");
  assert.ok(fit("a very long name indeed", 13, false, 60).endsWith("…"));
  assert.ok(!fit("two\nlines", 13, false, 200).includes("\n"));
});

test("only colours that we know are used", () => {
  const theme = { palette: { blue: "#00f" } };
  assert.equal(namedColour(theme, "blue", "x"), "#00f");
  assert.equal(namedColour(theme, "#a1b2c3", "x"), "#a1b2c3");
  assert.equal(namedColour(theme, "url(evil)", "x"), "x");
  assert.equal(namedColour(theme, "toString", "x"), "x");
  assert.equal(inkOn("#fff", "x"), "#16202c");
  assert.equal(inkOn("#102030", "x"), "#ffffff");
  assert.equal(camel("table-header-text"), "tableHeaderText");
});

test("a summary of frames", () => {
  assert.deepEqual(summary([3, 1, 2]), { median: 2, p95: 3, worst: 3 });
  assert.deepEqual(summary([]), { median: null, p95: null, worst: null });
});
