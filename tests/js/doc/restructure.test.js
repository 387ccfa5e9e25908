/** Runs tests/cases/commands/restructure.json: splitting, merging, lookups, enums and the like, as Python does them. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply, invert } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { countedIds } from "../../../static/designer/doc/ids.js";
import { dangling } from "../../../static/designer/doc/rebase.js";
import { equal } from "../../../static/designer/doc/values.js";

const { designs, cases } = JSON.parse(readFileSync(new URL("../../cases/commands/restructure.json", import.meta.url), "utf8"));

for (const { command, name, design, args, label, expected, notes, refused, field = "" } of cases) {
  test(`${command}: ${name}`, () => {
    const before = new Design(designs[design]);
    const run = () => commands[command](before, args, countedIds());
    if (refused !== undefined) {
      assert.throws(run, (error) => error instanceof commands.Refused && error.message === refused && error.field === field);
      return;
    }
    const edit = run();
    assert.ok(equal(edit.change, expected), `${JSON.stringify(edit.change)}\n  should be\n${JSON.stringify(expected)}`);
    assert.equal(edit.label, label);
    assert.deepEqual(edit.notes.map(({ about, message }) => [about, message]), notes);
    const after = apply(before, edit.change);
    assert.deepEqual(dangling(after), []);
    assert.deepEqual([...apply(after, invert(edit.change)).values()].length, before.size);
  });
}
