/**
 * A picture in tiles, as in a map: panning copies tiles, and only what came into sight is painted, a few tiles a
 * frame. While somebody zooms, the tiles of the last zoom are shown larger or smaller until the new ones are ready, so
 * that a frame never has to wait for the whole picture. A frame in which nothing is missing allocates nothing.
 */

const SIZE = 512;
const KEEP = 120;
const STRIDE = 2 ** 21;
/** The overview drawn so much larger than it is shows nothing any more, and costs more than what it stands for. */
const COARSE = 12;
/** The share of a frame's time that tiles may take while the zoom still changes: they are seen for one frame only. */
const WHILE_MOVING = 1 / 3;
const CORNER = { x: 0, y: 0 };

/** The tiles of one zoom. `scale` is device pixels for each world pixel. */
class Generation {
  constructor(scale) {
    this.scale = scale;
    this.tiles = new Map();
  }

  get(tx, ty) {
    return this.tiles.get(ty * STRIDE + tx);
  }

  put(tx, ty, canvas, empty) {
    const tile = { tx, ty, canvas, empty, stale: false };
    this.tiles.set(ty * STRIDE + tx, tile);
    return tile;
  }
}

export class TileLayer {
  /**
   * @param {{
   *   makeCanvas: (width: number, height: number) => HTMLCanvasElement | OffscreenCanvas,
   *   paint: (context: CanvasRenderingContext2D, box: {x: number, y: number, w: number, h: number}, scale: number) => boolean | void,
   *   now: () => number, clear?: boolean,
   * }} options `paint` draws the world inside `box` on a context that is already moved and scaled to it, and returns
   *   false where there was nothing to draw; `clear` is for tiles that are seen through
   */
  constructor({ makeCanvas, paint, now, clear = false }) {
    this.makeCanvas = makeCanvas;
    this.paint = paint;
    this.now = now;
    this.clear = clear;
    this.pool = [];
    this.current = new Generation(0);
    this.previous = null;
    this.overview = null;
    this.cost = 2;
    this.range = { left: 0, top: 0, right: 0, bottom: 0 };
  }

  /** Forgets every tile, for example when the theme changes. */
  reset() {
    for (const generation of [this.current, this.previous, this.overview]) {
      this.recycle(generation);
    }
    this.current = new Generation(this.current.scale);
    this.previous = null;
    this.overview = null;
  }

  /** Forgets the canvases as well: what was painted on them is lost. */
  lose() {
    this.reset();
    this.pool.length = 0;
  }

  /** Marks the tiles that touch boxes of the world to be painted again; they are shown as they were until then. */
  invalidateAll(boxes) {
    for (const generation of [this.current, this.previous, this.overview]) {
      for (const box of generation ? boxes : []) {
        markStale(generation, box);
      }
    }
  }

  /**
   * Draws the tiles that a camera sees, painting missing ones for at most `budget` milliseconds.
   * @param {{scale: number, left: number, top: number, width: number, height: number}} camera device pixels; `left` and
   *   `top` say where the world's origin is
   * @param {boolean} moving whether the zoom is still changing: then painting waits unless it is cheap
   * @returns {boolean} whether something is still missing
   */
  draw(context, camera, budget, moving) {
    this.turnTo(camera);
    const { left, top, right, bottom } = setRange(this.range, camera);
    if (this.count((tile) => !tile) > 0) {
      this.drawFallback(context, camera);
    }
    let todo = 0;
    for (let ty = top; ty <= bottom; ty += 1) {
      for (let tx = left; tx <= right; tx += 1) {
        const tile = this.current.get(tx, ty);
        this.drawTile(context, camera, tile);
        todo += isDone(tile) ? 0 : 1;
      }
    }
    return todo > 0 && this.refresh(context, camera, todo, budget, moving);
  }

  /** Draws the tiles that are there, and paints none. */
  show(context, camera) {
    this.drawScaled(context, camera, this.current);
  }

  count(asked) {
    const { left, top, right, bottom } = this.range;
    let found = 0;
    for (let ty = top; ty <= bottom; ty += 1) {
      for (let tx = left; tx <= right; tx += 1) {
        found += asked(this.current.get(tx, ty)) ? 1 : 0;
      }
    }
    return found;
  }

  refresh(context, camera, missing, budget, moving) {
    if (moving && missing * this.cost > budget * WHILE_MOVING) {
      return true;
    }
    const todo = visibleTiles(camera, camera.scale).filter(([tx, ty]) => !isDone(this.current.get(tx, ty)));
    const end = this.now() + budget;
    let done = 0;
    for (const [tx, ty] of todo) {
      if (done > 0 && this.now() + this.cost > end) {
        break;
      }
      this.paintTile(context, camera, tx, ty);
      done += 1;
    }
    this.trim(camera);
    return done < todo.length;
  }

  paintTile(context, camera, tx, ty) {
    const before = this.now();
    this.drawTile(context, camera, this.paintInto(this.current, tx, ty));
    this.cost = this.cost * 0.7 + (this.now() - before) * 0.3;
  }

  paintInto(generation, tx, ty) {
    const canvas = generation.get(tx, ty)?.canvas ?? this.pool.pop() ?? this.makeCanvas(SIZE, SIZE);
    return generation.put(tx, ty, canvas, this.paintOn(canvas, generation.scale, tx, ty) === false);
  }

  paintOn(canvas, scale, tx, ty) {
    const context = canvas.getContext("2d", { alpha: this.clear });
    if (this.clear) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, SIZE, SIZE);
    }
    context.setTransform(scale, 0, 0, scale, -tx * SIZE, -ty * SIZE);
    const side = SIZE / scale;
    return this.paint(context, { x: tx * side, y: ty * side, w: side, h: side }, scale);
  }

  drawTile(context, camera, tile) {
    if (tile && !tile.empty) {
      context.drawImage(tile.canvas, camera.left + tile.tx * SIZE, camera.top + tile.ty * SIZE);
    }
  }

  /** Shows older tiles of another zoom where the right ones are missing. */
  drawFallback(context, camera) {
    context.save();
    this.clipToMissing(context, camera);
    for (const generation of [this.overview, this.previous]) {
      if (generation && camera.scale / generation.scale < COARSE) {
        this.drawScaled(context, camera, generation);
      }
    }
    context.restore();
  }

  clipToMissing(context, camera) {
    const { left, top, right, bottom } = this.range;
    context.beginPath();
    for (let ty = top; ty <= bottom; ty += 1) {
      for (let tx = left; tx <= right; tx += 1) {
        if (!this.current.get(tx, ty)) {
          context.rect(camera.left + tx * SIZE, camera.top + ty * SIZE, SIZE, SIZE);
        }
      }
    }
    context.clip();
  }

  drawScaled(context, camera, generation) {
    const side = (SIZE * camera.scale) / generation.scale;
    for (const { tx, ty, canvas, empty } of generation.tiles.values()) {
      const left = Math.round(camera.left + tx * side);
      const top = Math.round(camera.top + ty * side);
      const right = Math.round(camera.left + (tx + 1) * side);
      const bottom = Math.round(camera.top + (ty + 1) * side);
      if (!empty && right > 0 && bottom > 0 && left < camera.width && top < camera.height) {
        drawPart(context, canvas, { left, top, right, bottom }, camera);
      }
    }
  }

  /** Starts a new generation when the zoom changed, keeping the last complete one to fall back on. */
  turnTo(camera) {
    if (this.current.scale === camera.scale) {
      return;
    }
    if (this.previous?.scale === camera.scale) {
      [this.current, this.previous] = [this.previous, this.current];
      return;
    }
    if (this.current.tiles.size >= Math.min(4, this.previous?.tiles.size ?? 0)) {
      this.recycle(this.previous);
      this.previous = this.current;
    } else {
      this.recycle(this.current);
    }
    this.current = new Generation(camera.scale);
  }

  /**
   * Paints one missing or stale tile of the overview: the whole picture, small, behind everything that is not ready.
   * @returns {boolean} whether there is more to paint
   */
  paintOverview(bounds) {
    const scale = overviewScale(bounds);
    if (this.overview?.scale !== scale) {
      this.recycle(this.overview);
      this.overview = new Generation(scale);
    }
    const todo = tilesOver(bounds, scale).find(([tx, ty]) => !isDone(this.overview.get(tx, ty)));
    if (todo) {
      this.paintInto(this.overview, ...todo);
    }
    return todo !== undefined;
  }

  recycle(generation) {
    for (const tile of generation?.tiles.values() ?? []) {
      if (this.pool.length < KEEP / 2) {
        this.pool.push(tile.canvas);
      }
    }
  }

  /** Drops the tiles that are farthest from the view when there are too many. */
  trim(camera) {
    const tiles = this.current.tiles;
    if (tiles.size <= KEEP) {
      return;
    }
    const middle = middleOf(camera);
    const far = ({ tx, ty }) => Math.hypot(tx - middle.x, ty - middle.y);
    const sorted = [...tiles.entries()].sort(([, a], [, b]) => far(b) - far(a));
    for (const [key, tile] of sorted.slice(0, tiles.size - Math.floor(KEEP * 0.75))) {
      tiles.delete(key);
      this.pool.push(tile.canvas);
    }
    this.pool.length = Math.min(this.pool.length, KEEP / 2);
  }
}

function isDone(tile) {
  return tile !== undefined && !tile.stale;
}

/** Sets the range of tiles that a camera sees, both ends included. */
function setRange(range, { scale, left, top, width, height }) {
  const first = tileAt(0, left);
  range.left = first;
  range.top = tileAt(0, top);
  range.right = scale > 0 ? tileAt(width - 1, left) : first;
  range.bottom = tileAt(height - 1, top);
  return range;
}

function tileAt(pixel, origin) {
  return Math.floor((pixel - origin) / SIZE);
}

/** Draws no more of a tile than what is in sight: one that is much enlarged would be scaled as a whole. */
function drawPart(context, canvas, { left, top, right, bottom }, camera) {
  const side = (right - left) / SIZE;
  const down = (bottom - top) / SIZE;
  const x1 = Math.max(0, Math.floor(-left / side));
  const y1 = Math.max(0, Math.floor(-top / down));
  const x2 = Math.min(SIZE, Math.ceil((camera.width - left) / side));
  const y2 = Math.min(SIZE, Math.ceil((camera.height - top) / down));
  if (x2 > x1 && y2 > y1) {
    context.drawImage(canvas, x1, y1, x2 - x1, y2 - y1, left + x1 * side, top + y1 * down, (x2 - x1) * side, (y2 - y1) * down);
  }
}

function middleOf(camera) {
  CORNER.x = (camera.width / 2 - camera.left) / SIZE - 0.5;
  CORNER.y = (camera.height / 2 - camera.top) / SIZE - 0.5;
  return CORNER;
}

/** Returns [tx, ty] of each tile that a camera sees, the middle of the view first. */
export function visibleTiles(camera, scale) {
  const box = {
    x: -camera.left / scale, y: -camera.top / scale, w: camera.width / scale, h: camera.height / scale,
  };
  const found = tilesOver(box, scale);
  const { x, y } = middleOf(camera);
  const far = ([tx, ty]) => Math.hypot(tx - x, ty - y);
  return found.sort((a, b) => far(a) - far(b));
}

/** Returns [tx, ty] of each tile that touches a world box. */
export function tilesOver(box, scale) {
  const side = SIZE / scale;
  const found = [];
  for (let ty = Math.floor(box.y / side); ty * side < box.y + box.h; ty += 1) {
    for (let tx = Math.floor(box.x / side); tx * side < box.x + box.w; tx += 1) {
      found.push([tx, ty]);
    }
  }
  return found;
}

function markStale(generation, box) {
  const side = SIZE / generation.scale;
  for (const tile of generation.tiles.values()) {
    const apart = tile.tx * side > box.x + box.w || (tile.tx + 1) * side < box.x
      || tile.ty * side > box.y + box.h || (tile.ty + 1) * side < box.y;
    tile.stale = tile.stale || !apart;
  }
}

/** The overview is at most some 1,500 pixels wide or high. */
function overviewScale(bounds) {
  return Math.min(1, 1500 / Math.max(1, bounds.w, bounds.h));
}
