/** The list of findings beside the picture: by severity and rule, each with the way to it and often a way to settle it. */

import { element } from "./dom.js";
import { countsInWords, grouped } from "./finding_items.js";

const TITLES = { error: "Errors", warning: "Warnings", info: "Worth a look" };
const SHOWN = 100;

export class FindingsPanel {
  /**
   * @param {HTMLElement} host
   * @param {{go: (id: string) => void, fix: (code: string, about: string[]) => void, again: () => void, closed: () => void,
   *   canEdit: () => boolean}} options
   */
  constructor(host, options) {
    this.options = options;
    this.unfolded = new Map();
    this.waiting = false;
    this.panel = element("section", "findings-panel", "");
    this.panel.hidden = true;
    this.panel.setAttribute("aria-label", "Findings");
    this.panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      event.key === "Escape" && this.hide();
    });
    host.append(this.panel);
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  /**
   * Shows an answer of the server; null while there is none yet.
   * @param {import("./finding_items.js").Answer | null} answer
   * @param {boolean} failed
   */
  show(answer, failed = false) {
    const fresh = !this.open || this.waiting;
    const held = this.open ? this.panel.contains(document.activeElement) && (document.activeElement.dataset.key ?? "close") : "close";
    this.waiting = !answer && !failed;
    const at = this.panel.scrollTop;
    this.panel.hidden = false;
    this.panel.replaceChildren(this.head(), ...(failed ? this.failed() : answer ? this.body(answer) : [element("p", "findings-none", "Looking…")]));
    this.panel.scrollTop = at;
    held && this.hold(fresh ? "" : held);
  }

  /** Gives the focus to what had it before the list was drawn anew, else to what is first. */
  hold(key) {
    const same = [...this.panel.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    (same ?? this.panel.querySelector(".finding-go") ?? this.panel.querySelector(".findings-close")).focus({ preventScroll: Boolean(same) });
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.options.closed();
    }
  }

  head() {
    const head = element("div", "findings-head", "");
    const close = button("×", "findings-close", "Close the findings", () => this.hide());
    close.dataset.key = "close";
    head.append(element("h2", "", "Findings"), close);
    return head;
  }

  failed() {
    const again = button("Try again", "button compact", "Ask for the findings again", () => this.options.again());
    return [element("p", "findings-none", "The server could not say what it finds."), again];
  }

  body(answer) {
    const { counts, findings } = answer;
    const words = countsInWords(counts);
    const status = element("p", words ? "findings-counts" : "findings-none", words ? `${words}.` : "Nothing found: no rule has anything to say about this model.");
    status.setAttribute("role", "status");
    const left = Object.values(counts).reduce((sum, each) => sum + each, 0) - findings.length;
    const more = left > 0 ? [element("p", "findings-none", `The first ${findings.length} are shown; ${left} more come when these are settled.`)] : [];
    return [status, ...grouped(findings).map(([severity, rules]) => this.group(severity, rules, answer.rules)), ...more];
  }

  group(severity, rules, texts) {
    const group = element("section", `findings-group is-${severity}`, "");
    group.append(element("h3", "", TITLES[severity]), ...rules.map(([code, findings]) => this.rule(severity, code, findings, texts[code])));
    return group;
  }

  rule(severity, code, findings, { title, help }) {
    const key = `${severity} ${code}`;
    const part = document.createElement("details");
    part.open = this.unfolded.get(key) ?? severity !== "info";
    part.addEventListener("toggle", () => this.unfolded.set(key, part.open));
    const head = document.createElement("summary");
    head.dataset.key = key;
    head.append(element("span", "findings-title", title), element("output", "", String(findings.length)));
    const list = document.createElement("ul");
    list.append(...findings.slice(0, SHOWN).map((finding) => this.line(finding)));
    part.append(head, this.about(code, help, findings), list);
    findings.length > SHOWN && part.append(element("p", "findings-none", `and ${findings.length - SHOWN} more`));
    return part;
  }

  about(code, help, findings) {
    const about = element("div", "findings-about", "");
    const why = document.createElement("details");
    const head = element("summary", "", "Why, and what to do");
    head.dataset.key = `why ${code}`;
    why.open = this.unfolded.get(`why ${code}`) ?? false;
    why.addEventListener("toggle", () => this.unfolded.set(`why ${code}`, why.open));
    why.append(head, element("p", "", help));
    about.append(why);
    const ids = findings.filter(({ fix }) => fix).map((finding) => finding.about);
    if (ids.length > 1 && this.options.canEdit()) {
      about.append(button(`Fix all ${ids.length}`, "button compact", `Fix all ${ids.length} of ${code} in one step`, () => this.options.fix(code, ids)));
    }
    return about;
  }

  line({ code, message, about, fix }) {
    const line = document.createElement("li");
    const go = button(message, "finding-go", "", () => this.options.go(about));
    go.dataset.key = `${code} ${about}`;
    line.append(go);
    if (fix && this.options.canEdit()) {
      line.append(button("Fix", "button compact quiet finding-fix", `${fix}: ${message}`, () => this.options.fix(code, [about]), fix));
    }
    return line;
  }
}

function button(text, className, label, run, title = label) {
  const made = element("button", className, text);
  made.type = "button";
  if (label) {
    made.title = title;
    made.setAttribute("aria-label", label);
  }
  made.addEventListener("click", run);
  return made;
}
