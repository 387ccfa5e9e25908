/**
 * The marks at the ends of a line: crow's feet, the triangle of a supertype, an arrow head.
 *
 * `point` is where the line meets the box and `direction` the unit vector that points away from the box, both [x, y].
 * Crow's foot notation after Everest, "Basic Data Structure Models Explained with a Common Example" (1976).
 * `designer/layout/ends.py` holds the twin.
 *
 * @typedef {{lines: number[][], ring: number[]|null, outline: number[][], length: number}} Mark  lines as
 *   [x1, y1, x2, y2]; a ring [centre x, centre y, radius] to fill with the background; a closed outline; the extent
 */

export const FOOT_LENGTH = 12;
export const FOOT_HALF = 6;
export const BAR_ONE = 7;
export const BAR_SECOND = 12;
export const BAR_MANY = 16;
export const RING_RADIUS = 4;

function at(point, direction, along, across) {
  return [
    point[0] + direction[0] * along - direction[1] * across,
    point[1] + direction[1] * along + direction[0] * across,
  ];
}

function bar(point, direction, along) {
  return [...at(point, direction, along, -FOOT_HALF), ...at(point, direction, along, FOOT_HALF)];
}

/** Return the crow's foot for "from `minimum` to `maximum`"; null is many, and so is every number above one. */
export function footOf(point, direction, minimum, maximum) {
  const many = maximum === null || maximum === undefined || maximum > 1;
  const lines = [];
  if (many) {
    const tip = at(point, direction, FOOT_LENGTH, 0);
    for (const side of [-FOOT_HALF, FOOT_HALF]) lines.push([...tip, ...at(point, direction, 0, side)]);
  } else {
    lines.push(bar(point, direction, BAR_ONE));
  }
  if (minimum > 0) {
    const second = many ? BAR_MANY : BAR_SECOND;
    lines.push(bar(point, direction, second));
    return { lines, ring: null, outline: [], length: second };
  }
  const centre = (many ? FOOT_LENGTH : BAR_ONE) + RING_RADIUS + (many ? 0 : 1);
  const ring = [...at(point, direction, centre, 0), RING_RADIUS];
  return { lines, ring, outline: [], length: centre + RING_RADIUS };
}

/** Return the hollow triangle at a supertype or a parent table. */
export function triangleOf(point, direction) {
  const outline = [[point[0], point[1]], at(point, direction, 13, -7), at(point, direction, 13, 7)];
  return { lines: [], ring: null, outline, length: 13 };
}

/** Return the open arrow head at what a view reads. */
export function arrowOf(point, direction) {
  const lines = [-5, 5].map((side) => [point[0], point[1], ...at(point, direction, 9, side)]);
  return { lines, ring: null, outline: [], length: 0 };
}

/** Return the mark of an end by its shape: foot, triangle, arrow, or nothing. */
export function markOf(shape, point, direction, minimum, maximum) {
  if (shape === "foot") return footOf(point, direction, minimum, maximum);
  if (shape === "triangle") return triangleOf(point, direction);
  return shape === "arrow" ? arrowOf(point, direction) : { lines: [], ring: null, outline: [], length: 0 };
}
