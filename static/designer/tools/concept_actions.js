/** What can be done with entities and their relationships, besides drawing them. */

import { addArc, called, setEnd, setField, sharedEntities } from "../doc/commands/index.js";
import { recordIdOf } from "./selection.js";

const NATURES = [
  ["strong", "Strong: it stands by itself"], ["weak", "Weak: identified through another"], ["associative", "Associative: a relationship with a name of its own"],
];

/** Runs a command; a message offers to undo it. */
function change(editor, command) {
  const edit = editor.run(command);
  edit && editor.toasts.show(`${edit.label}.`, editor.undoAction());
  return Boolean(edit);
}

/** Returns an action for each nature that the selected entities could have instead. */
export function natureActions(editor) {
  const entities = ({ ids }) => ids.map((id) => editor.design.get(id)).filter((record) => record?.kind === "entity");
  return NATURES.map(([nature, label]) => ({
    name: `nature-${nature}`, label, group: "Edit", edits: true, menu: ["entity"], section: "nature", words: "nature entity kind strong weak associative",
    when: (context) => context.ids.length === 1 && entities(context).some((entity) => (entity.nature ?? "strong") !== nature),
    run: (context) => change(editor, () => setField(editor.design, { id: entities(context)[0].id, field: "nature", value: nature })),
  }));
}

/** Returns the relationships that are selected, by their lines or their figures. */
function relationshipsOf(editor) {
  const ids = [...editor.selection].map((id) => recordIdOf(id, editor.design, editor.scene));
  return [...new Set(ids)].filter((id) => editor.design.get(id)?.kind === "relationship");
}

/** Returns the action that makes selected relationships exclusive at the entity where they meet. */
export function arcAction(editor, ask) {
  const shared = () => {
    const relationships = relationshipsOf(editor);
    return relationships.length > 1 ? sharedEntities(editor.design, relationships) : [];
  };
  return {
    name: "exclusive-arc", label: "Make them exclusive…", group: "Edit", edits: true, menu: ["many"], section: "edit",
    words: "arc exclusive or relationships alternatives", when: () => shared().length > 0,
    run: (context) => {
      const relationships = relationshipsOf(editor);
      const entries = shared().flatMap((entity) => arcEntries(editor, entity, relationships));
      ask("Exclusive relationships", entries, context);
      return true;
    },
  };
}

function arcEntries(editor, entity, relationships) {
  const name = called(editor.design, editor.design.get(entity));
  const make = (mandatory) => change(editor, () => addArc(editor.design, { entity, relationships, mandatory }));
  return [
    { label: `Each ${name} has exactly one of them`, run: () => make(true) },
    { label: `Each ${name} has one of them at most`, run: () => make(false) },
  ];
}

/** Returns the end of a relationship that would identify the others: the only one of which there is one. */
function ownerAt({ ends = [] }) {
  const single = ends.map((end, at) => ({ end, at })).filter(({ end }) => end.max === 1);
  return (single.find(({ end }) => end.min === 1) ?? single[0])?.at ?? -1;
}

/** Tells whether one of the ends of a relationship identifies. */
export function isIdentifying({ ends = [] }) {
  return ends.some(({ identifying }) => identifying);
}

/** Lets the end of which there is one identify those at the other ends, or no longer. */
export function toggleIdentifying(editor, relationship) {
  const identifies = isIdentifying(relationship);
  const at = identifies ? (relationship.ends ?? []).findIndex(({ identifying }) => identifying) : ownerAt(relationship);
  if (at < 0) {
    editor.toasts.show("Only an end of which there is one can identify the others; set it to 1..1 first.");
    return true;
  }
  return change(editor, () => setEnd(editor.design, { id: relationship.id, at, values: { identifying: !identifies } }));
}
