/** Pasting records into a design of another database. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../../static/designer/doc/change.js";
import { copyRecords, paste } from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { countedIds } from "../../../static/designer/doc/ids.js";
import { rawType } from "../../../static/designer/doc/raw_types.js";
import { dangling } from "../../../static/designer/doc/rebase.js";

const column = (id, name, type, logical, more = {}) => ({ kind: "column", id, parent: "t100", name, type, logical, order: id, ...more });
const SOURCE = new Design([
  { kind: "model", id: "m000", name: "shop", target: "postgresql" },
  { kind: "enum_type", id: "e100", parent: "m000", name: "mood", values: ["sad", "it's"] },
  { kind: "table", id: "t100", parent: "m000", name: "people", options: "fillfactor=70" },
  column("c101", "id", "bigint", "bigint", { identity: "always", nullable: false }),
  column("c102", "m", "mood", "other(mood)", { type_ref: "e100", default: { text: "'sad'::mood" } }),
  column("c103", "at", "timestamptz", "timestamp_tz", { default: { text: "now()" } }),
  column("c104", "tags", "text[]", "text[]", { default: { text: "array_fill(1)" } }),
]);
const copied = copyRecords(SOURCE, { ids: ["t100"] });

function pastedInto(target, more = []) {
  const design = new Design([{ kind: "model", id: "m900", name: "other", target }, ...more]);
  const edit = paste(design, { copied, into: "m900" }, countedIds());
  const after = apply(design, edit.change);
  assert.deepEqual(dangling(after), []);
  const [table] = after.ofKind("table");
  return { after, table, columns: after.childrenOf(table.id, "column"), notes: edit.notes.map(({ message }) => message) };
}

test("a copy takes the types of its columns along", () => {
  assert.deepEqual(copied.types.map(({ id }) => id), ["e100"]);
  assert.equal(copied.target, "postgresql");
});

test("MySQL gets its own types, a list for the enum, and notes on what is lost", () => {
  const { table, columns, notes } = pastedInto("mysql");
  assert.deepEqual(columns.map(({ type }) => type), ["bigint", "enum('sad','it''s')", "datetime(6)", "json"]);
  assert.equal(columns[0].identity, "auto_increment");
  assert.deepEqual(columns.map((each) => each.default?.text), [undefined, "'sad'", "now()", undefined]);
  assert.equal(table.options, undefined);
  assert.ok(notes.some((each) => each.includes("arrays")) && notes.some((each) => each.includes("array_fill")));
});

test("SQLite gets text for the enum", () => {
  const { columns } = pastedInto("sqlite");
  assert.deepEqual(columns.map(({ type }) => type), ["bigint", "text", "datetime", "text"]);
});

test("the same database gets the type as well, once", () => {
  const { after, columns } = pastedInto("postgresql");
  assert.deepEqual(after.ofKind("enum_type").map(({ name }) => name), ["mood"]);
  assert.equal(columns[1].type_ref, after.ofKind("enum_type")[0].id);
  const there = { kind: "enum_type", id: "e900", parent: "m900", name: "mood", values: ["sad"] };
  assert.equal(pastedInto("postgresql", [there]).columns[1].type_ref, "e900");
});

test("raw types are those that Python gives", () => {
  assert.deepEqual(rawType("decimal(10,2)", "postgresql"), ["numeric(10,2)", null]);
  assert.equal(rawType("text[]", "postgresql")[0], "text[]");
  assert.equal(rawType("other(citext)", "mysql")[0], "citext");
  assert.equal(rawType("", "sqlite")[0], "text");
});
