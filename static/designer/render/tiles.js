/**
 * The picture in tiles, as in a map: panning copies tiles, and only what came into sight is painted, a few tiles a
 * frame. While somebody zooms, the tiles of the last zoom are shown larger or smaller until the new ones are ready, so
 * that a frame never has to wait for the whole picture.
 */

const SIZE = 512;
const KEEP = 120;

/** The tiles of one zoom. `scale` is device pixels for each world pixel. */
class Generation {
  constructor(scale) {
    this.scale = scale;
    this.tiles = new Map();
  }

  get(tx, ty) {
    return this.tiles.get(`${tx},${ty}`);
  }

  put(tx, ty, canvas) {
    this.tiles.set(`${tx},${ty}`, { tx, ty, canvas, stale: false });
  }
}

export class TileLayer {
  /**
   * @param {{
   *   makeCanvas: (width: number, height: number) => HTMLCanvasElement | OffscreenCanvas,
   *   paint: (context: CanvasRenderingContext2D, box: {x: number, y: number, w: number, h: number}, scale: number) => void,
   *   now: () => number,
   * }} options `paint` draws the world inside `box` on a context that is already moved and scaled to it
   */
  constructor({ makeCanvas, paint, now }) {
    this.makeCanvas = makeCanvas;
    this.paint = paint;
    this.now = now;
    this.pool = [];
    this.current = new Generation(0);
    this.previous = null;
    this.overview = null;
    this.cost = 2;
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
    const wanted = visibleTiles(camera, camera.scale);
    const missing = wanted.filter(([tx, ty]) => !this.current.get(tx, ty));
    if (missing.length > 0) {
      this.drawFallback(context, camera);
    }
    for (const [tx, ty] of wanted) {
      this.drawTile(context, camera, this.current.get(tx, ty));
    }
    return this.refresh(context, camera, wanted, budget, moving);
  }

  refresh(context, camera, wanted, budget, moving) {
    const todo = wanted.filter(([tx, ty]) => !(this.current.get(tx, ty)?.stale === false));
    if (todo.length === 0 || (moving && todo.length * this.cost > budget)) {
      return todo.length > 0;
    }
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
    const canvas = this.current.get(tx, ty)?.canvas ?? this.pool.pop() ?? this.makeCanvas(SIZE, SIZE);
    this.paintOn(canvas, camera.scale, tx, ty);
    this.current.put(tx, ty, canvas);
    this.drawTile(context, camera, this.current.get(tx, ty));
    this.cost = this.cost * 0.7 + (this.now() - before) * 0.3;
  }

  paintOn(canvas, scale, tx, ty) {
    const context = canvas.getContext("2d", { alpha: false });
    context.setTransform(scale, 0, 0, scale, -tx * SIZE, -ty * SIZE);
    const side = SIZE / scale;
    this.paint(context, { x: tx * side, y: ty * side, w: side, h: side }, scale);
  }

  drawTile(context, camera, tile) {
    if (tile) {
      context.drawImage(tile.canvas, camera.left + tile.tx * SIZE, camera.top + tile.ty * SIZE);
    }
  }

  /** Shows older tiles of another zoom where the right ones are missing. */
  drawFallback(context, camera) {
    for (const generation of [this.overview, this.previous]) {
      if (generation) {
        this.drawScaled(context, camera, generation);
      }
    }
  }

  drawScaled(context, camera, generation) {
    const ratio = camera.scale / generation.scale;
    const side = SIZE * ratio;
    for (const { tx, ty, canvas } of generation.tiles.values()) {
      const left = Math.round(camera.left + tx * side);
      const top = Math.round(camera.top + ty * side);
      const right = Math.round(camera.left + (tx + 1) * side);
      const bottom = Math.round(camera.top + (ty + 1) * side);
      if (right > 0 && bottom > 0 && left < camera.width && top < camera.height) {
        context.drawImage(canvas, left, top, right - left, bottom - top);
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
    const todo = tilesOver(bounds, scale).find(([tx, ty]) => !(this.overview.get(tx, ty)?.stale === false));
    if (!todo) {
      return false;
    }
    const [tx, ty] = todo;
    const canvas = this.overview.get(tx, ty)?.canvas ?? this.pool.pop() ?? this.makeCanvas(SIZE, SIZE);
    this.paintOn(canvas, scale, tx, ty);
    this.overview.put(tx, ty, canvas);
    return true;
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
    const middleX = (camera.width / 2 - camera.left) / SIZE - 0.5;
    const middleY = (camera.height / 2 - camera.top) / SIZE - 0.5;
    const far = ({ tx, ty }) => Math.hypot(tx - middleX, ty - middleY);
    const sorted = [...tiles.entries()].sort(([, a], [, b]) => far(b) - far(a));
    for (const [key, tile] of sorted.slice(0, tiles.size - Math.floor(KEEP * 0.75))) {
      tiles.delete(key);
      this.pool.push(tile.canvas);
    }
    this.pool.length = Math.min(this.pool.length, KEEP / 2);
  }
}

/** Returns [tx, ty] of each tile that a camera sees, the middle of the view first. */
export function visibleTiles(camera, scale) {
  const box = {
    x: -camera.left / scale, y: -camera.top / scale, w: camera.width / scale, h: camera.height / scale,
  };
  const found = tilesOver(box, scale);
  const middleX = (camera.width / 2 - camera.left) / SIZE - 0.5;
  const middleY = (camera.height / 2 - camera.top) / SIZE - 0.5;
  const far = ([tx, ty]) => Math.hypot(tx - middleX, ty - middleY);
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
