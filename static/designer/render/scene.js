/**
 * What stands on a diagram: boxes with their shapes, lines with their routes, areas and notes, found by place and by id.
 * It is built once from the design and then follows it change by change; an edit costs the size of the edit.
 *
 * @typedef {object} Node a Shape of metrics.js with the place it stands at, `element`, `id` (that of the table, view,
 *   entity or relationship) and `placement` (the id of the record that says where)
 * @typedef {{id: string, edge: object, route: object, x: number, y: number, w: number, h: number}} Line
 *   the box is that of the route with its marks
 * @typedef {{id: string, kind: string, record: object, x: number, y: number, w: number, h: number}} Sheet  an area or a note
 */

import { grown, union } from "../geometry/box.js";
import { edgesFrom } from "../geometry/edges.js";
import { elementOf } from "../geometry/elements.js";
import { notationOf } from "../geometry/notations/index.js";
import { SpatialIndex } from "../geometry/spatial_index.js";
import { affectedBy } from "./affected.js";

/** How far marks and labels stick out of a line, and a weak entity's second frame out of its box. */
const MARGIN = 18;
/** From afar the name of an area stands above it, large. */
const NAME_MARGIN = 1000;
const OWNERS = ["table", "view", "relationship", "generalization"];
/** Up to this many lines all routes are found again after an edit, so that the lanes are those of a fresh load. */
const FEW_LINES = 300;
const MANY_MOVED = 100;

export class Scene {
  constructor() {
    this.clear();
  }

  clear() {
    this.nodes = new Map();
    this.lines = new Map();
    this.sheets = new Map();
    this.placed = new Map(); // placement id -> element id
    this.parts = new Map(); // id of a column, key, … -> element id
    this.linesOf = new Map(); // element id -> ids of the lines that end there
    this.linesBy = new Map(); // id of the record that brings them -> ids of lines
    this.nodeIndex = new SpatialIndex();
    this.lineIndex = new SpatialIndex();
    this.diagram = null;
    this.model = null;
    this.notation = notationOf(null);
  }

  /**
   * Shows a diagram of a design from nothing.
   * @param {{get: Function, children: Function, ofKind: Function, referrers: Function}} source
   * @param {string | null} diagram
   */
  load(source, diagram) {
    this.clear();
    this.source = source;
    this.diagram = diagram === null ? null : source.get(diagram) ?? null;
    if (!this.diagram) {
      return;
    }
    this.model = this.diagram.parent;
    this.notation = notationOf(this.diagram.notation);
    for (const record of source.children(this.diagram.id)) {
      this.place(record);
    }
    for (const kind of OWNERS) {
      for (const record of source.ofKind(kind)) {
        this.connect(record);
      }
    }
    this.routeLines([...this.lines.values()]);
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
    const shownBy = (id) => this.shownBy(id);
    const { elements, pictures, owners, diagram } = affectedBy(ids, this.source, shownBy, this.diagram.id);
    if (diagram) {
      this.load(this.source, this.diagram.id);
      return null;
    }
    const edit = { dirty: [], lines: new Set() };
    for (const id of pictures) {
      this.replacePicture(id, edit);
    }
    for (const id of elements) {
      this.rebuildNode(id, edit);
    }
    for (const id of owners) {
      this.reconnect(id, edit);
    }
    this.reroute(edit);
    return edit.dirty;
  }

  /** Finds the routes that an edit touched, with what lies in the way of the boxes that moved. */
  reroute({ dirty, lines }) {
    if (lines.size === 0 && dirty.length === 0) {
      return;
    }
    const wanted = this.lines.size <= FEW_LINES ? new Set(this.lines.keys()) : lines;
    const before = new Map();
    for (const id of wanted) {
      before.set(id, this.lines.get(id));
    }
    const old = new Map([...before].filter(([, line]) => line).map(([id, line]) => [id, { box: boxOnly(line), route: line.route }]));
    this.routeLines([...before.values()].filter(Boolean));
    for (const [id, { box, route }] of old) {
      const line = this.lines.get(id);
      if (!sameRoute(route, line.route)) {
        dirty.push(box, boxOnly(line));
      } else if (lines.has(id)) {
        dirty.push(boxOnly(line));
      }
    }
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
    this.nodeIndex.insert(node.id, node);
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

  /** Returns the element that shows a record; for a placement, area, note or line without a box the record itself. */
  shownBy(id) {
    if (this.placed.has(id) || this.sheets.has(id)) {
      return id;
    }
    return this.parts.get(id) ?? this.lines.get(id)?.owner;
  }

  addSheet(record) {
    const [w, h] = record.kind === "area" ? [400, 300] : [240, 120];
    this.sheets.set(record.id, {
      id: record.id, kind: record.kind, record, x: record.x ?? 0, y: record.y ?? 0, w: record.w ?? w, h: record.h ?? h,
    });
  }

  /** A placement, area or note came, went or changed. */
  replacePicture(id, edit) {
    const before = this.sheets.get(id) ?? this.nodes.get(this.placed.get(id));
    if (before) {
      edit.dirty.push(grown(before, before.kind === "area" ? NAME_MARGIN : MARGIN));
    }
    this.sheets.delete(id);
    const record = this.source.get(id);
    const stays = record?.parent === this.diagram.id;
    const now = stays && record.kind === "placement" ? this.rebuild(before, record) : this.unplace(before, record, stays);
    if (now) {
      edit.dirty.push(grown(now, now.kind === "area" ? NAME_MARGIN : MARGIN));
    }
    for (const element of new Set([before?.id, record?.element])) {
      this.touchLinesAt(element, edit);
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
    const moved = before && before.id === placement.element && before.element.width === (placement.width ?? null)
      && before.element.colour === (placement.colour ?? "")
      && before.element.detail === (placement.detail || this.diagram.detail || "all");
    if (moved) {
      before.x = placement.x ?? 0;
      before.y = placement.y ?? 0;
      this.nodeIndex.update(before.id, before);
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
    if (!node) {
      return;
    }
    edit.dirty.push(grown(node, MARGIN));
    this.dropNode(node);
    const placement = this.source.get(node.placement);
    const now = placement && this.source.get(id) ? this.addNode(placement) : null;
    if (now) {
      edit.dirty.push(grown(now, MARGIN));
    }
    this.touchLinesAt(id, edit);
  }

  // Lines

  connect(owner, edit) {
    for (const edge of edgesFrom(this.source, owner)) {
      if (!this.lines.has(edge.id) && this.nodes.has(edge.source.element) && this.nodes.has(edge.target.element)) {
        this.addLine(owner.id, edge);
        edit?.lines.add(edge.id);
      }
    }
  }

  reconnect(id, edit) {
    for (const line of [...(this.linesBy.get(id) ?? [])]) {
      this.dropLine(line, edit);
    }
    this.linesBy.delete(id);
    const owner = this.source.get(id);
    if (owner) {
      this.connect(owner, edit);
    }
  }

  addLine(owner, edge) {
    this.lines.set(edge.id, { id: edge.id, owner, edge, notation: this.notation, route: null, x: 0, y: 0, w: 0, h: 0 });
    group(this.linesBy, owner).add(edge.id);
    group(this.linesOf, edge.source.element).add(edge.id);
    group(this.linesOf, edge.target.element).add(edge.id);
  }

  dropLine(id, edit) {
    const line = this.lines.get(id);
    if (!line) {
      return;
    }
    edit.dirty.push(boxOnly(line));
    this.lines.delete(id);
    this.lineIndex.remove(id);
    this.linesBy.get(line.owner)?.delete(id);
    for (const end of [line.edge.source, line.edge.target]) {
      this.linesOf.get(end.element)?.delete(id);
    }
  }

  routeLines(lines) {
    const routes = this.notation.routes(lines.map((line) => line.edge), this.nodes, this.nodeIndex);
    for (const line of lines) {
      this.setRoute(line, routes.get(line.id));
    }
  }

  setRoute(line, route) {
    line.route = route;
    Object.assign(line, grown(boxRound(route.points), MARGIN));
    this.lineIndex.insert(line.id, line);
  }

  /** Marks the lines at an element; one that lost an end goes, one that won both comes. */
  touchLinesAt(id, edit) {
    for (const lineId of [...(this.linesOf.get(id) ?? NONE)]) {
      const { edge } = this.lines.get(lineId);
      if (this.nodes.has(edge.source.element) && this.nodes.has(edge.target.element)) {
        edit.lines.add(lineId);
      } else {
        this.dropLine(lineId, edit);
      }
    }
    if (this.nodes.has(id)) {
      this.connectMissing(id, edit);
    }
  }

  /** After an element came to the diagram: its own lines, and those of the records that name it. */
  connectMissing(id, edit) {
    const owners = new Set([id]);
    for (const referrer of this.source.referrers(id)) {
      const record = this.source.get(referrer);
      owners.add(record?.kind === "foreign_key" ? record.parent : referrer);
    }
    for (const owner of owners) {
      const record = this.source.get(owner);
      if (record) {
        this.connect(record, edit);
      }
    }
  }

  // Moving, while somebody drags: the design does not know of it yet.

  /**
   * Puts boxes and sheets elsewhere for as long as a drag lasts. Where many move, the indexes stay behind until
   * `catchUp`: nothing is looked up among them meanwhile, and keeping them would cost more than the drawing.
   * @param {Map<string, {x: number, y: number}>} places by element, area or note id
   */
  moveTo(places) {
    const light = places.size > MANY_MOVED;
    const touched = new Set();
    const shifts = new Map();
    for (const [id, { x, y }] of places) {
      const item = this.item(id);
      if (item) {
        shifts.set(id, [x - item.x, y - item.y]);
        item.x = x;
        item.y = y;
        if (!light && this.nodes.has(id)) {
          this.nodeIndex.update(id, item);
        }
        this.linesAt(id).forEach((line) => touched.add(line));
      }
    }
    this.routeMoved([...touched].map((id) => this.lines.get(id)), shifts, light);
  }

  /** A line whose two ends move together moves with them; the others find a new way. */
  routeMoved(lines, shifts, light) {
    const rest = [];
    for (const line of lines) {
      const [source, target] = [shifts.get(line.edge.source.element), shifts.get(line.edge.target.element)];
      if (source && target) {
        shiftLine(line, source[0], source[1]);
        if (!light) {
          this.lineIndex.insert(line.id, line);
        }
      } else {
        rest.push(line);
      }
    }
    this.routeLines(rest);
  }

  /** Brings the indexes up to where things are after `moveTo`. */
  catchUp(ids) {
    for (const id of ids) {
      const node = this.nodes.get(id);
      if (node) {
        this.nodeIndex.update(id, node);
      }
      for (const line of this.linesAt(id)) {
        this.lineIndex.insert(line, this.lines.get(line));
      }
    }
  }

  // Looking up

  /** Returns the box, area or note with an id. */
  item(id) {
    return this.nodes.get(id) ?? this.sheets.get(id) ?? null;
  }

  /** Returns the smallest box round everything, or null where there is nothing. */
  bounds() {
    return union([...this.nodes.values(), ...this.sheets.values()]);
  }

  nodesIn(box) {
    return this.nodeIndex.query(grown(box, 6)).map((id) => this.nodes.get(id));
  }

  /** Returns the lines that run through a box; the box round a long line may touch it where the line does not. */
  linesIn(box) {
    const near = grown(box, MARGIN);
    return this.lineIndex.query(box).map((id) => this.lines.get(id)).filter((line) => runsThrough(line.route.points, near));
  }

  /** Returns the ids of the lines at an element. */
  linesAt(id) {
    return this.linesOf.get(id) ?? NONE;
  }
}

const NONE = new Set();

function group(map, key) {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}

function boxOnly({ x, y, w, h }) {
  return { x, y, w, h };
}

function sameRoute(a, b) {
  return a !== null && a.points.length === b.points.length
    && a.points.every(([x, y], index) => x === b.points[index][0] && y === b.points[index][1]);
}

function shiftLine(line, dx, dy) {
  const { points, source, target, label } = line.route;
  const shift = ([x, y]) => [x + dx, y + dy];
  line.route = {
    ...line.route, points: points.map(shift), label: shift(label),
    source: { ...source, point: shift(source.point) }, target: { ...target, point: shift(target.point) },
  };
  line.x += dx;
  line.y += dy;
}

function runsThrough(points, { x, y, w, h }) {
  for (let at = 1; at < points.length; at += 1) {
    const [x1, y1] = points[at - 1];
    const [x2, y2] = points[at];
    if (Math.min(x1, x2) <= x + w && Math.max(x1, x2) >= x && Math.min(y1, y2) <= y + h && Math.max(y1, y2) >= y) {
      return true;
    }
  }
  return false;
}

function boxRound(points) {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}
