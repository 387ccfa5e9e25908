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
  const window = { ...target, document: { ...target, visibilityState: "visible" }, EventSource: Source, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout, setInterval: (act) => { acts.look = act; return 0; }, clearInterval: () => {} };
  const heard = [];
  const tell = (name) => (what) => heard.push([name, what]);
  const stream = new Stream({
    url: "/stream", client: "me", version: () => 7, window, onChanges: tell("changes"), onFar: tell("far"), onLost: tell("lost"), now: clock.now,
    onPeople: (people, all) => heard.push([all ? "everybody" : "people", people]), onTalk: tell("talk"),
  });
  return { clock, acts, window, heard, stream };
}

test("what the server sends reaches those whom it concerns", () => {
  const { stream, heard } = world();
  stream.attach();
  const [source] = Source.made;
  assert.equal(source.url, "/stream?since=7&client=me");
  source.send("changes", { version: 8, entries: [{ version: 8 }] });
  source.send("hello", { token: "t1" });
  assert.equal(stream.token, "t1");
  source.send("everybody", [{ client: "you" }]);
  source.send("people", [{ client: "you", gone: true }]);
  source.send("talk", { comment: "c1" });
  source.send("far", {});
  assert.deepEqual(heard, [
    ["changes", [{ version: 8 }]], ["everybody", [{ client: "you" }]], ["people", [{ client: "you", gone: true }]],
    ["talk", { comment: "c1" }], ["far", undefined],
  ]);
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

test("where the server would not let it listen it says so once, and tries again later and later", async () => {
  const { stream, acts, clock, heard } = world();
  stream.attach();
  const refuse = () => { const source = Source.made.at(-1); source.readyState = 2; source.listeners.error({}); };
  refuse();
  assert.deepEqual(heard, [["lost", undefined]]);
  acts.look();
  assert.equal(Source.made.length, 1);
  await clock.pass(600);
  acts.look();
  assert.equal(Source.made.length, 2);
  refuse();
  assert.equal(heard.length, 1);
  acts.online();
  assert.equal(Source.made.length, 3, "when the network is back there is nothing to wait for");
});

test("a line that is silent for long was cut without a word, and is made anew", async () => {
  const { stream, acts, clock } = world();
  stream.attach();
  await clock.pass(30_000);
  Source.made[0].send("here", {});
  await clock.pass(30_000);
  acts.look();
  assert.equal(Source.made.length, 1);
  await clock.pass(11_000);
  assert.equal(stream.isOpen, false);
  acts.look();
  assert.deepEqual([Source.made.length, Source.made[0].readyState], [2, 2]);
});
