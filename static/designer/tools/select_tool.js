/** The tool of the first moment: click selects, drag moves boxes or rows or draws a rubber band, a handle starts a foreign key. */

import { between, contains, intersects, union } from "../geometry/box.js";
import { BLOCK, levelAt } from "../render/level.js";
import { duplicateBy } from "../doc/commands/index.js";
import { RowDrag, rowsToDrag } from "./row_drag.js";
import { snapped } from "./snap.js";
import { Connection } from "./connection.js";
import { Reattachment } from "./line_ends.js";

/** A pointer that moved less than this is still a click. */
const SLACK = 4;
/** A finger trembles more. */
const TOUCH_SLACK = 9;
/** Milliseconds that a finger rests on a row before it can be dragged. */
const LONG_PRESS = 380;
const LEAST = { area: [120, 80], note: [80, 48] };

/**
 * States: null, pressed (down on something, not moved yet), moving, rowing (rows are dragged), sizing, banding, connecting.
 * A tool gets `down`, `move`, `up` with a press `{point, world, hit, shift, alt, mod, touch}` and `cancel`.
 */
export class SelectTool {
  constructor(editor) {
    this.editor = editor;
    this.state = null;
  }

  get busy() {
    return this.state !== null;
  }

  /** Tells whether a long press took up rows. */
  get holdsRows() {
    return this.state?.name === "rowing";
  }

  cursor(hit) {
    if (hit?.corner) {
      return "nwse-resize";
    }
    if (hit?.handle || hit?.mark || hit?.end) {
      return "crosshair";
    }
    return hit ? "pointer" : "default";
  }

  down(press) {
    const { hit } = press;
    if (hit?.end) {
      this.state = { name: "connecting", connection: new Reattachment(this.editor, hit) };
    } else if (hit?.handle || hit?.mark) {
      this.state = { name: "connecting", connection: new Connection(this.editor, hit) };
    } else if (hit?.corner && this.editor.canEdit) {
      this.state = { name: "sizing", id: hit.id, from: press.world, box: { ...this.editor.scene.item(hit.id) } };
    } else if (hit?.add) {
      this.state = { name: "pressed", press, held: true };
    } else if (hit) {
      this.state = { name: "pressed", press, held: this.editor.holds(hit) };
      if (!this.state.held && !press.shift && !press.mod) {
        this.editor.select([hit.id]);
      }
      press.touch && this.waitForLongPress(press);
    } else {
      this.state = { name: "banding", from: press.world, before: press.shift ? [...this.editor.selection] : [], press };
    }
  }

  move(press) {
    const { state } = this;
    if (state?.name === "pressed" && far(state.press.point, press.point, press.touch ? TOUCH_SLACK : SLACK)) {
      clearTimeout(this.timer);
      this.dragsRows(press) ? this.startRows(rowsToDrag(this.editor, state.press.hit)) : this.startMoving(press);
    }
    STEPS[this.state?.name]?.(this, press);
  }

  up(press) {
    const { state } = this;
    this.state = null;
    clearTimeout(this.timer);
    ENDS[state?.name]?.(this, state, press);
  }

  cancel() {
    const { state } = this;
    this.state = null;
    clearTimeout(this.timer);
    if (state?.name === "rowing") {
      state.drag.end();
    } else if (state?.name === "moving") {
      this.editor.view.marks.ghosts = [];
      this.editor.view.carry(state.start, 0, 0);
      this.settle(state.ids);
    } else if (state?.name === "sizing") {
      Object.assign(this.editor.scene.item(state.id), state.box);
      this.editor.view.refresh();
    } else if (state?.name === "connecting") {
      state.connection.end();
    } else if (state?.name === "banding") {
      this.editor.view.marks.marquee = null;
      this.editor.select(state.before);
    }
    this.editor.view.draw();
  }

  // Rows

  /** Selected rows are dragged, and the rows of the one selected table where the drag begins up or down. */
  dragsRows(press) {
    const { press: from, held } = this.state;
    const { hit } = from;
    const { selection } = this.editor;
    if (!hit.row || hit.add || press.shift || rowsToDrag(this.editor, hit).length === 0) {
      return false;
    }
    const upright = Math.abs(press.point.y - from.point.y) > Math.abs(press.point.x - from.point.x);
    return selection.has(hit.row) || (held && selection.size === 1 && selection.has(hit.id) && upright && !press.touch);
  }

  startRows(rows) {
    this.state = { name: "rowing", press: this.state.press, drag: new RowDrag(this.editor, this.state.press.hit.id, rows) };
  }

  /** A finger that rests on a row takes it up; where it then does not move, the menu of the row opens. */
  waitForLongPress(press) {
    const rows = press.hit.row ? rowsToDrag(this.editor, press.hit) : [];
    if (rows.length === 0) {
      return;
    }
    this.timer = setTimeout(() => {
      this.startRows(rows);
      this.editor.select(rows);
      this.state.drag.move(press);
      globalThis.navigator?.vibrate?.(10);
    }, LONG_PRESS);
  }

  // Moving

  startMoving(press) {
    const { editor } = this;
    const { hit } = this.state.press;
    if (hit.kind === "line" || hit.add || !editor.canMove) {
      this.state = { name: "pressed", press: this.state.press, held: true, moved: true };
      return;
    }
    if (!editor.holds(hit) || !editor.selection.has(hit.id)) {
      editor.select(press.shift ? [...editor.selection, hit.id] : [hit.id]);
    }
    const ids = withContents([...editor.selection].filter((id) => editor.scene.item(id)), editor.scene);
    const items = ids.map((id) => editor.scene.item(id));
    const start = new Map(items.map((item) => [item.id, spot(item)]));
    const box = union(items);
    this.state = { name: "moving", from: this.state.press.world, start, box, ids };
    editor.view.takeUp(ids);
  }

  moveBy(press) {
    const { editor, state } = this;
    let dx = press.world.x - state.from.x;
    let dy = press.world.y - state.from.y;
    if (press.shift) {
      [dx, dy] = Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy];
    }
    const box = { ...state.box, x: state.box.x + dx, y: state.box.y + dy };
    const snap = press.mod ? { dx: 0, dy: 0, guides: [] } : snapped(box, this.neighbours(box), editor.view.transform.k);
    editor.view.marks.guides = snap.guides;
    state.by = { dx: Math.round(dx + snap.dx), dy: Math.round(dy + snap.dy) };
    state.copying = press.alt;
    const { by } = state;
    editor.view.marks.ghosts = press.alt ? this.ghosts(by) : [];
    editor.view.carry(state.start, press.alt ? 0 : by.dx, press.alt ? 0 : by.dy);
  }

  /** What copies would look like where they will stand. */
  ghosts({ dx, dy }) {
    const { scene } = this.editor;
    return this.state.ids.map((id) => scene.nodes.get(id)).filter(Boolean)
      .map((node) => ({ ...node, x: this.state.start.get(node.id).x + dx, y: this.state.start.get(node.id).y + dy }));
  }

  /** What stands near enough to line up with; from afar nothing does, as nobody could see it, and nothing is left beside all. */
  neighbours(box) {
    const { scene, view } = this.editor;
    if (levelAt(view.transform.k) === BLOCK || view.lift?.isWhole) {
      return [];
    }
    const near = { x: box.x - 500, y: box.y - 400, w: box.w + 1000, h: box.h + 800 };
    return scene.nodesIn(near).filter((node) => !this.state.start.has(node.id));
  }

  duplicate({ ids, start, by }) {
    const { editor } = this;
    editor.view.carry(start, 0, 0);
    this.settle(ids);
    const edit = editor.run(() => duplicateBy(editor.design, { ids, diagram: editor.diagram, ...by }));
    edit && editor.select(edit.select);
  }

  settle(ids) {
    this.editor.view.marks.guides = [];
    this.editor.view.lift || this.editor.scene.catchUp(ids);
    this.editor.view.sink();
  }

  // Rubber band

  band(press) {
    const { editor, state } = this;
    const box = between(state.from.x, state.from.y, press.world.x, press.world.y);
    editor.view.marks.marquee = box;
    const inside = editor.scene.nodesIn(box).filter((node) => intersects(node, box)).map((node) => node.id);
    const sheets = [...editor.scene.sheets.values()].filter((sheet) => contains(box, sheet)).map((sheet) => sheet.id);
    editor.select([...new Set([...state.before, ...inside, ...sheets])], { quiet: true });
    editor.view.draw();
  }

  size(press) {
    const { editor, state } = this;
    const item = editor.scene.item(state.id);
    const [leastW, leastH] = LEAST[item.kind];
    item.w = Math.max(leastW, Math.round(state.box.w + press.world.x - state.from.x));
    item.h = Math.max(leastH, Math.round(state.box.h + press.world.y - state.from.y));
    editor.view.invalidate([{ x: item.x - 10, y: item.y - 10, w: Math.max(item.w, state.box.w) + 400, h: Math.max(item.h, state.box.h) + 400 }]);
  }
}

const STEPS = {
  moving: (tool, press) => tool.moveBy(press),
  banding: (tool, press) => tool.band(press),
  sizing: (tool, press) => tool.size(press),
  rowing: (tool, press) => tool.state.drag.move(press),
  connecting: (tool, press) => tool.state.connection.move(press),
};

const ENDS = {
  pressed(tool, state, press) {
    if (!state.moved) {
      tool.editor.click(state.press.hit, press, state.held);
    }
  },
  rowing(tool, state, press) {
    if (press.touch && !far(state.press.point, press.point, TOUCH_SLACK)) {
      state.drag.end();
      const canvas = tool.editor.view.canvas.getBoundingClientRect();
      tool.editor.openMenu(press, { clientX: canvas.left + press.point.x, clientY: canvas.top + press.point.y });
    } else {
      state.drag.finish(press);
    }
  },
  moving(tool, state) {
    const { editor } = tool;
    editor.view.marks.ghosts = [];
    if (state.copying) {
      tool.duplicate(state);
      return;
    }
    const { dx, dy } = state.by;
    const there = [...state.start].filter(([id]) => editor.scene.item(id));
    tool.settle(state.ids);
    if (there.length > 0 && (dx !== 0 || dy !== 0)) {
      const positions = there.map(([element, { x, y }]) => ({ element, x: x + dx, y: y + dy }));
      editor.moveTo(positions);
    }
  },
  banding(tool, state, press) {
    const { editor } = tool;
    editor.view.marks.marquee = null;
    if (!far(state.press.point, press.point) && !press.shift) {
      editor.select([]);
    } else {
      editor.select([...editor.selection]);
    }
  },
  sizing(tool, state) {
    const { w, h } = tool.editor.scene.item(state.id);
    Object.assign(tool.editor.scene.item(state.id), state.box);
    tool.editor.resizeSheet(state.id, w, h);
  },
  connecting: (tool, state, press) => state.connection.finish(press),
};

function spot({ x, y }) {
  return { x, y };
}

function far(a, b, slack = SLACK) {
  return Math.hypot(a.x - b.x, a.y - b.y) > slack;
}

/** An area carries what stands on it. */
export function withContents(ids, scene) {
  const found = new Set(ids);
  for (const id of ids) {
    const area = scene.sheets.get(id);
    if (area?.kind === "area" && !area.collapsed) {
      scene.nodesIn(area).filter((node) => contains(area, node) && !scene.isGhost(node.id)).forEach((node) => found.add(node.id));
      for (const note of scene.sheets.values()) {
        if (note.kind === "note" && contains(area, note)) {
          found.add(note.id);
        }
      }
    }
  }
  return [...found];
}
