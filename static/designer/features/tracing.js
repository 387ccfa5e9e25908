/** Where an element comes from and what a change of it would reach: the trace in the inspector, the impact on the canvas. */

import { marksOf } from "../ui/impact_marks.js";
import { ImpactPanel } from "../ui/impact_panel.js";
import { isNarrow } from "../ui/narrow.js";
import { showRecord } from "../ui/show_record.js";

/** The share of the canvas that the panel leaves free above it on a narrow screen. */
const ABOVE = 0.38;
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
    page.on("loaded", () => this.showBadges());
    page.on("design", () => this.showBadges());
    document.addEventListener("click", ({ target }) => this.onClick(target));
  }

  /** Only the boxes of which a badge comes or goes are painted again. */
  showBadges() {
    const { scene, view, store } = this.page;
    const before = scene.dress.badges;
    const badges = new Set([...store.design.ofKind("deviation")].map(({ parent }) => parent));
    const differ = [...before, ...badges].filter((id) => before.has(id) !== badges.has(id));
    if (differ.length > 0) {
      scene.dress.badges = badges;
      const boxes = new Set(differ.map((id) => scene.shownBy(id) ?? id).filter((id) => scene.nodes.has(id)));
      boxes.size > 0 && view.invalidateItems([...boxes]);
    }
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
    isNarrow() && this.panel.hide();
    showRecord(this.page, id);
  }

  async show(id) {
    this.page.tell("panel", "impact");
    document.body.classList.remove("show-inspector", "show-outline"); // a drawer would lie over the answer
    await this.panel.show(id);
    this.uncover(id);
  }

  /** What is asked about stands beside the panel, not behind it. */
  uncover(id) {
    const { scene, view } = this.page;
    const box = scene.nodes.get(scene.shownBy(id) ?? id);
    const at = box && view.boxOnScreen(box);
    const room = { w: view.size.w - view.covered, h: isNarrow() ? view.size.h * ABOVE : view.size.h };
    if (at && this.panel.open && (at.x < 0 || at.y < 0 || at.x + at.w > room.w || at.y + at.h > room.h)) {
      view.flyTo(view.transform.panned((room.w - at.w) / 2 - at.x, Math.max(8, (room.h - at.h) / 2) - at.y));
    }
  }

  drawn(marks) {
    const { scene, view, store } = this.page;
    scene.dress.diff = marksOf(store.design, marks);
    view.covered = isNarrow() ? 0 : Math.min(this.panel.width, view.size.w / 2);
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
