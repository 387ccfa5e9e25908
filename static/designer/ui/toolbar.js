/** The buttons of the toolbar follow the editor. */

const TOOLS = new Set(["select", "connect", "add-table", "add-note", "add-area", "comment"]);

export class Toolbar {
  /**
   * @param {HTMLElement} bar
   * @param {{run: (action: string) => boolean, state: () => {tool: string, undo: string | null, redo: string | null,
   *   selected: number, canEdit: boolean, physical: boolean}}} options `run` returns whether it knows the action
   */
  constructor(bar, { run, state }) {
    this.bar = bar;
    this.state = state;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-action]");
      if (button && !button.disabled && run(button.dataset.action)) {
        event.preventDefault();
      }
    });
  }

  refresh() {
    const { tool, undo, redo, selected, canEdit, physical } = this.state();
    for (const button of this.bar.querySelectorAll("[data-action]")) {
      const { action } = button.dataset;
      if (TOOLS.has(action)) {
        button.setAttribute("aria-pressed", String(action === tool));
      }
      const enabled = {
        undo: undo !== null, redo: redo !== null, delete: selected > 0, "add-table": true, connect: true,
        "add-note": true, "add-area": true, arrange: true,
      }[action];
      if (enabled !== undefined) {
        button.disabled = !canEdit || !enabled;
      }
    }
    this.name("undo", undo, "Undo");
    this.name("redo", redo, "Redo");
  }

  name(action, label, word) {
    const button = this.bar.querySelector(`[data-action="${action}"]`);
    if (button) {
      const keys = action === "undo" ? "Ctrl+Z" : "Ctrl+Shift+Z";
      button.title = label ? `${word}: ${label} (${keys})` : `${word} (${keys})`;
    }
  }
}
