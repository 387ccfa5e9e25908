/**
 * Many things on the move: what is dragged together keeps its shape, so it is painted once into tiles of its own and
 * these are moved. The lines that lead out of the group are stretched, and find new ways a few in each frame, however
 * many they are; the scene is as before until the drag ends.
 */

import { Lanes } from "../geometry/lanes.js";
import { stretched } from "../geometry/stretch.js";

/** So few are moved and painted one by one. */
export const FEW = 12;
/** Unless more lines than these hang on them: to find a way for each would take longer than a frame has. */
export const FEW_LINES = 40;
/** More lines than these are not drawn anew meanwhile where one cannot find its way without the others. */
const MOST_TOGETHER = 120;

export class Lift {
  /**
   * @param {object} scene
   * @param {Iterable<string>} ids of boxes, areas and notes
   */
  constructor(scene, ids) {
    this.scene = scene;
    this.ids = new Set(ids);
    this.lines = new Set(); // those with both ends in the group
    this.crossing = new Map(); // those that lead out of it, as they run meanwhile
    this.moved = new Map(); // boxes at which they end, as they stand meanwhile
    this.waiting = new Set(); // lines that are only stretched, in the order of their turns
    this.lanes = new Lanes();
    this.dx = 0;
    this.dy = 0;
    /** Whether all that stands on the diagram is dragged: then its picture moves as it is, and no line changes. */
    this.isWhole = holdsAll(this.ids, scene);
    for (const id of this.isWhole ? [] : this.ids) {
      scene.linesAt(id).forEach((line) => this.take(scene.lines.get(line)));
    }
    this.ends = { has: (id) => scene.ends.has(id), get: (id) => this.moved.get(id) ?? scene.ends.get(id) };
  }

  take(line) {
    const { source, target } = line.edge;
    if (this.ids.has(source.element) && this.ids.has(target.element)) {
      this.lines.add(line.id);
      return;
    }
    this.crossing.set(line.id, { ...line, found: { route: line.route, dx: 0, dy: 0 } });
    const id = this.ids.has(source.element) ? source.element : target.element;
    if (!this.moved.has(id)) {
      this.moved.set(id, { ...this.scene.ends.get(id), from: this.scene.ends.get(id) });
    }
  }

  /** Tells whether a box, sheet or line belongs to what is dragged, and is painted by it alone. */
  has(id) {
    return this.ids.has(id) || this.lines.has(id) || this.crossing.has(id);
  }

  /** Returns the ids of all that is painted here. */
  all() {
    return [...this.ids, ...this.lines, ...this.crossing.keys()];
  }

  /** Stands so far away from where the drag began. */
  moveTo(dx, dy) {
    this.dx = dx;
    this.dy = dy;
    for (const box of this.moved.values()) {
      box.x = box.from.x + dx;
      box.y = box.from.y + dy;
    }
    const { straight } = this.scene.notation;
    for (const line of this.crossing.values()) {
      const { found } = line;
      const end = this.ids.has(line.edge.source.element) ? "source" : "target";
      line.route = stretched(found.route, end, dx - found.dx, dy - found.dy, straight);
      this.waiting.add(line);
    }
  }

  /**
   * Finds new ways for lines that are only stretched until a moment, for one at least.
   * @returns {boolean} whether others wait
   */
  findWays(moment) {
    if (this.scene.notation.straight) {
      this.waiting.size <= MOST_TOGETHER && this.findWay([...this.waiting]);
      this.waiting.clear();
    }
    for (const line of this.waiting) {
      this.findWay([line]);
      if (performance.now() >= moment) {
        break;
      }
    }
    return this.waiting.size > 0;
  }

  findWay(lines) {
    const { dx, dy } = this;
    const routes = this.scene.notation.routes(lines.map((line) => line.edge), this.ends, this.scene.nodeIndex, this.lanes);
    for (const line of lines) {
      line.route = routes.get(line.id);
      line.found = { route: line.route, dx, dy };
      this.waiting.delete(line);
    }
  }
}

function holdsAll(ids, { nodes, sheets }) {
  if (ids.size < nodes.size + sheets.size) {
    return false;
  }
  for (const things of [nodes, sheets]) {
    for (const id of things.keys()) {
      if (!ids.has(id)) {
        return false;
      }
    }
  }
  return true;
}
