/** Sync over a network that fails: nothing is lost, nothing is written twice, and all peers end up equal. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { diff } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { DocumentStore } from "../../../static/designer/doc/store.js";
import { backoff } from "../../../static/designer/io/backoff.js";
import { Outbox, STALE_AFTER } from "../../../static/designer/io/outbox.js";
import { Sync } from "../../../static/designer/io/sync.js";
import { Dice, randomDesign, randomEdit, seeded } from "../doc/random.js";
import { breathe, Clock, network, Server, Storage } from "./world.js";

const BASE = [
  { kind: "model", id: "m000", target: "postgresql" },
  { kind: "table", id: "t100", parent: "m000", name: "users" },
  { kind: "column", id: "c101", parent: "t100", name: "mail", type: "text" },
];

/** A tab with its store, its line to the server and its outbox. */
function tab({ clock, server, faults, seed = 1, storage = new Storage(), name = `tab${seed}`, user = "ada" }) {
  const random = seeded(seed);
  const { version, records } = server.load();
  const store = new DocumentStore({ records, version, now: clock.now });
  const { transport, line } = network({ clock, server, random, faults });
  const outbox = new Outbox({ storage, user, branch: "main", tab: name, now: clock.now });
  const told = { notes: [], refused: [], states: [] };
  const sync = new Sync({
    store, transport, outbox, timers: clock, random,
    onNotes: (notes) => told.notes.push(...notes), onRefused: (refusal) => told.refused.push(refusal),
  });
  sync.watch((state) => told.states.push(`${state.name} ${state.waiting}`));
  sync.start();
  return { store, sync, line, outbox, told, storage };
}

function same(a, b) {
  assert.deepEqual(diff(a, b), {});
  assert.equal(a.size, b.size);
}

const rename = (client, id, name) => client.store.dispatch(commands.rename(client.store.design, { id, name }));
const pulled = (clock, ...tabs) => Promise.all([...tabs.map(({ sync }) => sync.pull()), clock.pass(1000)]);
const nameOf = (holder, id) => holder.design.get(id)?.name;

test("an edit is shown at once, sent, and then saved", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  rename(client, "c101", "email");
  assert.equal(nameOf(client.store, "c101"), "email");
  assert.equal(client.sync.state.name, "saving");
  await clock.pass(1000);
  assert.equal(nameOf(server, "c101"), "email");
  assert.deepEqual(client.told.states, ["saved 0", "saving 1", "saved 0"]);
  assert.equal(client.storage.length, 0);
});

test("edits are sent in order, one after the other", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  for (const name of ["a", "b", "c"]) rename(client, "t100", name);
  await clock.pass(1000);
  assert.deepEqual(server.log.map(({ label }) => label), ["Rename table users to a", "Rename table a to b", "Rename table b to c"]);
  assert.deepEqual(client.line.calls.map(([, { base }]) => base), [0, 1, 2]);
});

test("a server that restarts loses nothing: the page waits, tries again, and says so", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.up = false;
  rename(client, "c101", "email");
  rename(client, "t100", "people");
  await clock.pass(10_000);
  assert.equal(client.sync.state.name, "offline");
  assert.equal(client.sync.state.waiting, 2);
  assert.equal(client.sync.unsafeToLeave, false);
  server.up = true;
  await clock.pass(31_000);
  assert.deepEqual([nameOf(server, "c101"), nameOf(server, "t100")], ["email", "people"]);
  assert.equal(client.sync.state.name, "saved");
});

test("a lost answer is asked for again under the same key, and the edit is written once", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  rename(client, "c101", "email");
  await breathe();
  const cut = clock.setTimeout;
  cut(() => { client.line.cut = true; }, 21);
  cut(() => { client.line.cut = false; }, 60);
  await clock.pass(5000);
  const posts = client.line.calls.filter(([name]) => name === "post");
  assert.ok(posts.length >= 1);
  assert.equal(new Set(posts.map(([, { key }]) => key)).size, 1);
  assert.equal(server.version, 1);
  assert.equal(client.store.pending.length, 0);
});

test("the same edit posted twice is one entry, and the page keeps up", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server, faults: { answerLost: 0.6, doubled: 0.5 }, seed: 7 });
  for (const name of ["a", "b", "c", "d"]) rename(client, "t100", name);
  await clock.pass(300_000);
  assert.equal(server.version, 4);
  assert.equal(client.store.version, 4);
  same(client.store.design, server.design);
});

test("what the server refuses is taken back and the sentence is shown; later edits go on", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.refuse = ({ label }) => (label.includes("bad") ? { status: 400, error: "That name is bad." } : null);
  rename(client, "c101", "bad");
  rename(client, "t100", "people");
  await clock.pass(1000);
  assert.equal(nameOf(client.store, "c101"), "mail");
  assert.equal(nameOf(server, "t100"), "people");
  assert.deepEqual(client.told.refused, [{ label: "Rename column users.mail to bad", message: "That name is bad." }]);
  assert.equal(client.store.undo(), "Rename table users to people");
  assert.equal(client.store.undo(), null);
});

test("an edit that is refused because the server was set back is kept, and sent on what is there now", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  rename(client, "t100", "people");
  await clock.pass(1000);
  Object.assign(server, { design: new Server(BASE).design, log: [], answers: new Map() });
  server.refuse = ({ base }) => (base > server.version ? { status: 400, error: "Load the design again." } : null);
  rename(client, "c101", "email");
  await clock.pass(1000);
  assert.deepEqual([nameOf(server, "c101"), nameOf(client.store, "t100"), client.told.refused.length], ["email", "users", 0]);
  same(client.store.design, server.design);
});

test("what is known to be there is asked for again soon where a pull fails", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [client, panel] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(panel, "t100", "made by a panel");
  await clock.pass(1000);
  client.line.cut = true;
  await Promise.all([client.sync.pull(1), clock.pass(100)]);
  client.line.cut = false;
  await clock.pass(3000);
  assert.equal(nameOf(client.store, "t100"), "made by a panel");
});

test("who is far behind loads the design anew, and what is pending stays on top", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [client, other] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  for (const name of ["a", "b", "c"]) rename(other, "t100", name);
  await clock.pass(1000);
  const since = server.since.bind(server);
  server.since = (version) => (server.version - version > 2 ? { version: server.version, entries: [], far: true } : since(version));
  client.line.cut = true;
  rename(client, "c101", "email");
  await clock.pass(100);
  client.line.cut = false;
  await pulled(clock, client);
  await clock.pass(5000);
  assert.equal(client.line.calls.filter(([name]) => name === "load").length, 1);
  assert.deepEqual([nameOf(client.store, "t100"), nameOf(server, "c101")], ["c", "email"]);
  same(client.store.design, server.design);
});

test("whoever loses a value to a later edit is told who set it, once, and with what puts his back", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [ann, bob] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(ann, "c101", "email");
  await clock.pass(1000);
  await pulled(clock, bob);
  rename(bob, "c101", "e_mail");
  await clock.pass(1000);
  assert.deepEqual(bob.told.notes, [], "who wins over what he has seen hears nothing");
  await pulled(clock, ann);
  assert.deepEqual(ann.told.notes, [{
    code: "overwritten", about: "c101", field: "name", mine: { id: "c101", values: { name: "email" } },
    message: "someone set name of the column e_mail to “e_mail” after you; yours was “email”",
  }]);
  rename(bob, "c101", "mail");
  await clock.pass(1000);
  await pulled(clock, ann);
  assert.equal(ann.told.notes.length, 1);
});

test("who sets a field that somebody else set at once hears that his holds; the other that it does not", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [ann, bob] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(ann, "t100", "people");
  rename(bob, "t100", "persons");
  await clock.pass(1000);
  await pulled(clock, ann, bob);
  const codes = [ann, bob].map(({ told }) => told.notes.map(({ code }) => code));
  assert.deepEqual(codes.sort(), [["overwritten"], ["overwrote"]]);
  same(ann.store.design, bob.store.design);
});

test("whoever has just edited what somebody removes is told, about the whole and not its parts", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [ann, bob] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(ann, "c101", "email");
  rename(ann, "t100", "people");
  await clock.pass(1000);
  await pulled(clock, bob);
  bob.store.dispatch(commands.deleteRecords(bob.store.design, { ids: ["t100"] }));
  await clock.pass(1000);
  await pulled(clock, ann);
  assert.deepEqual(ann.told.notes.map(({ message }) => message), ["someone removed the table people, which you have just edited"]);
});

test("an edit of long ago may be replaced without a word", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [ann, bob] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(ann, "c101", "email");
  await clock.pass(40_000);
  await pulled(clock, bob);
  rename(bob, "c101", "e_mail");
  await clock.pass(1000);
  await pulled(clock, ann);
  assert.deepEqual(ann.told.notes, []);
});

test("edits that were brought elsewhere are let go, and posting goes on", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.refuse = () => ({ status: 403, error: "The branch main is protected; make a branch of it and merge that." });
  rename(client, "c101", "email");
  rename(client, "t100", "people");
  await clock.pass(1000);
  assert.deepEqual([client.sync.state.reason, client.sync.state.waiting], ["forbidden", 2]);
  client.sync.letGo();
  server.refuse = () => null;
  assert.deepEqual([nameOf(client.store, "c101"), client.sync.state.name, client.storage.length], ["mail", "saved", 0]);
  rename(client, "t100", "persons");
  await clock.pass(1000);
  assert.equal(nameOf(server, "t100"), "persons");
});

test("an edit that stood on a refused one is dropped, and told", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.refuse = ({ label }) => (label.startsWith("Add table") ? { status: 400, error: "No." } : null);
  const added = commands.addTable(client.store.design, { model: "m000", name: "bad" });
  client.store.dispatch(added);
  client.store.dispatch(commands.addColumn(client.store.design, { table: added.select[0], fields: { name: "x" } }));
  await clock.pass(1000);
  assert.equal(client.store.pending.length, 0);
  same(client.store.design, server.design);
  assert.deepEqual(client.told.notes.map(({ code }) => code), ["lost"]);
});

for (const [status, reason] of [[401, "signed-out"], [403, "forbidden"], [404, "gone"]]) {
  test(`status ${status} stops posting with a clear state, keeps the edits, and goes on when it passes`, async () => {
    const clock = new Clock();
    const server = new Server(BASE);
    const client = tab({ clock, server });
    server.refuse = () => ({ status, error: "Not you." });
    rename(client, "c101", "email");
    await clock.pass(60_000);
    assert.deepEqual(client.sync.state, { name: "refused", waiting: 1, reason, message: "Not you." });
    assert.equal(client.line.calls.length, 1);
    assert.equal(await client.sync.flush(), false);
    server.refuse = () => null;
    client.sync.retryNow();
    await clock.pass(1000);
    assert.equal(nameOf(server, "c101"), "email");
  });
}

test("flush resolves when the server has everything, and to false when it cannot", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  assert.equal(await client.sync.flush(), true);
  rename(client, "c101", "email");
  const first = client.sync.flush();
  await clock.pass(1000);
  assert.equal(await first, true);
  server.up = false;
  rename(client, "c101", "address");
  const second = client.sync.flush();
  await clock.pass(1000);
  assert.equal(await second, false);
  server.up = true;
  const third = client.sync.flush();
  await clock.pass(1000);
  assert.equal(await third, true);
});

test("an edit made right as the queue runs empty is sent too", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  let names = ["two", "three"];
  client.sync.watch(({ name }) => { if (name === "saved" && client.store.version > 0 && names.length > 0) rename(client, "t100", names.shift()); });
  rename(client, "t100", "one");
  await clock.pass(5000);
  assert.equal(nameOf(server, "t100"), "three");
});

test("pull brings what others did, up to a version, and asks nothing when it is there already", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const [one, two] = [tab({ clock, server, seed: 1 }), tab({ clock, server, seed: 2 })];
  rename(one, "c101", "email");
  await clock.pass(1000);
  const pulled = two.sync.pull(1);
  await clock.pass(1000);
  assert.equal(await pulled, true);
  assert.equal(nameOf(two.store, "c101"), "email");
  const calls = two.line.calls.length;
  assert.equal(await two.sync.pull(1), true);
  assert.equal(two.line.calls.length, calls);
});

test("a server set back to an older copy makes the page start anew and keep its edits", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  rename(client, "t100", "a");
  rename(client, "c101", "email");
  await clock.pass(1000);
  const older = new Server(BASE);
  Object.assign(server, { design: older.design, log: [], answers: new Map(), up: false });
  rename(client, "c101", "address");
  server.up = true;
  const pulled = client.sync.pull();
  await clock.pass(5000);
  await pulled;
  same(client.store.design, server.design);
  assert.equal(nameOf(server, "c101"), "address");
});

test("a log that does not fit makes the page load the design again", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.design = new Server([...BASE, { kind: "table", id: "t900", parent: "m000", name: "x" }]).design;
  server.log.push({ version: 1, key: "odd", label: "odd", change: { changed: { t900: { name: ["y", "x"] } } } });
  rename(client, "t100", "people");
  await clock.pass(5000);
  same(client.store.design, server.design);
  assert.equal(nameOf(server, "t100"), "people");
});

test("edits survive the closing of a tab while the server is away, and are sent on the next visit", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const storage = new Storage();
  const first = tab({ clock, server, storage, name: "one" });
  server.up = false;
  rename(first, "c101", "email");
  first.store.dispatch(commands.addColumn(first.store.design, { table: "t100", fields: { name: "age" } }));
  await clock.pass(1000);
  first.sync.stop();
  first.outbox.close();
  server.up = true;
  server.post({ base: 0, key: "other", label: "Rename", change: { changed: { c101: { name: ["mail", "address"] } } } });
  const second = tab({ clock, server, storage, name: "two" });
  assert.equal(nameOf(second.store, "c101"), "email");
  await clock.pass(2000);
  same(second.store.design, server.design);
  assert.equal(nameOf(server, "c101"), "email");
  assert.ok([...server.design.values()].some(({ name }) => name === "age"));
  assert.deepEqual(second.told.notes.map(({ code }) => code), ["overwrote"]);
  assert.equal(storage.length, 0);
});

test("an edit whose answer was lost as the tab closed is not written twice", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const storage = new Storage();
  const first = tab({ clock, server, storage, name: "one" });
  first.store.dispatch(commands.addColumn(first.store.design, { table: "t100", fields: { name: "age" } }));
  await clock.pass(21);
  first.line.cut = true;
  await clock.pass(100);
  assert.equal(server.version, 1);
  first.sync.stop();
  first.outbox.close();
  const second = tab({ clock, server, storage, name: "two" });
  rename(second, "t100", "people");
  await clock.pass(2000);
  assert.equal(server.version, 2);
  same(second.store.design, server.design);
  assert.equal(storage.length, 0);
});

test("tabs that live do not replay each other's edits; a crashed one is taken over after a while", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const storage = new Storage();
  const first = tab({ clock, server, storage, name: "one" });
  first.line.cut = true;
  rename(first, "c101", "email");
  await clock.pass(1000);
  const second = tab({ clock, server, storage, name: "two", seed: 2 });
  const stranger = tab({ clock, server, storage, name: "three", seed: 3, user: "eve" });
  assert.equal(second.store.pending.length, 0);
  assert.equal(stranger.store.pending.length, 0);
  await clock.pass(STALE_AFTER - 10_000);
  first.outbox.touch();
  await clock.pass(20_000);
  second.sync.adopt();
  assert.equal(second.store.pending.length, 0);
  first.sync.stop();
  await clock.pass(STALE_AFTER);
  second.sync.adopt();
  assert.equal(second.store.pending.length, 1);
  await clock.pass(1000);
  assert.equal(nameOf(server, "c101"), "email");
  stranger.sync.adopt();
  assert.equal(stranger.store.pending.length, 0);
});

test("two tabs that both replay one edit write it once", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const storage = new Storage();
  const first = tab({ clock, server, storage, name: "one" });
  first.line.cut = true;
  first.store.dispatch(commands.addColumn(first.store.design, { table: "t100", fields: { name: "age" } }));
  await clock.pass(STALE_AFTER + 1000);
  const second = tab({ clock, server, storage, name: "two", seed: 2 });
  first.line.cut = false;
  await clock.pass(60_000);
  for (const client of [first, second]) client.sync.pull();
  await clock.pass(1000);
  assert.equal(server.version, 1);
  same(first.store.design, server.design);
  same(second.store.design, server.design);
});

test("leaving is unsafe only while unsaved edits cannot be kept", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server, storage: new Storage(50) });
  assert.equal(client.sync.unsafeToLeave, false);
  server.up = false;
  rename(client, "c101", "email");
  assert.equal(client.sync.unsafeToLeave, true);
  server.up = true;
  client.sync.retryNow();
  await clock.pass(40_000);
  assert.equal(client.sync.unsafeToLeave, false);
});

test("broken records in storage are passed over", () => {
  const clock = new Clock();
  const storage = new Storage();
  const prefix = 'wholekey:outbox:["ada","main"]:';
  storage.setItem(`${prefix}a`, "{not json");
  storage.setItem(`${prefix}b`, "null");
  storage.setItem(`${prefix}c`, JSON.stringify({ time: 0, open: false, edits: [{ key: "k1", label: "odd", change: { added: { x: { kind: "nonsense", id: "x" } } } }] }));
  const client = tab({ clock, server: new Server(BASE), storage });
  assert.equal(client.store.pending.length, 0);
  assert.equal(client.told.refused.length, 1);
});

test("an edit of a panel of this tab can be undone here", async () => {
  const clock = new Clock();
  const server = new Server(BASE);
  const client = tab({ clock, server });
  server.post({ base: 0, key: "panel", label: "Rename column users.mail to email", change: { changed: { c101: { name: ["mail", "email"] } } } });
  server.log[0].mine = true;
  client.sync.pull(1);
  await clock.pass(1000);
  assert.equal(client.store.undo(), "Rename column users.mail to email");
  await clock.pass(1000);
  assert.equal(nameOf(server, "c101"), "mail");
});

test("waits grow to half a minute and are spread", () => {
  assert.equal(backoff(1, () => 1), 500);
  assert.equal(backoff(1, () => 0), 250);
  assert.equal(backoff(4, () => 1), 4000);
  assert.equal(backoff(1000, () => 1), 30_000);
});

for (let seed = 1; seed <= 40; seed += 1) {
  test(`S1 three people, a bad network and restarts: all end up equal, nothing is lost (seed ${seed})`, async () => {
    const dice = new Dice(seed);
    const clock = new Clock();
    const server = new Server([...randomDesign(dice).values()]);
    const faults = { lost: 0.2, answerLost: 0.2, doubled: 0.2, delay: 400 };
    const clients = [1, 2, 3].map((each) => tab({ clock, server, faults, seed: seed * 10 + each }));
    const made = new Set();
    for (let step = 0; step < 40; step += 1) {
      const client = dice.pick(clients);
      const fate = dice.random();
      if (fate < 0.75) act(dice, client, made);
      else if (fate < 0.85) client.sync.pull();
      else if (fate < 0.9) server.up = !server.up;
      else client.line.cut = !client.line.cut;
      await clock.pass(dice.number(300));
    }
    server.up = true;
    for (const client of clients) client.line.cut = false;
    await clock.pass(1_200_000);
    Object.assign(faults, { lost: 0, answerLost: 0 });
    clients.forEach(({ sync }) => sync.pull());
    await clock.pass(60_000);
    for (const { store, sync, told } of clients) {
      assert.equal(sync.state.name, "saved");
      assert.equal(store.version, server.version);
      same(store.design, server.design);
      assert.deepEqual(told.refused, []);
    }
    assert.equal(new Set(server.log.map(({ key }) => key)).size, server.log.length);
    // What is added under the model, which nobody can remove, must be there however the network was.
    for (const id of made) assert.ok(server.design.has(id), `${id} is lost`);
  });
}

function act(dice, { store }, made) {
  const fate = dice.random();
  if (fate < 0.15) store.undo();
  else if (fate < 0.25) store.redo();
  else if (fate < 0.8) store.dispatch({ change: randomEdit(dice, store.design), label: "edit" });
  else {
    const term = { kind: "term", id: dice.id(), parent: store.design.ofKind("model")[0].id, name: "kept" };
    store.dispatch({ change: { added: { [term.id]: term } }, label: "Add term" });
    store.history.seal();
    store.history.done.pop(); // so that no undo takes it back
    made.add(term.id);
  }
}
