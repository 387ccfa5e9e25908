/** The past of a branch: pages of steps, walks in both directions, and steps that are too large to be sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { applyTo } from "../../../static/designer/doc/change.js";
import { Design } from "../../../static/designer/doc/design.js";
import { Past } from "../../../static/designer/io/past.js";

const URLS = { past_log: "/log", past_steps: "/steps", past_records: "/records" };
const LARGE = 7;

/** A server with ten versions, each of which names the model anew; it gives three steps at once. */
function server(asked) {
  return async (address) => {
    const { pathname, searchParams } = new URL(address, "http://here");
    asked.push(`${pathname}?${searchParams}`);
    const first = Number(searchParams.get("first"));
    const steps = [0, 1, 2].map((by) => first + by).filter((version) => version <= Number(searchParams.get("last")));
    const data = steps.map((version) => ({ version, change: version === LARGE ? null : { changed: { model: { name: [`v${version - 1}`, `v${version}`] } } } }));
    return { ok: true, json: async () => data };
  };
}

test("steps come in pages, once, and lead both ways", async () => {
  const asked = [];
  const past = new Past({ urls: URLS, fetch: server(asked) });
  assert.equal(past.path(1, 5), null);
  await Promise.all([past.need(2, 6), past.need(2, 6)]);
  assert.deepEqual(asked, ["/steps?first=2&last=6", "/steps?first=5&last=6"]);
  const design = new Design([{ kind: "model", id: "model", name: "v1" }]);
  for (const change of past.path(1, 6)) applyTo(design, change);
  assert.equal(design.get("model").name, "v6");
  for (const change of past.path(6, 3)) applyTo(design, change);
  assert.equal(design.get("model").name, "v3");
  assert.deepEqual(past.path(3, 3), []);
});

test("no walk leads over a step that is too large to be sent", async () => {
  const past = new Past({ urls: URLS, fetch: server([]) });
  await past.need(5, 10);
  assert.equal(past.path(6, 7), null);
  assert.equal(past.path(9, 5), null);
  assert.ok(past.blocked(9, 5) && past.blocked(6, 7));
  assert.ok(!past.blocked(7, 10));
  assert.equal(past.path(7, 10).length, 3);
});

test("a server that refuses is an error, and is asked again", async () => {
  let fails = true;
  const answers = server([]);
  const past = new Past({ urls: URLS, fetch: async (address) => (fails ? { ok: false, status: 503 } : answers(address)) });
  await assert.rejects(past.need(1, 2), /503/);
  fails = false;
  await past.need(1, 2);
  assert.equal(past.path(0, 2).length, 2);
});
