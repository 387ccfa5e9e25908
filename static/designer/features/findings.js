/** What the rules of the server find in the model that is open: in the palette behind `!`, in a panel, and counted on a button. */

import { bestFindings, countsInWords, findingItems } from "../ui/finding_items.js";
import { FindingsPanel } from "../ui/findings_panel.js";
import { isNarrow } from "../ui/narrow.js";
import { showRecord } from "../ui/show_record.js";

/** How long after an edit the server is asked again, in milliseconds: while somebody reads the list, and otherwise. */
const SOON = 700;
const LATER = 4000;
const FIRST = 1500;
const PICTURES = new Set(["placement", "area", "note", "diagram"]);

/** Installs the findings where the page has a server that knows of them. */
export function install(page) {
  if (!page.boot.urls.findings) {
    return;
  }
  const findings = new Findings(page);
  page.actions.add({
    name: "findings", label: "Show the findings", group: "Go", keys: ["Shift+x"], words: "lint rules problems errors warnings check review",
    run: () => findings.toggle(),
  });
  page.palette.addSource({
    mark: "!", label: "findings", best: (typed, limit) => bestFindings(findings.items(), typed, limit),
    start: (alone) => (alone ? findings.items() : []),
  });
  page.on("panel", (name) => name !== "findings" && findings.panel.open && findings.panel.hide());
  page.on("loaded", () => findings.later(FIRST));
  page.on("diagram", () => findings.answer && findings.key() !== findings.made && findings.later(SOON));
  page.on("design", (touched) => findings.touched(touched));
}

class Findings {
  constructor(page) {
    this.page = page;
    this.answer = null;
    this.made = ""; // what the answer is about; see key()
    this.failedAt = -Infinity;
    this.panel = new FindingsPanel(page.stage, {
      go: (id) => this.goFromPanel(id), fix: (code, about) => void this.fix(code, about), again: () => void this.load(),
      closed: () => this.closed(), canEdit: () => page.editor.canEdit,
    });
    this.button = document.querySelector('#toolbar [data-action="findings"]');
  }

  key() {
    return `${this.page.edition} ${this.page.scene.model}`;
  }

  // Asking

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), delay);
  }

  /** An edit was seen; one that only moves things about changes no finding. */
  touched(touched) {
    const { design } = this.page.store;
    if ([...touched].some((id) => !PICTURES.has(design.get(id)?.kind))) {
      this.later(this.panel.open ? SOON : LATER);
    }
  }

  /** Asks the server unless it was asked already; resolves when the answer is shown. */
  async load() {
    const key = this.key();
    if (this.made === key || this.asked === key) {
      return;
    }
    this.asked = key;
    const answer = await this.ask();
    this.asked = null;
    if (answer) {
      this.took(key, answer);
    } else {
      this.failedAt = performance.now();
      this.panel.open && this.panel.show(null, true);
    }
  }

  async ask() {
    const { page } = this;
    const model = page.scene.model ?? "";
    await page.sync.flush().catch(() => undefined);
    const response = await fetch(`${page.boot.urls.findings}?${new URLSearchParams({ model })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    return response?.ok ? response.json().catch(() => null) : null;
  }

  took(key, answer) {
    const { page } = this;
    this.answer = answer;
    this.made = key;
    this.list = findingItems(answer, (id) => this.go(id));
    this.showCounts();
    page.palette.refresh();
    this.panel.open && this.panel.show(answer);
    if (key !== this.key()) {
      this.later(SOON);
    }
  }

  /** What the palette offers; it asks the server where what is known is out of date. */
  items() {
    if (this.made !== this.key() && performance.now() - this.failedAt > LATER) {
      void this.load();
    }
    return this.list ?? [];
  }

  // Showing

  showCounts() {
    const { button } = this;
    const { counts } = this.answer;
    const bad = counts.error + counts.warning;
    const words = countsInWords(counts);
    if (button) {
      button.dataset.count = bad > 99 ? "99+" : bad > 0 ? String(bad) : "";
      button.dataset.worst = counts.error > 0 ? "error" : "warning";
      button.setAttribute("aria-label", words ? `Findings: ${words}` : "Findings: none");
      button.title = `${button.getAttribute("aria-label")} (Shift+X)`;
    }
  }

  toggle() {
    if (this.panel.open) {
      this.panel.hide();
      return;
    }
    this.page.tell("panel", "findings");
    this.panel.show(this.made === this.key() ? this.answer : null);
    this.page.view.covered = this.coveredWidth();
    void this.load();
  }

  /** How much of the canvas the panel lies over, where there is room beside it. */
  coveredWidth() {
    return isNarrow() ? 0 : Math.min(this.panel.width, this.page.view.size.w / 2);
  }

  closed() {
    this.page.view.covered = 0;
    this.page.view.canvas.focus({ preventScroll: true });
  }

  goFromPanel(id) {
    if (isNarrow()) {
      this.panel.hide();
    }
    this.go(id);
  }

  go(id) {
    showRecord(this.page, id);
  }

  // Settling

  async fix(code, about) {
    const { page } = this;
    await page.sync.flush().catch(() => undefined);
    const { ok, data } = await page.post(page.boot.urls.findings_fix, { code, about });
    if (!ok) {
      page.toasts.show(data?.error ?? "The server could not be reached; try again.", undefined, "error");
      return;
    }
    await page.sync.pull(data.version);
    page.toasts.show(`${data.entries.at(-1)?.label ?? "Fixed"}.`, page.editor.undoAction());
    await this.load();
  }
}
