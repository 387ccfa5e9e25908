/** What a person does on the canvas: selection, the tool in hand, and edits with their messages. */

import {
  Refused, addArea, addEntity, addNote, addTable, called, deleteRecords, duplicateBy, place, setFields, takeOff,
} from "../doc/commands/index.js";
import { union } from "../geometry/box.js";
import { withTucked } from "../render/collapse.js";
import { ConnectTool } from "./connect_tool.js";
import { Connections } from "./connections.js";
import { relatedEnd } from "./line_ends.js";
import { PlaceTool } from "./place_tool.js";
import { SelectTool } from "./select_tool.js";
import { rowClick } from "./row_select.js";
import { describeSelection, fallenWith, readingOrder, recordsOf } from "./selection.js";
import { toGrid } from "./snap.js";
import { cellAt } from "./text_places.js";

const FLY_ZOOM = 1;
/** How far a copy stands from its original, in pixels of the diagram, to the right and down. */
const APART = 40;

export class Editor {
  /**
   * @param {{store: object, scene: object, view: object, toasts: object, announce: (sentence: string) => void,
   *   canEdit: boolean}} parts
   */
  constructor({ store, scene, view, toasts, announce, canEdit }) {
    Object.assign(this, { store, scene, view, toasts, announce });
    this.canEdit = canEdit;
    this.view.marks.canEdit = canEdit;
    this.listeners = new Set();
    this.texts = null; // set by main: the in-place editing
    this.foldArea = null; // set by the feature that collapses areas
    this.pointer = null;
    this.connections = new Connections(this);
    this.tools = {
      select: new SelectTool(this), connect: new ConnectTool(this), "add-table": new PlaceTool(this, "table"),
      "add-note": new PlaceTool(this, "note"), "add-area": new PlaceTool(this, "area"),
    };
    this.toolName = "select";
  }

  /** What is looked at: the design as it is, or as it was where somebody travels in time and can edit nothing. */
  get design() {
    return this.past ?? this.store.design;
  }

  get selection() {
    return this.view.marks.selection;
  }

  get tool() {
    return this.tools[this.toolName];
  }

  get canMove() {
    return this.canEdit;
  }

  get diagram() {
    return this.scene.diagram?.id ?? null;
  }

  get isPhysical() {
    return (this.design.get(this.scene.model)?.level ?? "physical") === "physical";
  }

  /** Calls `listener(topic)` for `selection` and `tool`. */
  on(listener) {
    this.listeners.add(listener);
  }

  tell(topic) {
    for (const listener of this.listeners) {
      listener(topic);
    }
  }

  // Looking and selecting

  useTool(name) {
    if (!this.canEdit && name !== "select" && !this.tools[name]?.forAll) {
      return;
    }
    this.toolName = this.tools[name] ? name : "select";
    this.tell("tool");
  }

  hover(hit) {
    const before = this.view.marks.hover;
    const same = before?.id === hit?.id && before?.row === hit?.row && before?.handle === hit?.handle && before?.mark === hit?.mark && before?.add === hit?.add;
    if (!same) {
      this.view.marks.hover = hit;
      this.view.draw();
    }
  }

  /** Selects ids; `quiet` while a rubber band is still being drawn. */
  select(ids, { quiet = false } = {}) {
    const known = ids.filter((id) => this.exists(id));
    this.view.marks.selection = new Set(known);
    this.view.draw();
    if (!quiet) {
      this.announce(describeSelection(known, this.design, this.scene, called));
      this.tell("selection");
    }
  }

  exists(id) {
    return this.design.has(id) || this.scene.lines.has(id);
  }

  /** Lets go of selected things that are gone. */
  prune() {
    const left = [...this.selection].filter((id) => this.exists(id));
    if (left.length !== this.selection.size) {
      this.select(left);
    }
  }

  /** A click that did not become a drag; `held` says whether the thing was selected before it. */
  click(hit, press, held) {
    if (hit.add) {
      this.texts.addColumn(hit.id);
    } else if (hit.link && (press.mod || !this.canEdit)) {
      openLink(hit.link);
    } else if (hit.fold && this.canEdit) {
      this.foldArea?.(hit.id);
    } else if (press.shift || press.mod) {
      const rows = rowClick([...this.selection], hit, press, this.scene);
      if (rows) {
        this.select(rows);
        return;
      }
      const next = new Set(this.selection);
      next.has(hit.id) ? next.delete(hit.id) : next.add(hit.id);
      this.select([...next]);
    } else if (held) {
      this.select([hit.row && this.selection.size === 1 ? hit.row : hit.id]);
    }
  }

  /** Tells whether a press is on what is already selected: then a drag moves all that is. */
  holds(hit) {
    return this.selection.has(hit.id) || [...this.selection].some((id) => this.scene.shownBy(id) === hit.id);
  }

  doubleClick(press) {
    const { hit } = press;
    if (!this.canEdit) {
      return;
    }
    if (!hit) {
      this.addAt("table", { x: toGrid(press.world.x), y: toGrid(press.world.y) });
    } else if (hit.kind === "node") {
      const node = this.scene.nodes.get(hit.id);
      hit.row ? this.texts.editCell(hit.row, cellAt(node, press.world.x)) : this.texts.rename(hit.id);
    } else {
      const end = hit.kind === "line" ? relatedEnd(this.scene.lines.get(hit.id), press.world) : null;
      end ? this.texts.editEnd(hit.id, end) : this.texts.rename(hit.id);
    }
  }

  selectAll() {
    this.select([...this.scene.nodes.keys(), ...this.scene.sheets.keys()]);
  }

  /** Selects the next element in reading order; returns false at the end, where the focus may move on. */
  walk(step) {
    const order = readingOrder([...this.scene.nodes.values(), ...this.scene.sheets.values()]);
    const [current] = this.selection;
    const at = order.findIndex((node) => node.id === current || node.id === this.scene.shownBy(current));
    const next = order[at < 0 ? (step > 0 ? 0 : order.length - 1) : at + step];
    if (!next) {
      return false;
    }
    this.select([next.id]);
    this.view.reveal(next);
    return true;
  }

  /** Flies to a record and selects it. */
  goTo(id) {
    const owner = this.scene.shownBy(id) ?? id;
    const item = this.scene.item(owner) ?? this.scene.lines.get(owner);
    this.select([id]);
    if (item) {
      const zoom = Math.max(this.view.transform.k, FLY_ZOOM * 0.8);
      this.view.show(item, { most: Math.min(zoom, FLY_ZOOM), margin: 80 });
    }
    return Boolean(item);
  }

  fit() {
    this.view.show(this.scene.bounds());
  }

  fitSelection() {
    const items = [...this.selection].map((id) => this.scene.item(this.scene.shownBy(id) ?? id)).filter(Boolean);
    this.view.show(union(items) ?? this.scene.bounds(), { most: 1.25 });
  }

  // Edits

  /**
   * Does what a command returns, and says why where it refuses. Returns the edit, or null.
   * @param {() => object} command
   */
  run(command) {
    if (!this.canEdit) {
      this.toasts.show("You may look at this design, but not change it.");
      return null;
    }
    try {
      const edit = command();
      if (!this.store.dispatch(edit)) {
        return null;
      }
      this.announce(edit.label);
      return edit;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      this.toasts.show(sentence(error.message), undefined, "error");
      return null;
    }
  }

  addAt(kind, { x, y }) {
    const { design, diagram } = this;
    if (!diagram) {
      this.toasts.show("There is no diagram to put it on; add one in the inspector first.");
      return;
    }
    const edit = this.run(() => {
      if (kind === "table" && !this.isPhysical) {
        return addEntity(design, { model: this.scene.model, diagram, x, y });
      }
      if (kind === "table") {
        return addTable(design, { model: this.scene.model, schema: this.schemaHere(), diagram, x, y });
      }
      return kind === "note" ? addNote(design, { diagram, x, y, text: "" }) : addArea(design, { diagram, x, y });
    });
    if (edit) {
      this.select(edit.select);
      this.texts.nameNew(edit.select[0]);
    }
  }

  /** Puts what the tool in hand would place into the middle of the view. */
  placeInTheMiddle() {
    const kind = this.toolName.replace("add-", "");
    const { x, y } = this.view.worldAt(this.view.middle());
    this.useTool("select");
    this.addAt(kind, { x: toGrid(x - 80), y: toGrid(y - 40) });
  }

  /** New tables go where the tables of the diagram are: into their schema, when it is one. */
  schemaHere() {
    const parents = new Set();
    for (const id of this.scene.nodes.keys()) {
      parents.add(this.design.get(id)?.parent);
    }
    const schemas = [...parents].filter((id) => this.design.get(id)?.kind === "schema");
    const open = schemas.find((id) => this.design.get(id).name === "public");
    return parents.size === 0 ? this.onlySchema() : schemas.length === parents.size ? open ?? schemas[0] : null;
  }

  onlySchema() {
    const schemas = this.design.childrenOf(this.scene.model, "schema");
    return schemas.find((schema) => schema.name === "public")?.id ?? null;
  }

  addArea({ x, y, w, h }) {
    const edit = this.run(() => addArea(this.design, { diagram: this.diagram, x, y, w, h }));
    if (edit) {
      this.select(edit.select);
      this.texts.rename(edit.select[0]);
    }
  }

  /** @param {{element: string, x: number, y: number}[]} positions */
  moveTo(positions) {
    const edit = this.run(() => place(this.design, { diagram: this.diagram, positions: withTucked(this.scene, positions) }));
    if (!edit) {
      this.view.refresh();
    }
  }

  nudge([dx, dy]) {
    const step = 8;
    const items = [...this.selection].map((id) => this.scene.item(id)).filter(Boolean);
    if (items.length === 0) {
      this.view.panBy(-dx * step * 5, -dy * step * 5);
      return;
    }
    this.moveTo(items.map(({ id, x, y }) => ({ element: id, x: x + dx * step, y: y + dy * step })));
  }

  resizeSheet(id, w, h) {
    if (!this.run(() => setFields(this.design, { id, values: { w, h } }))) {
      this.view.refresh();
    }
  }

  undoAction() {
    return { label: "Undo", run: () => this.undo() };
  }

  deleteSelection() {
    const ids = recordsOf(this.selection, this.design, this.scene);
    if (ids.length === 0) {
      return;
    }
    const edit = this.run(() => deleteRecords(this.design, { ids }));
    if (edit) {
      const along = fallenWith(edit.change, new Set(ids));
      this.select([]);
      this.toasts.show(`${past(edit.label)}${along ? `, and with it ${along}` : ""}.`, this.undoAction());
    }
  }

  takeOff() {
    const elements = [...this.selection].filter((id) => this.scene.nodes.has(id));
    const edit = elements.length > 0 ? this.run(() => takeOff(this.design, { diagram: this.diagram, elements })) : null;
    if (edit) {
      this.toasts.show(`${edit.label}; it stays in the model.`, this.undoAction());
    }
  }

  duplicate() {
    const ids = [...this.selection].filter((id) => this.design.has(id));
    const edit = ids.length > 0 ? this.run(() => duplicateBy(this.design, { ids, diagram: this.diagram, dx: APART, dy: APART })) : null;
    if (edit) {
      this.select(edit.select);
    }
  }

  undo() {
    this.travel("undo", "Nothing to undo");
  }

  redo() {
    this.travel("redo", "Nothing to redo");
  }

  travel(way, nothing) {
    if (!this.canEdit) {
      return;
    }
    this.tell("travel");
    const label = this.store[way]();
    this.announce(label ? `${way === "undo" ? "Undone" : "Done again"}: ${label}` : nothing);
    if (!label) {
      this.toasts.show(`${nothing}.`);
    }
  }
}

/** A link of a note opens beside the design, and learns nothing of it. */
export function openLink(link) {
  globalThis.open(new URL(link, location.href), "_blank", "noopener,noreferrer");
}

/** Returns a refusal as a sentence. */
function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

function past(label) {
  return label.replace(/^Delete /, "Deleted ");
}
