/** The panel on the right: the server draws it for what is selected. */

const WAIT = 120;
const AGAIN = "X-Drawn-Again";

export class Inspector {
  /**
   * @param {HTMLElement} panel
   * @param {{urls: object, flush: () => Promise<unknown>, version: () => number, diagram: () => string | null, recordIds: () => string[],
   *   concerns: (ids: Set<string>, shown: string[]) => boolean}} options  `version` is 0 for the design as it is
   */
  constructor(panel, options) {
    this.panel = panel;
    this.options = options;
    this.shown = null;
    panel.addEventListener("htmx:beforeSwap", ({ detail }) => {
      // What somebody began to type while the answer was under way, or was told about it meanwhile, is worth more.
      if (detail.requestConfig?.headers[AGAIN] && this.isTypedIn()) detail.shouldSwap = false;
    });
  }

  isTypedIn() {
    return this.panel.contains(document.activeElement);
  }

  /** Shows what is selected, a moment after the last change of the selection. */
  follow() {
    const ids = this.options.recordIds();
    const key = `${ids.length > 0 ? ids.join() : `of ${this.options.diagram()}`} ${this.options.version()}`;
    if (key !== this.wanted) {
      this.wanted = key;
      this.later(ids);
    }
  }

  /** Draws the panel again when an edit on the canvas touched what it shows; not while somebody types in it. */
  touched(ids) {
    const shown = this.shown ?? [];
    if (this.options.concerns(ids, shown) && !this.isTypedIn()) {
      this.later(this.options.recordIds());
    }
  }

  later(ids) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(ids), WAIT);
  }

  async load(ids) {
    await this.options.flush();
    if (ids.join() !== this.options.recordIds().join()) {
      return;
    }
    const headers = ids.join() === this.shown?.join() ? { [AGAIN]: "true" } : {};
    this.shown = ids;
    this.panel.setAttribute("aria-busy", "true");
    try {
      const many = ids.length > 1;
      // So many ids are too long for an address.
      const version = this.options.version();
      const values = { ...(many && { ids: ids.join(), action: "show", diagram: this.options.diagram() ?? "" }), ...(version && { version }) };
      await globalThis.htmx?.ajax(many ? "POST" : "GET", this.address(ids), {
        target: this.panel, swap: "innerHTML", values, headers,
      });
    } catch {
      this.wanted = null; // the page has said why; the next selection asks again
    } finally {
      this.panel.removeAttribute("aria-busy");
    }
  }

  address(ids) {
    const { urls, diagram } = this.options;
    if (ids.length === 0) {
      return `${urls.overview}?diagram=${encodeURIComponent(diagram() ?? "")}`;
    }
    return ids.length === 1
      ? urls.inspector.replace("__id__", encodeURIComponent(ids[0]))
      : urls.selection;
  }
}
