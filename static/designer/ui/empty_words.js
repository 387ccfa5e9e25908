/** What an empty diagram says, and what it offers. */

const BOXED = ["table", "view", "entity"];

/**
 * Returns what stands on a diagram without anything on it; a choice is the name of an action with its words.
 * @returns {{title: string, hint: string, choices: {action: string, icon: string, label: string, keys?: string, hint: string}[]}}
 */
export function emptyWords(design, scene, canEdit) {
  if (!scene.diagram) {
    const hint = canEdit ? "Import a file: its tables come with a diagram. You may also drop it here." : "There is nothing to see here.";
    return { title: "This design has no diagram yet", hint, choices: canEdit ? [IMPORT] : [] };
  }
  const physical = (design.get(scene.model)?.level ?? "physical") === "physical";
  const word = physical ? "tables" : "entities";
  if (!canEdit) {
    return { title: `No ${word} yet`, hint: "Nobody has put anything on this diagram.", choices: [] };
  }
  const waiting = countIn(design, scene.model);
  return waiting > 0 ? elsewhere(word, waiting, physical) : physical ? TABLES : CONCEPTS;
}

const IMPORT = { action: "import-file", icon: "import", label: "Import a file", hint: "A dump or a schema: SQL, DBML, Mermaid, CSV" };
const ADD_TABLE = { action: "add-first", icon: "add-table", label: "Add a table", keys: "T", hint: "Or double-click where it shall stand" };
const PASTE = { action: "paste-here", icon: "copy", label: "Paste SQL, DBML or CSV", keys: "Ctrl+V", hint: "What you copied becomes tables" };
const ADD_ENTITY = { ...ADD_TABLE, label: "Add an entity" };
const ADD_NOTE = { action: "add-first-note", icon: "add-note", label: "Write down what you know", keys: "N", hint: "A note, until there are words for it" };
const SAMPLE = { action: "see-samples", icon: "connect", label: "See a finished one", hint: "A university in Chen's notation, among the samples" };

const TABLES = { title: "What will this database hold?", hint: "Begin with what you have. Every step can be undone.", choices: [IMPORT, ADD_TABLE, PASTE] };
const CONCEPTS = { title: "What is this design about?", hint: "Begin with the things that people name: customers, orders, courses.", choices: [ADD_ENTITY, ADD_NOTE, SAMPLE] };

function elsewhere(word, count, physical) {
  const all = { action: "arrange-again", icon: "arrange", label: count === 1 ? "Show the one there is" : `Show all ${count.toLocaleString("en")}`, hint: "Arranged so that lines can be followed" };
  return {
    title: `No ${word} on this diagram yet`, hint: "The model has some: drag them here from the outline, or show them all.",
    choices: [all, physical ? ADD_TABLE : ADD_ENTITY, ...(physical ? [IMPORT] : [])],
  };
}

function countIn(design, model) {
  const homes = [model, ...design.childrenOf(model, "schema").map(({ id }) => id)];
  return homes.reduce((sum, home) => sum + BOXED.reduce((inner, kind) => inner + design.childrenOf(home, kind).length, 0), 0);
}
