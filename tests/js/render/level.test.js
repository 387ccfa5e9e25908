import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK, FULL, KEYS, blockFont, levelAt } from "../../../static/designer/render/level.js";
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
