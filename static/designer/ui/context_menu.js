/**
 * The menu under the right mouse button and the menu key, by the ARIA menu pattern, with menus that unfold beside it.
 *
 * @typedef {{label: string, keys?: string, run?: () => void, entries?: (Entry | null)[], disabled?: boolean, danger?: boolean}} Entry
 *   `entries` unfold where they are; null among entries is a line between groups
 */

/** A narrower window shows an unfolded menu over the one it came from, with a way back. */
const NARROW = 600;
const HOVER = 140;

export class ContextMenu {
  /** @param {HTMLElement} host @param {() => void} closed called when the menu has gone, to put the focus back */
  constructor(host, closed) {
    this.closed = closed;
    this.root = document.createElement("div");
    this.root.hidden = true;
    /** @type {HTMLElement[]} */
    this.menus = [];
    host.append(this.root);
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) {
        this.hide();
      }
    });
  }

  /**
   * Shows entries at a point of the window.
   * @param {number} x
   * @param {number} y
   * @param {(Entry | null)[]} entries
   * @param {{title?: string, className?: string}} [look]
   */
  show(x, y, entries, { title = "What can be done here", className } = {}) {
    this.root.hidden = false;
    this.fold(0);
    const menu = this.add(entries, null);
    menu.setAttribute("aria-label", title);
    className && menu.classList.add(className);
    this.put(menu, x, y);
    this.items(menu)[0]?.focus();
  }

  hide() {
    if (!this.root.hidden) {
      clearTimeout(this.timer);
      this.root.hidden = true;
      this.fold(0);
      this.closed();
    }
  }

  /** Adds one menu; `owner` is the item that it unfolds from. */
  add(entries, owner) {
    const menu = document.createElement("div");
    menu.className = "context-menu";
    menu.setAttribute("role", "menu");
    menu.owner = owner;
    menu.append(...entries.map((entry) => this.line(entry, menu)));
    this.menus.push(menu);
    this.root.append(menu);
    return menu;
  }

  put(menu, x, y) {
    const { width, height } = menu.getBoundingClientRect();
    menu.style.setProperty("left", `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`);
    menu.style.setProperty("top", `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`);
  }

  /** Takes all but the first `left` menus away. */
  fold(left) {
    for (const menu of this.menus.splice(left)) {
      menu.owner?.setAttribute("aria-expanded", "false");
      if (menu.contains(document.activeElement)) {
        menu.owner?.focus(); // before it goes: a lost focus would close everything
      }
      menu.remove();
    }
  }

  unfold(item, entry, focus) {
    const depth = this.menus.indexOf(item.parentElement) + 1;
    if (this.menus[depth]?.owner !== item) {
      this.fold(depth);
      const narrow = innerWidth < NARROW;
      const back = { label: "‹ Back", run: () => undefined, back: true };
      const menu = this.add(narrow ? [back, null, ...entry.entries] : entry.entries, item);
      item.setAttribute("aria-expanded", "true");
      menu.setAttribute("aria-label", entry.label);
      const box = item.getBoundingClientRect();
      const beside = box.right + menu.offsetWidth + 4 > innerWidth ? box.left - menu.offsetWidth : box.right;
      this.put(menu, narrow ? box.left : beside, narrow ? this.menus[0].offsetTop : box.top - 5);
    }
    focus && this.items(this.menus[depth])[0]?.focus();
  }

  items(menu) {
    return [...menu.querySelectorAll("button:not(:disabled)")];
  }

  line(entry, menu) {
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
    item.append(words("span", entry.label), words("kbd", entry.entries ? "›" : entry.keys ?? ""));
    entry.entries ? this.makeUnfold(item, entry) : item.addEventListener("click", () => this.choose(entry));
    item.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.hover(item, entry, menu));
    return item;
  }

  makeUnfold(item, entry) {
    item.setAttribute("aria-haspopup", "menu");
    item.setAttribute("aria-expanded", "false");
    item.querySelector("kbd").setAttribute("aria-hidden", "true");
    item.entry = entry;
    item.addEventListener("click", () => this.unfold(item, entry, true));
  }

  choose(entry) {
    if (entry.back) {
      this.foldLast();
      return;
    }
    this.hide();
    entry.run();
  }

  hover(item, entry, menu) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (entry.entries) {
        this.unfold(item, entry, false);
      } else {
        this.fold(this.menus.indexOf(menu) + 1);
      }
    }, HOVER);
  }

  foldLast() {
    this.fold(this.menus.length - 1);
  }

  onKey(event) {
    event.stopPropagation();
    const item = document.activeElement;
    const menu = item.closest("[role=menu]") ?? this.menus[0];
    const items = this.items(menu);
    const at = items.indexOf(item);
    const goal = {
      ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1,
    }[event.key];
    const nested = this.menus.indexOf(menu) > 0;
    if (goal !== undefined) {
      event.preventDefault();
      items[goal]?.focus();
    } else if (event.key === "ArrowRight" && item.entry) {
      event.preventDefault();
      this.unfold(item, item.entry, true);
    } else if (nested && (event.key === "ArrowLeft" || event.key === "Escape")) {
      event.preventDefault();
      this.foldLast();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.hide();
    } else {
      this.jump(event, items, at);
    }
  }

  /** A letter goes to the next entry that begins with it. */
  jump(event, items, at) {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.key === " ") {
      return;
    }
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    after.find((each) => each.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}

function words(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
