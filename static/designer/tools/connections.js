/** Connecting things: does what was wished, asks for the cardinality, and says what came of it. Drags, keys and menus all end here. */

import { connectNewTable } from "../doc/commands/index.js";
import { PLAIN, meantBy, wishFor } from "./connection_wish.js";

/** The ways to connect, as a menu offers them. @type {[string, Partial<import("./connection_wish.js").Way>, string][]} */
const TABLE_WAYS = [
  ["Many to one", {}, ""], ["One to one", { cardinality: "1:1" }, "Shift"], ["Many to one, optional", { optional: true }, "Alt"],
  ["One to one, optional", { cardinality: "1:1", optional: true }, "Shift+Alt"], ["Many to many", { cardinality: "N:M" }, "Mod"],
];
const ENTITY_WAYS = [
  ["One to many", {}, ""], ["One to one", { cardinality: "1:1" }, "Shift"], ["Many to many", { cardinality: "N:M" }, "Mod"],
  ["One to many, optional", { optional: true }, "Alt"], ["One to one, optional", { cardinality: "1:1", optional: true }, "Shift+Alt"],
  ["Subtype of it", { subtype: true }, "Mod+Shift"],
];
const END_WAYS = [["Takes part", {}, ""]];

export class Connections {
  /** @param {object} editor */
  constructor(editor) {
    this.editor = editor;
    /**
     * What shows things; set by the feature. `ask` opens a menu of entries at a point of the canvas and calls `closed` when it is
     * gone, before the entry runs; `hint` shows what would happen beside the pointer, null hides it.
     * @type {{ask: (title: string, entries: object[], point: object, closed: () => void) => void, hint: (words: object | null, point?: object) => void}}
     */
    this.shows = { ask: () => undefined, hint: () => undefined };
  }

  /** Connects two spots. Returns the edit, or null where it is refused; then a message says why. */
  make(from, target, way = PLAIN) {
    const { editor } = this;
    const wish = wishFor(editor, from, target, way);
    if (wish.refused) {
      this.refuse(wish, from, target, way);
      return null;
    }
    return this.done(editor.run(wish.command));
  }

  refuse(wish, from, target, way) {
    const { editor } = this;
    const retyped = wish.badType ? wishFor(editor, from, target, { ...way, retype: true }) : null;
    const action = retyped && !retyped.refused ? { label: "Change the type", run: () => this.make(from, target, { ...way, retype: true }) } : undefined;
    editor.toasts.show(wish.refused, action, "error");
    editor.announce(wish.refused);
  }

  /** Selects what an edit made, and lets the name of what has none be typed at once. */
  done(edit) {
    const { editor } = this;
    if (!edit) {
      return null;
    }
    const [id] = edit.select ?? [];
    editor.select(edit.select ?? []);
    editor.announce(edit.label);
    const kind = editor.design.get(id)?.kind;
    const nameless = kind === "relationship" && !editor.design.get(id).name;
    if (nameless || edit.named) {
      editor.texts?.rename(id);
    }
    editor.toasts.show(`${past(edit.label)}.`, editor.undoAction());
    return edit;
  }

  /**
   * Offers the ways to connect two spots in a menu.
   * @param {object} from
   * @param {object} target
   * @param {{x: number, y: number}} point of the canvas
   * @param {() => void} [closed]
   */
  ask(from, target, point, closed = () => undefined) {
    const { editor } = this;
    const plain = wishFor(editor, from, target, PLAIN);
    const entries = this.waysBetween(from, target).map(([label, given, keys]) => {
      const way = { ...PLAIN, ...given };
      const wish = wishFor(editor, from, target, way);
      return { label, keys, title: wish.refused || wish.says, disabled: Boolean(wish.refused) && !wish.badType, run: () => this.make(from, target, way) };
    });
    if (entries.every(({ disabled }) => disabled)) {
      closed();
      this.refuse(plain, from, target, PLAIN);
      return;
    }
    this.shows.ask(plain.says || "Connect", entries, point, closed);
  }

  waysBetween(from, target) {
    const { design } = this.editor;
    const kinds = [from, target].map(({ id }) => design.get(id)?.kind);
    if (kinds.includes("relationship")) {
      return END_WAYS;
    }
    if (kinds[0] === "entity") {
      return this.hasSubtypes(target.id) ? [...ENTITY_WAYS, ["Subtype of it, in another group", { subtype: true, apart: true }, ""]] : ENTITY_WAYS;
    }
    const reuses = wishFor(this.editor, from, target, PLAIN);
    const fresh = wishFor(this.editor, from, target, { ...PLAIN, fresh: true });
    const differs = !reuses.refused && !fresh.refused && reuses.says !== fresh.says;
    return differs ? [...TABLE_WAYS, ["Many to one, by a new column", { fresh: true }, ""]] : TABLE_WAYS;
  }

  hasSubtypes(entity) {
    return [...this.editor.design.ofKind("generalization")].some(({ supertype }) => supertype === entity);
  }

  /** Offers a new table where a line was dropped on the ground. */
  askForTable(from, world, point, way, closed) {
    const { editor } = this;
    if (editor.design.get(from.id)?.kind !== "table") {
      closed();
      editor.toasts.show("Drop it on an entity to relate the two.");
      return;
    }
    const name = editor.design.get(from.id).name ?? "";
    this.shows.ask("New table here", [
      { label: `New table here that refers to ${name}`, run: () => this.makeTable(from, world, way, true) },
      { label: `New table here that ${name} refers to`, run: () => this.makeTable(from, world, way, false) },
    ], point, closed);
  }

  makeTable(from, { x, y }, way, referring) {
    const { editor } = this;
    const { source } = meantBy(editor.design, from, { id: from.id });
    const edit = editor.run(() => connectNewTable(editor.design, {
      source, referring, model: editor.scene.model, schema: editor.schemaHere(), diagram: editor.diagram, x, y,
      oneToOne: way.cardinality === "1:1", optional: way.optional,
    }));
    return this.done(edit && { ...edit, named: true });
  }
}

function past(label) {
  return label.replace(/^Connect /, "Connected ").replace(/^Relate /, "Related ").replace(/^Make /, "Made ");
}
