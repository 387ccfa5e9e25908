/** Three steps for somebody who opens a design for the first time: drawing, finding, and taking a picture along. */

import { TourStep } from "../ui/tour_step.js";

const KEPT = "wholekey:tour";

const DRAW = {
  anchor: '#toolbar [data-action="add-table"]', title: "Draw",
  text: "Double-click the ground for a new table, or press T. Drag from the edge of a row to another table, and you have a foreign key.",
};
const LOOK = {
  anchor: '#toolbar [data-action="fit"]', title: "Look around",
  text: "Drag or scroll to move, pinch or Ctrl and the wheel to zoom. F shows everything; the arrow keys follow relationships.",
};
const FIND = {
  anchor: '#toolbar [data-action="palette"]', title: "Find and do anything",
  text: "Ctrl+K goes to any table or column by a few letters of its name, and does everything that a menu can do.",
};
const EXPORT = {
  anchor: '#toolbar [data-action="export"]', title: "Take it along",
  text: "A picture for your document, or SQL for the database: both are here. Every edit is saved as you make it.",
};

/** Installs the action, the button in the help, and the first time. */
export function install(page) {
  const tour = new Tour(page);
  page.actions.add({ name: "tour", label: "Take the tour", group: "Everywhere", words: "help introduction first steps learn", run: () => tour.start() });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-take-tour]")) {
      event.target.closest("dialog")?.close();
      tour.start();
    }
  });
  page.on("loaded", () => tour.isNew() && tour.start());
}

class Tour {
  constructor(page) {
    this.page = page;
    this.key = `${KEPT}:${page.boot.user.id}`;
    this.step = null;
  }

  /** Tells whether this person has not seen it; a browser that a program drives has no person before it. */
  isNew() {
    try {
      return !navigator.webdriver && localStorage.getItem(this.key) === null;
    } catch {
      return false; // without storage it would come every time
    }
  }

  start() {
    this.step?.remove();
    this.go([this.page.editor.canEdit ? DRAW : LOOK, FIND, EXPORT], 0);
  }

  go(steps, at) {
    if (at >= steps.length) {
      this.end();
      return;
    }
    this.step = new TourStep(document.body, steps[at], {
      place: `${at + 1} of ${steps.length}`, isLast: at === steps.length - 1,
      next: () => this.go(steps, at + 1), back: at > 0 ? () => this.go(steps, at - 1) : null, skip: () => this.end(),
    });
  }

  end() {
    try {
      localStorage.setItem(this.key, "seen");
    } catch {
      this.page.announce("The tour may come again, since this browser keeps nothing");
    }
    this.page.view.canvas.focus({ preventScroll: true });
  }
}
