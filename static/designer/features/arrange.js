/** Arranging: everything, the selection, or only what is new, in four ways; the server draws, the tables fly. */

import { union } from "../geometry/box.js";
import { Motion } from "../render/motion.js";
import { LayoutWait } from "../ui/layout_wait.js";

const STYLES = [
  ["left-right", "Arrange left to right", "referenced tables on the left"],
  ["top-down", "Arrange top down", "referenced tables on top, hierarchy"],
  ["compact", "Arrange compactly", "small dense tight"],
  ["areas", "Arrange by areas", "groups clusters"],
];
const KEPT = "wholekey:layout";
const POLL = 250;
const BOXED = ["table", "view", "entity"];

/** Installs the layouts: the menu of the toolbar's button, actions, keys and the flight of tables. */
export function install(page) {
  const layouts = new Layouts(page);
  page.layouts = layouts;
  page.actions.add(...styleActions(layouts), ...partActions(layouts), ...areaActions(layouts));
  const button = document.querySelector('#toolbar [data-action="arrange"]');
  button?.setAttribute("aria-haspopup", "menu");
  button?.setAttribute("title", "Arrange (L)");
  button?.setAttribute("aria-keyshortcuts", "L");
  page.on("diagram", () => layouts.motion.forget());
  page.on("travel", () => layouts.watchTravel());
}

function styleActions(layouts) {
  const styles = STYLES.map(([style, label, words]) => ({
    name: `arrange-${style}`, label, words: `layout lay out ${words}`, group: "Arrange", edits: true, when: () => layouts.isPossible(),
    run: () => void layouts.ask({ style, scope: "all" }),
  }));
  return [
    { name: "arrange", label: "Arrange…", group: "Arrange", keys: ["l"], edits: true, quiet: true, when: () => layouts.isPossible(), run: () => layouts.openMenu() },
    {
      name: "arrange-again", label: ({ ids }) => (layouts.chosen(ids).length > 1 ? "Arrange the selection again" : "Arrange everything again"), group: "Arrange",
      words: "layout lay out", keys: ["Alt+l"], edits: true, when: () => layouts.isPossible(), run: ({ ids }) => void layouts.again(ids),
    },
    ...styles,
  ];
}

function partActions(layouts) {
  return [
    {
      name: "arrange-selection", label: "Arrange the selection", words: "layout lay out", group: "Arrange", edits: true, menu: ["many"], section: "arrange",
      when: ({ ids }) => layouts.chosen(ids).length > 1, run: ({ ids }) => void layouts.selection(layouts.chosen(ids)),
    },
    {
      name: "arrange-new", label: () => `Place what is new${counted(layouts.newOnes())}`, words: "layout arrange add missing heap", group: "Arrange", edits: true,
      menu: ["ground"], section: "arrange", when: () => layouts.isPossible(), run: () => void layouts.ask({ style: layouts.style, scope: "new" }),
    },
  ];
}

function areaActions(layouts) {
  const make = (name, label, new_areas, when) => ({
    name, label, words: "layout arrange group cluster area", group: "Arrange", edits: true, when,
    run: () => void layouts.ask({ style: "areas", scope: "all", options: { new_areas } }),
  });
  return [
    make("areas-of-connected", "Make areas of tables that belong together", "connected", () => layouts.isPossible()),
    make("areas-of-schemas", "Make an area for each schema", "schema", () => layouts.isPossible() && layouts.schemas() > 1),
  ];
}

class Layouts {
  constructor(page) {
    this.page = page;
    this.motion = new Motion(page.view, (id) => page.store.design.get(id));
    this.waiting = null;
    this.style = recall();
  }

  /** Whether there is a diagram, and no layout is under way. */
  isPossible() {
    return this.page.editor.diagram !== null && this.waiting === null;
  }

  /** Returns the tables, areas and notes among selected ids. */
  chosen(ids) {
    return ids.filter((id) => this.page.scene.item(id));
  }

  /** Returns how many tables of the model are on none of its diagrams. */
  newOnes() {
    const { design } = this.page.store;
    const { model } = this.page.scene;
    const ofModel = ({ parent }) => parent === model || design.get(parent)?.parent === model;
    const placed = (id) => [...design.referrers(id)].some((each) => design.get(each)?.kind === "placement");
    return BOXED.flatMap((kind) => [...design.ofKind(kind)]).filter((record) => ofModel(record) && !placed(record.id)).length;
  }

  schemas() {
    const { design } = this.page.store;
    return new Set([...this.page.scene.nodes.keys()].map((id) => design.get(id)?.parent)).size;
  }

  openMenu() {
    const { actions, menu } = this.page;
    const context = actions.context();
    const groups = [
      ...[["arrange-selection"], STYLES.map(([style]) => `arrange-${style}`), ["arrange-new"], ["areas-of-connected", "areas-of-schemas"]],
    ].map((names) => names.map((name) => actions.byName.get(name)).filter((action) => actions.can(action, context)));
    const button = document.querySelector('#toolbar [data-action="arrange"]')?.getBoundingClientRect();
    const { x, y } = button ? { x: button.left, y: button.bottom + 4 } : this.page.stage.getBoundingClientRect();
    const entries = groups.filter((group) => group.length > 0).flatMap((group, at) => [...(at > 0 ? [null] : []), ...group.map((action) => actions.entry(action, context))]);
    menu.show(x, y, entries);
  }

  again(ids) {
    const chosen = this.chosen(ids);
    return chosen.length > 1 ? this.selection(chosen) : this.ask({ style: this.style, scope: "all" });
  }

  selection(elements) {
    return this.ask({ style: this.style === "areas" ? "compact" : this.style, scope: "selection", elements });
  }

  /**
   * Asks the server for a layout and shows it.
   * @param {{style: string, scope: string, elements?: string[], options?: object}} wish
   */
  async ask(wish) {
    const { page } = this;
    const { diagram } = page.editor;
    if (!this.isPossible()) {
      return;
    }
    this.remember(wish);
    const wait = new LayoutWait(page.stage, page.announce);
    this.waiting = wait;
    try {
      await page.sync.flush();
      const answer = await this.answerTo({ diagram, ...wish }, wait);
      if (answer) {
        await this.show(answer, diagram, wish);
      }
    } finally {
      this.waiting = null;
      wait.end();
    }
  }

  /** Resolves to `{version, accepted}`, or null after the reason was told. */
  async answerTo(wish, wait) {
    const { page } = this;
    const answer = await Promise.race([page.post(page.boot.urls.arrange, wish), wait.givenUp]);
    if (answer === null) {
      return null;
    }
    const { ok, data } = answer;
    if (ok && data?.job) {
      return this.finished(data.job, wait);
    }
    if (!ok || !data) {
      page.toasts.show(data?.error ?? "The server could not be reached, so nothing was moved; try again.", undefined, data ? "info" : "error");
      return null;
    }
    return data;
  }

  /** Waits for a job; the person may cancel it. */
  async finished(address, wait) {
    const { page } = this;
    wait.offerCancel(() => page.post(address, {}));
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL));
      const job = await stateOf(address);
      if (job?.state === "done") {
        return job;
      }
      if (job?.state === "failed" || job?.state === "cancelled") {
        page.toasts.show(job.state === "failed" ? job.message : "Arranging was cancelled; nothing was moved.", undefined, job.state === "failed" ? "error" : "info");
        return null;
      }
      wait.tell(job);
    }
  }

  async show({ version, accepted }, diagram, wish) {
    const { page } = this;
    if (accepted === null) {
      page.toasts.show("Nothing had to move: it stands this way already.");
      return;
    }
    const before = page.editor.diagram === diagram ? this.motion.before() : null;
    await page.sync.pull(version ?? Infinity);
    if (before === null || page.editor.diagram !== diagram) {
      return;
    }
    const goal = this.lookedAt(before, wish);
    this.motion.from(before, goal);
    if (goal) {
      page.view.show(goal);
    }
    page.toasts.show(said(wish), page.editor.undoAction());
    page.announce(said(wish));
  }

  /** Returns the box to look at after a layout: everything, or what was placed. */
  lookedAt(before, wish) {
    const { scene } = this.page;
    if (wish.scope === "all") {
      return scene.bounds();
    }
    const moved = [...scene.nodes.values()].filter((node) => {
      const place = before.places.get(node.id);
      return !place || place.x !== node.x || place.y !== node.y;
    });
    const sight = this.page.view.visible();
    const box = union(moved);
    const visible = box && box.x >= sight.x && box.y >= sight.y && box.x + box.w <= sight.x + sight.w && box.y + box.h <= sight.y + sight.h;
    return visible ? null : box;
  }

  /** Before an undo: if it moves several things, they fly back. */
  watchTravel() {
    const before = this.motion.before();
    queueMicrotask(() => {
      const moved = [...before.places].filter(([id, place]) => this.motion.hasMoved(id, place)).length;
      if (moved > 1) {
        const goal = moved * 2 > before.places.size ? this.page.scene.bounds() : null;
        this.motion.from(before, goal);
        if (goal) {
          this.page.view.show(goal);
        }
      }
    });
  }

  remember({ style, scope }) {
    if (scope === "all") {
      this.style = style;
      try {
        localStorage.setItem(KEPT, style);
      } catch {
        // Without storage the way is kept until the page is left.
      }
    }
  }
}

async function stateOf(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (response && response.status >= 400 && response.status < 500) {
    return { state: "failed", message: "The server does not know of this work any more; start it again." };
  }
  return response?.ok ? response.json().catch(() => null) : null;
}

function recall() {
  try {
    const kept = localStorage.getItem(KEPT);
    return STYLES.some(([style]) => style === kept) ? kept : "left-right";
  } catch {
    return "left-right";
  }
}

function counted(count) {
  return count > 0 ? ` (${count})` : "";
}

function said({ style, scope, options }) {
  if (scope === "new") {
    return "Placed what is new; nothing else moved.";
  }
  if (options) {
    return "Grouped into areas.";
  }
  const way = { "left-right": "left to right", "top-down": "top down", compact: "compactly", areas: "by areas" }[style];
  return scope === "selection" ? `Arranged the selection ${way}.` : `Arranged ${way}.`;
}
