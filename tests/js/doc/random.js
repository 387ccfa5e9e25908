/** Seeded random designs and edits, for the laws. */

import { applyTo } from "../../../static/designer/doc/change.js";
import { complete } from "../../../static/designer/doc/rebase.js";
import { Design } from "../../../static/designer/doc/design.js";
import { diff } from "../../../static/designer/doc/change.js";
import { recordOf, withFields } from "../../../static/designer/doc/records.js";

const NAMES = ["a", "b", "order", "users", 'q"uote', "día", "表", "x".repeat(63), "</script>", "%", "$$", "back\\slash", "🔑", "__proto__"];

/**
 * A generator of numbers from 0 to 1 that repeats itself for the same seed (mulberry32, Tommy Ettinger, 2017).
 * @param {number} seed
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Choices over a seeded generator. */
export class Dice {
  constructor(seed) {
    this.random = seeded(seed);
    this.count = 0;
    this.tag = seed.toString(36);
  }

  chance(share) {
    return this.random() < share;
  }

  number(below) {
    return Math.floor(this.random() * below);
  }

  pick(list) {
    return list[this.number(list.length)];
  }

  id() {
    this.count += 1;
    return `r${this.tag}x${Math.floor(this.random() * 1e9).toString(36)}x${this.count}`.replace(/[^0-9A-Za-z]/g, "");
  }
}

/** A small consistent design: a model, an enum, a diagram, tables with columns, keys, foreign keys, checks. */
export function randomDesign(dice, tables = 3) {
  const model = recordOf("model", dice.id(), { name: "m", target: "postgresql" });
  const mood = recordOf("enum_type", dice.id(), { parent: model.id, name: "mood", values: ["sad", "ok"] });
  const diagram = recordOf("diagram", dice.id(), { parent: model.id, name: "d" });
  const design = new Design([model, mood, diagram]);
  for (let left = dice.number(tables + 1); left > 0; left -= 1) applyTo(design, addTable(dice, design));
  for (let left = dice.number(tables * 2); left > 0; left -= 1) applyTo(design, randomEdit(dice, design));
  return design;
}

/** A change that fits the design and keeps it consistent. */
export function randomEdit(dice, design) {
  return dice.pick([addTable, addReference, setField, setField, setField, remove])(dice, design);
}

function adding(records) {
  return { added: Object.fromEntries(records.map((record) => [record.id, record])) };
}

function addTable(dice, design) {
  const model = design.ofKind("model")[0];
  const table = recordOf("table", dice.id(), { parent: model.id, name: dice.pick(NAMES), order: dice.pick(["a", "b", "c"]) });
  const put = [table];
  const types = design.ofKind("enum_type");
  for (let left = 1 + dice.number(3); left > 0; left -= 1) {
    const ref = types.length > 0 && dice.chance(0.3) ? dice.pick(types).id : null;
    put.push(recordOf("column", dice.id(), { parent: table.id, name: dice.pick(NAMES), type: "text", type_ref: ref }));
  }
  if (dice.chance(0.7)) put.push(recordOf("key", dice.id(), { parent: table.id, primary: true, columns: [put[1].id] }));
  if (dice.chance(0.3)) put.push(recordOf("check", dice.id(), { parent: table.id, expr: { text: "a > 0", uses: [[0, 1, put[1].id]] } }));
  const diagram = design.ofKind("diagram")[0];
  if (diagram) put.push(recordOf("placement", dice.id(), { parent: diagram.id, element: table.id, x: dice.number(9) }));
  return adding(put);
}

function addReference(dice, design) {
  const columns = design.ofKind("column");
  if (columns.length < 2) return addTable(dice, design);
  const [one, two] = [dice.pick(columns), dice.pick(columns)];
  if (dice.chance(0.3)) {
    const parts = [{ column: one.id, ...(dice.chance(0.5) ? { desc: true } : {}) }];
    return adding([recordOf("index", dice.id(), { parent: one.parent, name: dice.pick(NAMES), parts })]);
  }
  return adding([recordOf("foreign_key", dice.id(), { parent: one.parent, columns: [one.id], ref_table: two.parent, ref_columns: [two.id] })]);
}

function setField(dice, design) {
  const record = dice.pick([...design.values()].filter(({ kind }) => kind !== "term"));
  const options = { comment: dice.pick(["", "c", "d"]), tags: dice.pick([[], ["x"], ["x", "y"]]) };
  if ("name" in record) options.name = dice.pick(NAMES);
  if (record.kind === "column") {
    options.type = dice.pick(["text", "integer"]);
    options.nullable = dice.chance(0.5);
    options.default = dice.pick([null, { text: "0" }, { text: "now()" }]);
    options.parent = dice.pick(design.ofKind("table")).id;
    options.type_ref = design.ofKind("enum_type").length > 0 && dice.chance(0.5) ? dice.pick(design.ofKind("enum_type")).id : null;
  }
  if (record.kind === "key") options.columns = [dice.pick(design.ofKind("column")).id];
  if (record.kind === "placement") options.x = dice.number(9);
  const name = dice.pick(Object.keys(options).sort());
  return diff(new Map([[record.id, record]]), new Map([[record.id, withFields(record, { [name]: options[name] })]]));
}

function remove(dice, design) {
  const removable = [...design.values()].filter(({ kind }) => kind !== "model" && kind !== "term");
  if (removable.length === 0) return {};
  const gone = dice.pick(removable);
  return complete(design, { removed: { [gone.id]: gone } }).change;
}
