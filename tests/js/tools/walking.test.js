import assert from "node:assert/strict";
import { test } from "node:test";
import { Scene } from "../../../static/designer/render/scene.js";
import { walkFrom } from "../../../static/designer/tools/walking.js";
import { designOf, sourceOf } from "../render/world.js";

function scene() {
  const made = new Scene();
  made.load(sourceOf(designOf()), "d");
  return made;
}

test("an arrow follows the line that leads its way", () => {
  assert.equal(walkFrom(scene(), "users", "ArrowRight"), "posts");
  assert.equal(walkFrom(scene(), "posts", "ArrowLeft"), "users");
  assert.equal(walkFrom(scene(), "posts", "ArrowRight"), null);
  assert.equal(walkFrom(scene(), "users", "ArrowUp"), null);
});

test("from a column it goes along its own line, and from row to row", () => {
  assert.equal(walkFrom(scene(), "author", "ArrowLeft"), "users");
  assert.equal(walkFrom(scene(), "pid", "ArrowLeft"), null);
  assert.equal(walkFrom(scene(), "pid", "ArrowDown"), "author");
  assert.equal(walkFrom(scene(), "author", "ArrowDown"), null);
  assert.equal(walkFrom(scene(), "pid", "ArrowUp"), "posts");
});

test("from a line it goes to the end on that side", () => {
  assert.equal(walkFrom(scene(), "fk", "ArrowLeft"), "users");
  assert.equal(walkFrom(scene(), "fk", "ArrowRight"), "posts");
});

test("what is not on the diagram leads nowhere", () => assert.equal(walkFrom(scene(), "m", "ArrowLeft"), null));
