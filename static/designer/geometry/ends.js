/**
 * The marks at the ends of a line: crow's feet, the triangle of a supertype, an arrow head.
 *
 * `point` is where the line meets the box and `direction` the unit vector that points away from the box, both [x, y].
 * Crow's foot notation after Everest, "Basic Data Structure Models Explained with a Common Example" (1976).
 * `designer/layout/ends.py` holds the twin.
 *
 * @typedef {{lines: number[][], ring: number[]|null, outline: number[][], length: number, filled: boolean}} Mark  lines
 *   as [x1, y1, x2, y2]; a ring [centre x, centre y, radius] and a closed outline, both to fill with the background, or
 *   with the colour of the line where `filled`; the extent
 */

export const FOOT_LENGTH = 12;
export const FOOT_HALF = 6;
export const BAR_ONE = 7;
export const BAR_SECOND = 12;
export const BAR_MANY = 16;
export const RING_RADIUS = 4;

/** Return a mark; what is not given is not there. */
export function mark(given = {}) {
  return { lines: [], ring: null, outline: [], length: 0, filled: false, ...given };
}

/** Return the point so far along the line, away from the box, and so far across it. */
export function at(point, direction, along, across) {
  return [
    point[0] + direction[0] * along - direction[1] * across,
    point[1] + direction[1] * along + direction[0] * across,
  ];
}

/** Return the stroke across a line, so far along it. */
export function bar(point, direction, along, half = FOOT_HALF) {
  return [...at(point, direction, along, -half), ...at(point, direction, along, half)];
}

/** Return the crow's foot for "from `minimum` to `maximum`"; null is many, and so is every number above one. */
export function footOf(point, direction, minimum, maximum) {
  const many = maximum === null || maximum === undefined || maximum > 1;
  const lines = [];
  if (many) {
    lines.push(...toesOf(point, direction));
  } else {
    lines.push(bar(point, direction, BAR_ONE));
  }
  if (minimum > 0) {
    const second = many ? BAR_MANY : BAR_SECOND;
    lines.push(bar(point, direction, second));
    return mark({ lines, length: second });
  }
  const centre = (many ? FOOT_LENGTH : BAR_ONE) + RING_RADIUS + (many ? 0 : 1);
  const ring = [...at(point, direction, centre, 0), RING_RADIUS];
  return mark({ lines, ring, length: centre + RING_RADIUS });
}

/** Return the two spread lines of a crow's foot. */
export function toesOf(point, direction) {
  const tip = at(point, direction, FOOT_LENGTH, 0);
  return [-FOOT_HALF, FOOT_HALF].map((side) => [...tip, ...at(point, direction, 0, side)]);
}

/** Return the hollow triangle at a supertype or a parent table. */
export function triangleOf(point, direction) {
  const outline = [[point[0], point[1]], at(point, direction, 13, -7), at(point, direction, 13, 7)];
  return mark({ outline, length: 13 });
}

/** Return the open arrow head at what a view reads. */
export function arrowOf(point, direction) {
  const lines = [-5, 5].map((side) => [point[0], point[1], ...at(point, direction, 9, side)]);
  return mark({ lines });
}

/** Return the mark of an end by its shape: foot, triangle, arrow, or nothing. */
export function markOf(shape, point, direction, minimum, maximum) {
  if (shape === "foot") return footOf(point, direction, minimum, maximum);
  if (shape === "triangle") return triangleOf(point, direction);
  return shape === "arrow" ? arrowOf(point, direction) : mark();
}
