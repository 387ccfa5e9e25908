/**
 * What stands on a diagram: boxes with their shapes, lines with their routes, areas and notes, found by place and by id.
 * It is built once from the design and then follows it change by change; an edit costs the size of the edit.
 *
 * @typedef {object} Node a Shape of metrics.js with the place it stands at, `element`, `id` (that of the table, view,
 *   entity or relationship) and `placement` (the id of the record that says where)
 * @typedef {{id: string, kind: string, record: object, x: number, y: number, w: number, h: number}} Sheet  an area or a
 *   note; a collapsed area has more, see collapse.js
 */

import { grown, union } from "../geometry/box.js";
import { elementOf } from "../geometry/elements.js";
import { notationOf } from "../geometry/notations/index.js";
import { SpatialIndex } from "../geometry/spatial_index.js";
import { affectedBy } from "./affected.js";
import { collapsedArea, isSwallowed, tuckAway } from "./collapse.js";
import { noDress } from "./dress.js";
import { LINE_MARGIN, SceneLines } from "./scene_lines.js";
import { commonShift, hasOnlyMoved } from "./whole_move.js";

/** How far marks and a weak entity's second frame stick out of a box. */
const MARGIN = LINE_MARGIN;
/** From afar the name of an area stands above it, large. */
const NAME_MARGIN = 1000;
const OWNERS = ["table", "view", "relationship", "generalization"];
const MANY_MOVED = 100;
const NEAR = { x: 0, y: 0, w: 0, h: 0 };

export class Scene {
  constructor() {
    this.shownOnly = null;
    /** Called when lines that were not there in the first picture can be painted. */
    this.whenRouted = () => {};
    this.dress = noDress();
    /** What is gone and is shown beside what is there. @type {import("./ghosts.js").Ghosts | null} */
    this.ghosts = null;
    this.clear();
  }

  clear() {
    this.nodes = new Map();
    this.sheets = new Map();
    this.tucked = new Map(); // id of what stands on a collapsed area -> {item, area}
    this.placed = new Map(); // placement id -> element id
    this.left = new Set(); // placements of elements that `only` leaves out
    this.parts = new Map(); // id of a column, key, … -> element id
    this.nodeIndex = new SpatialIndex();
    this.sheetIndex = new SpatialIndex();
    this.wires = new SceneLines(this);
    /** What lines end at: boxes, and collapsed areas. */
    this.ends = { has: (id) => this.ends.get(id) !== undefined, get: (id) => this.nodes.get(id) ?? this.collapsedBox(id) };
    this.bounded = undefined;
    this.diagram = null;
    this.model = null;
    this.notation = notationOf(null);
  }

  /** Lines by id. @type {Map<string, import("./scene_lines.js").Line>} */
  get lines() {
    return this.wires.byId;
  }

  /** Whether all lines have their routes. Of a large diagram they come after the boxes; see `whenRouted`. */
  get isRouted() {
    return this.wires.waiting === null;
  }

  /**
   * Shows a diagram of a design from nothing. What `only` asked for holds for as long as it is the same diagram.
   * @param {{get: Function, children: Function, ofKind: Function, referrers: Function}} source
   * @param {string | null} diagram
   */
  load(source, diagram) {
    if (this.diagram?.id !== diagram) {
      this.shownOnly = null;
    }
    this.clear();
    this.bare = source;
    this.source = this.ghosts && !this.dress.diff ? this.ghosts.over(source) : source;
    this.diagram = diagram === null ? null : source.get(diagram) ?? null;
    if (!this.diagram) {
      return;
    }
    this.model = this.diagram.parent;
    this.notation = notationOf(this.diagram.notation);
    for (const record of this.source.children(this.diagram.id)) {
      this.place(record);
    }
    tuckAway(this);
    for (const kind of OWNERS) {
      for (const record of this.source.ofKind(kind)) {
        this.wires.connect(record);
      }
    }
    this.wires.routeAll();
  }

  /**
   * Shows only some elements, areas and notes, with the lines between them; null shows all. What comes to the diagram
   * meanwhile is shown as well. The caller refreshes the view; `shownOnly` says what holds.
   * @param {Iterable<string> | null} ids
   */
  only(ids) {
    this.shownOnly = ids === null ? null : new Set(ids);
    if (this.diagram) {
      this.load(this.bare, this.diagram.id);
    }
  }

  /** Tells whether a placement, area or note that is new to the scene is shown. */
  isShown(record, id) {
    if (this.shownOnly === null || this.shownOnly.has(id)) {
      return true;
    }
    this.left.add(record.id);
    return false;
  }

  /**
   * Follows an edit that the design has already made.
   * @param {Iterable<string>} ids of the records that it touched
   * @returns {object[] | null} the boxes whose picture changed, null for all
   */
  update(ids) {
    if (!this.diagram) {
      return [];
    }
    this.wires.finish();
    const shift = this.wires.isMany && !this.notation.straight ? commonShift(this, ids) : null;
    if (shift) {
      return this.shiftAll(...shift);
    }
    const ownerOf = (id) => this.ownerOf(id);
    const { elements, pictures, owners, diagram } = affectedBy(ids, this.source, ownerOf, this.diagram.id);
    const edit = { dirty: [], lines: new Set(), reload: diagram };
    if (!diagram) {
      this.follow(elements, pictures, owners, edit);
    }
    if (edit.reload) {
      this.load(this.bare, this.diagram.id);
      return null;
    }
    this.wires.reroute(edit);
    return edit.dirty;
  }

  /** Everything has moved by the same way: nothing is built or routed anew. Returns the boxes whose picture changed. */
  shiftAll(dx, dy) {
    const before = this.bounds();
    for (const node of this.nodes.values()) {
      node.x += dx;
      node.y += dy;
    }
    for (const sheet of this.sheets.values()) {
      Object.assign(sheet, { record: this.source.get(sheet.id), x: sheet.x + dx, y: sheet.y + dy });
    }
    this.nodeIndex.clear();
    this.sheetIndex.clear();
    this.nodes.forEach((node) => this.reindex(node));
    this.sheets.forEach((sheet) => this.reindex(sheet));
    this.wires.shiftAll(dx, dy);
    this.bounded = undefined;
    return [grown(union([before, this.bounds()]), NAME_MARGIN)];
  }

  follow(elements, pictures, owners, edit) {
    for (const id of pictures) {
      this.replacePicture(id, edit);
    }
    for (const id of elements) {
      this.rebuildNode(id, edit);
    }
    for (const id of owners) {
      this.wires.reconnect(id, edit);
    }
    this.bounded = undefined;
  }

  // Boxes

  place(record) {
    if (record.kind === "placement") {
      this.addNode(record);
    } else if (record.kind === "area" || record.kind === "note") {
      this.addSheet(record);
    }
  }

  addNode(placement) {
    if (!this.isShown(placement, placement.element)) {
      return null;
    }
    const found = elementOf(this.source, placement.element, placement, this.diagram.detail || "all");
    if (!found || this.nodes.has(found.id)) {
      return null;
    }
    const { notation } = this;
    const element = notation.adjust(found, this.source, this.source.get(found.id));
    const node = {
      ...notation.boxOf(element), id: element.id, placement: placement.id, element, notation,
      x: placement.x ?? 0, y: placement.y ?? 0,
    };
    this.nodes.set(node.id, node);
    this.placed.set(placement.id, node.id);
    this.remember(node);
    this.nodeIndex.insert(node.id, node, node);
    return node;
  }

  /** Keeps where the parts of an element are shown, to know it when they are gone. */
  remember(node) {
    this.parts.set(node.id, node.id);
    for (const child of this.source.children(node.id)) {
      this.parts.set(child.id, node.id);
    }
    for (const row of node.element.rows) {
      this.parts.set(row.id, node.id);
    }
  }

  /**
   * Returns the element that shows a record, or the collapsed area on which that stands; for a placement, area, note or
   * line without a box the record itself.
   */
  shownBy(id) {
    const owner = this.ownerOf(id);
    return this.tucked.get(owner)?.area ?? owner;
  }

  /** Tells whether something is shown that the design has not any more: nobody can take hold of it. */
  isGhost(id) {
    return this.ghosts !== null && this.ghosts.has(id) && !this.bare?.has(id);
  }

  ownerOf(id) {
    if (this.placed.has(id) || this.sheets.has(id) || this.tucked.has(id)) {
      return id;
    }
    return this.parts.get(id) ?? this.lines.get(id)?.owner;
  }

  addSheet(record) {
    if (!this.isShown(record, record.id)) {
      return;
    }
    const [w, h] = record.kind === "area" ? [400, 300] : [240, 120];
    const box = { x: record.x ?? 0, y: record.y ?? 0, w: record.w ?? w, h: record.h ?? h };
    const sheet = record.collapsed ? collapsedArea(record, box) : { id: record.id, kind: record.kind, record, ...box };
    this.sheets.set(record.id, sheet);
    this.indexSheet(sheet);
  }

  indexSheet(sheet) {
    this.sheetIndex.insert(sheet.id, sheet.ground ? union([sheet, sheet.ground]) : sheet, sheet);
    if (sheet.collapsed) {
      this.nodeIndex.insert(sheet.id, sheet, sheet);
    }
  }

  dropSheet(id) {
    this.sheets.delete(id);
    this.sheetIndex.remove(id);
  }

  collapsedBox(id) {
    const sheet = this.sheets.get(id);
    return sheet?.collapsed ? sheet : undefined;
  }

  /** Takes a box or a sheet out of the picture: a collapsed area stands for it. */
  tuck(item, area) {
    this.tucked.set(item.id, { item, area });
    if (item.element) {
      this.nodes.delete(item.id);
    } else {
      this.dropSheet(item.id);
    }
    this.nodeIndex.remove(item.id);
  }

  /** Returns what a line to an element ends at: itself, the collapsed area it stands on, or undefined. */
  standIn(element) {
    return this.nodes.has(element) ? element : this.tucked.get(element)?.area;
  }

  /** A placement, area or note came, went or changed. */
  replacePicture(id, edit) {
    const before = this.sheets.get(id) ?? this.nodes.get(this.placed.get(id));
    const record = this.source.get(id);
    if (this.tucked.has(id) || this.tucked.has(this.placed.get(id)) || before?.collapsed || record?.collapsed) {
      edit.reload = true;
      return;
    }
    const stays = record?.parent === this.diagram.id;
    if (stays && !before && !this.left.has(id)) {
      this.shownOnly?.add(record.element ?? id);
    }
    this.markDirty(before, edit);
    this.dropSheet(id);
    const now = stays && record.kind === "placement" ? this.rebuild(before, record) : this.unplace(before, record, stays);
    this.markDirty(now, edit);
    for (const element of new Set([before?.id, record?.element])) {
      this.wires.touchAt(element, edit);
    }
  }

  markDirty(item, edit) {
    if (item) {
      edit.dirty.push(grown(item, item.kind === "area" ? NAME_MARGIN : MARGIN));
      edit.reload ||= isSwallowed(this, item);
    }
  }

  unplace(before, record, stays) {
    if (before?.placement) {
      this.dropNode(before);
    }
    if (stays) {
      this.place(record);
    }
    return this.sheets.get(record?.id);
  }

  /** Builds the box of a placement again; where it only moved, its content is kept. */
  rebuild(before, placement) {
    if (before && hasOnlyMoved(before, placement, this.diagram)) {
      before.x = placement.x ?? 0;
      before.y = placement.y ?? 0;
      this.nodeIndex.insert(before.id, before, before);
      return before;
    }
    if (before) {
      this.dropNode(before);
    }
    return this.addNode(placement);
  }

  dropNode(node) {
    this.nodes.delete(node.id);
    this.placed.delete(node.placement);
    this.nodeIndex.remove(node.id);
  }

  /** The content of a box changed. */
  rebuildNode(id, edit) {
    const node = this.nodes.get(id);
    edit.reload ||= this.tucked.has(id);
    if (!node) {
      return;
    }
    this.markDirty(node, edit);
    this.dropNode(node);
    const placement = this.source.get(node.placement);
    const now = placement && this.source.get(id) ? this.addNode(placement) : null;
    this.markDirty(now, edit);
    this.wires.touchAt(id, edit);
  }

  // Moving, while somebody drags: the design does not know of it yet.

  /**
   * Puts boxes and sheets elsewhere for as long as a drag lasts. Where many move, the indexes stay behind until
   * `catchUp`: nothing is looked up among them meanwhile, and keeping them would cost more than the drawing.
   * @param {Map<string, {x: number, y: number}>} places by element, area or note id
   */
  moveTo(places) {
    this.wires.finish();
    const light = places.size > MANY_MOVED;
    const touched = new Set();
    const shifts = new Map();
    for (const [id, { x, y }] of places) {
      const item = this.item(id);
      if (item) {
        shifts.set(id, [x - item.x, y - item.y]);
        item.x = x;
        item.y = y;
        if (!light) {
          this.reindex(item);
        }
        this.linesAt(id).forEach((line) => touched.add(line));
      }
    }
    this.bounded = undefined;
    this.wires.move(touched, shifts, light);
  }

  reindex(item) {
    if (item.element) {
      this.nodeIndex.insert(item.id, item, item);
    } else {
      this.indexSheet(item);
    }
  }

  /** Brings the indexes up to where things are after `moveTo`. */
  catchUp(ids) {
    for (const id of ids) {
      const item = this.item(id);
      if (item) {
        this.reindex(item);
      }
    }
    this.wires.settle(new Set([...ids].flatMap((id) => [...this.linesAt(id)])));
  }

  // Looking up

  /** Returns the box, area or note with an id. */
  item(id) {
    return this.nodes.get(id) ?? this.sheets.get(id) ?? null;
  }

  /** Returns the smallest box round everything, or null where there is nothing. It is kept until something moves. */
  bounds() {
    this.bounded ??= union([...this.nodes.values(), ...this.sheets.values()]);
    return this.bounded;
  }

  /** Adds the boxes that touch a box of the world to a list, those that are painted later after the others. */
  nodesIn(box, into = []) {
    const start = into.length;
    this.nodeIndex.collect(near(box, 6), into);
    let kept = start;
    for (let at = start; at < into.length; at += 1) {
      if (into[at].element) {
        into[kept] = into[at];
        kept += 1;
      }
    }
    into.length = kept;
    return start === 0 ? into.sort(byPlacement) : into;
  }

  /** Adds the lines that run through a box to a list. */
  linesIn(box, into = []) {
    return this.wires.index.collect(box, into);
  }

  /** Returns the labels of lines that touch a box. */
  labelsIn(box) {
    return this.wires.labels.in(box);
  }

  /** Adds the areas and notes that touch a box to a list; large ones come first, as they are painted below the others. */
  sheetsIn(box, into = []) {
    return this.sheetIndex.collect(near(box, 4), into).sort(byExtent);
  }

  /** Returns the ids of the lines at an element. */
  linesAt(id) {
    return this.wires.at(id);
  }
}

/** One box is reused: look-ups are made many times a frame. */
function near({ x, y, w, h }, by) {
  NEAR.x = x - by;
  NEAR.y = y - by;
  NEAR.w = w + 2 * by;
  NEAR.h = h + 2 * by;
  return NEAR;
}

/** The order must not depend on who asks, or two tiles would show boxes that overlap in different orders. */
function byPlacement(a, b) {
  return a.placement < b.placement ? -1 : 1;
}

function byExtent(a, b) {
  return b.w * b.h - a.w * a.h;
}
