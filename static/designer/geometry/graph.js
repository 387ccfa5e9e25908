/** A diagram as a graph: what stands how near to what, and the shortest way between two elements. */

import { edgesOf } from "./edges.js";

export class Graph {
  /** @param {Iterable<import("./edges.js").Edge>} edges lines count both ways */
  constructor(edges) {
    /** @type {Map<string, {to: string, line: string}[]>} */
    this.near = new Map();
    for (const { id, source, target } of edges) {
      this.link(source.element, target.element, id);
      this.link(target.element, source.element, id);
    }
  }

  link(from, to, line) {
    const list = this.near.get(from);
    list ? list.push({ to, line }) : this.near.set(from, [{ to, line }]);
  }

  /** Returns how many steps away each element is, up to `distance`; the `centres` are at 0. */
  around(centres, distance = Infinity) {
    const steps = new Map([...centres].map((id) => [id, 0]));
    const queue = [...steps.keys()];
    for (let at = 0; at < queue.length; at += 1) {
      const away = steps.get(queue[at]) + 1;
      for (const { to } of away <= distance ? this.near.get(queue[at]) ?? [] : []) {
        if (!steps.has(to)) {
          steps.set(to, away);
          queue.push(to);
        }
      }
    }
    return steps;
  }

  /**
   * Returns the elements and the lines of a shortest way from one element to another, both included; null where there is none.
   * Breadth first search (Moore, 1959).
   * @returns {{elements: string[], lines: string[]} | null}
   */
  path(from, goal) {
    const came = new Map([[from, null]]);
    const queue = [from];
    for (let at = 0; at < queue.length && !came.has(goal); at += 1) {
      for (const { to, line } of this.near.get(queue[at]) ?? []) {
        if (!came.has(to)) {
          came.set(to, { from: queue[at], line });
          queue.push(to);
        }
      }
    }
    return came.has(goal) ? walkedBack(came, goal) : null;
  }
}

function walkedBack(came, goal) {
  const elements = [goal];
  const lines = [];
  for (let step = came.get(goal); step; step = came.get(step.from)) {
    elements.unshift(step.from);
    lines.unshift(step.line);
  }
  return { elements, lines };
}

/** Returns the graph of a model's elements among `shown`. */
export function graphOf(source, model, shown) {
  return new Graph(edgesOf(source, model, shown));
}
