/**
 * Lanes: parallel segments of lines are kept apart, because lines that lie on each other read as a relationship that
 * is not there. Lines of one bundle (to the same row of the same table) may share a lane: they mean the same end.
 * `designer/layout/lanes.py` holds the twin.
 */

export const LANE = 8;
const APART = 6;
const MOST = 24;

/** The segments of one direction, vertical or horizontal, by the lane they run in. */
export class Lanes {
  constructor() {
    this.taken = new Map();
  }

  /**
   * Take a lane for a segment and return its coordinate.
   *
   * @param {number} wanted the coordinate it would like best
   * @param {{low: number, high: number, step: number}} range where it may go, and in which direction to look first
   * @param {number} from one end of the segment @param {number} to the other
   * @param {string} bundle
   */
  take(wanted, range, from, to, bundle) {
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    const lane = this.#free(wanted, range, low, high, bundle);
    const at = lane === null ? wanted : lane * LANE;
    const key = lane === null ? Math.floor(wanted / LANE) : lane;
    const spans = this.taken.get(key);
    if (spans) spans.push({ low, high, bundle });
    else this.taken.set(key, [{ low, high, bundle }]);
    return at;
  }

  #free(wanted, range, low, high, bundle) {
    const first = Math.floor((wanted + LANE / 2) / LANE);
    for (let away = 0; away <= MOST; away += 1) {
      for (const sign of away ? [1, -1] : [1]) {
        const lane = first + sign * range.step * away;
        const at = lane * LANE;
        if (at >= range.low && at <= range.high && this.#isFree(lane, low, high, bundle)) return lane;
      }
    }
    return null;
  }

  #isFree(lane, low, high, bundle) {
    for (const span of this.taken.get(lane) ?? []) {
      if (span.bundle !== bundle && low < span.high + APART && span.low < high + APART) return false;
    }
    return true;
  }
}
