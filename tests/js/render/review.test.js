/** What a review marks, which ghosts it shows, how both follow edits, and what a merge comes to. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Design } from "../../../static/designer/doc/design.js";
import { merge } from "../../../static/designer/doc/merge.js";
import { diff } from "../../../static/designer/doc/change.js";
import { Ghosts } from "../../../static/designer/render/ghosts.js";
import { markOfLine } from "../../../static/designer/render/paint_diff.js";
import { ghostsOf, marksOf, withConflicts } from "../../../static/designer/render/review_marks.js";
import { Compared, outcome } from "../../../static/designer/render/review_states.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { hitAt } from "../../../static/designer/tools/hit.js";
import { Decisions, Ticks } from "../../../static/designer/ui/review_memory.js";

const RECORDS = [
  { id: "model", kind: "model", name: "Shop" },
  { id: "diagram", kind: "diagram", parent: "model", name: "All" },
  { id: "users", kind: "table", parent: "model", name: "users", order: "A" },
  { id: "usersid", kind: "column", parent: "users", name: "id", type: "bigint", order: "A" },
  { id: "posts", kind: "table", parent: "model", name: "posts", order: "B" },
  { id: "author", kind: "column", parent: "posts", name: "author", type: "bigint", order: "A" },
  { id: "fkey", kind: "foreign_key", parent: "posts", columns: ["author"], ref_table: "users", ref_columns: ["usersid"] },
  { id: "place1", kind: "placement", parent: "diagram", element: "users", x: 0, y: 0 },
  { id: "place2", kind: "placement", parent: "diagram", element: "posts", x: 400, y: 0 },
];

const changed = (edits) => new Design(RECORDS.filter(({ id }) => edits[id] !== null).map((record) => ({ ...record, ...edits[record.id] })));
const before = () => new Design(RECORDS);
const sourceOver = (design) => ({
  get: (id) => design.get(id), has: (id) => design.has(id), children: (id) => design.childrenOf(id),
  ofKind: (kind) => design.ofKind(kind), referrers: (id) => design.referrers(id),
});

function marked(after, diagram = "diagram") {
  return marksOf(before(), after, diff(before(), after), diagram);
}

test("a changed column marks its row and its box; an origin that changes marks nothing", () => {
  const { nodes, rows } = marked(changed({ author: { type: "text" }, usersid: { origin: "elsewhere" } }));
  assert.deepEqual([...nodes], [["posts", "changed"]]);
  assert.deepEqual([...rows], [["author", "changed"]]);
});

test("what has moved is marked on the diagram where it did, and coming or going says more", () => {
  const after = changed({ place1: { x: 80 }, author: { name: "writer" }, place2: { y: 9 } });
  assert.deepEqual([...marked(after).nodes].sort(), [["posts", "changed"], ["users", "moved"]]);
  assert.deepEqual([...marked(after, "other").nodes], [["posts", "changed"]]);
});

test("a column that moves to another table is there, and a ghost where it was", () => {
  const after = changed({ author: { parent: "users" } });
  const { rows } = marked(after);
  assert.deepEqual([...rows], [["author", "moved"], ["gone:author", "removed"]]);
  assert.deepEqual(ghostsOf(before(), diff(before(), after)).map(({ id, parent }) => [id, parent]), [["gone:author", "posts"]]);
});

test("a table that is gone is drawn with its rows and line, and nobody can take hold of it", () => {
  const after = changed({ posts: null, author: null, fkey: null, place2: null });
  const change = diff(before(), after);
  const scene = new Scene();
  scene.ghosts = new Ghosts(ghostsOf(before(), change));
  scene.load(sourceOver(after), "diagram");
  const node = scene.nodes.get("posts");
  assert.deepEqual(node.rows.map(({ id }) => id), ["author"]);
  assert.ok(scene.lines.has("fkey"));
  const free = { selection: new Set(), canEdit: true };
  assert.equal(hitAt(scene, { x: node.x + 60, y: node.y + 10 }, 1, free), null);
  assert.equal(hitAt(scene, { x: 20, y: 10 }, 1, free).id, "users");
  const { nodes, lines } = marksOf(before(), after, change, "diagram");
  assert.deepEqual([nodes.get("posts"), lines.get("fkey")], ["removed", "removed"]);
  after.put(before().get("posts")); // somebody takes it back: then it is no ghost any more
  assert.equal(scene.isGhost("posts"), false);
});

test("an ordinary edit of the scene leaves the ghosts where they are", () => {
  const after = changed({ posts: null, author: null, fkey: null, place2: null });
  const scene = new Scene();
  scene.ghosts = new Ghosts(ghostsOf(before(), diff(before(), after)));
  scene.load(sourceOver(after), "diagram");
  after.put({ ...after.get("users"), name: "people" });
  scene.update(["users"]);
  assert.deepEqual([...scene.nodes.keys()].sort(), ["posts", "users"]);
});

test("lines of records with lines under other ids have the mark of the record", () => {
  const diff_ = { nodes: new Map([["view", "added"]]), rows: new Map(), lines: new Map([["subtypes", "changed"]]) };
  assert.equal(markOfLine(diff_, { id: "subtypes.1", owner: "subtypes", edge: { kind: "generalization" } }), "changed");
  assert.equal(markOfLine(diff_, { id: "view.users", owner: "view", edge: { kind: "reads" } }), "added");
  assert.equal(markOfLine(diff_, { id: "other", owner: "view", edge: { kind: "foreign_key" } }), undefined);
});

test("conflicts are marked on what they are about, and on its box", () => {
  const marks = withConflicts(marked(before()), ["author", "nobody"], before());
  assert.deepEqual([[...marks.nodes], [...marks.rows]], [[["posts", "conflict"]], [["author", "conflict"]]]);
});

test("the difference follows edits at the cost of what they touch", () => {
  const after = changed({});
  const compared = new Compared(before(), after);
  after.put({ ...after.get("author"), type: "text" });
  after.drop("fkey");
  after.put({ id: "fresh", kind: "column", parent: "users", name: "x" });
  compared.touch(["author", "fkey", "fresh"]);
  assert.deepEqual(compared.change, diff(before(), after));
  after.put(before().get("author"));
  compared.touch(["author"]);
  assert.deepEqual(compared.change, diff(before(), after));
  assert.equal(compared.changed.size, 0);
});

test("the side of a merge that loses a name gets the first one that is free", () => {
  const [ours, theirs] = ["mine", "yours"].map((id) => new Design([...RECORDS, { id, kind: "table", parent: "model", name: "tags" }, ...(id === "mine" ? [{ id: "tags2", kind: "table", parent: "model", name: "tags_2" }] : [])]));
  const merged = merge(before(), ours, theirs);
  const [{ key }] = merged.conflicts;
  const names = (choice) => ["mine", "yours"].map((id) => outcome(merged, new Map([[key, choice]])).get(id).name);
  assert.deepEqual([names("ours"), names("theirs")], [["tags", "tags_3"], ["tags_3", "tags"]]);
  assert.deepEqual(["mine", "yours"].map((id) => outcome(merged, new Map()).get(id).name), ["tags", "tags_3"]);
});

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text), kept };
}

test("a tick holds for what was looked at and no longer", () => {
  const kept = storage();
  new Ticks(kept, "1:b:q").set("constructor", "k1", true);
  const ticks = new Ticks(kept, "1:b:q");
  assert.deepEqual([ticks.has("constructor", "k1"), ticks.has("constructor", "k2"), ticks.has("toString", "k1")], [true, false, false]);
  assert.equal(new Ticks(kept, "2:b:q").has("constructor", "k1"), false);
  ticks.set("constructor", "k1", false);
  assert.equal(new Ticks(kept, "1:b:q").has("constructor", "k1"), false);
  assert.equal(new Ticks({ getItem: () => "[" , setItem: () => { throw new Error("full"); } }, "x").has("a", "b"), false);
});

test("decisions are kept for exactly what they were about", () => {
  const kept = storage();
  const decisions = new Decisions(kept, "x");
  decisions.set("field:a:name", "theirs", "d1");
  decisions.set("removed:b", "ours", "d2");
  const again = new Decisions(kept, "x");
  assert.deepEqual(again.fit(new Map([["field:a:name", "d1"], ["removed:b", "other"]])), { still: 1, gone: 1 });
  assert.deepEqual([again.get("field:a:name", "d1"), again.get("field:a:name", "d9"), again.get("removed:b", "d2")], ["theirs", undefined, undefined]);
});

test("what goes with a type follows the side that was chosen for the type", () => {
  const [ours, theirs] = [["int", "integer(32)"], ["text", "string"]].map(([type, logical]) => changed({ author: { type, logical } }));
  const merged = merge(before(), ours, theirs);
  assert.deepEqual(merged.conflicts.map(({ field }) => field).sort(), ["logical", "type"]);
  const made = outcome(merged, new Map([["field:author:type", "theirs"]])).get("author");
  assert.deepEqual([made.type, made.logical], ["text", "string"]);
});
