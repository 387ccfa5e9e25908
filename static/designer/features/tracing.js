/** Where an element comes from and what a change of it would reach: the trace in the inspector, the impact on the canvas. */

import { ImpactPanel } from "../ui/impact_panel.js";
import { marksOf } from "../ui/impact_marks.js";
import { showRecord } from "../ui/show_record.js";

const NARROW = "(max-width: 899px)";
/** How long after an edit the impact is asked for again, in milliseconds. */
const SOON = 500;
const MENU = ["table", "view", "entity", "relationship", "column", "attribute", "line"];

/** Installs the trace where the page has a server that knows of it. */
export function install(page) {
  if (page.boot.urls.impact) {
    new Tracing(page).install();
  }
}

class Tracing {
  constructor(page) {
    this.page = page;
    this.panel = new ImpactPanel(page.stage, {
      address: (id, what) => `${page.boot.urls.impact.replace("__id__", encodeURIComponent(id))}?what=${what}`,
      flush: () => page.sync.flush().catch(() => undefined), go: (id) => this.go(id),
      drawn: (id, marks) => this.drawn(marks), closed: () => this.closed(),
      failed: () => page.toasts.show("The server could not say what that would reach; try again.", undefined, "error"),
    });
  }

  install() {
    const { page } = this;
    const one = ({ ids }) => ids.length === 1;
    page.actions.add({
      name: "impact", label: "What would a change reach…", group: "Go", menu: MENU, section: "show", when: one,
      words: "impact trace drop delete rename type dependencies what if", run: ({ ids }) => void this.show(ids[0]),
    }, {
      name: "trace-page", label: "Trace: coverage, matrix, deviations", group: "Go", words: "origin derived concepts tables deliberate",
      run: () => location.assign(page.boot.urls.tracing),
    });
    page.on("panel", (name) => name !== "impact" && this.panel.hide());
    page.on("design", () => this.touched());
    document.addEventListener("click", ({ target }) => this.onClick(target));
  }

  onClick(target) {
    const impact = target.closest?.("[data-impact]");
    const go = target.closest?.("[data-trace-go]");
    if (impact) {
      void this.show(impact.dataset.impact);
    } else if (go) {
      this.go(go.dataset.traceGo);
    }
  }

  go(id) {
    matchMedia(NARROW).matches && this.panel.hide();
    showRecord(this.page, id);
  }

  async show(id) {
    this.page.tell("panel", "impact");
    await this.panel.show(id);
  }

  drawn(marks) {
    const { scene, view, store } = this.page;
    scene.dress.diff = marksOf(store.design, marks);
    view.covered = matchMedia(NARROW).matches ? 0 : Math.min(this.panel.width, view.size.w / 2);
    view.refresh();
  }

  closed() {
    const { scene, view } = this.page;
    scene.dress.diff = null;
    view.covered = 0;
    view.refresh();
    view.canvas.focus({ preventScroll: true });
  }

  /** The design was edited: what was said may not hold any more. */
  touched() {
    clearTimeout(this.timer);
    if (!this.panel.open) {
      return;
    }
    if (!this.page.store.design.has(this.panel.subject)) {
      this.panel.hide();
      return;
    }
    this.timer = setTimeout(() => this.panel.open && void this.panel.show(this.panel.subject, this.panel.what, false), SOON);
  }
}
