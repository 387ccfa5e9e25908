import assert from "node:assert/strict";
import { test } from "node:test";
import { Actions, GROUPS } from "../../../static/designer/tools/action_registry.js";

const records = { t: { kind: "table", id: "t" }, c: { kind: "column", id: "c" }, u: { kind: "table", id: "u" } };
const design = { has: (id) => id in records, get: (id) => records[id] };

function made({ canEdit = true, selected = [] } = {}) {
  const actions = new Actions(() => ({ design, canEdit, selection: new Set(selected) }));
  const done = [];
  actions.add(
    { name: "paint", label: "Paint", group: "Edit", keys: ["p"], edits: true, menu: ["table", "many"], section: "edit", run: () => done.push("paint") },
    { name: "look", label: ({ ids }) => `Look at ${ids.length}`, group: "View", menu: ["table", "column", "ground"], section: "look", run: () => false },
  );
  return { actions, done };
}

test("an action is done by name and by key, by those who may", () => {
  const { actions, done } = made();
  assert.equal(actions.run("paint"), true);
  assert.equal(actions.forKey("p").name, "paint");
  assert.deepEqual(done, ["paint"]);
  assert.equal(made({ canEdit: false }).actions.run("paint"), false);
  assert.equal(actions.run("nobody"), false);
});

test("an action that could do nothing leaves its key to the page", () => {
  assert.equal(made().actions.run("look"), false);
});

test("a menu offers what fits what is under the pointer, section by section", () => {
  const { actions } = made({ selected: ["t"] });
  assert.deepEqual(actions.menuFor({ hit: { kind: "node", id: "t" } }).map((each) => each && each.label), ["Paint", null, "Look at 1"]);
  assert.deepEqual(actions.menuFor({ hit: { kind: "node", id: "t", row: "c" } }).map((each) => each.label), ["Look at 1"]);
  assert.deepEqual(actions.menuFor({}).map((each) => each.label), ["Look at 1"]);
  const many = made({ selected: ["t", "u"] }).actions;
  assert.deepEqual(many.menuFor({ hit: { kind: "node", id: "t" } }).map((each) => each.label), ["Paint"]);
});

test("an action shows its first keys, or none", () => {
  const { actions } = made();
  assert.deepEqual([{ keys: ["Alt+2", "x"] }, { keys: [] }, {}].map((action) => actions.printed(action)), ["Alt+2", "", ""]);
});

test("names, keys and groups are checked where actions are added", () => {
  const { actions } = made();
  const another = { name: "other", label: "Other", group: "Edit", run: () => undefined };
  assert.throws(() => actions.add({ ...another, keys: ["p"] }), /key p/);
  assert.throws(() => actions.add({ ...another, name: "paint" }), /paint/);
  assert.throws(() => actions.add({ ...another, group: "Sundries" }), /group/);
  assert.throws(() => actions.add({ ...another, menu: ["table"] }), /section/);
  assert.deepEqual(actions.grouped().map(([group]) => group), GROUPS.filter((group) => ["Edit", "View"].includes(group)));
});
