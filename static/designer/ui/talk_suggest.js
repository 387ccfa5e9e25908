/** "Suggest a change" in a comment: an edit made here by the same commands as any other, and sent to be kept, not committed. */

import { apply, compose, isEmpty } from "../doc/change.js";
import { Refused, columnText, deleteRecords, setFields } from "../doc/commands/index.js";
import { NEW_ROWS, ROW_TEXTS } from "../tools/row_texts.js";
import { element } from "./dom.js";

const BOXES = new Set(["table", "view", "entity"]);

/**
 * Returns the edit that a filled form means, on a design as it is; null for none. Throws Refused as commands do.
 * @param {object} design
 * @param {string} id
 * @param {{line?: string, name?: string, comment?: string, row?: string, remove?: boolean}} said
 */
export function suggestedChange(design, id, said) {
  const record = design.get(id);
  if (!record) {
    throw new Refused("this element is not there any more; somebody may have removed it");
  }
  if (said.remove) {
    return deleteRecords(design, { ids: [id] }).change;
  }
  const steps = ROW_TEXTS[record.kind] ? [rowStep(record, said)] : [fieldsStep(record, said), newRowStep(record, said)];
  let whole = null;
  for (const step of steps.filter(Boolean)) {
    const { change } = step(whole ? apply(design, whole) : design);
    whole = whole ? compose(whole, change) : change;
  }
  return whole && !isEmpty(whole) ? whole : null;
}

function rowStep(record, { line = "" }) {
  const typed = line.trim();
  return typed && typed !== lineOf(record) ? (design) => ROW_TEXTS[record.kind].write(design, record, "line", typed) : null;
}

function fieldsStep(record, { name = "", comment = "" }) {
  const values = {
    ...(name.trim() && name.trim() !== record.name ? { name: name.trim() } : {}), ...(comment.trim() !== (record.comment ?? "") ? { comment: comment.trim() } : {}),
  };
  return Object.keys(values).length > 0 ? (design) => setFields(design, { id: record.id, values }) : null;
}

function newRowStep(record, { row = "" }) {
  return row.trim() && NEW_ROWS[record.kind] ? (design) => NEW_ROWS[record.kind].add(design, record.id, row.trim()) : null;
}

/** A column as it is typed; of an attribute its name, as the rest stands in its own marks. */
function lineOf(record) {
  return record.kind === "column" ? columnText(record) : record.name ?? "";
}

export class Suggesting {
  /** @param {object} page */
  constructor(page) {
    this.page = page;
  }

  /** Puts the small form into a comment that is begun about a column, a table or an entity. */
  fill(host, id) {
    const record = this.page.store.design.get(id);
    if (!record || host.childElementCount > 0 || !(ROW_TEXTS[record.kind] || BOXES.has(record.kind))) {
      return;
    }
    const part = element("details", "talk-suggest", "");
    part.append(element("summary", "talk-link", "Suggest a change"), ...this.fields(record), this.problem());
    host.append(part);
    part.addEventListener("toggle", () => part.open && part.querySelector("input")?.focus());
  }

  fields(record) {
    const row = ROW_TEXTS[record.kind];
    const word = record.kind.replaceAll("_", " ");
    const shown = row
      ? [field(`The ${word} as it should be`, "line", lineOf(record), row.placeholder)]
      : [field("Name", "name", record.name ?? ""), field("Definition", "comment", record.comment ?? "", "What it means")];
    const more = NEW_ROWS[record.kind] ? [field(`Add ${record.kind === "table" ? "a column" : "an attribute"}`, "row", "", NEW_ROWS[record.kind].placeholder)] : [];
    const remove = element("label", "check", "");
    remove.append(Object.assign(document.createElement("input"), { type: "checkbox", className: "talk-remove" }), ` Remove the ${word}`);
    remove.firstElementChild.dataset.suggest = "remove";
    return [...shown, ...more, remove];
  }

  problem() {
    const made = element("p", "message danger", "");
    made.setAttribute("role", "alert");
    made.hidden = true;
    return made;
  }

  /** A comment is sent: what it suggests goes with it, or says in its form why it cannot be. */
  ask(event) {
    const part = event.target.closest?.(".talk-new")?.querySelector(".talk-suggest[open]");
    if (!part) {
      return;
    }
    const { store } = this.page;
    const said = Object.fromEntries([...part.querySelectorAll("[data-suggest]")].map((each) => [each.dataset.suggest, each.type === "checkbox" ? each.checked : each.value]));
    const problem = part.querySelector("[role=alert]");
    try {
      const change = suggestedChange(store.design, part.closest(".talk-new").dataset.element, said);
      if (change) {
        Object.assign(event.detail.parameters, { change: JSON.stringify(change), base: String(store.version) });
      }
      problem.hidden = true;
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      event.preventDefault();
      problem.textContent = `${error.message[0].toUpperCase()}${error.message.slice(1)}${/[.!?]$/.test(error.message) ? "" : "."}`;
      problem.hidden = false;
    }
  }
}

function field(words, name, value, placeholder = "") {
  const label = element("label", "field", "");
  const input = Object.assign(document.createElement("input"), { type: "text", className: "input", value, placeholder, autocomplete: "off", spellcheck: false });
  input.defaultValue = value;
  input.dataset.suggest = name;
  label.append(element("span", "small", words), input);
  return label;
}
