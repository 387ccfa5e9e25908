/** What is offered while a column or an attribute is typed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Design } from "../../../static/designer/doc/design.js";
import { suggestionsFor } from "../../../static/designer/ui/completion_items.js";

const column = (id, parent, name, type, more = {}) => ({ kind: "column", id, parent, name, type, ...more });
const SHOP = new Design([
  { kind: "model", id: "m1", name: "shop", target: "postgresql" },
  { kind: "table", id: "customers", parent: "m1", name: "customers", order: "A" },
  column("c1", "customers", "id", "bigint", { nullable: false, order: "A" }),
  column("c2", "customers", "name", "citext", { order: "B" }), column("c3", "customers", "city", "citext", { order: "C" }),
  { kind: "key", id: "k1", parent: "customers", primary: true, columns: ["c1"] },
  { kind: "table", id: "orders", parent: "m1", name: "orders", order: "B" },
  column("o1", "orders", "customer_id", "text", { order: "A" }),
  { kind: "enum_type", id: "e1", parent: "m1", name: "order_state", values: ["new", "paid"] },
  { kind: "model", id: "m2", name: "ideas", level: "conceptual" },
  { kind: "entity", id: "thing", parent: "m2", name: "Thing" },
  { kind: "domain", id: "d1", parent: "m2", name: "Phone", type: "string(40)" },
]);

const line = (text, near = "orders") => suggestionsFor(SHOP, { as: "line", near }, text, text.length);
const labels = (offer) => offer?.items.map(({ label }) => label) ?? [];

test("with nothing typed the most used types come first, then those of the design", () => {
  const offer = suggestionsFor(SHOP, { as: "type", near: "o1", cell: true, fresh: true }, "text", 0);
  assert.deepEqual(labels(offer).slice(0, 4), ["bigint → customers", "citext", "bigint", "order_state"]);
  assert.match(offer.items[1].detail, /^2× here · text that ignores case/);
  assert.match(offer.items[3].detail, /enum: new, paid/);
  assert.equal(offer.ready, false);
});

test("what was begun can be taken with Enter, its arguments ready to be typed over", () => {
  const offer = line("mail varc");
  assert.deepEqual([labels(offer)[0], offer.from, offer.ready], ["varchar(255)", 5, true]);
  assert.deepEqual(offer.items[0].select, [8, 11]);
});

test("a type that is known is not replaced by a longer one", () => {
  assert.equal(line("n int")?.ready ?? false, false);
  assert.equal(line("n text")?.ready ?? false, false);
});

test("letters in order find a type", () => {
  assert.equal(labels(line("at tstz"))[0], "tstzrange");
  assert.ok(labels(line("at tmstptz")).includes("timestamptz"));
});

test("a name that says what it refers to brings type and foreign key", () => {
  assert.equal(line("customer_id").items[0].text, "customer_id bigint references customers");
  assert.equal(line("billing_customer_id ").items[0].text, "bigint references customers");
  assert.equal(line("customerId").items[0].label, "bigint → customers");
  assert.deepEqual(line("customer_name"), null);
});

test("after the type come clauses, and after references the tables", () => {
  assert.deepEqual(labels(line("n numeric(10,2) ")).slice(0, 3), ["not null", "default", "unique"]);
  assert.equal(labels(line("n int not null u"))[0], "unique");
  assert.deepEqual(labels(line("n bigint references cust")), ["customers"]);
  assert.deepEqual(labels(line("n -> ")), ["customers", "orders"]);
  assert.ok(!labels(line("n int not null ")).includes("not null"));
});

test("attributes are offered domains and types of no database", () => {
  const offer = (text) => suggestionsFor(SHOP, { as: "attribute", near: "thing" }, text, text.length);
  assert.deepEqual([labels(offer("birth date: da"))[0], offer("birth date: da").ready, offer("birth date: da").from], ["date", true, 12]);
  assert.equal(labels(offer("mobile: ph"))[0], "Phone");
  assert.equal(offer("number"), null);
  assert.ok(labels(offer("total deci")).includes("decimal(10,2)"));
  assert.equal(offer("order da").ready, false);
});

test("SQLite and MySQL are offered their own types", () => {
  const of = (target) => new Design([{ kind: "model", id: "m", target }, { kind: "table", id: "t", parent: "m", name: "t" }]);
  const first = (target, text) => labels(suggestionsFor(of(target), { as: "line", near: "t" }, text, text.length))[0];
  assert.equal(first("sqlite", "n inte"), "INTEGER");
  assert.equal(first("sqlite", "n te"), "TEXT");
  assert.equal(first("mysql", "n mediumt"), "mediumtext");
  assert.equal(first("mariadb", "n inet"), "inet6");
});

test("thousands of tables are searched within a frame", () => {
  const records = [{ kind: "model", id: "m", target: "postgresql" }];
  for (let at = 0; at < 5000; at += 1) {
    records.push({ kind: "table", id: `t${at}`, parent: "m", name: `things_${at}` }, column(`c${at}`, `t${at}`, "id", "bigint"), { kind: "key", id: `k${at}`, parent: `t${at}`, primary: true, columns: [`c${at}`] });
  }
  const design = new Design(records);
  const wish = { as: "line", near: "t1", memo: new Map() };
  suggestionsFor(design, wish, "things_4711_id", 14);
  const start = performance.now();
  const offer = suggestionsFor(design, wish, "things_4711_id", 14);
  assert.equal(offer.items[0].label, "bigint → things_4711");
  assert.ok(performance.now() - start < 16);
});

test("of thousands of tables only those that may be shown are looked into", () => {
  const design = SHOP.copy();
  for (let at = 0; at < 3000; at += 1) design.put({ kind: "table", id: `t${at}`, parent: "m1", name: `account_${at}` });
  let asked = 0;
  const counting = new Proxy(design, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== "function") return value;
      return (...given) => {
        asked += name === "childrenOf" && given[1] === "key" ? 1 : 0;
        return value.apply(target, given);
      };
    },
  });
  const offered = (text) => suggestionsFor(counting, { as: "line", near: "orders", memo: new Map() }, text, text.length);
  assert.equal(labels(offered("customer_id "))[0], "bigint → customers");
  assert.ok(asked < 10, `${asked} keys were looked up`);
  assert.ok(offered("owner bigint references acc").items.length > 10);
  assert.ok(asked < 10, `${asked} keys were looked up`);
});
