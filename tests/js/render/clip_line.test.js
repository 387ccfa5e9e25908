import assert from "node:assert/strict";
import { test } from "node:test";
import { pieceNear } from "../../../static/designer/render/clip_line.js";

const PERIOD = 10;
const square = () => 0;

/** Numbers from 0 to 1 that repeat themselves for the same seed (Park and Miller, 1988). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

function randomLine(next) {
  const at = () => Math.floor((next() - 0.5) * 20000);
  const points = [[at(), at()]];
  for (let corner = 0; corner < 5; corner += 1) {
    const [x, y] = points[corner];
    points.push(corner % 2 === 0 ? [at(), y] : [x, at()]);
  }
  return points;
}

/** The stretches of a line inside a box, each [x1, y1, x2, y2]. */
function inside(points, { x, y, w, h }) {
  const found = [];
  for (let at = 1; at < points.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [points[at - 1], points[at]];
    const left = Math.max(Math.min(x1, x2), x);
    const right = Math.min(Math.max(x1, x2), x + w);
    const top = Math.max(Math.min(y1, y2), y);
    const bottom = Math.min(Math.max(y1, y2), y + h);
    if (left < right && top === bottom || top < bottom && left === right) {
      found.push([left, top, right, bottom]);
    }
  }
  return found;
}

/** How far along a line a point of it lies, or null for one that is not on it. */
function placesOf([px, py], points) {
  const found = [];
  let along = 0;
  for (let at = 1; at < points.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [points[at - 1], points[at]];
    if (px >= Math.min(x1, x2) && px <= Math.max(x1, x2) && py >= Math.min(y1, y2) && py <= Math.max(y1, y2)) {
      found.push(along + Math.abs(px - x1) + Math.abs(py - y1));
    }
    along += Math.abs(x2 - x1) + Math.abs(y2 - y1);
  }
  return found;
}

test("a piece shows in the box what the whole line shows there, and its dashes fall where those of the line fall", () => {
  const next = chance(17);
  let shortened = 0;
  for (let run = 0; run < 500; run += 1) {
    const points = randomLine(next);
    const box = { x: (next() - 0.5) * 20000, y: (next() - 0.5) * 20000, w: 512, h: 512 };
    const piece = pieceNear(points, box, PERIOD, square);
    assert.deepEqual(inside(piece, box), inside(points, box));
    if (piece.length > 0) {
      assert.ok(placesOf(piece[0], points).some((along) => along % PERIOD === 0));
    }
    shortened += piece.length > 0 && piece[0] !== points[0] ? 1 : 0;
  }
  assert.ok(shortened > 20);
});

test("short and slanted lines stay whole", () => {
  const box = { x: 0, y: 0, w: 10, h: 10 };
  const short = [[500, 500], [600, 500]];
  const slanted = [[0, 0], [9000, 8000]];
  assert.equal(pieceNear(short, box, PERIOD, square), short);
  assert.equal(pieceNear(slanted, box, PERIOD, square), slanted);
});
