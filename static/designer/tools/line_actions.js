/** What can be done with a line that is there: a foreign key, a relationship or a generalization. */

import {
  boundsFrom, called, columnsOnlyOf, deleteForeignKey, foldLink, isUnique, linkOf, primaryKey, removeEnd, reverseForeignKey, setEnd, setField,
  setIdentifying, setOneToOne, setOptional, splitIntoLink,
} from "../doc/commands/index.js";
import { fieldOf } from "../doc/records.js";
import { isIdentifying as relationIdentifies, toggleIdentifying } from "./concept_actions.js";
import { endIndex } from "./line_ends.js";
import { spotBetween } from "./spot_between.js";

const EFFECTS = [["No action", ""], ["Cascade", "cascade"], ["Set null", "set null"], ["Set default", "set default"], ["Restrict", "restrict"]];
const BOUNDS = ["0..1", "1..1", "0..N", "1..N"];

/** Returns the record that the one selected line stands for, where it is of the kind. */
function selected({ editor, ids, hit }, kind) {
  const [id] = editor.selection;
  const line = editor.scene.lines.get(hit?.kind === "line" ? hit.id : id);
  const record = editor.design.get(ids.length === 1 && !line ? ids[0] : line?.id) ?? editor.design.get(line?.owner);
  return record?.kind === kind && editor.selection.size === 1 ? record : null;
}

/** Runs a command on what is selected; what it makes is selected, and a message offers to undo it. */
function change(editor, command) {
  const edit = editor.run(command);
  if (edit) {
    edit.select && editor.select(edit.select);
    editor.toasts.show(`${edit.label}.`, editor.undoAction());
  }
  return Boolean(edit);
}

/** Returns the actions for foreign keys and for the tables that only link two others. */
export function foreignKeyActions(editor) {
  const on = (name, label, run, more = {}) => ({
    name, group: "Edit", edits: true, menu: ["line"], section: "edit", words: "foreign key relationship line cardinality",
    label: (context) => label(editor.design, selected(context, "foreign_key")),
    when: (context) => selected(context, "foreign_key") !== null,
    run: (context) => run(editor.design, selected(context, "foreign_key"), context), ...more,
  });
  const isOne = (design, key) => Boolean(key) && isUnique(design, key.parent, key.columns ?? []);
  return [
    on("one-to-one", (design, key) => (isOne(design, key) ? "Make many to one" : "Make one to one"),
      (design, key) => change(editor, () => setOneToOne(design, { id: key.id, one: !isOne(design, key) })), { keys: ["1"] }),
    on("optional", (design, key) => (isOptional(design, key) ? "Make mandatory" : "Make optional"),
      (design, key) => change(editor, () => setOptional(design, { id: key.id, optional: !isOptional(design, key) })), { keys: ["o"] }),
    on("identifying", () => "", () => false, { keys: ["i"], ...eitherIdentifying(editor) }),
    on("many-to-many", () => "Make many to many", (design, key) => change(editor, () => splitIntoLink(design, {
      id: key.id, diagram: editor.diagram, ...spotBetween(editor.scene, key.parent, key.ref_table) })), { keys: ["Shift+n"] }),
    on("reverse", () => "Reverse", (design, key) => change(editor, () => reverseForeignKey(design, { id: key.id })), { keys: ["x"] }),
    ...[["on_delete", "When the other row is deleted…"], ["on_update", "When the other key is updated…"]].map(([field, words]) =>
      on(field.replace("_", "-"), () => words, (design, key, context) => askEffect(editor, key, field, context))),
    on("delete-with-columns", () => "Delete with its columns", (design, key) => change(editor, () => deleteForeignKey(design, { id: key.id, columns: true })), {
      keys: ["Shift+Delete"], section: "danger", danger: true,
      when: (context) => columnsOf(editor.design, selected(context, "foreign_key")).length > 0,
    }),
    ...foldActions(editor),
  ];
}

/** What identifies may be a foreign key or a relationship: one action, with one key, for both. */
function eitherIdentifying(editor) {
  const either = (context) => selected(context, "foreign_key") ?? selected(context, "relationship");
  const identifies = (record) => (record?.kind === "relationship" ? relationIdentifies(record) : isIdentifying(editor.design, record));
  return {
    menu: ["line", "relationship"], when: (context) => either(context) !== null,
    label: (context) => (identifies(either(context)) ? "Make non-identifying" : "Make identifying"),
    run: (context) => {
      const record = either(context);
      return record.kind === "relationship" ? toggleIdentifying(editor, record)
        : change(editor, () => setIdentifying(editor.design, { id: record.id, identifying: !identifies(record) }));
    },
  };
}

function columnsOf(design, key) {
  return key ? columnsOnlyOf(design, key) : [];
}

function isOptional(design, key) {
  return Boolean(key) && (key.columns ?? []).some((id) => fieldOf(design.get(id), "nullable") && !primaryOf(design, key).includes(id));
}

function isIdentifying(design, key) {
  return Boolean(key) && (key.columns ?? []).every((id) => primaryOf(design, key).includes(id));
}

function primaryOf(design, key) {
  return primaryKey(design, key.parent)?.columns ?? [];
}

function askEffect(editor, key, field, context) {
  const held = key[field] ?? "";
  const entries = EFFECTS.map(([label, value]) => ({
    label: value === held ? `${label} ✓` : label, run: () => change(editor, () => setField(editor.design, { id: key.id, field, value })),
  }));
  editor.connections.shows.ask(field === "on_delete" ? "When the other row is deleted" : "When the other key is updated", entries, placeOf(editor, context), () => undefined);
}

/** Where a menu opens: at the pointer, or at the middle of the selected line. */
function placeOf({ scene, view, selection }, { world }) {
  const [id] = selection;
  const line = scene.lines.get(id);
  const [x, y] = line?.route.label ?? [0, 0];
  const at = world ?? { x, y };
  return view.boxOnScreen({ x: at.x, y: at.y, w: 0, h: 0 });
}

/** A table that only links two others becomes a line again: one action for each of the two that may get the key. */
function foldActions(editor) {
  const linked = ({ ids }) => (ids.length === 1 && editor.design.get(ids[0])?.kind === "table" ? linkOf(editor.design, ids[0]) : null);
  return [0, 1].map((at) => ({
    name: `fold-link-${at + 1}`, group: "Restructure", edits: true, menu: ["table"], section: "restructure", words: "one to many junction",
    when: (context) => linked(context) !== null,
    label: (context) => foldWords(editor.design, linked(context), at),
    run: (context) => change(editor, () => foldLink(editor.design, { table: context.ids[0], child: linked(context)[at].ref_table })),
  }));
}

function foldWords(design, keys, at) {
  if (!keys) {
    return "Make the linking table a line";
  }
  const [child, parent] = [keys[at], keys[1 - at]].map(({ ref_table }) => called(design, design.get(ref_table)));
  return `Make it a line: ${child} refers to ${parent}`;
}

// Relationships and generalizations

/** Returns the actions for relationships between entities, and for supertypes with their subtypes. */
export function relationshipActions(editor) {
  const common = { group: "Edit", edits: true, section: "edit", words: "relationship cardinality role" };
  return [
    {
      ...common, name: "ends", menu: ["line", "relationship"], label: "Edit its ends…", words: "relationship cardinality how many role identifying optional", keys: ["Shift+c"],
      when: (context) => selected(context, "relationship") !== null,
      run: (context) => askEnds(editor, selected(context, "relationship"), context),
    },
    ...[["disjoint", "Let subtypes overlap", "Make subtypes disjoint", true], ["total", "Make it partial", "Make it total: every one is of a subtype", false]]
      .map(([field, off, turnOn, usual]) => ({
        ...common, name: field, menu: ["line"], when: (context) => selected(context, "generalization") !== null,
        label: (context) => ((selected(context, "generalization")?.[field] ?? usual) ? off : turnOn),
        run: (context) => {
          const { id, [field]: held = usual } = selected(context, "generalization");
          return change(editor, () => setField(editor.design, { id, field, value: !held }));
        },
      })),
  ];
}

function askEnds(editor, relationship, context) {
  const place = placeOf(editor, context);
  const [first] = editor.selection;
  const near = first === relationship.id ? -1 : endIndex(relationship, first, "target");
  const ends = (relationship.ends ?? []).map((end, at) => ({ end, at })).filter(({ at }) => near < 0 || at === near);
  const entries = ends.flatMap(({ end, at }) => endEntries(editor, relationship, end, at, place));
  editor.connections.shows.ask(`Ends of ${relationship.name || "the relationship"}`, entries, place, () => undefined);
}

function endEntries(editor, { id, ends }, end, at, place) {
  const { design } = editor;
  const name = called(design, design.get(end.entity));
  const set = (values) => change(editor, () => setEnd(design, { id, at, values }));
  const held = `${end.min ?? 0}..${end.max ?? "N"}`;
  return [
    ...BOUNDS.map((bounds) => ({ label: `${name} ${bounds}${bounds === held ? " ✓" : ""}`, run: () => set(boundsFrom(bounds)) })),
    { label: `${name}: other numbers…${BOUNDS.includes(held) ? "" : ` (${held} ✓)`}`, run: () => typeBounds(editor, id, at, held, place) },
    { label: `${name}: role…${end.role ? ` (${end.role})` : ""}`, run: () => typeRole(editor, id, at, end.role ?? "", place) },
    { label: `${name}: ${end.identifying ? "not identifying" : "identifying"}`, run: () => set({ identifying: !end.identifying }) },
    ...(ends.length > 2 ? [{ label: `Take ${name} out`, danger: true, run: () => change(editor, () => removeEnd(design, { id, at })) }] : []),
    null,
  ].slice(0, at === ends.length - 1 ? -1 : undefined);
}

function typeBounds(editor, id, at, held, place) {
  type(editor, { label: "How many take part, for example 2..5", value: held, place }, (text) => setEnd(editor.design, { id, at, values: boundsFrom(text) }));
}

function typeRole(editor, id, at, role, place) {
  type(editor, { label: "Role at this end", value: role, place }, (text) => setEnd(editor.design, { id, at, values: { role: text } }));
}

/** Lets a short text be typed at a place; what is refused stays open with the reason. */
function type(editor, { label, value, place }, command) {
  const back = () => editor.view.canvas.focus({ preventScroll: true });
  editor.texts.input.start({
    label, value, place: () => ({ ...place, w: 160, h: 26, size: 14 }), done: back, cancel: back,
    commit: (text) => editor.texts.attempt(() => command(text.trim())),
  });
}
