/** The bar of time travel: a slider over the versions with marks, what the version is, and what can be done with it. */

const MOST_MARKS = 200;

/**
 * @typedef {{to: (version: number) => void, step: (by: number) => void, play: () => void, leave: () => void, look: () => void,
 *   done: (act: string, version: number, name: string) => Promise<string>}} Handlers  `done` resolves to a sentence where
 *   it did not work, to "" where it did
 */
export class TimeBar {
  /** @param {string} markup of the server @param {Handlers} handlers */
  constructor(markup, handlers) {
    const holder = document.createElement("template");
    holder.innerHTML = markup;
    this.element = holder.content.querySelector("[data-travel]");
    this.handlers = handlers;
    this.range = this.find("input[type=range]");
    this.form = this.find("[data-form]");
    this.page = this.find("[data-page]");
    this.address = this.page.dataset.page;
    this.range.addEventListener("input", () => handlers.to(Number(this.range.value)));
    this.element.addEventListener("click", ({ target }) => this.pressed(target.closest("[data-do]")?.dataset.do, target));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  pressed(what, target) {
    const { handlers } = this;
    const acts = {
      back: () => handlers.step(-1), forward: () => handlers.step(1), play: () => handlers.play(), leave: () => handlers.leave(),
      look: () => handlers.look(), cancel: () => this.hideForm(), restore: () => this.ask("restore"), branch: () => this.ask("branch"), name: () => this.ask("name"),
    };
    acts[what]?.();
    const mark = target.closest("[data-version]");
    mark && handlers.to(Number(mark.dataset.version));
  }

  /** Says what there is: the slider goes from the first version that has a name here to the head. */
  open({ head, versions, marks }) {
    this.log = new Map(versions.map((each) => [each[0], each]));
    this.range.min = versions[0]?.[0] ?? head;
    this.range.max = head;
    this.find("[data-marks]").replaceChildren(...shownMarks(marks).map((mark) => this.mark(mark)));
  }

  mark({ version, kind, text }) {
    const { min, max } = this.range;
    const made = document.createElement("button");
    made.type = "button";
    made.className = `travel-mark is-${kind}`;
    made.title = made.ariaLabel = `${text} (version ${version})`;
    made.dataset.version = version;
    made.tabIndex = -1;
    made.style.left = `${max === min ? 100 : ((version - min) / (max - min)) * 100}%`;
    if (kind === "release") made.textContent = text.slice(0, 12);
    return made;
  }

  /** Says which version is looked at; `loading` while it is on its way, `hidden` where what changed is out of sight. */
  show(version, { loading = false, lit = "", hidden = false } = {}) {
    this.version = version;
    this.find('[data-do="look"]').hidden = !hidden;
    this.range.value = version;
    const [, author, label, seconds] = this.log.get(version) ?? [];
    const when = seconds === undefined ? "" : new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
    this.range.ariaValueText = [`version ${version}`, label, author, when].filter(Boolean).join(", ");
    this.find("[data-label]").textContent = label ?? `Version ${version}`;
    this.find("[data-about]").textContent = [`version ${version}`, author, when, lit, loading ? "loading…" : ""].filter(Boolean).join(" · ");
    this.page.href = this.address.replace(/0$/, String(version));
  }

  newer(count) {
    const chip = this.find("[data-newer]");
    chip.hidden = count === 0;
    chip.textContent = `${count} newer`;
    chip.title = "Edits that were made since; they are there when you go back to now";
  }

  playing(on) {
    const button = this.find('[data-do="play"]');
    button.ariaPressed = String(on);
    button.textContent = on ? "Pause" : "Play";
  }

  // Forms

  ask(act) {
    const input = this.form.elements.namedItem("name");
    const words = { restore: "Restore this version", branch: "Make the branch", name: "Name it" };
    const hint = { restore: "", branch: "Name of the branch", name: "Name of the release, such as 1.0" };
    this.act = act;
    this.form.hidden = false;
    this.form.querySelector("[type=submit]").textContent = words[act];
    this.form.querySelector("[data-problem]").textContent = act === "restore" ? "An edit on top: nothing is lost, and it can be taken back." : "";
    input.hidden = act === "restore";
    input.required = act !== "restore";
    input.value = "";
    input.placeholder = input.ariaLabel = hint[act];
    (act === "restore" ? this.form.querySelector("[type=submit]") : input).focus();
  }

  hideForm() {
    this.form.hidden = true;
    this.range.focus();
  }

  async submit() {
    const problem = await this.handlers.done(this.act, this.version, this.form.elements.namedItem("name").value);
    if (problem) this.form.querySelector("[data-problem]").textContent = problem;
    else this.form.hidden = true;
  }
}

/** Where there are very many, releases stay and of the merges the newest. */
function shownMarks(marks) {
  const releases = marks.filter(({ kind }) => kind === "release");
  const merges = marks.filter(({ kind }) => kind === "merge");
  return [...merges.slice(-Math.max(0, MOST_MARKS - releases.length)), ...releases.slice(-MOST_MARKS)];
}
