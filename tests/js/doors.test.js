/** Which way the doors of static/designer open, and what Django's hashed static files need of every import. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../static/designer", import.meta.url));
const FILES = readdirSync(ROOT, { recursive: true }).map(String).filter((name) => name.endsWith(".js")).sort();

/** room -> the rooms it may import from, besides itself. What is not listed may import from everywhere. */
const DOORS = {
  doc: [],
  geometry: ["doc"],
  io: ["doc"],
  ui: ["doc", "geometry", "io", "render", "tools"],
  render: ["doc", "geometry"],
  tools: ["doc", "geometry", "render"],
  features: ["doc", "geometry", "io", "render", "tools", "ui"],
};

/** Imports and re-exports, and the imports of types in comments, which the rewriting of hashed files reads as well. */
const STATEMENT = /(?:^|\n)[ \t]*(?:\/\*\*\s*@)?(?:import|export)\b(?<names>[^'";=()]*?)\bfrom\s*["'](?<from>[^"']+)["'](?<end>.?)/g;
const BARE = /(?:^|\n)[ \t]*import\s*["'](?<from>[^"']+)["'](?<end>.?)/g;

/** `import("…")`, also in a comment, counts for the rewriting and so for circles; `@import` does not. */
const CALLED = /\bimport\(["'](?<from>[^"']+)["']\)/g;
/** Each step of a chain of imports takes a pass of the rewriting; `max_post_process_passes` of the storage must be more. */
const DEEPEST = 30;

const textOf = (file) => readFileSync(join(ROOT, file), "utf8");

function importsOf(file) {
  const text = textOf(file);
  return [...text.matchAll(STATEMENT), ...text.matchAll(BARE)].map((match) => ({
    from: match.groups.from,
    end: match.groups.end,
    type: match[0].includes("@import"),
    target: relative(ROOT, resolve(join(ROOT, dirname(file)), match.groups.from)),
  }));
}

const roomOf = (file) => (file.includes("/") ? file.split("/")[0] : "");

test("there is something to check", () => {
  assert.ok(FILES.length > 30);
  assert.ok(FILES.flatMap(importsOf).length > 60);
});

for (const file of FILES) {
  test(`${file}: imports are relative, name a file that exists, and end with ;`, () => {
    for (const { from, end, type, target } of importsOf(file)) {
      assert.match(from, /^\.{1,2}\/.*\.js$/, `${from} is not a relative path with its extension`);
      assert.ok(existsSync(join(ROOT, target)), `${from} does not exist`);
      if (!type) assert.equal(end, ";", `the import of ${from} has no semicolon; hashed static files would miss it`);
    }
  });

  test(`${file}: doors open one way`, () => {
    const allowed = DOORS[roomOf(file)];
    if (!allowed) return;
    for (const { target } of importsOf(file)) {
      assert.ok([...allowed, roomOf(file)].includes(roomOf(target)), `${file} may not import ${target}`);
    }
  });
}

function rewritten(file) {
  const called = [...textOf(file).matchAll(CALLED)].map(({ groups }) => relative(ROOT, resolve(join(ROOT, dirname(file)), groups.from)));
  return [...importsOf(file).filter(({ type }) => !type).map(({ target }) => target), ...called];
}

test("no file imports itself in a circle, and no chain of imports is too deep", () => {
  const graph = new Map(FILES.map((file) => [file, rewritten(file)]));
  const depths = new Map();
  const walk = (file, path) => {
    assert.ok(!path.includes(file), [...path, file].join(" -> "));
    if (!depths.has(file)) depths.set(file, 1 + Math.max(0, ...(graph.get(file) ?? []).map((next) => walk(next, [...path, file]))));
    return depths.get(file);
  };
  for (const file of FILES) assert.ok(walk(file, []) <= DEEPEST, `${file} imports in a chain deeper than ${DEEPEST}`);
});

/** Compiles every file as a module, without running it; what `node --check` does, in one process for all. */
const COMPILE_ALL = `
  const vm = require("node:vm"), fs = require("node:fs");
  for (const file of process.argv.slice(1)) new vm.SourceTextModule(fs.readFileSync(file, "utf8"), { identifier: file });
`;

test("every module is valid JavaScript", () => {
  const files = FILES.map((file) => join(ROOT, file));
  execFileSync(process.execPath, ["--experimental-vm-modules", "--no-warnings", "-e", COMPILE_ALL, ...files], { stdio: "pipe" });
});

test("no module is longer than 500 lines", () => {
  for (const file of FILES) assert.ok(textOf(file).split("\n").length <= 501, file);
});

test("the document knows nothing of the page", () => {
  for (const file of FILES.filter((name) => roomOf(name) === "doc")) {
    assert.doesNotMatch(textOf(file), /\b(?:document|window|localStorage|navigator)\./, file);
  }
});
