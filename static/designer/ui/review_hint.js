/** What differs about the thing under the pointer, beside it: old and new, in the words of the panel. */

import { markOfLine } from "../render/paint_diff.js";
import { distanceTo, rowAt } from "../tools/hit.js";
import { element } from "./dom.js";

const NEAR = 6;
const AWAY = 14;
const MOST_LINES = 8;

export class ReviewHint {
  /**
   * @param {object} page
   * @param {(owner: string, record: string | null) => {title: Element, was: Element | null, lines: Element[]} | null} linesAbout
   */
  constructor(page, linesAbout) {
    Object.assign(this, { page, linesAbout });
    this.box = element("div", "review-hint");
    this.box.hidden = true;
    this.box.setAttribute("aria-hidden", "true"); // the panel says the same
    page.stage.append(this.box);
    const { canvas } = page.view;
    canvas.addEventListener("pointermove", (event) => event.buttons === 0 && this.soon(event));
    canvas.addEventListener("pointerdown", (event) => (event.pointerType === "touch" ? this.soon(event) : this.hide()));
    canvas.addEventListener("pointerleave", () => this.hide());
    page.view.onMove(() => this.hide());
  }

  /** At most once a frame, and only where something is marked. */
  soon({ offsetX, offsetY }) {
    if (!this.page.scene.dress.review) {
      this.hide();
    } else if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.at(offsetX, offsetY);
      });
    }
  }

  at(x, y) {
    const found = this.marked(this.page.view.worldAt({ x, y }));
    const said = found && this.linesAbout(found.owner, found.record);
    if (!said || (said.lines.length === 0 && found.record !== null)) {
      this.hide();
      return;
    }
    this.box.replaceChildren(...contents(said));
    this.box.hidden = false;
    const { size: { w: width, h }, covered } = this.page.view;
    const w = width - covered;
    const { offsetWidth, offsetHeight } = this.box;
    this.box.style.left = `${Math.max(4, x + AWAY + offsetWidth > w ? x - AWAY - offsetWidth : x + AWAY)}px`;
    this.box.style.top = `${Math.max(4, Math.min(y + AWAY, h - offsetHeight - 4))}px`;
  }

  hide() {
    this.box.hidden = true;
  }

  /** Returns the marked thing at a point: a row with its box, a box, or a line with the box that brings it. */
  marked({ x, y }) {
    const { scene, view } = this.page;
    const marks = scene.dress.review;
    if (!marks) return null;
    const node = scene.nodesIn({ x, y, w: 0.01, h: 0.01 }).at(-1);
    if (node) {
      const row = rowAt(node, y, x);
      const record = row && marks.rows.has(row.id) ? row.id.replace(/^gone:/, "") : null;
      return marks.nodes.has(node.id) ? { owner: node.id, record } : null;
    }
    const near = NEAR / view.transform.k;
    const lines = scene.linesIn({ x: x - near, y: y - near, w: 2 * near, h: 2 * near });
    const line = lines.find((each) => markOfLine(marks, each) && distanceTo(each.route.points, x, y) <= near);
    return line ? { owner: line.owner, record: line.id === line.owner || !marks.lines.has(line.id) ? null : line.id } : null;
  }
}

function contents({ title, was, lines }) {
  const list = element("ul", "review-lines");
  list.append(...lines.slice(0, MOST_LINES).map((line) => line.cloneNode(true)));
  if (lines.length > MOST_LINES) list.append(element("li", "review-quiet", `and ${lines.length - MOST_LINES} more`));
  const head = element("strong", "", title.textContent.replace(/\s+/g, " ").trim());
  return [head, ...(was ? [was.cloneNode(true)] : []), ...(lines.length > 0 ? [list] : [])];
}
