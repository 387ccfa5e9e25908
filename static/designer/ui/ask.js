/** A small form in a dialog that asks what an edit needs to know, and says beforehand what it will do. */

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {"text" | "lines" | "choice" | "checks" | "select"} kind  lines: one value a line; choice: one of a few, all
 *   shown; checks: any of some; select: one of many
 * @property {string | string[]} value  a list for lines and checks
 * @property {{value: string, label: string, hint?: string}[]} [options]
 * @property {string} [hint]
 * @property {(values: object) => boolean} [when]  whether it matters for the other values
 *
 * @typedef {object} Question
 * @property {string} title
 * @property {string} action  on the button that does it
 * @property {Field[]} fields
 * @property {(values: object) => {says: string, notes?: string[]}} preview  throws an error with `message` and `field` where
 *   the values cannot be
 * @property {(values: object) => void} done  called after the dialog has closed
 */

export class Ask {
  /** @param {HTMLElement} host @param {() => void} closed called when the dialog has gone, to put the focus back */
  constructor(host, closed) {
    this.closed = closed;
    this.dialog = element("dialog", { className: "dialog ask" });
    this.dialog.setAttribute("aria-labelledby", "ask-title");
    host.append(this.dialog);
    this.dialog.addEventListener("close", () => {
      this.dialog.replaceChildren();
      this.closed();
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  /** Shows the form. @param {Question} question */
  show(question) {
    this.question = question;
    this.rows = question.fields.map((field) => ({ field, ...rowOf(field) }));
    this.said = element("p", { className: "ask-says" });
    this.notes = element("ul", { className: "ask-notes" });
    const status = element("div", { className: "ask-preview" }, this.said, this.notes);
    status.setAttribute("role", "status");
    this.dialog.replaceChildren(this.form(status));
    this.refresh();
    this.dialog.showModal();
    (this.dialog.querySelector("[data-first]") ?? this.dialog.querySelector("input, textarea, select"))?.focus();
    this.dialog.querySelector("input[type=text]:focus, textarea:focus")?.select();
  }

  form(status) {
    const title = element("h2", { id: "ask-title", textContent: this.question.title });
    const cancel = element("button", { type: "button", className: "button quiet", textContent: "Cancel" });
    const submit = element("button", { type: "submit", className: "button primary", textContent: this.question.action });
    const form = element("form", { noValidate: true },
      element("header", { className: "dialog-head" }, title),
      element("div", { className: "dialog-body" }, ...this.rows.map(({ row }) => row), status),
      element("footer", { className: "dialog-foot" }, cancel, submit));
    cancel.addEventListener("click", () => this.dialog.close());
    form.addEventListener("input", () => this.refresh());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.finish();
    });
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.finish();
    });
    return form;
  }

  values() {
    return Object.fromEntries(this.rows.map(({ field, read }) => [field.name, read()]));
  }

  /** Says what would happen with what is typed now. Returns whether it can. */
  refresh() {
    const values = this.values();
    for (const { field, row } of this.rows) row.hidden = field.when ? !field.when(values) : false;
    try {
      const { says, notes = [] } = this.question.preview(values);
      this.tell(says, notes, null);
      return true;
    } catch (error) {
      if (typeof error.field !== "string") throw error;
      this.tell(error.message, [], error.field);
      return false;
    }
  }

  tell(says, notes, wrong) {
    this.said.textContent = sentence(says);
    this.said.classList.toggle("error-text", wrong !== null);
    this.notes.replaceChildren(...notes.map((note) => element("li", { textContent: sentence(note) })));
    for (const { field, inputs } of this.rows) {
      inputs.forEach((input) => (field.name === wrong ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")));
    }
  }

  finish() {
    if (!this.refresh()) {
      (this.dialog.querySelector("[aria-invalid]") ?? this.dialog.querySelector("input, textarea, select"))?.focus();
      return;
    }
    const values = this.values();
    this.dialog.close();
    this.question.done(values);
  }
}

/** Returns words as a sentence; a name in front keeps its letters. */
export function sentence(text) {
  const plain = /^[a-z]+(?:\s|$)/.test(text);
  return `${plain ? text[0].toUpperCase() + text.slice(1) : text}${/[.!?]$/.test(text) ? "" : "."}`;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** The row of a field: its element, its inputs, and how its value is read. */
function rowOf(field) {
  return ROWS[field.kind](field);
}

const ROWS = { text: typedRow, lines: typedRow, select: selectRow, choice: (field) => groupRow(field, "radio"), checks: (field) => groupRow(field, "checkbox") };

function typedRow(field) {
  const lines = field.kind === "lines";
  const input = element(lines ? "textarea" : "input", { className: "input", value: lines ? field.value.join("\n") : field.value, spellcheck: false, autocomplete: "off" });
  if (lines) input.rows = 6;
  else input.type = "text";
  input.dataset.first = "";
  return { ...labelled(field, input), read: () => (lines ? input.value.split("\n").map((line) => line.trim()).filter(Boolean) : input.value.trim()) };
}

function selectRow(field) {
  const options = field.options.map(({ value, label }) => element("option", { value, textContent: label }));
  const input = element("select", { className: "input" }, ...options);
  input.value = field.value;
  return { ...labelled(field, input), read: () => input.value };
}

function labelled(field, input) {
  input.id = `ask-${field.name}`;
  input.name = field.name;
  const label = element("label", { htmlFor: input.id, textContent: field.label });
  const hint = field.hint ? [element("span", { id: `${input.id}-hint`, className: "hint", textContent: field.hint })] : [];
  if (field.hint) input.setAttribute("aria-describedby", `${input.id}-hint`);
  return { row: element("div", { className: "field" }, label, input, ...hint), inputs: [input] };
}

function groupRow(field, type) {
  const chosen = [field.value].flat();
  const inputs = field.options.map(({ value }) => element("input", { type, name: field.name, value, checked: chosen.includes(value) }));
  const lines = field.options.map(({ label, hint }, at) => {
    const words = element("span", { className: "ask-words" }, element("span", { textContent: label }));
    if (hint) words.append(element("span", { className: "hint", textContent: hint }));
    return element("label", { className: "check ask-option" }, inputs[at], words);
  });
  const list = element("div", { className: type === "checkbox" ? "ask-options ask-checks" : "ask-options" }, ...lines);
  const row = element("fieldset", { className: "field ask-group" }, element("legend", { textContent: field.label }), list);
  const read = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  return { row, inputs, read: type === "radio" ? () => read()[0] ?? "" : read };
}
