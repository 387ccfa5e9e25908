/** Runs tests/cases/commands: what Python's commands and these both do; and what only the browser's do. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { countedIds } from "../../../static/designer/doc/ids.js";
import { dangling } from "../../../static/designer/doc/rebase.js";
import { equal } from "../../../static/designer/doc/values.js";

const { design: SHOP, cases } = JSON.parse(readFileSync(new URL("../../cases/commands/commands.json", import.meta.url), "utf8"));
const shop = () => new Design(SHOP);

for (const { name, command, args, design = SHOP, label, expected, refused } of cases) {
  test(`${command}: ${name}`, () => {
    const before = new Design(design);
    const run = () => commands[command](before, args, countedIds());
    if (refused) {
      assert.throws(run, (error) => error instanceof commands.Refused && error.message.includes(refused));
      return;
    }
    const edit = run();
    assert.ok(equal(edit.change, expected), JSON.stringify(edit.change));
    assert.equal(edit.label, command === "place" || command === "takeOff" ? edit.label : label);
    assert.deepEqual(dangling(apply(before, edit.change)), []);
  });
}

const after = (design, edit) => apply(design, edit.change);
const columns = (design, table) => design.childrenOf(table, "column");

test("a line of text becomes a column", () => {
  const edit = commands.addColumnText(shop(), { table: "t100", text: "price numeric(10, 2) not null default 0" }, countedIds());
  const column = edit.change.added.new0000001;
  assert.equal(column.type, "numeric(10, 2)");
  assert.equal(column.logical, "decimal(10,2)");
  assert.equal(column.nullable, false);
  assert.deepEqual(column.default, { text: "0" });
});

for (const [text, fields, more = {}] of [
  ["email", { name: "email" }],
  ["email text", { name: "email", type: "text" }],
  ["email: varchar(255) NOT NULL", { name: "email", type: "varchar(255)", nullable: false }],
  ["at timestamp with time zone default now()", { name: "at", type: "timestamp with time zone", default: { text: "now()" } }],
  ["s text default 'not null' not null", { name: "s", type: "text", nullable: false, default: { text: "'not null'" } }],
  ["s text default 'it''s ('", { name: "s", type: "text", default: { text: "'it''s ('" } }],
  ['"two words" double precision null', { name: "two words", type: "double precision", nullable: true }],
  ['"a""b" text', { name: 'a"b', type: "text" }],
  ["`odd one` enum('a b','c') unique", { name: "odd one", type: "enum('a b','c')" }, { unique: true }],
  ["id bigint generated always as identity primary key", { name: "id", type: "bigint", nullable: false, identity: "always" }, { primary: true }],
  ["id bigint auto_increment pk", { name: "id", type: "bigint", nullable: false, identity: "auto_increment" }, { primary: true }],
  ["tags text[] default '{}'::text[]", { name: "tags", type: "text[]", default: { text: "'{}'::text[]" } }],
  ["größe 数", { name: "größe", type: "数" }],
  ["  spaced \t int ", { name: "spaced", type: "int" }],
  ["n int default -1 unique not null", { name: "n", type: "int", nullable: false, default: { text: "-1" } }, { unique: true }],
]) {
  test(`reads ${text}`, () => {
    assert.deepEqual(commands.parseColumnText(text), { fields, primary: false, unique: false, ...more });
  });
}

for (const text of ["", "   ", "a numeric(10", "a text default 'x", "a int)", "a int not null nonsense", "a int default"]) {
  test(`refuses ${JSON.stringify(text)} with a sentence`, () => {
    assert.throws(() => commands.parseColumnText(text), commands.Refused);
  });
}

test("a column says itself as text and reads it back", () => {
  const design = after(shop(), commands.addColumnText(shop(), { table: "t100", text: "n numeric(8,2) not null default 'a b'" }, countedIds()));
  const column = design.get("new0000001");
  const { change } = commands.setColumnText(design, { id: column.id, text: commands.columnText(column) });
  assert.deepEqual(change, {});
});

test("a column is written anew from text", () => {
  const { change } = commands.setColumnText(shop(), { id: "c203", text: "customer uuid not null" });
  assert.deepEqual(change.changed.c203, { name: ["buyer", "customer"], type: ["bigint", "uuid"], logical: ["bigint", "uuid"], nullable: [true, false] });
});

test("types that cannot be paired are refused with both named", () => {
  assert.throws(() => commands.connect(shop(), { source: "c102", target: "t300" }), /users\.mail is text, but categories\.id is uuid/);
});

test("a table of each database gets the key that it knows", () => {
  for (const [target, type, identity] of [["postgresql", "bigint", "always"], ["mysql", "bigint", "auto_increment"], ["sqlite", "INTEGER", undefined], ["", "bigint", undefined]]) {
    const design = new Design([{ kind: "model", id: "m000", ...(target ? { target } : {}) }]);
    const column = Object.values(commands.addTable(design, { model: "m000" }).change.added).find(({ kind }) => kind === "column");
    assert.deepEqual([column.type, column.identity], [type, identity]);
  }
});

test("tables without names are numbered", () => {
  let design = shop();
  for (const name of ["table_1", "table_2", "table_3"]) {
    const edit = commands.addTable(design, { model: "m000" });
    assert.equal(edit.label, `Add table ${name}`);
    design = after(design, edit);
  }
});

test("a copy has fresh ids, its own references, and those to tables outside where these exist", () => {
  const design = shop();
  const copied = commands.copyRecords(design, { ids: ["t200"], diagram: "d500" });
  assert.equal(copied.records.length, 6);
  const edit = commands.paste(design, { copied, diagram: "d500", x: 100, y: 200 }, countedIds());
  const pasted = after(design, edit);
  const [table] = edit.select.map((id) => pasted.get(id));
  assert.equal(table.name, "orders_2");
  assert.equal(columns(pasted, table.id).length, 3);
  const [key] = pasted.childrenOf(table.id, "foreign_key");
  assert.equal(key.ref_table, "t100");
  assert.deepEqual(key.columns, [columns(pasted, table.id)[2].id]);
  assert.deepEqual(pasted.childrenOf("d500", "placement").find(({ element }) => element === table.id)?.x, 100);
  assert.deepEqual(dangling(pasted), []);
});

test("a note is pasted where it was asked for, as far from a table as it was", () => {
  const noted = after(shop(), commands.addNote(shop(), { diagram: "d500", x: 700, y: 800, text: "look" }, countedIds("note")));
  const [note] = noted.ofKind("note");
  const alone = commands.paste(noted, { copied: commands.copyRecords(noted, { ids: [note.id], diagram: "d500" }), diagram: "d500", x: 40, y: 60 }, countedIds());
  assert.deepEqual(alone.select.map((id) => [after(noted, alone).get(id).x, after(noted, alone).get(id).y]), [[40, 60]]);
  const copied = commands.copyRecords(noted, { ids: ["t100", note.id], diagram: "d500" });
  const both = after(noted, commands.paste(noted, { copied, diagram: "d500", x: 0, y: 0 }, countedIds()));
  const [spot, pasted] = [both.childrenOf("d500", "placement").find(({ id }) => id !== "p501"), both.ofKind("note").find(({ id }) => id !== note.id)];
  const from = noted.childrenOf("d500", "placement").find(({ element }) => element === "t100");
  assert.deepEqual([pasted.x - (spot.x ?? 0), pasted.y - (spot.y ?? 0)], [700 - (from.x ?? 0), 800 - (from.y ?? 0)]);
});

test("pasted where the referenced table is not, the foreign key is left out", () => {
  const copied = commands.copyRecords(shop(), { ids: ["t200"] });
  const other = new Design([{ kind: "model", id: "mxxx", target: "mysql" }]);
  const edit = commands.paste(other, { copied, into: "mxxx" }, countedIds());
  const pasted = after(other, edit);
  assert.equal(pasted.ofKind("table").length, 1);
  assert.equal(pasted.ofKind("foreign_key").length, 0);
  assert.deepEqual(dangling(pasted), []);
});

test("tables copied together keep the foreign key between them", () => {
  const design = shop();
  const edit = commands.duplicateBy(design, { ids: ["t100", "t200"], diagram: "d500", dx: 40, dy: 40 }, countedIds());
  const copied = after(design, edit);
  const [users, orders] = edit.select;
  assert.equal(copied.childrenOf(orders, "foreign_key")[0].ref_table, users);
  assert.equal(edit.label, "Duplicate 2 elements");
  assert.deepEqual(copied.childrenOf("d500", "placement").map(({ element, x, y }) => [element, x, y]).sort(), [
    [users, 50, 60], [orders, 90, 100], ["t100", 10, 20],
  ].sort());
});

test("a column is pasted into the table that is selected, with a free name", () => {
  const design = shop();
  const copied = commands.copyRecords(design, { ids: ["c102"] });
  const once = after(design, commands.paste(design, { copied, into: "t200" }, countedIds("one")));
  const twice = after(once, commands.paste(once, { copied, into: "t200" }, countedIds("two")));
  assert.deepEqual(columns(twice, "t200").map(({ name }) => name), ["shop_id", "number", "buyer", "mail", "mail_2"]);
});

test("a table selected with one of its columns is copied once", () => {
  const copied = commands.copyRecords(shop(), { ids: ["t100", "c102"] });
  assert.deepEqual(copied.roots, ["t100"]);
});

test("what fits nowhere is refused", () => {
  const copied = { records: [{ kind: "key", id: "k900", parent: "gone", columns: [] }], roots: ["k900"], positions: [] };
  assert.throws(() => commands.paste(shop(), { copied }), commands.Refused);
});

test("moves of the same elements join, others do not", () => {
  const one = commands.place(shop(), { diagram: "d500", positions: [{ element: "t100", x: 1.4, y: 2.6 }] });
  const two = commands.place(shop(), { diagram: "d500", positions: [{ element: "t200", x: 1, y: 2 }] });
  assert.deepEqual(one.change.changed.p501, { x: [10, 1], y: [20, 3] });
  assert.notEqual(one.coalesce, two.coalesce);
  assert.equal(one.label, "Move table users");
});

test("many pasted tables get short order keys", () => {
  const design = shop();
  const records = Array.from({ length: 3000 }, (_, at) => ({ kind: "table", id: `many${at}`, parent: "m000", name: `t${at}` }));
  const edit = commands.paste(design, { copied: { records, roots: records.map(({ id }) => id), positions: [] } }, countedIds());
  const orders = Object.values(edit.change.added).map(({ order }) => order);
  assert.ok(Math.max(...orders.map((order) => order.length)) <= 8);
  assert.deepEqual([...orders].sort(), orders);
});
