/** Ids, order keys, names, types and expressions. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dialectOf, logicalType, quote, unquote } from "../../../static/designer/doc/dialect.js";
import { render } from "../../../static/designer/doc/expressions.js";
import { isId, newId } from "../../../static/designer/doc/ids.js";
import { after, between, sequence, spread } from "../../../static/designer/doc/order.js";
import { misfit } from "../../../static/designer/doc/records.js";
import { seeded } from "./random.js";

const CASES = JSON.parse(readFileSync(new URL("../../cases/commands/values.json", import.meta.url), "utf8"));

test("order keys are those of Python", () => {
  for (const [low, high, key] of CASES.between) assert.equal(between(low, high), key);
  for (const [count, keys] of CASES.sequence) assert.deepEqual(sequence(count), keys);
});

test("there is always room between two keys, and none where they are equal", () => {
  const random = seeded(5);
  const keys = ["V"];
  for (let step = 0; step < 2000; step += 1) {
    const at = Math.floor(random() * (keys.length + 1));
    keys.splice(at, 0, between(keys[at - 1] ?? null, keys[at] ?? null));
  }
  assert.deepEqual([...keys].sort(), keys);
  assert.equal(new Set(keys).size, keys.length);
  assert.throws(() => between("V", "V"), RangeError);
  assert.deepEqual(spread("A", "B", 3).length, 3);
});

test("endless keys ascend and stay short", () => {
  const source = after("V");
  const keys = Array.from({ length: 5000 }, () => source.next().value);
  assert.deepEqual([...keys].sort(), keys);
  assert.ok(keys.every((key) => key > "V" && key.length < 12));
});

test("ids are short, fair and different", () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.equal(new Set(ids).size, 1000);
  assert.ok(ids.every((id) => isId(id) && id.length === 10));
  assert.equal(isId("a/b!"), false);
  assert.equal(isId(7), false);
});

test("types mean what they mean in Python", () => {
  for (const [target, raw, logical] of CASES.logical) assert.equal(logicalType(raw, dialectOf(target)), logical, `${target}: ${raw}`);
});

test("no type text makes the reading of types hang", () => {
  const started = process.cpuUsage();
  for (const text of [`enum(${"''".repeat(5000)}(`, `a${" a".repeat(5000)}(`, `${"a ".repeat(3000)}"`, "[".repeat(5000), `numeric(${"(".repeat(5000)}`]) {
    logicalType(text, dialectOf("mysql"));
  }
  assert.ok(process.cpuUsage(started).user < 2_000_000);
});

test("names are quoted and read as in Python", () => {
  for (const [target, name, written] of CASES.quote) {
    assert.equal(quote(dialectOf(target), name), written);
    assert.equal(unquote(dialectOf(target), written), name);
  }
});

test("an expression is written with today's names, the rest as it was; offsets count code points", () => {
  const design = new Map([["c101", { kind: "column", id: "c101", name: "Größe 🔑" }], ["c102", { kind: "column", id: "c102", name: "b" }]]);
  const dialect = dialectOf("postgresql");
  const written = (expr) => render(expr, design, (name) => quote(dialect, name), (name) => unquote(dialect, name));
  assert.equal(written({ text: "'🔑' || a || B", uses: [[7, 8, "c101"], [12, 13, "c102"]] }), "'🔑' || \"Größe 🔑\" || B");
  assert.equal(written({ text: "now()" }), "now()");
  assert.equal(written(null), "");
});

test("records from outside are checked", () => {
  assert.equal(misfit({ kind: "table", id: "t100", name: "x", later: 1 }), null);
  for (const odd of [null, 7, [], { kind: "nonsense", id: "t100" }, { kind: "__proto__", id: "t100" }, { kind: "table", id: "a b" }, { kind: "table", id: "t100", name: {} },
    { kind: "placement", id: "p100", x: 1.5 }, { kind: "index", id: "i100", parts: [{ column: 7 }] }, { kind: "check", id: "h100", expr: { text: "a", uses: [[0, 1]] } }]) {
    assert.equal(typeof misfit(odd), "string");
  }
});
