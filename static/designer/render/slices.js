/** Long work in slices, so that a page answers meanwhile. */

/** Milliseconds of one slice: half a frame. */
const SLICE = 8;
/** A page that is never idle gives a slice after so many milliseconds all the same. */
const PATIENCE = 60;

/**
 * Calls `work` again and again from the next frame on, each time with the moment at which it should stop, until it
 * returns true; then calls `done`.
 * @param {(until: number) => boolean} work
 * @param {() => void} done
 */
export function inSlices(work, done) {
  const slice = () => (work(performance.now() + SLICE) ? done() : whenIdle(slice));
  afterPaint(() => whenIdle(slice));
}

function afterPaint(call) {
  globalThis.requestAnimationFrame ? requestAnimationFrame(call) : setTimeout(call);
}

function whenIdle(call) {
  globalThis.requestIdleCallback ? requestIdleCallback(call, { timeout: PATIENCE }) : setTimeout(call);
}
