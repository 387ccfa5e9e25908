/** Conceptual, logical, physical: the panel that derives and updates models, and quiet signs of which ones are behind. */

import { element } from "../ui/dom.js";
import { LevelsPanel } from "../ui/levels_panel.js";
import { LevelsPreview } from "../ui/levels_preview.js";
import { isNarrow } from "../ui/narrow.js";
import { showRecord } from "../ui/show_record.js";

/** How long after an edit the server is asked again, in milliseconds. */
const SOON = 600;
const LATER = 2500;
const FIRST = 1500;
/** A large design waits longer, for each record: what is derived from it is worked out anew. */
const FOR_EACH = 0.1;
const SLACK = 4;
/** The share of the width that the panel may lie over. */
const MOST = 0.7;
const PICTURES = new Set(["placement", "area", "note", "diagram"]);
const DERIVED = ["table", "view", "entity", "relationship", "column", "attribute"];

/** Installs the levels where the page has a server that knows of them. */
export function install(page) {
  if (page.boot.urls.levels) {
    new Levels(page).install();
  }
}

class Levels {
  constructor(page) {
    this.page = page;
    this.answer = { behind: 0, models: {} };
    this.made = "";
    this.landedAt = null;
    this.awaited = null; // a diagram that was made and is not here yet
    this.told = 0; // how many models were behind when somebody was told last
    this.preview = new LevelsPreview(page);
    this.panel = new LevelsPanel(page, {
      preview: this.preview, closed: () => this.closed(), resized: () => this.resized(), go: (id) => this.go(id),
      made: (diagram, version) => void this.landed(diagram, version),
    });
    this.button = document.querySelector('#toolbar [data-action="levels"]');
  }

  install() {
    const { page } = this;
    const { urls } = page.boot;
    page.actions.add(
      {
        name: "levels", label: "Levels…", group: "Go", keys: ["Shift+d"], words: "conceptual logical physical derive propagate models in step adopt",
        run: () => (this.panel.open ? this.panel.hide() : this.show(urls.levels)),
      },
      {
        name: "derive", label: "Derive a model from this one…", group: "Restructure", edits: true, menu: ["ground"], section: "restructure",
        words: "logical physical tables forward engineer generate", when: () => this.upper() !== null, run: () => this.show(`${urls.levels_derive}?${new URLSearchParams({ source: this.upper() })}`),
      },
      {
        name: "levels-update", label: () => `Update the models that are behind (${this.answer.behind})…`, group: "Restructure", menu: ["ground"], section: "restructure",
        words: "propagate levels derive sync in step", when: () => this.answer.behind > 0, run: () => this.show(urls.levels_update),
      },
      {
        name: "promote", label: "Promote to the model above", group: "Restructure", edits: true, menu: DERIVED, section: "restructure",
        words: "levels logical conceptual up origin", when: ({ ids }) => ids.length > 0 && ids.every((id) => this.isMadeHere(id)),
        run: ({ ids }) => void this.act("promote", ids),
      },
      {
        name: "give-back", label: "Give back to the model above", group: "Restructure", edits: true, menu: DERIVED, section: "restructure",
        words: "reset levels derived local decision undo", when: ({ ids }) => ids.length > 0 && ids.every((id) => this.isDerived(id)),
        run: ({ ids }) => void this.act("reset", ids),
      },
    );
    page.on("panel", (name) => name !== "levels" && this.panel.hide());
    page.on("loaded", () => this.later(FIRST));
    page.on("diagram", (id) => this.switched(id));
    page.on("design", (touched) => this.touched(touched));
    page.on("selection", () => this.preview.shown && this.panel.light([...page.editor.selection]));
    this.listenToConflicts(page.view.canvas);
    const inspector = document.getElementById("inspector");
    inspector?.addEventListener("htmx:afterSwap", () => this.openDoors(inspector));
    inspector?.addEventListener("click", ({ target }) => {
      const { levelsAct, ids, field } = target.closest("[data-levels-act]")?.dataset ?? {};
      levelsAct && void this.act(levelsAct, ids.split(" "), field);
    });
  }

  // What the design says by itself

  /** The model that is looked at, where others can be derived from it. */
  upper() {
    const { scene, store } = this.page;
    const model = store.design.get(scene.model);
    return model && model.level !== undefined && model.level !== "physical" ? model.id : null;
  }

  derivationOf(id) {
    const { design } = this.page.store;
    const model = design.modelOf(id);
    return model ? design.childrenOf(model.id ?? model, "derivation")[0] ?? null : null;
  }

  isMadeHere(id) {
    const record = this.page.store.design.get(id);
    return Boolean(record) && !record.origin && this.derivationOf(id) !== null;
  }

  isDerived(id) {
    return Boolean(this.page.store.design.get(id)?.origin) && this.derivationOf(id) !== null;
  }

  // Asking how the models stand

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), delay);
  }

  touched(touched) {
    const { design } = this.page.store;
    this.markDiagrams();
    this.awaited && queueMicrotask(() => this.showAwaited());
    if ([...touched].some((id) => !PICTURES.has(design.get(id)?.kind))) {
      this.preview.shown && !design.has(this.page.scene.diagram?.id) ? this.preview.drop() : this.preview.leave();
      this.panel.touched();
      this.concerns(touched) && this.later(this.panel.open ? SOON : LATER + design.size * FOR_EACH);
    }
  }

  /** Whether an edit may leave a model behind: it touches one that is derived, or that others are derived from. */
  concerns(touched) {
    const { design } = this.page.store;
    const models = new Set(design.ofKind("derivation").flatMap(({ parent, source }) => [parent, source]));
    return this.answer.behind > 0 || models.size > 0 && [...touched].some((id) => !design.has(id) || models.has(design.modelOf(id)?.id));
  }

  async load() {
    const { page } = this;
    const key = String(page.edition);
    if (this.made === key || this.asked === key) {
      return;
    }
    if (page.store.design.ofKind("derivation").length === 0) {
      this.took(key, { behind: 0, models: {} });
      return;
    }
    this.asked = key;
    await page.sync.flush().catch(() => undefined);
    const response = await fetch(page.boot.urls.levels_states, { headers: { Accept: "application/json" } }).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    this.asked = null;
    answer && this.took(key, answer);
  }

  took(key, answer) {
    const asFound = this.made === "" && key === "0"; // nobody has edited anything since the page was opened
    this.answer = answer;
    this.made = key;
    this.showCount();
    this.markDiagrams();
    this.page.palette.refresh();
    asFound || this.tell();
    this.told = answer.behind;
    key === String(this.page.edition) || this.later(SOON);
  }

  /** Says once that models are behind: not again before they were all in step. */
  tell() {
    const { page, answer, panel } = this;
    if (answer.behind > 0 && this.told === 0 && !panel.open) {
      page.toasts.show(answer.words, { label: "Update…", run: () => this.show(page.boot.urls.levels_update) });
    }
  }

  showCount() {
    const { button, answer } = this;
    if (button) {
      button.dataset.count = answer.behind > 0 ? String(answer.behind) : "";
      button.setAttribute("aria-label", answer.behind > 0 ? `Levels: ${answer.words}` : "Levels");
      button.title = `${button.getAttribute("aria-label")} (Shift+D)`;
    }
  }

  /** The models that are behind say so where a diagram is chosen. */
  markDiagrams() {
    const { design } = this.page.store;
    for (const group of document.querySelectorAll("#diagram-select optgroup")) {
      const model = design.get(design.get(group.firstElementChild?.value)?.parent);
      const word = this.answer.models[model?.id] ?? "";
      group.label = model ? `${model.name || model.level || "Model"}${word ? ` · ${word}` : ""}` : group.label;
    }
  }

  // The panel

  show(address) {
    this.page.tell("panel", "levels");
    void this.panel.show(address);
    this.resized();
  }

  resized() {
    const wide = !isNarrow();
    this.page.view.covered = this.panel.open && wide ? Math.min(this.panel.width, this.page.view.size.w * MOST) : 0;
  }

  closed() {
    this.preview.leave();
    this.resized();
    if (this.landedAt === this.page.view.transform) {
      void this.page.actions.run("fit"); // what was made stood in the strip beside the panel; now there is room
    }
    this.landedAt = null;
    this.page.view.canvas.focus({ preventScroll: true });
  }

  /** Another diagram is shown: of what would be, where the preview knows it. */
  switched(id) {
    const { preview } = this;
    if (preview.shown) {
      preview.after.has(id) ? preview.turn(id) : preview.drop();
      this.panel.pressTurned();
    }
    this.markDiagrams();
  }

  /** An edit of the panel was made: its diagram is shown as soon as it is here. */
  async landed(diagram, version) {
    const { page } = this;
    this.awaited = diagram || null;
    await page.sync.pull(version);
    this.showAwaited();
    isNarrow() && this.panel.hide();
    this.later(0);
  }

  /** Shows what was made, where it has come: should the line break just then, that is later than its panel says. */
  showAwaited() {
    const { page, awaited } = this;
    if (awaited && page.store.design.has(awaited)) {
      this.awaited = null;
      page.showDiagram(awaited);
      requestAnimationFrame(() => { this.landedAt = page.view.transform; });
    }
  }

  go(id) {
    if (this.preview.shown) {
      this.preview.go(id);
      this.panel.pressTurned();
    } else {
      isNarrow() && this.panel.hide();
      showRecord(this.page, id);
    }
  }

  /** A click on what is marked as a conflict offers the choices where it stands. */
  listenToConflicts(canvas) {
    let down = null;
    canvas.addEventListener("pointerdown", ({ offsetX, offsetY }) => {
      down = { x: offsetX, y: offsetY };
    });
    canvas.addEventListener("click", ({ offsetX, offsetY, clientX, clientY }) => {
      const still = this.preview.shown && down && Math.hypot(down.x - offsetX, down.y - offsetY) < SLACK;
      const found = still ? [...this.page.editor.selection].flatMap((id) => this.panel.choicesAbout(id)) : [];
      if (found.length > 0) {
        const entries = found.flatMap((each, at) => [...(at > 0 ? [null] : []), ...each.entries]);
        this.page.menu.show(clientX, clientY, entries, { title: found.map(({ title }) => title).join("; ") });
      }
    });
  }

  // Single elements

  /** Where the trace says that an element was made here, it can be promoted. */
  openDoors(inspector) {
    for (const door of inspector.querySelectorAll('[data-levels-door="promote"]:empty')) {
      if (this.page.editor.canEdit && this.isMadeHere(door.dataset.record)) {
        const button = element("button", "button compact", "Promote it");
        button.type = "button";
        Object.assign(button.dataset, { levelsAct: "promote", ids: door.dataset.record });
        door.append(button);
      }
    }
  }

  /** Promotes or gives back elements, or one field of an element, as one edit. */
  async act(action, ids, field = "") {
    const { page } = this;
    await page.sync.flush().catch(() => undefined);
    const { ok, data } = await page.post(page.boot.urls.levels_element, { action, ids, field });
    if (!ok) {
      page.toasts.show(data?.error ?? "The server could not be reached; try again.", undefined, "error");
      return;
    }
    await page.sync.pull(data.version);
    if (page.inspector.isTypedIn()) page.view.canvas.focus(); // the button that was pressed; what it said is true no more
    page.inspector.later(page.inspector.options.recordIds());
    page.toasts.show(`${data.entries.at(-1)?.label ?? "Done"}.`, page.editor.undoAction());
  }
}
