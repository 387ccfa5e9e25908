/** A row of colours to choose from, by mouse, keys or finger. */

const NAMES = { "": "No colour of its own" };

export class Swatches {
  /** @param {HTMLElement} host @param {() => void} closed */
  constructor(host, closed) {
    this.closed = closed;
    this.panel = document.createElement("div");
    this.panel.className = "swatches";
    this.panel.hidden = true;
    this.panel.setAttribute("role", "listbox");
    this.panel.setAttribute("aria-label", "Colours");
    this.panel.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => !this.panel.contains(event.relatedTarget) && this.hide());
    host.append(this.panel);
  }

  /**
   * Shows colours near a point of the stage.
   * @param {{x: number, y: number}} point
   * @param {{name: string, fill: string}[]} colours
   * @param {string} current
   * @param {(name: string) => void} choose
   */
  show({ x, y }, colours, current, choose) {
    this.panel.replaceChildren(...colours.map((colour) => this.swatch(colour, current, choose)));
    this.panel.hidden = false;
    const { offsetWidth, offsetHeight, parentElement } = this.panel;
    this.panel.style.setProperty("left", `${Math.max(8, Math.min(x, parentElement.clientWidth - offsetWidth - 8))}px`);
    this.panel.style.setProperty("top", `${Math.max(8, Math.min(y, parentElement.clientHeight - offsetHeight - 8))}px`);
    (this.panel.querySelector("[aria-selected=true]") ?? this.panel.firstElementChild).focus();
  }

  hide() {
    if (!this.panel.hidden) {
      this.panel.hidden = true;
      this.closed();
    }
  }

  swatch({ name, fill }, current, choose) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name ? "swatch" : "swatch swatch-none";
    made.setAttribute("role", "option");
    made.setAttribute("aria-label", NAMES[name] ?? name);
    made.setAttribute("aria-selected", String(name === current));
    made.title = NAMES[name] ?? name;
    made.style.setProperty("background-color", fill);
    made.addEventListener("click", () => {
      this.hide();
      choose(name);
    });
    return made;
  }

  onKey(event) {
    event.stopPropagation();
    const all = [...this.panel.children];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.hide();
    }
  }
}
