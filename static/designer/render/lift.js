/**
 * Many things on the move: what is dragged together keeps its shape, so it is painted once into tiles of its own and
 * these are moved. Only the lines that lead out of the group find new ways; the scene is as before until the drag ends.
 */

import { anchorY } from "../geometry/route.js";

/** So few are moved and painted one by one. */
export const FEW = 12;
/** More lines than these are drawn without looking for a way round what stands between. */
const MOST_ROUTED = 120;

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
    this.dx = 0;
    this.dy = 0;
    for (const id of this.ids) {
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
    this.crossing.set(line.id, { ...line });
    const id = this.ids.has(source.element) ? source.element : target.element;
    if (!this.moved.has(id)) {
      this.moved.set(id, { ...this.scene.ends.get(id), from: this.scene.ends.get(id) });
    }
  }

  /** Tells whether a box, sheet or line belongs to what is dragged, and is painted by it. */
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
    const lines = [...this.crossing.values()];
    if (lines.length > MOST_ROUTED) {
      lines.forEach((line) => this.connect(line));
      return;
    }
    const routes = this.scene.notation.routes(lines.map((line) => line.edge), this.ends, this.scene.nodeIndex);
    lines.forEach((line) => {
      line.route = routes.get(line.id);
    });
  }

  /** The simplest line: out of one side, into the other. */
  connect(line) {
    const { source, target } = line.edge;
    const [a, b] = [this.ends.get(source.element), this.ends.get(target.element)];
    const right = a.x + a.w / 2 < b.x + b.w / 2;
    const from = [right ? a.x + a.w : a.x, anchorY(a, source.rows)];
    const to = [right ? b.x : b.x + b.w, anchorY(b, target.rows)];
    const middle = Math.round((from[0] + to[0]) / 2);
    line.route = { ...line.route, points: [from, [middle, from[1]], [middle, to[1]], to] };
  }
}
