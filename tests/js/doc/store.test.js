/** The store and the history: what one person sees and can take back while others edit. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, diff } from "../../../static/designer/doc/change.js";
import * as commands from "../../../static/designer/doc/commands/index.js";
import { Design } from "../../../static/designer/doc/design.js";
import { DocumentStore, OutOfStep } from "../../../static/designer/doc/store.js";
import { Dice, randomDesign, randomEdit } from "./random.js";

const BASE = [
  { kind: "model", id: "m000", target: "postgresql" },
  { kind: "diagram", id: "d400", parent: "m000" },
  { kind: "table", id: "t100", parent: "m000", name: "users" },
  { kind: "column", id: "c101", parent: "t100", name: "mail", type: "text" },
  { kind: "placement", id: "p401", parent: "d400", element: "t100", x: 10 },
];

function opened(records = BASE) {
  const time = { now: 0 };
  const store = new DocumentStore({ records, now: () => time.now });
  const notices = [];
  store.subscribe((notice) => notices.push(notice));
  return { store, notices, time };
}

const rename = (store, id, name) => store.dispatch(commands.rename(store.design, { id, name }));
const entry = (version, change, more = {}) => ({ version, key: `other${version}`, label: "other", change, ...more });
const renamed = (from, to, id = "c101") => ({ changed: { [id]: { name: [from, to] } } });
const nameOf = (store, id = "c101") => store.design.get(id)?.name;

test("a dispatched edit is there at once and watchers hear what it touched", () => {
  const { store, notices } = opened();
  assert.equal(rename(store, "c101", "email"), true);
  assert.equal(nameOf(store), "email");
  assert.deepEqual(notices.map(({ origin, touched }) => [origin, ...touched]), [["local", "c101"]]);
  assert.equal(store.pending.length, 1);
});

test("nothing to do is not an edit", () => {
  const { store, notices } = opened();
  assert.equal(rename(store, "c101", "mail"), false);
  assert.equal(store.dispatch(null), false);
  assert.deepEqual([notices.length, store.pending.length, store.undoLabel], [0, 0, null]);
});

test("undo and redo go back and forth, each as an edit of its own", () => {
  const { store } = opened();
  rename(store, "c101", "email");
  rename(store, "c101", "address");
  assert.equal(store.undoLabel, "Rename column users.email to address");
  assert.equal(store.undo(), "Rename column users.email to address");
  assert.equal(nameOf(store), "email");
  store.undo();
  assert.equal(nameOf(store), "mail");
  assert.equal(store.undo(), null);
  store.redo();
  store.redo();
  assert.equal(nameOf(store), "address");
  assert.equal(store.redo(), null);
  assert.deepEqual(store.pending.map(({ label }) => label.split(":")[0]).slice(2), ["Undo", "Undo", "Redo", "Redo"]);
});

test("a new edit ends what could be redone", () => {
  const { store } = opened();
  rename(store, "c101", "email");
  store.undo();
  rename(store, "t100", "people");
  assert.equal(store.redoLabel, null);
});

test("quick moves of one element are one step, slow ones are not", () => {
  const { store, time } = opened();
  const move = (x) => store.dispatch(commands.place(store.design, { diagram: "d400", positions: [{ element: "t100", x, y: 0 }] }));
  for (const x of [20, 30, 40]) {
    move(x);
    time.now += 100;
  }
  assert.equal(store.pending.length, 1);
  time.now += 5000;
  move(50);
  store.undo();
  assert.equal(store.design.get("p401").x, 40);
  store.undo();
  assert.equal(store.design.get("p401").x, 10);
});

test("what was sent is not joined any more, but undo still takes the drag back at once", () => {
  const { store } = opened();
  const move = (x) => store.dispatch(commands.place(store.design, { diagram: "d400", positions: [{ element: "t100", x, y: 0 }] }));
  move(20);
  store.markSent(store.pending[0].key);
  move(30);
  assert.equal(store.pending.length, 2);
  store.undo();
  assert.equal(store.design.get("p401").x, 10);
});

test("a move there and back leaves nothing to send or undo", () => {
  const { store } = opened();
  const move = (x) => store.dispatch(commands.place(store.design, { diagram: "d400", positions: [{ element: "t100", x, y: 0 }] }));
  move(20);
  move(10);
  assert.deepEqual([store.pending.length, store.undoLabel], [0, null]);
});

test("another person's edit is taken in below my pending one", () => {
  const { store, notices } = opened();
  rename(store, "c101", "email");
  assert.equal(store.receive([entry(1, renamed("mail", "address"))]), true);
  assert.equal(nameOf(store), "email");
  assert.deepEqual(store.pending[0].change, renamed("address", "email"));
  assert.deepEqual(notices[1].notes.map(({ code }) => code), ["overwrote"]);
  assert.equal(notices[1].origin, "remote");
});

test("my own edit comes back: it leaves the queue and nothing moves", () => {
  const { store, notices } = opened();
  rename(store, "c101", "email");
  const [{ key, change }] = store.pending;
  store.receive([{ version: 1, key, label: "mine", change }]);
  assert.deepEqual([store.pending.length, store.version, notices.length], [0, 1, 1]);
});

test("undo after others edited takes back mine and leaves theirs", () => {
  const { store } = opened();
  rename(store, "c101", "email");
  const [{ key, change }] = store.pending;
  store.receive([{ version: 1, key, label: "", change }, entry(2, { changed: { c101: { type: ["text", "citext"] } } })]);
  store.undo();
  assert.deepEqual([nameOf(store), store.design.get("c101").type], ["mail", "citext"]);
});

test("undo of a deletion brings everything back that still has its place", () => {
  const { store } = opened([...BASE, { kind: "table", id: "t200", parent: "m000" }, { kind: "column", id: "c201", parent: "t200" },
    { kind: "foreign_key", id: "f202", parent: "t200", columns: ["c201"], ref_table: "t100", ref_columns: ["c101"] }]);
  store.dispatch(commands.deleteRecords(store.design, { ids: ["t100"] }));
  assert.equal(store.design.has("f202"), false);
  const [{ key, change }] = store.pending;
  store.receive([{ version: 1, key, label: "", change }, entry(2, { removed: { t200: { kind: "table", id: "t200", parent: "m000" }, c201: { kind: "column", id: "c201", parent: "t200" } } })]);
  store.undo();
  assert.deepEqual(["t100", "c101", "p401", "f202"].map((id) => store.design.has(id)), [true, true, true, false]);
});

test("a step of which others left nothing is passed over", () => {
  const { store } = opened();
  rename(store, "t100", "people");
  rename(store, "c101", "email");
  const keys = store.pending.map(({ key, change }, at) => ({ version: at + 1, key, label: "", change }));
  store.receive([...keys, entry(3, { removed: { c101: { ...BASE[3], name: "email" } } })]);
  assert.equal(store.undo(), "Rename table users to people");
});

test("entries that are known are skipped, and those with a gap before them wait", () => {
  const { store } = opened();
  assert.equal(store.receive([entry(2, renamed("a", "b"))]), false);
  assert.equal(nameOf(store), "mail");
  assert.equal(store.receive([entry(2, renamed("a", "b")), entry(1, renamed("mail", "a"))]), true);
  assert.equal(store.receive([entry(1, renamed("mail", "a"))]), true);
  assert.deepEqual([nameOf(store), store.version], ["b", 2]);
});

test("a log that does not fit is refused whole, and everything stays as it was", () => {
  const { store } = opened();
  rename(store, "t100", "people");
  assert.throws(() => store.receive([entry(1, renamed("mail", "a")), entry(2, renamed("wrong", "b"))]), OutOfStep);
  assert.deepEqual([nameOf(store), nameOf(store, "t100"), store.version, store.pending.length], ["mail", "people", 0, 1]);
  assert.throws(() => store.receive([entry(1, { added: { x: { kind: "nonsense", id: "x" } } })]), OutOfStep);
});

test("starting anew carries pending edits over", () => {
  const { store, notices } = opened();
  rename(store, "c101", "email");
  store.reset([...BASE.slice(0, 3), { ...BASE[3], name: "address" }], 7);
  assert.deepEqual([nameOf(store), store.version, store.pending.length], ["email", 7, 1]);
  assert.equal(notices.at(-1).all, true);
});

test("a watcher that ends hears nothing more", () => {
  const { store } = opened();
  let heard = 0;
  const end = store.subscribe(() => { heard += 1; });
  rename(store, "c101", "a");
  end();
  rename(store, "c101", "b");
  assert.equal(heard, 1);
});

test("undoing everything gives the design back, whatever was done (seeded)", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const dice = new Dice(seed);
    const before = randomDesign(dice);
    const store = new DocumentStore({ records: before.values() });
    for (let left = 10; left > 0; left -= 1) store.dispatch({ change: randomEdit(dice, store.design), label: "edit" });
    const after = store.design.copy();
    while (store.undo() !== null);
    assert.deepEqual(diff(before, store.design), {}, `seed ${seed}`);
    while (store.redo() !== null);
    assert.deepEqual(diff(after, store.design), {}, `seed ${seed}`);
  }
});

test("S1 whatever the order of arrival, what is confirmed with what is pending on top is what is shown (seeded)", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const dice = new Dice(seed);
    const base = randomDesign(dice);
    const store = new DocumentStore({ records: base.values() });
    const confirmed = base.copy();
    for (let version = 1; version <= 8; version += 1) {
      if (dice.chance(0.6)) store.dispatch({ change: randomEdit(dice, store.design), label: "edit" });
      const change = randomEdit(dice, confirmed);
      store.receive([entry(version, change)]);
      const next = apply(new Design(confirmed.values()), change);
      confirmed.refill(next.values());
      const expected = store.pending.reduce((design, each) => apply(design, each.change), confirmed.copy());
      assert.deepEqual(diff(expected, store.design), {}, `seed ${seed}`);
    }
  }
});
