/**
 * The outline: everything of a model as an ARIA tree, for the keyboard and for screen readers. Only the lines in sight
 * are in the page, however many there are.
 */

import { outlineRows } from "./outline_rows.js";

const LINE = 28;
const SPARE = 8;

export class Outline {
  /**
   * @param {HTMLElement} host
   * @param {HTMLInputElement} filter
   * @param {{design: () => object, model: () => string | null, selected: () => Set<string>, onDiagram: (id: string) => boolean,
   *   choose: (id: string, many: boolean) => void, rename: (id: string) => void, remove: () => void}} options
   */
  constructor(host, filter, options) {
    Object.assign(this, { host, filter, options });
    this.unfolded = new Set();
    this.folded = new Set();
    this.rows = [];
    this.at = 0;
    this.build();
    host.addEventListener("scroll", () => this.paint(), { passive: true });
    new ResizeObserver(() => this.paint()).observe(host);
    filter.addEventListener("input", () => this.refresh());
    filter.addEventListener("keydown", (event) => this.onFilterKey(event));
    this.tree.addEventListener("keydown", (event) => this.onKey(event));
    this.tree.addEventListener("click", (event) => this.onClick(event));
    this.tree.addEventListener("dblclick", (event) => this.onDouble(event));
  }

  build() {
    this.tree = document.createElement("div");
    this.tree.className = "outline-tree";
    this.tree.setAttribute("role", "tree");
    this.tree.setAttribute("aria-label", "Tables and columns");
    this.tree.setAttribute("aria-multiselectable", "true");
    this.tree.tabIndex = 0;
    this.none = document.createElement("p");
    this.none.className = "outline-none";
    this.none.hidden = true;
    this.host.replaceChildren(this.tree, this.none);
  }

  /** Reads the design again, at most once a frame. */
  refreshSoon() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = null;
      this.refresh();
    });
  }

  refresh() {
    const model = this.options.model();
    const current = this.rows[this.at]?.id;
    this.rows = model ? outlineRows(this.options.design(), model, { ...this, filter: this.filter.value }) : [];
    this.at = Math.max(0, this.rows.findIndex((row) => row.id === current));
    this.none.textContent = this.filter.value.trim() ? "No table or column has a name like that." : "Nothing here yet.";
    this.none.hidden = this.rows.length > 0;
    this.tree.style.setProperty("height", `${this.rows.length * LINE}px`);
    this.paint();
  }

  /** Puts the lines into the page that are in sight. */
  paint() {
    const first = Math.max(0, Math.floor(this.host.scrollTop / LINE) - SPARE);
    const last = Math.min(this.rows.length, Math.ceil((this.host.scrollTop + this.host.clientHeight) / LINE) + SPARE);
    const selected = this.options.selected();
    const lines = [];
    for (let index = first; index < last; index += 1) {
      lines.push(this.line(this.rows[index], index, selected));
    }
    this.tree.replaceChildren(...lines);
    const active = this.rows[this.at];
    this.tree.setAttribute("aria-activedescendant", active && this.at >= first && this.at < last ? `outline-${active.id}` : "");
  }

  line(row, index, selected) {
    const line = document.createElement("div");
    line.id = `outline-${row.id}`;
    line.className = `outline-line outline-${row.kind}`;
    line.classList.toggle("is-active", index === this.at);
    line.classList.toggle("is-off", row.level > 0 && !this.options.onDiagram(row.id));
    line.setAttribute("role", "treeitem");
    line.setAttribute("aria-level", row.level);
    line.setAttribute("aria-setsize", row.set);
    line.setAttribute("aria-posinset", row.place);
    line.setAttribute("aria-selected", String(selected.has(row.id)));
    if (row.open !== null) {
      line.setAttribute("aria-expanded", String(row.open));
    }
    line.dataset.index = index;
    line.style.setProperty("top", `${index * LINE}px`);
    line.style.setProperty("padding-left", `${8 + (row.level - 1) * 14}px`);
    line.append(twist(row), text("outline-name", row.label || `unnamed ${row.kind}`), text("outline-detail", row.detail));
    const mark = this.options.mark?.(row.id);
    mark && line.append(mark);
    line.title = row.label;
    line.draggable = row.level > 0 && row.kind !== "schema";
    return line;
  }

  /** Returns what is dragged with a line: all that is selected, where it is one of those, else its own record. */
  draggedIds(target) {
    const row = this.rows[target.closest?.(".outline-line")?.dataset.index];
    const selected = this.options.selected();
    return row ? selected.has(row.id) ? [...selected] : [row.id] : [];
  }

  /** Shows that other things are selected now; the first of them comes into sight. */
  follow() {
    const [id] = this.options.selected();
    const index = this.rows.findIndex((row) => row.id === id);
    if (index >= 0 && !this.tree.contains(document.activeElement)) {
      this.at = index;
      this.bringIntoSight();
    }
    this.paint();
  }

  bringIntoSight() {
    const top = this.at * LINE;
    if (top < this.host.scrollTop) {
      this.host.scrollTop = top;
    } else if (top + LINE > this.host.scrollTop + this.host.clientHeight) {
      this.host.scrollTop = top + LINE - this.host.clientHeight;
    }
  }

  moveTo(index) {
    this.at = Math.max(0, Math.min(this.rows.length - 1, index));
    this.bringIntoSight();
    this.paint();
  }

  fold(open) {
    const row = this.rows[this.at];
    if (!row || row.open === null || row.open === open) {
      return false;
    }
    if (row.kind === "schema") {
      open ? this.folded.delete(row.id) : this.folded.add(row.id);
    } else {
      open ? this.unfolded.add(row.id) : this.unfolded.delete(row.id);
    }
    this.refresh();
    return true;
  }

  onKey(event) {
    const act = KEYS[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      act(this, event);
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.typeAhead(event.key.toLowerCase());
      event.stopPropagation();
    }
  }

  /** Goes to the next line whose name starts with what was typed in quick succession. */
  typeAhead(letter) {
    const now = performance.now();
    this.typed = now - (this.typedAt ?? -Infinity) < 700 ? this.typed + letter : letter;
    this.typedAt = now;
    const start = this.typed.length > 1 ? this.at : this.at + 1;
    for (let step = 0; step < this.rows.length; step += 1) {
      const index = (start + step) % this.rows.length;
      if (this.rows[index].label.toLowerCase().startsWith(this.typed)) {
        this.moveTo(index);
        return;
      }
    }
  }

  onFilterKey(event) {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      this.tree.focus();
      this.moveTo(0);
    } else if (event.key === "Escape" && this.filter.value) {
      event.stopPropagation();
      this.filter.value = "";
      this.refresh();
    }
  }

  onClick(event) {
    const line = event.target.closest(".outline-line");
    if (!line) {
      return;
    }
    this.at = Number(line.dataset.index);
    const row = this.rows[this.at];
    if (event.target.closest(".outline-twist") || row.kind === "schema") {
      this.fold(!row.open);
    } else {
      this.options.choose(row.id, event.shiftKey || event.ctrlKey || event.metaKey);
    }
    this.paint();
  }

  onDouble(event) {
    const line = event.target.closest(".outline-line");
    if (line && !event.target.closest(".outline-twist")) {
      this.options.rename(this.rows[Number(line.dataset.index)].id);
    }
  }

  parentOf(index) {
    const { level } = this.rows[index];
    return this.rows.findLastIndex((row, at) => at < index && row.level < level);
  }
}

const KEYS = {
  ArrowDown: (outline) => outline.moveTo(outline.at + 1),
  ArrowUp: (outline) => outline.moveTo(outline.at - 1),
  Home: (outline) => outline.moveTo(0),
  End: (outline) => outline.moveTo(outline.rows.length - 1),
  PageDown: (outline) => outline.moveTo(outline.at + Math.floor(outline.host.clientHeight / LINE)),
  PageUp: (outline) => outline.moveTo(outline.at - Math.floor(outline.host.clientHeight / LINE)),
  ArrowRight(outline) {
    if (!outline.fold(true) && outline.rows[outline.at]?.open) {
      outline.moveTo(outline.at + 1);
    }
  },
  ArrowLeft(outline) {
    if (!outline.fold(false) && outline.rows.length > 0) {
      outline.moveTo(Math.max(0, outline.parentOf(outline.at)));
    }
  },
  Enter: (outline, event) => outline.rows[outline.at] && choose(outline, event.shiftKey),
  " ": (outline, event) => outline.rows[outline.at] && choose(outline, event.shiftKey),
  F2: (outline) => outline.rows[outline.at] && outline.options.rename(outline.rows[outline.at].id),
  Delete: (outline) => outline.options.remove(),
  Escape: (outline) => outline.options.leave?.(),
};

function choose(outline, many) {
  const row = outline.rows[outline.at];
  if (row.kind === "schema") {
    outline.fold(!row.open);
  } else {
    outline.options.choose(row.id, many);
  }
}

function twist(row) {
  const mark = document.createElement("span");
  mark.className = "outline-twist";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = row.open === null ? "" : "›";
  return mark;
}

function text(className, words) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = words;
  return span;
}
