/** Splitting and merging tables, moving columns, lookups, enums and audit columns: each asks, says what it will do, and does it. */

import {
  AUDIT, Refused, addAuditColumns, called, columnToEnum, enumToText, extractLookup, listedValues, mergeTables, moveToTable, primaryKey, splitTable,
} from "../doc/commands/index.js";
import { singular } from "../doc/commands/names.js";
import { dialectOf } from "../doc/dialect.js";
import { Ask, sentence } from "../ui/ask.js";
import { freeSpot } from "../tools/free_spot.js";

const NAME = { name: "name", label: "Name of the new table", kind: "text" };
const KINDS = [
  { value: "one", label: "One row here has one row there", hint: "Details: the new table shares the key" },
  { value: "many", label: "One row here has many there", hint: "Several values of one row: the new table refers to this one" },
  { value: "shared", label: "Many rows here share one there", hint: "What repeats: this table refers to the new one" },
];

/** Installs the actions. */
export function install(page) {
  const { editor, store, actions } = page;
  const ask = new Ask(document.body, () => editor.view.canvas.focus({ preventScroll: true }));
  const work = new Work(editor, store, ask);
  const act = (name, label, menu, when, run, words = "") => ({
    name, label, group: "Restructure", edits: true, menu, section: "restructure", words, when: (context) => editor.isPhysical && when(context), run,
  });
  const table = ({ ids }) => work.tablesOf(ids).length === 1 && ids.length === 1;
  const column = ({ ids }) => ids.length === 1 && work.columnsOf(ids).length === 1;
  const columns = ({ ids }) => work.columnsOf(ids).length === ids.length && ids.length > 0;
  const isEnum = ({ ids }) => work.isEnum(ids[0]);
  actions.add(
    act("split-table", "Split the table…", ["table", "column", "many"], (context) => table(context) || columns(context), ({ ids }) => work.split(ids), "normalise extract details"),
    act("own-table", "Give it a table of its own…", ["column"], column, ({ ids }) => work.ownTable(ids[0]), "multi value promote column list"),
    act("merge-tables", "Merge with another table…", ["table", "many"], ({ ids }) => work.canMerge(ids), ({ ids }) => work.merge(ids), "join combine denormalise"),
    act("move-columns", "Move to another table…", ["column"], columns, ({ ids }) => work.move(work.columnsOf(ids)), "column"),
    act("extract-lookup", "Extract a lookup table…", ["column"], column, ({ ids }) => work.lookup(ids[0]), "reference code list values"),
    act("to-enum", "Convert to an enum…", ["column"], (context) => column(context) && !isEnum(context), ({ ids }) => work.toEnum(ids[0]), "values check list"),
    act("enum-to-text", "Convert to text with a check", ["column"], (context) => column(context) && isEnum(context), ({ ids }) => work.toText(ids[0]), "enum values"),
    act("audit-columns", "Add audit columns…", ["table", "many"], ({ ids }) => work.tablesOf(ids).length > 0, ({ ids }) => work.audit(work.tablesOf(ids)), AUDIT.join(" ")),
  );
}

class Work {
  constructor(editor, store, ask) {
    Object.assign(this, { editor, store, ask });
  }

  get design() {
    return this.store.design;
  }

  tablesOf(ids) {
    return ids.filter((id) => this.design.get(id)?.kind === "table");
  }

  columnsOf(ids) {
    return ids.filter((id) => this.design.get(id)?.kind === "column" && this.design.get(this.design.get(id).parent)?.kind === "table");
  }

  isEnum(id) {
    const column = this.design.get(id);
    const listed = column?.kind === "column" && (this.design.get(column.type_ref)?.kind === "enum_type" || /^enum\s*\(/i.test(column.type ?? ""));
    return Boolean(listed);
  }

  // Asking

  /** Asks, previews and does one command; `make(values)` gives the edit. */
  question(title, action, fields, make) {
    const preview = (values) => {
      const edit = make(values);
      return { says: edit.label, notes: edit.notes.map(({ message }) => message) };
    };
    this.ask.show({ title, action, fields, preview, done: (values) => this.run(() => make(values)) });
  }

  run(command) {
    const edit = this.editor.run(command);
    if (edit) {
      this.editor.select(edit.select ?? []);
      this.editor.toasts.show(told(edit), this.editor.undoAction());
    }
  }

  split(ids) {
    const chosen = this.columnsOf(ids);
    const table = chosen.length > 0 ? this.design.get(this.design.get(chosen[0]).parent) : this.design.get(ids[0]);
    const key = primaryKey(this.design, table.id)?.columns ?? [];
    const own = this.design.childrenOf(table.id, "column").filter(({ id }) => !key.includes(id));
    const fields = [
      { name: "columns", label: "Columns that move", kind: "checks", value: chosen, options: own.map(option) },
      { name: "kind", label: "How rows belong together", kind: "choice", value: "one", options: KINDS },
      { ...NAME, value: `${singular(table.name ?? "")}_details` },
    ];
    this.question(`Split ${called(this.design, table)}`, "Split", fields, (values) => splitTable(this.design, { ...values, ...this.spot(table.id) }));
  }

  ownTable(id) {
    const column = this.design.get(id);
    const table = this.design.get(column.parent);
    const fields = [
      { name: "kind", label: "How rows belong together", kind: "choice", value: "many", options: [KINDS[1], KINDS[2], KINDS[0]] },
      { ...NAME, value: `${singular(table.name ?? "")}_${plural(column.name ?? "")}` },
    ];
    this.question(`A table for ${called(this.design, column)}`, "Make the table", fields, (values) => splitTable(this.design, { ...values, columns: [id], ...this.spot(table.id) }));
  }

  canMerge(ids) {
    const tables = this.tablesOf(ids);
    return tables.length === ids.length && (tables.length === 2 || (tables.length === 1 && this.joined(tables[0]).length > 0));
  }

  /** The tables that a foreign key joins with one. */
  joined(id) {
    const found = [...this.design.referrers(id)].map((each) => this.design.get(each)).filter((each) => each.kind === "foreign_key");
    const ends = [...found, ...this.design.childrenOf(id, "foreign_key")].flatMap(({ parent, ref_table: to }) => [parent, to]);
    return [...new Set(ends)].filter((each) => each && each !== id && this.design.has(each));
  }

  merge(ids) {
    const [first, second] = this.tablesOf(ids);
    const others = second ? [second] : this.joined(first);
    const pairs = others.flatMap((other) => [{ into: first, other }, { into: other, other: first }]);
    const possible = pairs.filter((pair) => this.works(() => mergeTables(this.design, pair)));
    const ways = possible.length > 0 ? possible : pairs;
    const options = ways.map(({ into, other }) => ({ value: `${other} ${into}`, label: `${this.called(other)} into ${this.called(into)}` }));
    const fields = [{ name: "way", label: "Merge", kind: options.length > 4 ? "select" : "choice", value: options[0].value, options }];
    this.question("Merge two tables", "Merge", fields, ({ way }) => {
      const [other, into] = way.split(" ");
      return mergeTables(this.design, { into, other });
    });
  }

  works(command) {
    try {
      return Boolean(command());
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  called(id) {
    return called(this.design, this.design.get(id));
  }

  move(columns) {
    const source = this.design.get(columns[0]).parent;
    const near = new Set(this.joined(source));
    const model = this.design.modelOf(source)?.id;
    const tables = this.design.ofKind("table").filter(({ id }) => id !== source && this.design.modelOf(id)?.id === model);
    if (tables.length === 0) {
      this.editor.toasts.show("There is no other table to move to; add one first.");
      return;
    }
    const sorted = [...tables].sort((one, other) => Number(near.has(other.id)) - Number(near.has(one.id)) || (this.called(one.id) < this.called(other.id) ? -1 : 1));
    const options = sorted.map(({ id }) => ({ value: id, label: this.called(id) }));
    const title = columns.length === 1 ? `Move ${this.called(columns[0])}` : `Move ${columns.length} columns`;
    const fields = [{ name: "table", label: "To the table", kind: "select", value: options[0].value, options }];
    this.question(title, "Move", fields, (values) => moveToTable(this.design, { columns, ...values }));
  }

  lookup(id) {
    const column = this.design.get(id);
    const listed = listedValues(this.design, column);
    const fields = [
      { ...NAME, value: plural(column.name ?? "") },
      {
        name: "strategy", label: "Its key", kind: "choice", value: "natural", options: [
          { value: "natural", label: "The values themselves", hint: "Rows stay as they are; the column refers to the code" },
          { value: "surrogate", label: "An id", hint: "The column becomes a number that refers to it" },
        ],
      },
      { name: "values", label: "Values, one a line", kind: "lines", value: listed, hint: "They are kept in the comment of the new column" },
    ];
    this.question(`Lookup table for ${called(this.design, column)}`, "Extract", fields, (values) => extractLookup(this.design, { column: id, ...values, ...this.spot(column.parent) }));
  }

  toEnum(id) {
    const column = this.design.get(id);
    const dialect = dialectOf(this.design.modelOf(id)?.target);
    const named = dialect.enums === "types";
    const fields = [{ name: "values", label: "Values, one a line", kind: "lines", value: listedValues(this.design, column) }];
    if (named) fields.push({ name: "name", label: "Name of the type", kind: "text", value: `${singular(this.design.get(column.parent).name ?? "")}_${column.name ?? ""}` });
    const what = { types: "a type of its own", inline: "a list inside the column" }[dialect.enums] ?? "a check on the column";
    fields[0].hint = `In ${dialect.title} it becomes ${what}`;
    this.question(`Enum for ${called(this.design, column)}`, "Convert", fields, (values) => columnToEnum(this.design, { column: id, ...values }));
  }

  toText(id) {
    this.run(() => enumToText(this.design, { column: id }));
  }

  audit(tables) {
    const fields = [{ name: "names", label: "Columns", kind: "checks", value: AUDIT.slice(0, 2), options: AUDIT.map((name) => ({ value: name, label: name })) }];
    const where = tables.length === 1 ? this.called(tables[0]) : `${tables.length} tables`;
    this.question(`Audit columns for ${where}`, "Add", fields, (values) => addAuditColumns(this.design, { tables, ...values }));
  }

  /** Where a new table goes: beside the one that it comes from, on the diagram that is shown. */
  spot(table) {
    const { scene, diagram } = this.editor;
    const node = scene.nodes.get(table);
    return diagram && node ? { diagram, ...freeSpot(scene, node) } : {};
  }
}

function option({ id, name = "", type = "" }) {
  return { value: id, label: name, hint: type };
}

/** A rough English plural: `status` -> `statuses`, `category` -> `categories`. */
function plural(name) {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(?:[sx]|ch|sh)$/i.test(name)) return `${name}es`;
  return `${name}s`;
}

const PAST = { Split: "Split", Merge: "Merged", Move: "Moved", Extract: "Extracted", Make: "Made", Add: "Added" };
const MOST_NOTES = 2;

/** What was done and what to know of it: `Merged profiles into users. …`. */
function told({ label, notes = [] }) {
  const [verb] = label.split(" ");
  const sentences = [label.replace(verb, PAST[verb] ?? verb), ...notes.slice(0, MOST_NOTES).map(({ message }) => message)];
  if (notes.length > MOST_NOTES) sentences.push(`there ${notes.length === MOST_NOTES + 1 ? "is" : "are"} ${notes.length - MOST_NOTES} more like this`);
  return sentences.map(sentence).join(" ");
}
