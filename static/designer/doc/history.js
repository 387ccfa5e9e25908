/** What I did, and can take back. */

/** @import { Change, Id } from "./types.js" */
import { compose, isEmpty } from "./change.js";

/**
 * A step that can be undone: what it did when it was done. `keys` are the edits of the queue that it went into.
 * @typedef {{change: Change, label: string, keys: string[], coalesce?: string, time: number}} Step
 */

const LIMIT = 500;
const QUICK = 1000;

/**
 * The stacks of undo and redo. They hold my steps as they were done; the store carries a step over to what others did
 * meanwhile at the moment it is taken back, so nothing here has to change when an edit of somebody else arrives.
 */
export class History {
  constructor() {
    /** @type {Step[]} */ this.done = [];
    /** @type {Step[]} */ this.undone = [];
  }

  /**
   * Puts a new step on the stack of undo; what was undone before can no longer be redone.
   * @param {Step} step
   */
  push(step) {
    this.undone = [];
    this.done.push(step);
    if (this.done.length > LIMIT) this.done.shift();
  }

  /**
   * Makes a quick successor part of the step before, so that one drag is one undo. Returns whether it did.
   * @param {Step} step
   */
  join(step) {
    const last = this.done[this.done.length - 1];
    if (!last || !step.coalesce || last.coalesce !== step.coalesce || step.time - last.time > QUICK) return false;
    const change = compose(last.change, step.change);
    this.undone = [];
    this.done.pop();
    if (!isEmpty(change)) this.done.push({ ...last, change, time: step.time, keys: [...new Set([...last.keys, ...step.keys])] });
    return true;
  }

  /** Ends joining: the next step is one of its own. Called when somebody else's edit arrives in between. */
  seal() {
    const last = this.done[this.done.length - 1];
    if (last) delete last.coalesce;
  }

  /**
   * Forgets the steps that an edit went into which the server refused: they never happened.
   * @param {string} key
   */
  forget(key) {
    const other = (step) => !step.keys.includes(key);
    this.done = this.done.filter(other);
    this.undone = this.undone.filter(other);
  }
}
