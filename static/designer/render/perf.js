/** Measures how evenly frames come: what a person feels as smooth or not. */

/**
 * Records the time between animation frames while it runs, and how long each drawing took in script.
 * `start()` begins, `stop()` returns `{frames, intervals, draws, median, p95, worst}` in milliseconds.
 */
export class FrameProbe {
  constructor() {
    this.running = false;
    this.clear();
  }

  clear() {
    this.intervals = [];
    this.draws = [];
    this.last = null;
  }

  start() {
    this.clear();
    this.running = true;
    const run = (this.run ?? 0) + 1;
    this.run = run;
    const tick = (time) => {
      if (!this.running || this.run !== run) {
        return;
      }
      if (this.last !== null) {
        this.intervals.push(time - this.last);
      }
      this.last = time;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  /** Called by the view after each drawing. */
  drew(milliseconds) {
    if (this.running) {
      this.draws.push(milliseconds);
    }
  }

  stop() {
    this.running = false;
    const { intervals, draws } = this;
    return { frames: intervals.length, intervals, draws, ...summary(intervals), draw: summary(draws) };
  }
}

/** Returns the median, the 95th percentile and the greatest of some numbers; nulls where there are none. */
export function summary(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { median: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? null };
}
