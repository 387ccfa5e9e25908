/** The list of all comments of a branch, open and resolved, with a search; a press leads to the place. */

import { element } from "./dom.js";

const SHOWN = 300;
const STATES = [["open", "Open"], ["resolved", "Resolved"], ["all", "All"]];

/**
 * Returns the threads of a state in which all words of a search are found.
 * @param {object[]} threads
 * @param {string} state `open`, `resolved` or `all`
 * @param {string} typed
 * @param {(thread: object) => string} aboutOf
 */
export function chosenThreads(threads, state, typed, aboutOf) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return threads.filter((thread) => {
    const text = `${thread.author} ${thread.text} ${thread.suggests} ${aboutOf(thread)}`.toLowerCase();
    return (state === "all" || thread.resolved === (state === "resolved")) && words.every((word) => text.includes(word));
  });
}

export class TalkPanel {
  /**
   * @param {HTMLElement} host
   * @param {{go: (thread: object) => void, whole: (() => void) | null, closed: () => void, about: (thread: object) => string}} options
   *   `whole` begins a thread about the whole, where one may
   */
  constructor(host, options) {
    this.options = options;
    this.threads = null;
    this.panel = element("section", "talk-panel", "");
    this.panel.hidden = true;
    this.panel.setAttribute("aria-label", "Comments");
    this.panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      event.key === "Escape" && this.hide();
    });
    this.panel.append(this.head(), this.filters(), this.status = element("p", "talk-status", ""), this.list = element("ul", "talk-list", ""));
    this.status.setAttribute("role", "status");
    host.append(this.panel);
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  head() {
    const head = element("div", "talk-panel-head", "");
    const close = element("button", "talk-close", "×");
    Object.assign(close, { type: "button", title: "Close the comments", ariaLabel: "Close the comments" });
    close.addEventListener("click", () => this.hide());
    head.append(element("h2", "", "Comments"));
    if (this.options.whole) {
      const whole = element("button", "button compact quiet", "On the whole");
      Object.assign(whole, { type: "button", title: "Comment on the whole branch" });
      whole.addEventListener("click", () => this.options.whole());
      head.append(whole);
    }
    head.append(close);
    return head;
  }

  filters() {
    const row = element("div", "talk-filters", "");
    this.state = element("select", "input", "");
    this.state.setAttribute("aria-label", "Which comments");
    this.state.append(...STATES.map(([value, words]) => Object.assign(element("option", "", words), { value })));
    this.search = Object.assign(element("input", "input", ""), { type: "search", placeholder: "Search", ariaLabel: "Search the comments", autocomplete: "off" });
    this.state.addEventListener("change", () => this.paint());
    this.search.addEventListener("input", () => this.paint());
    row.append(this.state, this.search);
    return row;
  }

  /** @param {object[] | null} threads null while they are on their way */
  show(threads) {
    const fresh = !this.open;
    this.threads = threads;
    this.panel.hidden = false;
    this.paint();
    fresh && this.search.focus({ preventScroll: true });
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.options.closed();
    }
  }

  paint() {
    const { threads } = this;
    if (!threads) {
      this.status.textContent = "Looking…";
      this.list.replaceChildren();
      return;
    }
    const held = this.list.contains(document.activeElement) ? document.activeElement.dataset.thread : null;
    const found = chosenThreads(threads, this.state.value, this.search.value, this.options.about);
    this.status.textContent = found.length > 0 ? `${found.length} of ${threads.length}` : this.none();
    this.list.replaceChildren(...found.slice(0, SHOWN).map((thread) => this.line(thread)));
    held && this.list.querySelector(`[data-thread="${held}"]`)?.focus({ preventScroll: true });
  }

  none() {
    if (this.threads.length === 0) {
      return "Nobody has said anything yet. Press K, then what you want to comment on.";
    }
    return this.search.value.trim() ? "No comment says that." : `No comment is ${this.state.value}.`;
  }

  line(thread) {
    const line = element("li", "", "");
    const go = element("button", `talk-go${thread.resolved ? " is-resolved" : ""}`, "");
    go.type = "button";
    go.dataset.thread = thread.id;
    const by = element("span", "talk-go-by", "");
    by.append(element("strong", "", thread.author), element("span", "muted", thread.ago));
    const about = this.options.about(thread);
    go.append(by, element("span", "talk-go-text", thread.text || thread.suggests || "deleted"), element("span", "talk-go-about", wordsOf(thread, about)));
    go.addEventListener("click", () => this.options.go(thread));
    line.append(go);
    return line;
  }
}

function wordsOf({ answers, suggests, applied, resolved }, about) {
  const said = answers > 0 ? `${answers} answer${answers === 1 ? "" : "s"}` : "";
  return [about, said, suggests ? (applied ? "suggestion, applied" : "suggestion") : "", resolved ? "resolved" : ""].filter(Boolean).join(" · ");
}
