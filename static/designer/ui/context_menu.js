/** The menu under the right mouse button and the menu key, by the ARIA menu pattern. */

export class ContextMenu {
  /** @param {HTMLElement} host @param {() => void} closed called when the menu has gone, to put the focus back */
  constructor(host, closed) {
    this.closed = closed;
    this.menu = document.createElement("div");
    this.menu.className = "context-menu";
    this.menu.setAttribute("role", "menu");
    this.menu.hidden = true;
    host.append(this.menu);
    this.menu.addEventListener("keydown", (event) => this.onKey(event));
    this.menu.addEventListener("focusout", (event) => {
      if (!this.menu.contains(event.relatedTarget)) {
        this.hide();
      }
    });
  }

  /**
   * Shows entries at a point of the window.
   * @param {({label: string, keys?: string, run: () => void, disabled?: boolean, danger?: boolean} | null)[]} entries
   *   null is a line between groups
   */
  show(x, y, entries) {
    this.menu.replaceChildren(...entries.map((entry) => this.line(entry)));
    this.menu.hidden = false;
    const { width, height } = this.menu.getBoundingClientRect();
    this.menu.style.setProperty("left", `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`);
    this.menu.style.setProperty("top", `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`);
    this.items()[0]?.focus();
  }

  hide() {
    if (!this.menu.hidden) {
      this.menu.hidden = true;
      this.closed();
    }
  }

  items() {
    return [...this.menu.querySelectorAll("button:not(:disabled)")];
  }

  line(entry) {
    if (entry === null) {
      const rule = document.createElement("div");
      rule.className = "context-menu-rule";
      rule.setAttribute("role", "separator");
      return rule;
    }
    const item = document.createElement("button");
    item.type = "button";
    item.className = entry.danger ? "context-menu-item context-menu-danger" : "context-menu-item";
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    item.disabled = entry.disabled ?? false;
    const label = document.createElement("span");
    label.textContent = entry.label;
    const keys = document.createElement("kbd");
    keys.textContent = entry.keys ?? "";
    item.append(label, keys);
    item.addEventListener("click", () => {
      this.hide();
      entry.run();
    });
    return item;
  }

  onKey(event) {
    event.stopPropagation();
    const items = this.items();
    const at = items.indexOf(document.activeElement);
    const goal = {
      ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1,
    }[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      items[goal].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.hide();
    }
  }
}
