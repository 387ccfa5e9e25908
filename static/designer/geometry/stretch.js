/** Lines that hold on to a box which is moved, until they find a new way: only the parts next to it give. */

/**
 * Return a route with one of its ends moved. A line that runs level from its end stays so; one that was straight gets a step.
 *
 * @param {import("./route.js").Route} route
 * @param {"source" | "target"} end
 * @param {number} dx
 * @param {number} dy
 * @param {boolean} [slanted] whether lines may run at any angle
 */
export function stretched(route, end, dx, dy, slanted = false) {
  const points = route.points.length === 2 && dy !== 0 && !slanted ? stepped(route.points) : route.points.map(([x, y]) => [x, y]);
  const [at, next] = end === "source" ? [0, 1] : [points.length - 1, points.length - 2];
  if (!slanted && points.length > 2) points[next][1] += dy;
  points[at] = moved(points[at], dx, dy);
  return { ...route, points, [end]: { ...route[end], point: moved(route[end].point, dx, dy) } };
}

function stepped([from, to]) {
  const middle = Math.round((from[0] + to[0]) / 2);
  return [from, [middle, from[1]], [middle, to[1]], to];
}

function moved([x, y], dx, dy) {
  return [x + dx, y + dy];
}
