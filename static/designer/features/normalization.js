/** Normalisation on the diagram: a chip for each table, what the filter can ask, and the panel that says why and mends it. */

import { levelAt } from "../render/level.js";
import { chipBox } from "../render/paint_chip.js";
import { bestFindings } from "../ui/finding_items.js";
import { isNarrow } from "../ui/narrow.js";
import { NormalizationPanel } from "../ui/normalization_panel.js";
import { NormalizationPreview } from "../ui/normalization_preview.js";
import { chipsOf, normalFormFacet, normalizationItems, normalizationWords } from "../ui/normalization_states.js";

/** How long after an edit the server is asked again, in milliseconds. */
const SOON = 400;
const LATER = 2500;
const FIRST = 1200;
const SLACK = 4;
/** The share of the canvas that the panel leaves free above it on a narrow screen. */
const ABOVE = 0.28;
const ASSESSED = new Set(["table", "entity"]);
const PICTURES = new Set(["placement", "area", "note", "diagram"]);
const KEPT = "wholekey-normalization";
/** What of the states is shown: what somebody should look at, or all, or nothing. */
const MODES = { findings: "what was assessed", all: "every table", off: "nothing" };

/** Installs the workbench where the page has a server that knows of it. */
export function install(page) {
  if (page.boot.urls.normalization_states) {
    new Normalization(page).install();
  }
}

class Normalization {
  constructor(page) {
    this.page = page;
    this.answer = null;
    this.made = "";
    this.mode = Object.hasOwn(MODES, kept()) ? kept() : "findings";
    this.preview = new NormalizationPreview(page);
    this.panel = new NormalizationPanel(page, {
      preview: this.preview, closed: () => this.closed(), resized: () => this.resized(), go: (id) => page.reach(id), address: (id) => this.address(id),
    });
    this.button = document.querySelector('#toolbar [data-action="normalization"]');
  }

  install() {
    const { page } = this;
    const one = ({ ids }) => ids.length === 1 && this.subject(ids[0]) !== null;
    page.actions.add({
      name: "normalization", label: "Normalisation…", group: "Go", keys: ["Shift+k"], menu: ["table", "entity", "column", "attribute"], section: "show",
      words: "normal form dependencies keys 1nf 2nf 3nf bcnf decompose", run: ({ ids }) => this.toggle(one({ ids }) ? this.subject(ids[0]) : null),
    }, ...Object.entries(MODES).map(([mode, words]) => ({
      name: `normalization-marks-${mode}`, label: `Mark the normalisation of ${words}`, group: "View", words: "chips normal form show hide", menu: ["ground"], section: "show",
      when: () => this.mode !== mode, run: () => this.setMode(mode),
    })), {
      name: "normalization-next", label: "Go to the next table below its best normal form", group: "Go", words: "normalisation violation",
      when: () => this.below().length > 0, run: () => this.next(),
    });
    page.palette.addSource({
      mark: "%", label: "normalisation", best: (typed, limit) => bestFindings(this.items(), typed, limit), start: (alone) => (alone ? this.items() : []),
    });
    page.facets.push((design, placed) => normalFormFacet(design, placed, this.answer));
    page.on("panel", (name) => name !== "normalization" && this.panel.hide());
    page.on("loaded", () => this.later(FIRST));
    page.on("diagram", () => this.made !== this.key() && this.later(SOON));
    page.on("design", (touched) => this.touched(touched));
    page.on("selection", () => this.panel.follow(this.selected()));
    this.listenToChips(page.view.canvas);
    this.listenInInspector();
  }

  key() {
    return `${this.page.edition} ${this.page.scene.model}`;
  }

  /** The table or entity that a record is, or is a part of; null where it is neither. */
  subject(id) {
    const { design } = this.page.store;
    for (let record = design.get(id), steps = 0; record && steps < 4; record = design.get(record.parent), steps += 1) {
      if (ASSESSED.has(record.kind)) {
        return record.id;
      }
    }
    return null;
  }

  selected() {
    const ids = [...this.page.editor.selection];
    return ids.length === 1 ? this.subject(ids[0]) : null;
  }

  address(id) {
    return this.page.boot.urls.normalization.replace("__id__", encodeURIComponent(id));
  }

  // Asking

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), delay);
  }

  touched(touched) {
    const { design } = this.page.store;
    if ([...touched].some((id) => !PICTURES.has(design.get(id)?.kind))) {
      const looked = this.preview.shown !== null;
      this.preview.leave();
      this.panel.touched(looked);
      this.later(this.panel.open ? SOON : LATER);
    }
  }

  async load() {
    const key = this.key();
    if (this.made === key || this.asked === key) {
      return;
    }
    this.asked = key;
    const { page } = this;
    await page.sync.flush().catch(() => undefined);
    const address = `${page.boot.urls.normalization_states}?${new URLSearchParams({ model: page.scene.model ?? "" })}`;
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    this.asked = null;
    if (answer) {
      this.took(key, answer);
    }
  }

  took(key, answer) {
    this.answer = answer;
    this.made = key;
    this.showChips();
    this.showCounts();
    this.page.palette.refresh();
    if (key !== this.key()) {
      this.later(SOON);
    }
  }

  // Chips

  /** Only the boxes whose chip is another one are painted again. */
  showChips() {
    const { scene, view, store } = this.page;
    const before = scene.dress.chips;
    const chips = chipsOf(this.answer, this.mode, () => store.design);
    scene.dress.chips = chips;
    const differ = [...new Set([...before.keys(), ...chips.keys()])].filter((id) => !same(before.get(id), chips.get(id)) && scene.nodes.has(id));
    if (differ.length > 0) {
      view.invalidateItems(differ);
    }
    this.page.outline.paint();
  }

  showCounts() {
    const { button } = this;
    if (button) {
      const { violation = 0 } = this.answer.counts;
      button.dataset.count = violation > 99 ? "99+" : violation > 0 ? String(violation) : "";
      button.setAttribute("aria-label", `Normalisation: ${normalizationWords(this.answer.counts)}`);
      button.title = `${button.getAttribute("aria-label")} (Shift+K)`;
    }
  }

  setMode(mode) {
    this.mode = mode;
    keep(mode);
    this.answer && this.showChips();
    this.page.announce(`The diagram marks the normalisation of ${MODES[mode]}`);
  }

  /** A click that is no drag, on a chip, opens the panel; the pointer over one shows its sentence. */
  listenToChips(canvas) {
    let down = null;
    canvas.addEventListener("pointerdown", ({ offsetX, offsetY }) => {
      down = { x: offsetX, y: offsetY };
    });
    canvas.addEventListener("click", ({ offsetX: x, offsetY: y }) => {
      const near = down && Math.hypot(down.x - x, down.y - y) < SLACK;
      const id = near ? this.chipAt({ x, y }) : null;
      id && this.show(id);
    });
    canvas.addEventListener("pointermove", ({ offsetX: x, offsetY: y }) => {
      const id = this.page.scene.dress.chips.size > 0 ? this.chipAt({ x, y }) : null;
      if (id !== this.pointed) {
        this.pointed = id;
        canvas.title = id ? this.page.scene.dress.chips.get(id).title : "";
      }
    });
  }

  chipAt(point) {
    const { scene, view } = this.page;
    const { x, y } = view.worldAt(point);
    const style = { level: levelAt(view.transform.k), zoom: view.transform.k };
    const hit = scene.nodesIn({ x, y, w: 0.01, h: 0.01 }).findLast((node) => {
      const chip = scene.dress.chips.get(node.id);
      const box = chip && chipBox(node, chip, style);
      return box && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
    });
    return hit?.id ?? null;
  }

  // The panel

  listenInInspector() {
    document.getElementById("inspector")?.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-normalization]");
      button && this.show(button.dataset.normalization);
    });
  }

  toggle(id) {
    if (this.panel.open && (id === null || id === this.panel.subject)) {
      this.panel.hide();
    } else {
      this.show(id ?? this.below()[0] ?? this.anyTable());
    }
  }

  show(id) {
    if (!id) {
      this.page.toasts.show("There is no table to look at; add one first.");
      return;
    }
    this.page.tell("panel", "normalization");
    void this.panel.show(id);
    this.resized();
    this.uncover(id);
    void this.load();
  }

  coveredWidth() {
    return isNarrow() ? 0 : Math.min(this.panel.width, this.page.view.size.w * 0.7);
  }

  resized() {
    this.page.view.covered = this.panel.open ? this.coveredWidth() : 0;
  }

  /** The table stands beside the panel, not behind it. */
  uncover(id) {
    const { scene, view } = this.page;
    const node = scene.nodes.get(id);
    const box = node && view.boxOnScreen(node);
    const narrow = isNarrow();
    const room = { w: view.size.w - view.covered, h: narrow ? view.size.h * ABOVE : view.size.h };
    if (box && (box.x < 0 || box.y < 0 || box.x + box.w > room.w || box.y + box.h > room.h)) {
      view.flyTo(view.transform.panned((room.w - box.w) / 2 - box.x, Math.max(8, (room.h - box.h) / 2) - box.y));
    }
  }

  anyTable() {
    const { scene } = this.page;
    return [...scene.nodes.keys()].find((id) => this.subject(id) === id) ?? null;
  }

  closed() {
    this.preview.leave();
    this.resized();
    this.page.view.canvas.focus({ preventScroll: true });
  }

  // Going through what is to be done

  below() {
    return Object.entries(this.answer?.states ?? {}).filter(([, { state }]) => state === "violation").map(([id]) => id);
  }

  next() {
    const ids = this.below();
    const next = ids[(ids.indexOf(this.panel.subject ?? this.selected()) + 1) % ids.length];
    this.page.reach(next);
    this.show(next);
  }

  items() {
    return normalizationItems(this.answer, (id) => this.page.store.design.get(id), (id) => {
      this.page.reach(id);
      this.show(id);
    });
  }
}

function same(one, other) {
  return one === other || (one && other && one.state === other.state && one.text === other.text && one.title === other.title);
}

function kept() {
  try {
    return localStorage.getItem(KEPT) ?? "findings";
  } catch {
    return "findings"; // storage may be switched off
  }
}

function keep(mode) {
  try {
    localStorage.setItem(KEPT, mode);
  } catch {
    // it is as before when the page is opened again
  }
}
