/**
 * What people can do, each told once: keys, menus, toolbar, palette and the sheet of shortcuts all read this list.
 *
 * @typedef {{editor: object, hit: object | null, world: {x: number, y: number} | null, ids: string[]}} Context
 *   `hit` and `world` are what the pointer was on when a menu opened; null for keys. `ids` are the selected records.
 * @typedef {object} Action
 * @property {string} name  short and stable: `add-column`; buttons carry it in `data-action`
 * @property {string | ((context: Context) => string)} label  what it does, as a command: "Add a column"
 * @property {string} group  its heading in the palette and on the sheet of shortcuts, one of GROUPS
 * @property {string[]} [keys]  as `spell` writes them; the first one is shown
 * @property {string} [shown]  how its keys are shown where they are a gesture: "Alt and drag"
 * @property {string[]} [menu]  what a context menu offers it on: ground, table, view, entity, relationship, column, attribute,
 *   line, area, note, many (several are selected); absent: in no menu
 * @property {string} [section]  where in the menu, one of SECTIONS
 * @property {boolean} [edits]  whether it needs the right to change the design
 * @property {boolean} [everywhere]  whether its keys work outside of the canvas too, where nobody types
 * @property {boolean} [whileTyping]  whether its keys with Ctrl (or Cmd) work in fields beside the canvas as well
 * @property {boolean} [quiet]  whether the palette leaves it out: what makes no sense without the pointer or the canvas
 * @property {boolean} [danger]
 * @property {string} [words]  more words that the palette finds it by
 * @property {(context: Context) => boolean} [when]  whether it can be done now
 * @property {(context: Context) => unknown} run  returns false where it could do nothing, so that a key goes on to the page
 */

import { printedKeys } from "./shortcuts.js";

export const GROUPS = ["Tools", "Edit", "Columns", "Restructure", "Arrange", "Select", "View", "Go", "Picture", "Everywhere"];
/** The parts of a context menu, from top to bottom. */
export const SECTIONS = ["add", "edit", "nature", "columns", "restructure", "copy", "copy-as", "arrange", "show", "notation", "look", "danger"];
/** Sections that unfold from one entry where they have more than two. */
const FOLDED = { restructure: "Restructure", "copy-as": "Copy", show: "Show", notation: "Notation" };
const FEW = 2;

export class Actions {
  /** @param {() => object} editor */
  constructor(editor) {
    this.editor = editor;
    this.byName = new Map();
    this.byKey = new Map();
  }

  /** Adds actions. Raises Error for a name or a key that is taken, and for a group or section that is not known. */
  add(...actions) {
    for (const action of actions) {
      this.check(action);
      this.byName.set(action.name, action);
      (action.keys ?? []).forEach((key) => this.byKey.set(key, action));
    }
  }

  check({ name, keys = [], group, menu = [], section }) {
    const taken = keys.find((key) => this.byKey.has(key));
    if (this.byName.has(name) || taken) {
      throw new Error(`the action ${name} is there twice, or its key ${taken} is that of another`);
    }
    if (!GROUPS.includes(group) || (menu.length > 0 && !SECTIONS.includes(section))) {
      throw new Error(`the action ${name} has no group or section that there is`);
    }
  }

  /** Returns what is selected, and what the pointer was on. */
  context({ hit = null, world = null } = {}) {
    const editor = this.editor();
    return { editor, hit, world, ids: [...editor.selection].filter((id) => editor.design.has(id)) };
  }

  /** Tells whether an action can be done now. */
  can(action, context = this.context()) {
    return (!action.edits || context.editor.canEdit) && (action.when?.(context) ?? true);
  }

  /** Does an action by its name; returns whether it is known and was used up. */
  run(name, context = this.context()) {
    const action = this.byName.get(name);
    return Boolean(action) && this.can(action, context) && action.run(context) !== false;
  }

  /** Returns the action of a spelled key, or undefined. */
  forKey(key) {
    return this.byKey.get(key);
  }

  /** Returns all actions by group, in the order of GROUPS. */
  grouped() {
    const all = [...this.byName.values()];
    return GROUPS.map((group) => [group, all.filter((action) => action.group === group)]).filter(([, actions]) => actions.length > 0);
  }

  label(action, context = this.context()) {
    return typeof action.label === "function" ? action.label(context) : action.label;
  }

  /** Returns the entries of a context menu, null between its sections. */
  menuFor(place) {
    const context = this.context(place);
    const kind = menuKind(context);
    const sections = SECTIONS.map((section) => this.section(section, kind, context));
    return sections.filter((entries) => entries.length > 0).flatMap((entries, at) => (at > 0 ? [null, ...entries] : entries));
  }

  section(section, kind, context) {
    const entries = [...this.byName.values()]
      .filter((action) => action.section === section && action.menu?.includes(kind) && this.can(action, context))
      .map((action) => this.entry(action, context));
    return FOLDED[section] && entries.length > FEW ? [{ label: FOLDED[section], entries }] : entries;
  }

  /** Returns the first keys of an action as people read them, or "" where it has none. */
  printed({ keys = [] }) {
    return keys.length > 0 ? printedKeys(keys[0]) : "";
  }

  entry(action, context) {
    return {
      label: this.label(action, context), keys: this.printed(action), danger: action.danger,
      run: () => action.run(context),
    };
  }
}

/** Returns what a menu opens on: the kind of the record under the pointer, `many`, or `ground`. */
export function menuKind({ editor, hit, ids }) {
  if (!hit) {
    return "ground";
  }
  if (ids.length > 1 && !hit.row) {
    return "many";
  }
  const kind = editor.design.get(hit.row ?? hit.id)?.kind;
  return hit.kind === "line" ? "line" : kind ?? hit.kind;
}
