/** What is marked of an edit that nobody has made yet. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../../static/designer/doc/change.js";
import { diffOf, ghosts, goneWith } from "../../../static/designer/render/diff_of.js";
import { Ghosts } from "../../../static/designer/render/ghosts.js";
import { Scene } from "../../../static/designer/render/scene.js";
import { designOf, sourceOf } from "./world.js";

const design = designOf();
const CHANGE = {
  added: {
    authors: { kind: "table", id: "authors", parent: "m", name: "authors" },
    apk: { kind: "key", id: "apk", parent: "authors", primary: true, columns: ["author"] },
    link: { kind: "foreign_key", id: "link", parent: "posts", columns: ["pid"], ref_table: "authors", ref_columns: ["author"] },
    pa: { kind: "placement", id: "pa", parent: "d", element: "authors", x: 800 },
    dep: { kind: "dependency", id: "dep", parent: "users", determinant: ["uid"] },
  },
  removed: { fk: design.get("fk") },
  changed: { author: { parent: ["posts", "authors"] } },
};

test("a new table, the table that it comes from and the column that moves are marked, the rest is not", () => {
  const { nodes, rows, lines } = diffOf(design, CHANGE);
  assert.deepEqual([...nodes], [["authors", "added"], ["posts", "changed"]]);
  assert.deepEqual([...rows], [["author", "added"], ["gone:author", "removed"]]);
  assert.deepEqual([...lines], [["link", "added"], ["fk", "removed"]]);
});

test("a column that moves is seen at both places", () => {
  const after = apply(design, CHANGE);
  ghosts(design, CHANGE).forEach((record) => after.put(record));
  const scene = new Scene();
  scene.load(sourceOf(after), "d");
  const rowsOf = (id) => scene.nodes.get(id).rows.map((row) => row.id);
  assert.deepEqual(rowsOf("posts"), ["pid", "gone:author"]);
  assert.deepEqual(rowsOf("authors"), ["author"]);
  assert.equal(design.has("gone:author"), false);
});

test("the order of a column alone is no change", () => {
  assert.equal(diffOf(design, { changed: { author: { order: ["b", "c"] } } }).nodes.size, 0);
});

test("what a step took away stands beside what it left, and nobody can take hold of it", () => {
  const removed = Object.fromEntries(["author", "fk", "users", "uid", "upk", "pu"].map((id) => [id, design.get(id)]));
  const change = { added: {}, changed: {}, removed };
  const after = apply(design, change);
  const scene = new Scene();
  scene.ghosts = new Ghosts(goneWith(after, change));
  scene.load({ ...sourceOf(after), has: (id) => after.has(id) }, "d");
  const { nodes, rows } = diffOf(after, change);
  assert.deepEqual(scene.nodes.get("posts").rows.map(({ id }) => id), ["pid", "gone:author"]);
  assert.deepEqual(scene.nodes.get("users").rows.map(({ id }) => id), ["uid"]);
  assert.deepEqual([rows.get("gone:author"), nodes.get("users")], ["removed", "removed"]);
  assert.deepEqual(["gone:author", "users", "posts"].map((id) => scene.isGhost(id)), [true, true, false]);
});
