/** Words: the panel of terms, rules, access patterns and domains, and the same in the palette behind `=`. */

import { called } from "../doc/commands/index.js";
import { recordsOf } from "../tools/selection.js";
import { isNarrow } from "../ui/narrow.js";
import { LazyIndex, WORDS, wordItems } from "../ui/palette_items.js";
import { showRecord } from "../ui/show_record.js";
import { WordsPanel } from "../ui/words_panel.js";

const PICTURES = new Set(["placement", "area", "note", "diagram"]);
const FAMILIES = [["term", "Glossary: terms and synonyms…"], ["business_rule", "Business rules…"], ["access_pattern", "Access patterns…"], ["domain", "Domains…"]];

/** Installs the panel where the page has a server that knows of it. */
export function install(page) {
  if (page.boot.urls.words) {
    new Words(page).install();
  }
}

class Words {
  constructor(page) {
    this.page = page;
    this.panel = new WordsPanel(page, {
      closed: () => this.closed(), go: (id) => this.go(id), selected: () => this.selected(), model: () => page.scene.model,
    });
    this.index = new LazyIndex(() => page.edition, () => wordItems(page.shown, (id) => this.show({ id })));
  }

  install() {
    const { page } = this;
    page.actions.add({
      name: "words", label: "Words: terms, rules, access patterns, domains", group: "Go", keys: ["Shift+w"], words: "glossary dictionary business",
      menu: ["ground", "entity", "relationship", "attribute"], section: "show", run: () => (this.panel.open ? this.panel.hide() : this.show({})),
    }, ...FAMILIES.map(([tab, label]) => ({
      name: `words-${tab.replace("_", "-")}`, label, group: "Go", words: "glossary words business add", run: () => this.show({ tab }),
    })));
    page.palette.addSource({
      mark: "=", label: "words", best: (typed, limit) => this.index.get().best(typed, limit),
      start: (alone) => (alone ? wordItems(page.shown, (id) => this.show({ id })) : []),
    });
    page.on("panel", (name) => name !== "words" && this.panel.hide());
    page.on("selection", () => this.panel.follow());
    page.on("design", (touched) => this.touched([...touched].map((id) => page.store.design.get(id)?.kind)));
    document.getElementById("inspector")?.addEventListener("click", ({ target }) => this.onInspector(target.closest("button")));
  }

  /** @param {(string | undefined)[]} kinds of what an edit touched; undefined for what is gone */
  touched(kinds) {
    const { inspector } = this.page;
    if (kinds.some((kind) => !PICTURES.has(kind))) {
      this.panel.touched();
    }
    if (kinds.some((kind) => kind in WORDS) && !inspector.isTypedIn()) {
      inspector.later(inspector.options.recordIds()); // it names the words that speak of what is selected
    }
  }

  /** What the inspector names: a word is shown here, an element on the diagram. */
  onInspector(button) {
    if (button?.dataset.words) {
      this.show({ id: button.dataset.words });
    } else if (button?.dataset.reach) {
      showRecord(this.page, button.dataset.reach);
    }
  }

  show(what) {
    this.page.tell("panel", "words");
    void this.panel.show(what);
    this.page.view.covered = isNarrow() ? 0 : Math.min(this.panel.width, this.page.view.size.w / 2);
  }

  closed() {
    this.page.view.covered = 0;
    this.page.view.canvas.focus({ preventScroll: true });
  }

  go(id) {
    if (isNarrow()) {
      this.panel.hide();
    }
    showRecord(this.page, id);
  }

  selected() {
    const { store, editor, scene } = this.page;
    return recordsOf(editor.selection, store.design, scene).map((id) => ({ id, name: called(store.design, store.design.get(id)) }));
  }
}
