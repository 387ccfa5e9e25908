import assert from "node:assert/strict";
import test from "node:test";

import { Stream } from "../../../static/designer/io/stream.js";
import { Clock } from "./world.js";

class Source {
  static made = [];
  constructor(url) {
    Object.assign(this, { url, readyState: 1, listeners: {} });
    Source.made.push(this);
  }
  addEventListener(name, act) { this.listeners[name] = act; }
  close() { this.readyState = 2; }
  send(name, data) { this.listeners[name]({ data: JSON.stringify(data) }); }
}

function world() {
  Source.made = [];
  const clock = new Clock();
  const acts = {};
  const target = { addEventListener: (name, act) => { acts[name] = act; }, removeEventListener: (name) => { delete acts[name]; } };
  const window = { ...target, document: { ...target, visibilityState: "visible" }, EventSource: Source, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout };
  const heard = [];
  const tell = (name) => (what) => heard.push([name, what]);
  const stream = new Stream({
    url: "/stream", client: "me", version: () => 7, window, onChanges: tell("changes"), onFar: tell("far"), onPresence: tell("presence"), onGone: tell("gone"),
  });
  return { clock, acts, window, heard, stream };
}

test("what the server sends reaches those whom it concerns", () => {
  const { stream, heard } = world();
  stream.attach();
  const [source] = Source.made;
  assert.equal(source.url, "/stream?since=7&client=me");
  source.send("changes", { version: 8, entries: [{ version: 8 }] });
  source.send("presence", { client: "you" });
  source.send("gone", { client: "you" });
  source.send("far", {});
  assert.deepEqual(heard, [["changes", [{ version: 8 }]], ["presence", { client: "you" }], ["gone", "you"], ["far", undefined]]);
  assert.equal(stream.isOpen, true);
});

test("a page that nobody looks at listens for half a minute more, and again when it is looked at", async () => {
  const { stream, clock, acts, window } = world();
  stream.attach();
  window.document.visibilityState = "hidden";
  acts.visibilitychange();
  await clock.pass(29_000);
  assert.equal(stream.isOpen, true);
  await clock.pass(2_000);
  assert.equal(stream.isOpen, false);
  window.document.visibilityState = "visible";
  acts.visibilitychange();
  assert.equal(Source.made.length, 2);
  acts.visibilitychange();
  assert.equal(Source.made.length, 2);
  stream.detach();
  assert.equal(stream.isOpen, false);
  assert.equal(acts.visibilitychange, undefined);
});

test("a stream that the server has ended is opened anew", () => {
  const { stream, acts } = world();
  stream.attach();
  Source.made[0].readyState = 2;
  acts.pageshow();
  assert.equal(Source.made.length, 2);
});
