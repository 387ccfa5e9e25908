/** Which comments a list shows, which name is begun, and what a suggestion form means. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/designer/doc/commands/index.js";
import { anchorAt } from "../../../static/designer/tools/talk_tool.js";
import { nameBegun } from "../../../static/designer/ui/mention_list.js";
import { chosenThreads } from "../../../static/designer/ui/talk_panel.js";
import { suggestedChange } from "../../../static/designer/ui/talk_suggest.js";
import { designOf } from "../render/world.js";

const thread = (id, text, resolved = false) => ({ id, text, author: "Ada", suggests: "", resolved });

test("the list shows a state, and what a search names in any order", () => {
  const threads = [thread(1, "Why text"), thread(2, "Why not", true), thread(3, "Fine")];
  const chosen = (state, typed) => chosenThreads(threads, state, typed, ({ id }) => (id === 3 ? "users.email" : "")).map(({ id }) => id);
  assert.deepEqual(chosen("open", ""), [1, 3]);
  assert.deepEqual(chosen("resolved", ""), [2]);
  assert.deepEqual(chosen("all", "WHY ada"), [1, 2]);
  assert.deepEqual(chosen("open", "email"), [3]);
});

test("a name begins after an @ that begins a word", () => {
  const begun = (text) => nameBegun(text, text.length)?.begun ?? null;
  assert.equal(begun("ask @ad"), "ad");
  assert.equal(begun("@"), "");
  assert.equal(begun("(@Ada Lov"), "Ada Lov");
  assert.equal(begun("a@b"), null);
  assert.equal(begun("@ada said it"), null);
  assert.deepEqual(nameBegun("hi @ad and more", 6), { begun: "ad", from: 3 });
});

test("a comment is about the row, the box, or the spot", () => {
  const world = { x: 1.4, y: 2.6 };
  assert.deepEqual(anchorAt({ hit: { id: "t", row: "c" }, world }, "d"), { element: "c" });
  assert.deepEqual(anchorAt({ hit: { id: "t" }, world }, "d"), { element: "t" });
  assert.deepEqual(anchorAt({ hit: null, world }, "d"), { diagram: "d", x: 1, y: 3 });
  assert.deepEqual(anchorAt({ hit: null, world }, null), {});
});

test("a form means one edit by the usual commands, and leaves the design alone", () => {
  const design = designOf();
  assert.deepEqual(suggestedChange(design, "author", { line: "author integer not null" }).changed.author.type, ["bigint", "integer"]);
  assert.equal(suggestedChange(design, "author", { line: "author bigint" }), null);
  const both = suggestedChange(design, "users", { name: "people", comment: "Who", row: "email text not null" });
  assert.deepEqual(both.changed.users, { name: ["users", "people"], comment: ["", "Who"] });
  assert.deepEqual(Object.values(both.added).map(({ name }) => name), ["email"]);
  assert.deepEqual(Object.keys(suggestedChange(design, "author", { remove: true }).removed).sort(), ["author", "fk"]);
  assert.equal(design.get("users").name, "users");
  assert.throws(() => suggestedChange(design, "users", { name: "posts" }), Refused);
  assert.throws(() => suggestedChange(design, "author", { line: "author numeric(" }), Refused);
});
