/**
 * Things that fly to where they stand now. A layout or its undoing changes many places at once; seeing where each table goes
 * keeps people oriented. The design has moved already: only the scene is put back and led there, frame by frame.
 */

import { intersects } from "../geometry/box.js";

const FLIGHT = 400;
/** What can be painted and routed in every frame; above it the old picture fades into the new one. */
const MOST_ITEMS = 160;
const MOST_LINES = 260;

export class Motion {
  /**
   * @param {object} view
   * @param {(id: string) => object | undefined} recordOf the record of the design
   */
  constructor(view, recordOf) {
    this.view = view;
    this.recordOf = recordOf;
    this.flight = null;
    for (const event of ["pointerdown", "wheel", "keydown"]) {
      view.canvas.addEventListener(event, () => this.land(), { capture: true, passive: true });
    }
  }

  /** Returns where everything stands now, and how it looks, for `from` to begin with. */
  before() {
    this.land();
    const { nodes, sheets } = this.view.scene;
    const places = new Map([...nodes.values(), ...sheets.values()].map(({ id, x, y }) => [id, { x, y }]));
    return { places, picture: this.isCalm() || places.size <= MOST_ITEMS ? null : copyOf(this.view.canvas) };
  }

  /**
   * Shows the way from `before` to now; at once for people who want no motion.
   * @param {{places: Map<string, {x: number, y: number}>, picture: HTMLCanvasElement | null}} before
   * @param {object | null} goal the box that will be looked at afterwards, if the view moves as well
   */
  from({ places, picture }, goal) {
    const moved = [...places].filter(([id, place]) => this.hasMoved(id, place));
    if (moved.length === 0 || this.isCalm()) {
      return;
    }
    const seen = moved.filter(([id, place]) => this.isSeen(id, place, goal));
    const lines = new Set(seen.flatMap(([id]) => [...this.view.scene.linesAt(id)]));
    if (seen.length <= MOST_ITEMS && lines.size <= MOST_LINES) {
      this.fly(new Map(seen));
    } else if (picture) {
      this.fade(picture);
    }
  }

  isCalm() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  hasMoved(id, { x, y }) {
    const item = this.view.scene.item(id);
    return item !== null && (item.x !== x || item.y !== y);
  }

  isSeen(id, place, goal) {
    const item = this.view.scene.item(id);
    const sight = this.view.visible();
    const touches = (box) => intersects(box, { ...item, ...place }) || intersects(box, item);
    return touches(sight) || (goal !== null && touches(goal));
  }

  fly(starts) {
    const { view } = this;
    const start = performance.now();
    const ids = [...starts.keys()];
    const ends = this.truth(ids);
    view.scene.moveTo(starts);
    view.float(ids);
    const step = (now) => {
      const part = ease(Math.min(1, Math.max(0, (now - start) / FLIGHT)));
      if (part >= 1) {
        this.land();
        return;
      }
      view.scene.moveTo(new Map(ids.filter((id) => ends.has(id)).map((id) => [id, between(starts.get(id), ends.get(id), part)])));
      view.draw();
      this.flight.frame = requestAnimationFrame(step);
    };
    this.flight = { ids, frame: requestAnimationFrame(step) };
  }

  /** Ends a flight where the design says that things stand. */
  land() {
    if (this.flight === null) {
      return;
    }
    const { view, flight } = this;
    cancelAnimationFrame(flight.frame);
    this.flight = null;
    view.scene.moveTo(this.truth(flight.ids));
    view.scene.catchUp(flight.ids);
    view.sink();
    view.refresh();
  }

  /** Forgets a flight whose scene has been filled anew. */
  forget() {
    if (this.flight !== null) {
      cancelAnimationFrame(this.flight.frame);
      this.flight = null;
      this.view.sink();
    }
  }

  /** Returns where the design says that things stand. */
  truth(ids) {
    const found = new Map();
    for (const id of ids) {
      const item = this.view.scene.item(id);
      const record = item && this.recordOf(item.placement ?? id);
      if (record) {
        found.set(id, { x: record.x ?? 0, y: record.y ?? 0 });
      }
    }
    return found;
  }

  /** Lets the old picture fade over the new one. */
  fade(picture) {
    this.view.canvas.after(picture);
    picture.addEventListener("animationend", () => picture.remove());
    setTimeout(() => picture.remove(), 2 * FLIGHT);
  }
}

function copyOf(canvas) {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.className = "fading-picture";
  copy.setAttribute("aria-hidden", "true");
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}

function between(from, to, part) {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Starts and ends gently. */
function ease(part) {
  return part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
}
