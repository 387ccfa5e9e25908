/** The records that typed lines add to a table, gathered before they become one edit. */

/** @import { Id, IdSource, Rec } from "../types.js" */
/** @import { Reference } from "./column_text.js" */
import { Design } from "../design.js";
import { dialectOf, unquote } from "../dialect.js";
import { fieldOf, recordOf, withField } from "../records.js";
import { Refused } from "./contract.js";
import { primaryKey } from "./keys.js";
import { called } from "./names.js";
import { targetOf, typesFit, referringType } from "./types_of.js";

const PART = /"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^."`]+/gu;

export class ColumnDraft {
  /**
   * @param {Design} design
   * @param {Rec} table
   * @param {IdSource} ids
   */
  constructor(design, table, ids) {
    this.design = design;
    this.table = table;
    this.ids = ids;
    this.dialect = dialectOf(targetOf(design, table.id));
    /** @type {Map<Id, Rec>} */
    this.put = new Map();
  }

  /** The records to add or replace. */
  get records() {
    return [...this.put.values()];
  }

  /** @param {Rec} record */
  set(record) {
    this.put.set(record.id, record);
  }

  /** The columns of the table as they will be. */
  columns() {
    const old = this.design.childrenOf(this.table.id, "column");
    const known = new Set(old.map(({ id }) => id));
    return [...old.map((column) => this.put.get(column.id) ?? column), ...this.records.filter(({ id, kind }) => kind === "column" && !known.has(id))];
  }

  /** @param {string} kind */
  own(kind) {
    return [...this.design.childrenOf(this.table.id, kind).map((each) => this.put.get(each.id) ?? each), ...this.records.filter((each) => each.kind === kind && !this.design.has(each.id))];
  }

  /** The columns that a list such as `id, "two words"` names. @param {string} list */
  named(list) {
    return list.split(",").map((written) => {
      const found = this.columnNamed(this.columns(), written);
      if (!found) throw new Refused(`${called(this.design, this.table)} has no column ${written.trim()}; check its name`, "type");
      return found;
    });
  }

  columnNamed(columns, written) {
    const name = unquoted(this.dialect, written);
    return columns.find((column) => column.name === name) ?? columns.find((column) => column.name?.toLowerCase() === name.toLowerCase());
  }

  /** Puts columns at the end of the primary key, or makes it. @param {Rec[]} columns */
  addToPrimary(columns) {
    const old = this.own("key").find((key) => key.primary);
    const members = old?.columns ?? [];
    const added = columns.filter(({ id }) => !members.includes(id));
    if (added.length === 0) return;
    for (const column of added) if (fieldOf(column, "nullable")) this.set(withField(column, "nullable", false));
    const whole = [...members, ...added.map(({ id }) => id)];
    this.set(old ? withField(old, "columns", whole) : recordOf("key", this.ids(), { parent: this.table.id, primary: true, columns: whole }));
  }

  /** @param {Rec[]} columns */
  addUnique(columns) {
    const members = columns.map(({ id }) => id);
    const there = this.own("key").some((key) => !key.primary && key.columns?.length === members.length && members.every((id) => key.columns.includes(id)));
    if (!there) this.set(recordOf("key", this.ids(), { parent: this.table.id, columns: members }));
  }

  /**
   * Lets columns refer to a table by its written name; one without a type gets that of what it refers to.
   * @param {Rec[]} columns
   * @param {Reference} reference
   */
  addReference(columns, { table, column, on_delete, on_update }) {
    const target = this.tableNamed(table);
    const referenced = column ? this.referenced(target, column) : this.keyOf(target, columns.length);
    if (referenced.length !== columns.length) throw new Refused(`a foreign key pairs each column with one of ${called(this.design, target)}; name as many on both sides`, "type");
    const own = columns.map((each, at) => this.paired(each, referenced[at]));
    const members = own.map(({ id }) => id);
    const there = this.own("foreign_key").some((key) => key.ref_table === target.id && key.columns?.join() === members.join());
    if (there) return;
    this.set(recordOf("foreign_key", this.ids(), {
      parent: this.table.id, columns: members, ref_table: target.id, ref_columns: referenced.map(({ id }) => id), on_delete, on_update,
    }));
  }

  /** @param {string} written */
  tableNamed(written) {
    const names = [...written.matchAll(PART)].map(([part]) => unquoted(this.dialect, part));
    const found = tablesOf(this.design, this.table).filter((table) => matches(this.design, table, names));
    const exact = found.filter(({ name }) => name === names.at(-1));
    const near = (exact.length > 0 ? exact : found).sort((table) => (table.parent === this.table.parent ? -1 : 1));
    if (near.length === 0) throw new Refused(`there is no table ${written} to refer to; check its name, or add it first`, "type");
    return near[0];
  }

  referenced(target, list) {
    const columns = target.id === this.table.id ? this.columns() : this.design.childrenOf(target.id, "column");
    return list.split(",").map((written) => {
      const found = this.columnNamed(columns, written);
      if (!found) throw new Refused(`${called(this.design, target)} has no column ${written.trim()}; check its name`, "type");
      return found;
    });
  }

  keyOf(target, count) {
    const key = target.id === this.table.id ? this.own("key").find((each) => each.primary) : primaryKey(this.design, target.id);
    const members = (key?.columns ?? []).map((id) => /** @type {Rec} */ (this.put.get(id) ?? this.design.get(id)));
    if (members.length === 0) throw new Refused(`${called(this.design, target)} has no primary key to refer to; give it one first, or name a column: references ${target.name}(…)`, "type");
    if (members.length !== count) throw new Refused(`the key of ${called(this.design, target)} has ${members.length} columns; name the one that is meant: references ${target.name}(${members[0].name})`, "type");
    return members;
  }

  paired(own, referenced) {
    if (!own.type) {
      const like = { type: referringType(referenced.type ?? ""), logical: referringType(referenced.logical ?? ""), type_ref: referenced.type_ref ?? null };
      const typed = Object.entries(like).reduce((column, [name, value]) => withField(column, name, value), own);
      this.set(typed);
      return typed;
    }
    if (typesFit(own, referenced)) return own;
    throw new Refused(`${own.name} is ${own.type}, but ${called(this.design, referenced)} is ${referenced.type || "without a type"}; give both one type`, "type");
  }
}

function matches(design, table, names) {
  if (table.name?.toLowerCase() !== names.at(-1)?.toLowerCase()) return false;
  return names.length < 2 || design.get(table.parent)?.name?.toLowerCase() === names.at(-2)?.toLowerCase();
}

/**
 * The tables of the model that a record belongs to.
 * @param {Design} design
 * @param {Rec} near
 */
export function tablesOf(design, near) {
  const model = design.modelOf(near.id)?.id ?? null;
  const parents = [model, ...design.childrenOf(model, "schema").map(({ id }) => id)];
  return parents.flatMap((parent) => [...design.childrenOf(parent, "table")]);
}

/** Names keep the case in which they were typed: quotes are taken off, nothing is folded. */
function unquoted(dialect, written) {
  const trimmed = written.trim();
  return /^["`[]/.test(trimmed) ? unquote(dialect, trimmed) : trimmed;
}
