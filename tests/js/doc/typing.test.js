/** Runs tests/cases/commands/typing.json, which Python runs as well; and reads the lines of columns, which only the browser does. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { definitionsIn } from "../../../static/designer/doc/commands/column_text.js";
import { Design } from "../../../static/designer/doc/design.js";
import { countedIds } from "../../../static/designer/doc/ids.js";
import { dangling } from "../../../static/designer/doc/rebase.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../../cases/commands/${name}.json`, import.meta.url), "utf8"));
const { design: RECORDS, cases } = read("typing");
const shop = () => new Design(read("commands").design);

for (const { name, command, args, label, expected, refused } of cases) {
  test(`${command}: ${name}`, () => {
    const before = new Design(RECORDS);
    const run = () => commands[command](before, args, countedIds());
    if (refused) {
      assert.throws(run, (error) => error instanceof commands.Refused && error.message.includes(refused));
      return;
    }
    const edit = run();
    assert.deepEqual(edit.change, expected);
    assert.equal(edit.label, label);
    assert.deepEqual(dangling(apply(before, edit.change)), []);
  });
}

const after = (edit, design = shop()) => apply(design, edit.change);
const made = (design, kind, table) => design.childrenOf(table, kind).filter(({ id }) => id.startsWith("new"));

test("a column that refers to a table gets its type and the foreign key", () => {
  const design = after(commands.addColumnText(shop(), { table: "t300", text: "user_id references users on delete cascade" }, countedIds()));
  const [column] = made(design, "column", "t300");
  const [key] = made(design, "foreign_key", "t300");
  assert.deepEqual([column.name, column.type, column.logical], ["user_id", "bigint", "bigint"]);
  assert.deepEqual([key.columns, key.ref_table, key.ref_columns, key.on_delete], [[column.id], "t100", ["c101"], "cascade"]);
  assert.deepEqual(dangling(design), []);
});

for (const [text, words] of [
  ["x uuid references users", /users\.id is bigint/], ["x references nowhere", /no table nowhere/], ["x references orders", /has 2 columns/],
  ["x references users(none)", /no column none/], ["x int on delete cascade", /needs a table/], ["mail text", /named mail/],
]) {
  test(`refuses ${text} with a sentence`, () => {
    assert.throws(() => commands.addColumnText(shop(), { table: "t100", text }), (error) => error instanceof commands.Refused && words.test(error.message));
  });
}

test("a serial is referred to by an integer, and an arrow says references", () => {
  const design = after(commands.addColumnText(shop(), { table: "t100", text: "last_order -> orders(number)" }, countedIds()));
  assert.equal(made(design, "column", "t100")[0].type, "integer");
});

test("the body of a CREATE TABLE becomes columns and keys in one step", () => {
  const text = `
    id uuid NOT NULL DEFAULT 'a,b', -- what else, really
    owner bigint,
    price numeric(10, 2) NOT NULL,
    CONSTRAINT pk PRIMARY KEY (id),
    UNIQUE (owner, price),
    FOREIGN KEY (owner) REFERENCES users (id) ON DELETE SET NULL`;
  const edit = commands.addColumnsText(shop(), { table: "t300", text }, countedIds());
  const design = after(edit);
  assert.deepEqual(design.childrenOf("t300", "column").map(({ name, type }) => `${name} ${type}`), ["id uuid", "owner bigint", "price numeric(10, 2)"]);
  assert.deepEqual(design.get("c301").default, { text: "'a,b'" });
  const [, owner, price] = design.childrenOf("t300", "column").map(({ id }) => id);
  assert.deepEqual(made(design, "key", "t300").map(({ columns }) => columns), [[owner, price]]);
  const [foreign] = made(design, "foreign_key", "t300");
  assert.deepEqual([foreign.columns, foreign.ref_table, foreign.on_delete], [[owner], "t100", "set null"]);
  assert.equal(edit.label, "Add 3 columns to categories");
});

test("lines are apart at line ends and at commas outside of quotes and brackets", () => {
  assert.deepEqual(definitionsIn("a numeric(1,2), b text default 'x,\ny'\n\n-- nothing\nc enum('a','b');"), ["a numeric(1,2)", "b text default 'x,\ny'", "c enum('a','b')"]);
});

test("the type cell takes clauses as well", () => {
  const design = after(commands.setTypeText(shop(), { id: "c102", text: "varchar(80) not null unique" }, countedIds()));
  const column = design.get("c102");
  assert.deepEqual([column.name, column.type, column.nullable], ["mail", "varchar(80)", false]);
  assert.deepEqual(made(design, "key", "t100").map(({ columns }) => columns), [["c102"]]);
  assert.throws(() => commands.setTypeText(shop(), { id: "c102", text: "" }), /needs a type/);
});

test("what is typed as a name is a line only where it says a type or a clause", () => {
  const line = (text) => commands.saysMoreThanName(shop(), "c102", text);
  for (const text of ["mail varchar(20)", "mail mood", "mail not null", "mail uuid references users"]) assert.ok(line(text), text);
  for (const text of ["mail", "odd \"name\" ✓ </script>", "e mail", "a 'b", "x (y", "two words here"]) assert.ok(!line(text), text);
});

test("a name with spaces says itself so that it is read back", () => {
  const design = shop();
  const text = commands.columnText({ ...design.get("c102"), name: 'two "words"' });
  assert.equal(commands.parseColumnText(text).fields.name, 'two "words"');
});

test("copies stand where they were dragged, areas and notes as well", () => {
  const design = new Design([...read("commands").design, { kind: "note", id: "n600", parent: "d500", x: 50, y: 60, text: "hi" }]);
  const edit = commands.duplicateBy(design, { ids: ["t100", "n600"], diagram: "d500", dx: 100, dy: -8 }, countedIds());
  const copied = after(edit, design);
  const [table, note] = edit.select.map((id) => copied.get(id));
  const place = copied.childrenOf("d500", "placement").find(({ element }) => element === table.id);
  assert.deepEqual([place.x, place.y, note.x, note.y], [110, 12, 150, 52]);
  assert.equal(edit.label, "Duplicate 2 elements");
});
