/** Runs tests/cases/commands/connections.json: what Python makes of a line between tables or entities, the canvas makes as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apply, invert } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { countedIds } from "../../../static/designer/doc/ids.js";
import { dangling } from "../../../static/designer/doc/rebase.js";
import { equal } from "../../../static/designer/doc/values.js";

const content = JSON.parse(readFileSync(new URL("../../cases/commands/connections.json", import.meta.url), "utf8"));

/** The shared design, without some records, with others in their place. */
function designOf({ without = [], with: extra = [] }) {
  const gone = new Set([...without, ...extra.map(({ id }) => id)]);
  return new Design([...content.design.filter(({ id }) => !gone.has(id)), ...extra]);
}

for (const each of content.cases) {
  const { name, command, args, label, expected, refused } = each;
  test(`${command}: ${name}`, () => {
    const before = designOf(each);
    const run = () => commands[command](before, args, countedIds());
    if (refused) {
      assert.throws(run, (error) => error instanceof commands.Refused && error.message.includes(refused));
      return;
    }
    const edit = run();
    const after = apply(before, edit.change);
    assert.ok(equal(edit.change, expected), JSON.stringify(edit.change));
    assert.equal(edit.label, label);
    assert.deepEqual(dangling(after), []);
    assert.deepEqual([...apply(after, invert(edit.change)).values()].sort(byId), [...before.values()].sort(byId));
  });
}

function byId(a, b) {
  return a.id < b.id ? -1 : 1;
}

for (const [text, bounds] of content.bounds) {
  test(`bounds ${JSON.stringify(text)}`, () => {
    if (bounds === null) {
      assert.throws(() => commands.boundsFrom(text), commands.Refused);
    } else {
      assert.deepEqual(Object.values(commands.boundsFrom(text)), bounds);
    }
  });
}
