/** The view on a scene: where one looks from, and a drawing at most once a frame. */

import { union } from "../geometry/box.js";
import { Transform, clampZoom, fit, identity } from "../geometry/transform.js";
import { between, ease } from "./flight.js";
import { FEW, FEW_LINES, Lift } from "./lift.js";
import { MANY, paintOverlay } from "./paint_overlay.js";
import { paintChosen, paintCrossing, paintFloating, paintLifted, paintWorld } from "./painter.js";
import { FrameProbe } from "./perf.js";
import { TileLayer } from "./tiles.js";

/** Milliseconds of a frame that painting may take; the rest belongs to the browser. */
const BUDGET = 9;
/** Those of them in which the lines of a dragged group find new ways while it moves; once it rests they all do. */
const WAYS = 0.5;
const RESTED = 60;
/** A zoom that has not changed for so long has come to rest. */
const SETTLED = 110;
const FLIGHT = 280;
/** The overview is painted when nothing has happened for so long. */
const IDLE = 400;
/** So many boxes to paint again are as good as everything. */
const MANY_BOXES = 400;
const EVERYWHERE = { x: -1e9, y: -1e9, w: 2e9, h: 2e9 };

export class View {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {object} scene
   * @param {object} theme
   */
  constructor(canvas, scene, theme) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.scene = scene;
    scene.whenRouted = () => this.invalidate([EVERYWHERE]);
    this.theme = theme;
    this.transform = identity;
    this.size = { w: 1, h: 1 };
    this.marks = {
      selection: new Set(), hover: null, marquee: null, preview: null, guides: [], canEdit: false, focused: false,
      typing: false, lifted: false, lit: null,
    };
    this.camera = { scale: 1, left: 0, top: 0, width: 1, height: 1 };
    this.carried = { ...this.camera };
    this.lift = null;
    this.sinking = false;
    this.left = null; // the tiles of a picture that was moved as a whole, until those of where it is now are there
    this.chosen = this.marks.selection;
    this.floating = { ids: new Set(), lines: new Set() };
    this.hidden = new Set();
    this.lit = null;
    this.followers = new Set();
    this.probe = new FrameProbe();
    this.zoomedAt = -Infinity;
    this.touchedAt = 0;
    this.flight = null;
    this.covered = 0; // pixels at the right end that a panel lies over; what is shown stands beside it
    this.wanted = 0;
    this.tiles = this.makeTiles();
    this.above = this.makeAbove();
    this.resize();
    this.watchScreen();
  }

  makeTiles() {
    return new TileLayer({
      makeCanvas: (width, height) => new OffscreenCanvas(width, height),
      paint: (context, box, scale) => paintWorld(context, box, scale / this.ratio, this.scene, {
        theme: this.theme, without: this.hidden, lit: this.lit,
      }),
      now: () => performance.now(),
    });
  }

  /** Tiles over the others: a group that is dragged, or the frames of very many selected things. */
  makeAbove() {
    return new TileLayer({
      makeCanvas: (width, height) => new OffscreenCanvas(width, height),
      paint: (context, box, scale) => this.paintAbove(context, box, scale / this.ratio),
      now: () => performance.now(),
      clear: true,
    });
  }

  paintAbove(context, box, zoom) {
    const look = { theme: this.theme, lift: this.lift, selection: this.marks.selection };
    const paint = this.lift && !this.lift.isWhole ? paintLifted : paintChosen;
    return paint(context, box, zoom, this.scene, look);
  }

  // Size and colours

  /** Takes the size of the element, and the pixels of the screen. */
  resize() {
    const { width, height } = this.canvas.getBoundingClientRect();
    const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
    const same = this.ratio === ratio && this.size.w === width && this.size.h === height;
    if (same || width === 0 || height === 0) {
      return;
    }
    if (this.ratio !== ratio) {
      this.resetTiles();
    }
    this.ratio = ratio;
    this.size = { w: width, h: height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.moved();
  }

  resetTiles() {
    this.tiles.reset();
    this.above.reset();
  }

  /** A window may move to a screen with other pixels, and a system may take the memory of a canvas away. */
  watchScreen() {
    const watch = () => {
      const screen = matchMedia(`(resolution: ${globalThis.devicePixelRatio || 1}dppx)`);
      screen.addEventListener("change", () => {
        this.resize();
        watch();
      }, { once: true });
    };
    watch();
    this.canvas.addEventListener("contextrestored", () => {
      this.tiles.lose();
      this.above.lose();
      this.draw();
    });
  }

  setTheme(theme) {
    this.theme = theme;
    this.refresh();
  }

  /**
   * Dims everything but the elements, lines, areas and notes with these ids to a quarter; null lights all.
   * @param {Set<string> | null} ids
   */
  dim(ids) {
    this.lit = this.marks.lit = ids;
    this.refresh();
  }

  /** Paints everything again. */
  refresh() {
    this.resetTiles();
    this.draw();
  }

  /** Paints again what lies in some boxes of the world; null is everything. */
  invalidate(boxes) {
    if (boxes === null) {
      this.refresh();
      return;
    }
    const dirty = boxes.length > MANY_BOXES ? [union(boxes)] : boxes;
    this.tiles.invalidateAll(dirty);
    if (!this.lift) {
      this.above.invalidateAll(dirty);
    }
    this.draw();
  }

  // Looking

  /** Looks from somewhere else. */
  lookFrom(transform) {
    if (transform.k !== this.transform.k) {
      this.zoomedAt = performance.now();
    }
    // Whole device pixels, so that tiles are copied and never resampled.
    const snap = (value) => Math.round(value * this.ratio) / this.ratio;
    this.transform = new Transform(transform.k, snap(transform.x), snap(transform.y));
    this.moved();
  }

  moved() {
    for (const follow of this.followers) {
      follow();
    }
    this.draw();
  }

  /** Calls `follow` whenever the view moved; returns a function that ends it. */
  onMove(follow) {
    this.followers.add(follow);
    return () => this.followers.delete(follow);
  }

  panBy(dx, dy) {
    this.land();
    this.lookFrom(this.transform.panned(dx, dy));
  }

  /** Zooms by a factor round a point of the element. */
  zoomBy(factor, point = this.middle()) {
    this.land();
    this.lookFrom(this.transform.zoomedAt(point, clampZoom(this.transform.k * factor)));
  }

  zoomTo(k, point = this.middle()) {
    this.flyTo(this.transform.zoomedAt(point, clampZoom(k)));
  }

  middle() {
    return { x: this.size.w / 2, y: this.size.h / 2 };
  }

  /** Shows a box of the world, in one flight or at once. */
  show(box, { most = 1, margin = 48, fly = true } = {}) {
    if (box) {
      const goal = fit(box, this.size.w - this.covered, this.size.h, margin, most);
      fly ? this.flyTo(goal) : this.lookFrom(goal);
    }
  }

  /** Brings a box into sight without changing the zoom, unless it is already there. */
  reveal(box, margin = 40) {
    const at = this.boxOnScreen(box);
    const dx = shiftInto(at.x, at.w, this.size.w, margin);
    const dy = shiftInto(at.y, at.h, this.size.h, margin);
    if (dx !== 0 || dy !== 0) {
      this.flyTo(this.transform.panned(dx, dy));
    }
  }

  /** Flies to another transform in a moment; at once for people who want no motion. */
  flyTo(goal) {
    this.land();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.lookFrom(goal);
      return;
    }
    const from = this.transform;
    const start = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - start) / FLIGHT));
      this.lookFrom(part < 1 ? between(from, goal, ease(part), this.size) : goal);
      this.flight = part < 1 ? requestAnimationFrame(step) : null;
    };
    this.flight = requestAnimationFrame(step);
  }

  /** Ends a flight where it is. */
  land() {
    if (this.flight !== null) {
      cancelAnimationFrame(this.flight);
      this.flight = null;
    }
  }

  /** Returns the point of the world under a point of the element. */
  worldAt(point) {
    return this.transform.invert(point);
  }

  /** Returns where a box of the world is on the element. */
  boxOnScreen({ x, y, w, h }) {
    const at = this.transform.apply({ x, y });
    return { x: at.x, y: at.y, w: w * this.transform.k, h: h * this.transform.k };
  }

  visible() {
    return this.transform.visible(this.size.w, this.size.h);
  }

  // Things on the move

  /** Takes items that are dragged out of the tiles: a few to be painted on the move, many or those with many lines as a group. */
  takeUp(ids) {
    const lines = ids.length > FEW ? null : this.linesOf(ids);
    lines === null || lines.size > FEW_LINES ? this.startLift(ids) : this.float(ids, lines);
  }

  /** Takes some items out of the tiles, each to be painted on the move until `sink` puts them back. */
  float(ids, lines = this.linesOf(ids)) {
    this.endLift();
    this.floating = { ids: new Set(ids), lines };
    this.hidden = new Set([...ids, ...lines]);
    this.invalidateItems(this.hidden);
  }

  linesOf(ids) {
    return new Set(ids.flatMap((id) => [...this.scene.linesAt(id)]));
  }

  startLift(ids) {
    this.endLift();
    this.lift = new Lift(this.scene, ids);
    this.marks.lifted = true;
    if (this.lift.isWhole) {
      this.draw();
      return;
    }
    this.hidden = this.lift;
    this.above.reset();
    this.invalidateItems(this.lift.all());
  }

  /**
   * Puts what floats so far away from where it stood: a few things in the scene, a large group only here.
   * @param {Map<string, {x: number, y: number}>} start where each of them stood
   */
  carry(start, dx, dy) {
    if (this.lift) {
      this.lift.moveTo(dx, dy);
    } else {
      this.scene.moveTo(new Map([...start].map(([id, { x, y }]) => [id, { x: Math.round(x) + dx, y: Math.round(y) + dy }])));
    }
    this.draw();
  }

  sink() {
    if (this.lift?.isWhole) {
      this.sinkWhole();
      return;
    }
    const before = this.lift?.all() ?? this.hidden;
    this.hidden = new Set();
    this.floating = { ids: new Set(), lines: new Set() };
    this.sinking = this.lift !== null;
    this.invalidateItems(before);
  }

  /** The tiles of a whole picture are right until it has moved. */
  sinkWhole() {
    if (this.lift.dx === 0 && this.lift.dy === 0) {
      this.lift = null;
      this.marks.lifted = false;
    } else {
      this.left = this.tiles;
      this.tiles = this.makeTiles();
      this.sinking = true;
    }
    this.draw();
  }

  /** What was lifted is shown until the tiles below show it again. */
  endLift() {
    if (this.lift) {
      this.lift = null;
      this.left = null;
      this.sinking = false;
      this.marks.lifted = false;
      this.above.reset();
    }
  }

  invalidateItems(ids) {
    const boxes = [];
    for (const id of ids) {
      const item = this.scene.item(id) ?? this.scene.lines.get(id);
      if (item) {
        boxes.push({ x: item.x - 8, y: item.y - 8, w: item.w + 16, h: item.h + 16 });
      }
    }
    this.invalidate(boxes);
  }

  // Drawing

  /** Asks for a drawing in the next frame. */
  draw() {
    this.touchedAt = performance.now();
    this.schedule();
  }

  schedule() {
    if (this.wanted === 0) {
      this.wanted = requestAnimationFrame(() => this.frame());
    }
  }

  frame() {
    this.wanted = 0;
    const start = performance.now();
    const moving = start - this.zoomedAt < SETTLED;
    const more = this.paintTiles(moving);
    this.findWays(start);
    this.paintMarks();
    this.probe.drew(performance.now() - start);
    if (moving) {
      clearTimeout(this.rest);
      this.rest = setTimeout(() => this.schedule(), SETTLED);
    } else if (more) {
      this.schedule();
    } else {
      this.whenIdle();
    }
  }

  paintTiles(moving) {
    const { context, canvas, camera, ratio, transform } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    camera.scale = transform.k * ratio;
    camera.left = Math.round(transform.x * ratio);
    camera.top = Math.round(transform.y * ratio);
    camera.width = canvas.width;
    camera.height = canvas.height;
    context.fillStyle = this.theme.canvasBg;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const more = this.drawGround(moving);
    if (this.sinking && !more && !moving) {
      this.endLift();
    }
    return this.drawAbove(more, moving) || more;
  }

  /** A picture that is dragged as a whole is its own ground; once it is let go, the new one grows below it. */
  drawGround(moving) {
    const { context, camera } = this;
    if (!this.lift?.isWhole) {
      return this.tiles.draw(context, camera, BUDGET, moving);
    }
    if (!this.sinking) {
      return this.tiles.draw(context, this.carriedCamera(), BUDGET, moving);
    }
    const more = this.tiles.draw(context, camera, BUDGET, moving);
    this.left.show(context, this.carriedCamera());
    return more;
  }

  /** Lets lines of a dragged group find new ways; the frames for the last of them come when nothing else moves. */
  findWays(now) {
    const rests = now - this.touchedAt > RESTED;
    if (this.lift && !this.sinking && this.lift.findWays(performance.now() + (rests ? BUDGET : WAYS))) {
      clearTimeout(this.waysLeft);
      this.waysLeft = setTimeout(() => this.schedule(), RESTED);
    }
  }

  /** The tiles above get what the others leave of the time of a frame. */
  drawAbove(more, moving) {
    const { lift } = this;
    if (!lift && this.marks.selection.size <= MANY) {
      return false;
    }
    if (this.sinking) {
      this.above.show(this.context, this.carriedCamera()); // the scene has moved on: painted now, a tile would be at the wrong place
      return false;
    }
    if ((!lift || lift.isWhole) && this.chosen !== this.marks.selection) {
      this.chosen = this.marks.selection;
      this.above.invalidateAll([EVERYWHERE]);
    }
    return this.above.draw(this.context, this.carriedCamera(), more ? BUDGET / 3 : BUDGET, moving);
  }

  /** Returns where one looks from on what is dragged: it moves by whole pixels. */
  carriedCamera() {
    const { lift, camera, carried } = this;
    Object.assign(carried, camera);
    carried.left += lift ? Math.round(lift.dx * camera.scale) : 0;
    carried.top += lift ? Math.round(lift.dy * camera.scale) : 0;
    return carried;
  }

  paintMarks() {
    const { context, ratio, transform, floating, lift } = this;
    const visible = this.visible();
    context.setTransform(transform.k * ratio, 0, 0, transform.k * ratio, transform.x * ratio, transform.y * ratio);
    if (floating.ids.size > 0) {
      paintFloating(context, floating, transform.k, this.scene, this.theme, visible);
    }
    if (lift) {
      paintCrossing(context, lift, transform.k, this.theme, visible);
    }
    paintOverlay(context, this.marks, this.scene, this.theme, transform.k, visible);
  }

  /** Paints the overview tile by tile, once nothing else has happened for a moment. */
  whenIdle() {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      const bounds = this.scene.bounds();
      const quiet = performance.now() - this.touchedAt >= IDLE && this.floating.ids.size === 0 && !this.lift;
      if (bounds && (!quiet || this.tiles.paintOverview(bounds))) {
        this.whenIdle();
      }
    }, performance.now() - this.touchedAt >= IDLE ? 30 : IDLE);
  }
}

function shiftInto(at, length, room, margin) {
  if (at < margin || length > room - 2 * margin) {
    return margin - at;
  }
  return Math.min(0, room - margin - (at + length));
}
