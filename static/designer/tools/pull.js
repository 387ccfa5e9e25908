/**
 * A line that is pulled to the pointer: its preview, the hint beside the pointer, the modifiers while it lasts, Escape. What it
 * ends at and what comes of it say those who extend it: `targetAt(press)`, `wishFor(target, press)`, `finish(press)`, and in words
 * `choices` (the modifiers that count) and `advice` (what to do while it ends nowhere).
 */

/** A pointer that moved less than this, in pixels of the screen, only clicked. */
const SLACK = 4;
/** How far, in pixels of the screen, the pointer must be from its own element for that to count as left. */
const AWAY = 12;

export class Pull {
  /**
   * @param {object} editor
   * @param {{from: (x: number) => {point: number[], side: number}, home: object}} start where the line leaves for a pointer at x, and the
   *   box that it starts at
   */
  constructor(editor, { from, home }) {
    this.editor = editor;
    this.anchor = from;
    this.home = home;
    this.target = null;
    this.press = null;
    this.first = null;
    this.moved = false;
    this.left = false;
    this.known = "";
    this.onKey = (event) => this.keyChanged(event);
    globalThis.addEventListener?.("keydown", this.onKey, { capture: true });
    globalThis.addEventListener?.("keyup", this.onKey, { capture: true });
  }

  move(press) {
    this.press = press;
    this.first ??= press.point;
    this.moved ||= Math.hypot(press.point.x - this.first.x, press.point.y - this.first.y) > SLACK;
    this.left ||= this.isAway(press.world);
    this.target = this.targetAt(press);
    this.learn(press);
    this.show(press);
  }

  isAway({ x, y }) {
    const { x: left, y: top, w, h } = this.home;
    const gap = AWAY / this.editor.view.transform.k;
    return x < left - gap || x > left + w + gap || y < top - gap || y > top + h + gap;
  }

  /** Finds out what it would make, only where the target or the modifiers changed. */
  learn(press) {
    const { shift, alt, mod } = press;
    const key = JSON.stringify([this.target, shift, alt, mod]);
    if (key !== this.known) {
      this.known = key;
      this.wish = this.target ? this.wishFor(this.target, press) : null;
    }
  }

  show({ world, point }) {
    const { view, connections } = this.editor;
    const { scene } = this.editor;
    const edge = this.wish?.edge ? scene.notation.adjustEdge(this.wish.edge, scene.source) : null;
    const shown = edge !== null && [edge.source, edge.target].every((each) => scene.ends.has(each.element));
    const route = shown ? scene.notation.routes([edge], scene.ends, scene.nodeIndex).get(edge.id) : null;
    const line = route ? { edge, notation: scene.notation, route } : this.looseLine(world);
    view.marks.preview = { line, target: this.target, refused: Boolean(this.wish?.refused) };
    connections.shows.hint(this.moved ? this.words() : null, point);
    view.draw();
  }

  words() {
    const { wish } = this;
    if (!wish) {
      return { text: this.left ? this.advice : "", refused: false, choices: "" };
    }
    return { text: wish.refused || wish.says, refused: Boolean(wish.refused), choices: wish.refused ? "" : this.choices };
  }

  /** A line to the pointer, in the middle of nowhere. */
  looseLine({ x, y }) {
    const { point, side } = this.anchor(x);
    const bend = (x - point[0]) * side > 40 ? (point[0] + x) / 2 : point[0] + 24 * side;
    const toward = Math.sign(bend - x) || -side;
    const free = { element: "", rows: [], shape: "", min: 0, max: null, role: "" };
    const plain = { middle: -1, figure: null, doubles: [false, false], shared: false, texts: [], subset: null }; // as Chen's lines have it
    const route = {
      ...plain, points: [point, [bend, point[1]], [bend, y], [x, y]], label: [bend, (point[1] + y) / 2],
      source: { point, direction: [side, 0] }, target: { point: [x, y], direction: [toward, 0] },
    };
    return { edge: { id: "preview", source: free, target: free, kind: "foreign_key", identifying: false, label: "" }, notation: this.editor.scene.notation, route };
  }

  /** A modifier was pressed or let go, or Escape: the pointer need not move for that. */
  keyChanged(event) {
    if (event.key === "Escape" && event.type === "keydown") {
      event.preventDefault();
      event.stopPropagation();
      this.editor.tool.cancel();
    } else if (["Shift", "Alt", "Control", "Meta"].includes(event.key) && this.press) {
      event.preventDefault(); // Alt alone would open the menu bar of some browsers.
      this.move({ ...this.press, shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey });
    }
  }

  /** Keeps the preview, while a menu is open, and lets go of the keys. */
  rest() {
    globalThis.removeEventListener?.("keydown", this.onKey, { capture: true });
    globalThis.removeEventListener?.("keyup", this.onKey, { capture: true });
    this.editor.connections.shows.hint(null);
  }

  end() {
    this.rest();
    this.editor.view.marks.preview = null;
    this.editor.view.draw();
  }
}
