/**
 * The lines of a scene: which there are, whom they belong to, how they run and where they are found.
 *
 * @typedef {{id: string, owner: string, edge: object, route: object, x: number, y: number, w: number, h: number}} Line
 *   `owner` is the record that brings it; the box is that of the route with its marks
 */

import { edgesFrom } from "../geometry/edges.js";
import { Labels } from "../geometry/labels.js";
import { Lanes } from "../geometry/lanes.js";
import { LineIndex } from "../geometry/line_index.js";
import { mergedEdge } from "./collapse.js";
import { inSlices } from "./slices.js";

/** How far marks and labels stick out of a line. */
export const LINE_MARGIN = 18;
/** Up to this many lines all routes are found again after an edit, so that the lanes are those of a fresh load. */
const FEW_LINES = 300;
/** With more lines than this the first picture does not wait for them. */
const AT_ONCE = 400;
const NONE = new Set();
const BETWEEN_ENTITIES = new Set(["relationship", "generalization"]);

/** Lines by id. Whoever asks for one gets it with its route, though the others may still wait for theirs. */
class RoutedLines extends Map {
  constructor(finish) {
    super();
    this.finish = finish;
  }

  get(id) {
    const line = super.get(id);
    if (line && line.route === null) {
      this.finish();
    }
    return line;
  }

  values() {
    this.finish();
    return super.values();
  }
}

export class SceneLines {
  /** @param {object} scene the Scene whose `ends` are what lines may end at */
  constructor(scene) {
    this.scene = scene;
    this.waiting = null; // what is left of finding the first routes
    this.byId = new RoutedLines(() => this.finish());
    this.ofElement = new Map(); // element id -> ids of the lines that end there
    this.ofOwner = new Map(); // id of the record that brings them -> ids of lines
    this.index = new LineIndex(LINE_MARGIN);
    this.labels = new Labels();
    this.lanes = new Lanes(); // kept, so that a line that comes or moves finds its place beside the others
    this.merged = new Map(); // id of a line to a collapsed area -> the edges that it stands for
  }

  /** Brings the lines of a record. Where one ends in a collapsed area after an edit, only loading again helps. */
  connect(owner, edit) {
    for (const edge of edgesFrom(this.scene.source, owner)) {
      const [source, target] = [this.scene.standIn(edge.source.element), this.scene.standIn(edge.target.element)];
      if (source === undefined || target === undefined || this.byId.has(edge.id)) {
        continue;
      }
      if (source === edge.source.element && target === edge.target.element) {
        this.add(owner.id, edge);
        edit?.lines.add(edge.id);
      } else if (edit) {
        edit.reload = true;
      } else if (source !== target) {
        this.merge(owner.id, edge, source, target);
      }
    }
  }

  merge(owner, edge, source, target) {
    const id = [source, target].sort().join("~");
    const edges = this.merged.get(id);
    if (edges) {
      edges.push(edge);
      group(this.ofOwner, owner).add(id);
      this.byId.get(id).edge = mergedEdge(id, edges, source, target);
    } else {
      this.merged.set(id, [edge]);
      this.add(owner, mergedEdge(id, [edge], source, target));
    }
  }

  add(owner, given) {
    const edge = this.scene.notation.adjustEdge(given, this.scene.source);
    this.byId.set(edge.id, { id: edge.id, owner, edge, notation: this.scene.notation, route: null, x: 0, y: 0, w: 0, h: 0 });
    group(this.ofOwner, owner).add(edge.id);
    elementsOf(edge).forEach((element) => group(this.ofElement, element).add(edge.id));
  }

  /** Takes the lines of a record away and brings those that it has now. */
  reconnect(id, edit) {
    const owner = this.scene.source.get(id);
    edit.reload ||= this.scene.notation.boxesFollow && this.isBetweenEntities(id, owner);
    for (const line of [...(this.ofOwner.get(id) ?? NONE)]) {
      this.drop(line, edit);
    }
    this.ofOwner.delete(id);
    if (owner) {
      this.connect(owner, edit);
    }
  }

  /** Tells whether a record, which may be gone, is or was a relationship or a generalization. */
  isBetweenEntities(id, owner) {
    const [line] = this.ofOwner.get(id) ?? NONE;
    return BETWEEN_ENTITIES.has(owner?.kind ?? this.byId.get(line)?.edge.kind);
  }

  drop(id, edit) {
    const line = this.byId.get(id);
    if (!line) {
      return;
    }
    edit.reload ||= this.merged.has(id);
    edit.dirty.push(boxOnly(line));
    this.byId.delete(id);
    this.index.remove(id);
    this.lanes.release(id);
    edit.dirty.push(...this.labels.drop(id));
    this.ofOwner.get(line.owner)?.delete(id);
    elementsOf(line.edge).forEach((element) => this.ofElement.get(element)?.delete(id));
  }

  /** Marks the lines at an element; one that lost an end goes, one that won both comes. */
  touchAt(id, edit) {
    const { nodes } = this.scene;
    for (const lineId of [...this.at(id)]) {
      const { edge } = this.byId.get(lineId);
      if (nodes.has(edge.source.element) && nodes.has(edge.target.element)) {
        edit.lines.add(lineId);
      } else {
        this.drop(lineId, edit);
      }
    }
    if (nodes.has(id)) {
      this.connectMissing(id, edit);
    }
  }

  /** After an element came to the diagram: its own lines, and those of the records that name it. */
  connectMissing(id, edit) {
    const { source } = this.scene;
    const owners = new Set([id]);
    for (const referrer of source.referrers(id)) {
      const record = source.get(referrer);
      owners.add(record?.kind === "foreign_key" ? record.parent : referrer);
    }
    for (const owner of owners) {
      const record = source.get(owner);
      if (record) {
        this.connect(record, edit);
      }
    }
  }

  // Routes

  /** Finds the first routes: at once, or where there are many lines after the boxes have been painted. */
  routeAll() {
    this.waiting = this.routing([...this.byId.values()]);
    if (this.byId.size <= AT_ONCE) {
      this.finish();
      return;
    }
    const isStale = () => this.scene.wires !== this;
    inSlices((until) => isStale() || this.workUntil(until), () => isStale() || this.scene.whenRouted());
  }

  /** Finds all routes as `route` does, with pauses. */
  * routing(lines) {
    const { notation, ends, nodeIndex } = this.scene;
    const edges = lines.map((line) => line.edge);
    const routes = yield* notation.routeSteps(edges, ends, nodeIndex, this.lanes);
    for (const line of lines) {
      this.setRoute(line, routes.get(line.id));
      yield;
    }
    yield* this.labels.steps(lines, notation, nodeIndex);
  }

  /** Goes on with what waits until a moment; tells whether nothing is left. */
  workUntil(moment) {
    while (this.waiting && performance.now() < moment) {
      if (this.waiting.next().done) {
        this.waiting = null;
      }
    }
    return this.waiting === null;
  }

  /** Finds the routes that are still missing, now. */
  finish() {
    const { waiting } = this;
    this.waiting = null;
    while (waiting && !waiting.next().done);
  }

  /** Finds the routes of lines and places their labels; returns the boxes of the labels that came or went. */
  route(lines) {
    const { notation, ends, nodeIndex } = this.scene;
    const routes = notation.routes(lines.map((line) => line.edge), ends, nodeIndex, this.lanes);
    for (const line of lines) {
      this.setRoute(line, routes.get(line.id));
    }
    return this.labels.replace(lines, notation, nodeIndex);
  }

  setRoute(line, route) {
    line.route = route;
    setBoxRound(line, line.notation.traced(route));
    this.index.insert(line);
  }

  /** Finds the routes that an edit touched, with what lies in the way of the boxes that moved. */
  reroute({ dirty, lines }) {
    if (lines.size === 0 && dirty.length === 0) {
      return;
    }
    const wanted = [...(this.isMany ? lines : this.byId.keys())].map((id) => this.byId.get(id)).filter(Boolean);
    const before = wanted.map((line) => ({ line, route: line.route, box: boxOnly(line) }));
    dirty.push(...this.route(wanted));
    for (const { line, route, box } of before) {
      if (!sameRoute(route, line.route)) {
        dirty.push(box, boxOnly(line));
      } else if (lines.has(line.id)) {
        dirty.push(boxOnly(line));
      }
    }
  }

  /** A line whose two ends move together moves with them; the others find a new way. */
  move(ids, shifts, light) {
    const rest = [];
    for (const id of ids) {
      const line = this.byId.get(id);
      const [source, target] = [shifts.get(line.edge.source.element), shifts.get(line.edge.target.element)];
      if (source && target && source[0] === target[0] && source[1] === target[1]) {
        shiftLine(line, source[0], source[1]);
        this.lanes.shift(id, source[0], source[1]);
        this.labels.shift(id, source[0], source[1]);
        if (!light) {
          this.index.insert(line);
        }
      } else {
        rest.push(line);
      }
    }
    this.route(rest);
  }

  /** Whether there are so many lines that an edit finds only those routes again that it touched. */
  get isMany() {
    return this.byId.size > FEW_LINES;
  }

  /** Moves every line, as all that they end at has moved. */
  shiftAll(dx, dy) {
    this.index = new LineIndex(LINE_MARGIN);
    for (const line of this.byId.values()) {
      shiftLine(line, dx, dy);
      this.index.insert(line);
    }
    this.lanes.shiftAll(dx, dy);
    this.labels.shiftAll(dx, dy);
  }

  /** Brings the index and the labels of lines up to where they are after `move`. */
  settle(ids) {
    const lines = [...ids].map((id) => this.byId.get(id));
    lines.forEach((line) => this.index.insert(line));
    this.labels.replace(lines, this.scene.notation, this.scene.nodeIndex);
  }

  /** Returns the ids of the lines at an element. */
  at(id) {
    return this.ofElement.get(id) ?? NONE;
  }
}

/** The elements that a line follows: its ends, and those with which it meets in one circle. */
function elementsOf({ source, target, others = [] }) {
  return [source.element, target.element, ...others];
}

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

function setBoxRound(line, points) {
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
  line.x = left - LINE_MARGIN;
  line.y = top - LINE_MARGIN;
  line.w = right - left + 2 * LINE_MARGIN;
  line.h = bottom - top + 2 * LINE_MARGIN;
}
