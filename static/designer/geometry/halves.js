/** A line in two halves, for notations that say something by each. `designer/layout/halves.py` holds the twin. */

/** Return the points of the half at the source and of the half at the target, cut at half of the length. */
export function halvesOf(points) {
  let left = lengthOf(points) / 2;
  for (let index = 1; index < points.length; index += 1) {
    const [from, to] = [points[index - 1], points[index]];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length >= left || index === points.length - 1) {
      const cut = partOf(from, to, length ? left / length : 0);
      return [[...points.slice(0, index), cut], [cut, ...points.slice(index)]];
    }
    left -= length;
  }
  return [points, points];
}

function lengthOf(points) {
  return points.slice(1).reduce((sum, [x, y], index) => sum + Math.hypot(x - points[index][0], y - points[index][1]), 0);
}

function partOf(from, to, part) {
  return [Math.floor(from[0] + (to[0] - from[0]) * part), Math.floor(from[1] + (to[1] - from[1]) * part)];
}
