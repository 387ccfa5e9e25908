/** The wire, the clipboard and the page's comings and goings. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { copyRecords } from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { ClipboardError, fromText, readFrom, toText, writeTo } from "../../../static/designer/io/clipboard.js";
import { attach } from "../../../static/designer/io/lifecycle.js";
import { httpTransport } from "../../../static/designer/io/transport.js";

const json = (body, init = {}) => new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" }, ...init });

function line(answer) {
  const asked = [];
  const fetch = async (url, options) => {
    asked.push({ url, ...options });
    return typeof answer === "function" ? answer(url, options) : answer;
  };
  const transport = httpTransport({ urls: { design: "/d", changes: "/c?x=1" }, client: "tab1", csrf: () => "token", fetch });
  return { transport, asked };
}

const EDIT = { base: 3, key: "k", label: "Rename", change: { changed: { c101: { name: ["a", "b"] } } } };

test("an edit is posted with its key, the tab and the token", async () => {
  const { transport, asked } = line(json({ version: 4 }));
  assert.deepEqual(await transport.post(EDIT), { outcome: "ok", data: { version: 4 } });
  const [{ url, method, headers, body }] = asked;
  assert.deepEqual([url, method, headers["X-Wholekey-Client"], headers["X-CSRFToken"]], ["/c?x=1", "POST", "tab1", "token"]);
  assert.deepEqual(JSON.parse(body), EDIT);
});

test("catching up asks for what came since", async () => {
  const { transport, asked } = line(json({ version: 4, entries: [] }));
  await transport.since(3);
  assert.equal(asked[0].url, "/c?x=1&since=3");
});

test("loading tells how far it is", async () => {
  const { transport } = line(json({ version: 4, records: [{ kind: "table", id: "t100", name: "表" }] }, { headers: { "Content-Type": "application/json", "Content-Length": "70" } }));
  const seen = [];
  const answer = await transport.load((loaded, total) => seen.push([loaded, total]));
  assert.equal(answer.data.records[0].name, "表");
  assert.equal(seen.at(-1)[1], 70);
});

for (const [name, answer] of [
  ["no network", () => { throw new TypeError("fetch failed"); }],
  ["status 502", new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["status 503", new Response("", { status: 503 })],
  ["status 500", new Response("", { status: 500 })],
  ["an answer that is torn", new Response('{"version": 4, "ent', { headers: { "Content-Type": "application/json" } })],
  ["somebody else's page", new Response("<html>Please pay for the network</html>", { headers: { "Content-Type": "text/html" } })],
]) {
  test(`${name} is worth trying again`, async () => {
    assert.equal((await line(answer).transport.post(EDIT)).outcome, "away");
  });
}

test("a server that says when to come back is heeded, up to five minutes", async () => {
  const busy = (after) => new Response("", { status: 503, headers: { "Retry-After": after } });
  assert.equal((await line(busy("7")).transport.post(EDIT)).wait, 7000);
  assert.equal((await line(busy("99999")).transport.post(EDIT)).wait, 300_000);
  assert.equal((await line(busy("Wed, 21 Oct 2026")).transport.post(EDIT)).wait, undefined);
});

test("a refusal carries the server's sentence, or one of ours", async () => {
  const refused = await line(json({ error: "The table is gone." }, { status: 400, headers: { "Content-Type": "application/json" } })).transport.post(EDIT);
  assert.deepEqual(refused, { outcome: "refused", status: 400, error: "The table is gone." });
  const bare = await line(new Response("<h1>Forbidden</h1>", { status: 403 })).transport.post(EDIT);
  assert.deepEqual(bare, { outcome: "refused", status: 403, error: "The server refused with status 403." });
});

test("a redirect to the sign-in page means signed out", async () => {
  const page = new Response("<form>", { headers: { "Content-Type": "text/html" } });
  Object.defineProperty(page, "redirected", { value: true });
  assert.equal((await line(page).transport.post(EDIT)).status, 401);
});

const SHOP = [
  { kind: "model", id: "m000" },
  { kind: "table", id: "t100", parent: "m000", name: "</script>\"'表" },
  { kind: "column", id: "c101", parent: "t100", name: "id" },
];

test("a copy survives the clipboard", () => {
  const copied = copyRecords(new Design(SHOP), { ids: ["t100"] });
  assert.deepEqual(fromText(toText(copied)), copied);
});

test("a clipboard event carries it", () => {
  const held = new Map();
  const event = { clipboardData: { setData: (type, text) => held.set(type, text), getData: (type) => held.get(type) ?? "" }, preventDefault() {} };
  writeTo(event, copyRecords(new Design(SHOP), { ids: ["t100"] }));
  assert.equal(readFrom(event).records.length, 2);
  assert.equal(readFrom({ clipboardData: null }), null);
});

test("other text is not ours, and says nothing", () => {
  for (const text of ["", "hello", "{}", "[1]", "null", '{"a": "wholekey-clipboard"}', '"wholekey-clipboard"', "wholekey-clipboard {"]) assert.equal(fromText(text), null);
});

test("a broken or hostile copy is refused with a sentence", () => {
  const copy = (more) => JSON.stringify({ "wholekey-clipboard": 1, records: [], roots: [], positions: [], ...more });
  for (const text of [
    JSON.stringify({ "wholekey-clipboard": 99 }),
    copy({ records: 7 }),
    copy({ records: [null] }),
    copy({ records: [{ kind: "table", id: "t100", name: { toString: "x" } }], roots: ["t100"] }),
    copy({ records: [{ kind: "constructor", id: "t100" }], roots: ["t100"] }),
  ]) assert.throws(() => fromText(text), ClipboardError);
});

test("what hangs on nothing in a copy is left out", () => {
  const text = JSON.stringify({
    "wholekey-clipboard": 1,
    records: [{ kind: "table", id: "t100" }, { kind: "attribute", id: "a901", parent: "a902" }, { kind: "attribute", id: "a902", parent: "a901" }],
    roots: ["t100", "none"],
    positions: [{ element: "t100", x: "1" }, 7],
  });
  assert.deepEqual(fromText(text), { records: [{ kind: "table", id: "t100" }], roots: ["t100"], positions: [], types: [], target: "" });
});

function page() {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const timers = [];
  return Object.assign(window, { document, timers, setInterval: (act, wait) => timers.push({ act, wait }), clearInterval: (id) => { timers[id - 1] = null; } });
}

function attached() {
  const calls = [];
  const log = (name) => () => calls.push(name);
  const sync = { state: { name: "saved" }, unsafeToLeave: false, retryNow: log("retry"), pull: log("pull"), adopt: log("adopt") };
  const outbox = { close: log("close"), touch: log("touch") };
  const window = page();
  return { calls, sync, window, end: attach({ sync, outbox, window }) };
}

test("the page polls while it is visible, and catches up when it is looked at", () => {
  const { calls, window, sync } = attached();
  const poll = window.timers.find(({ wait }) => wait === 5000);
  poll.act();
  window.document.visibilityState = "hidden";
  poll.act();
  window.document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(calls, ["pull"]);
  window.document.visibilityState = "visible";
  sync.state.name = "offline";
  window.dispatchEvent(new Event("focus"));
  assert.deepEqual(calls, ["pull", "retry", "pull"]);
});

test("the network back means trying at once; a closing page says so in the outbox", () => {
  const { calls, window, end } = attached();
  for (const name of ["online", "pagehide", "pageshow"]) window.dispatchEvent(new Event(name));
  assert.deepEqual(calls, ["retry", "close", "touch"]);
  end();
  window.dispatchEvent(new Event("online"));
  assert.equal(calls.length, 3);
  assert.ok(window.timers.every((timer) => timer === null));
});

test("leaving is held up only where edits would be lost", () => {
  const { window, sync } = attached();
  const leave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  assert.equal(leave(), true);
  sync.unsafeToLeave = true;
  assert.equal(leave(), false);
});
