/** What stands over the canvas when there is nothing to draw: loading, empty, failed. Real elements, so that all can read it. */

const SVG = "http://www.w3.org/2000/svg";

export class StageStates {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.panel = null;
    this.kind = "";
  }

  /** Shows how far the loading is; `total` is 0 where it is not known. */
  loading(loaded, total) {
    if (this.kind !== "loading") {
      const panel = this.open("loading", "stage-loading");
      panel.setAttribute("role", "status");
      this.words = paragraph("Loading the design");
      this.bar = document.createElement("progress");
      this.bar.setAttribute("aria-label", "Loading");
      panel.append(skeleton(), this.words, this.bar);
    }
    if (total > 0) {
      this.bar.max = total;
      this.bar.value = loaded;
    }
    if (loaded > 500_000) {
      this.words.textContent = `Loading the design: ${(loaded / 1_000_000).toFixed(1)} MB`;
    }
  }

  /** Says why loading failed, with a button to try again. */
  failed(message, retry) {
    const panel = this.open("failed", "stage-message");
    panel.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button primary";
    button.textContent = "Try again";
    button.addEventListener("click", retry);
    panel.append(heading("The design could not be loaded"), paragraph(message), button);
  }

  /**
   * Says that nothing is here yet, and what to do about it.
   * @param {{title: string, hint: string, choices: object[]}} words as `emptyWords` gives them
   * @param {(action: string) => void} run does what a choice stands for
   */
  empty(words, run) {
    const key = JSON.stringify(words);
    if (this.kind === "empty" && this.panel.dataset.words === key) {
      return;
    }
    const panel = this.open("empty", "stage-message stage-empty");
    panel.dataset.words = key;
    panel.append(heading(words.title), paragraph(words.hint));
    if (words.choices.length > 0) {
      const list = document.createElement("div");
      list.className = "stage-choices";
      list.append(...words.choices.map((choice) => choiceButton(choice, run)));
      panel.append(list);
    }
  }

  clear() {
    this.panel?.remove();
    this.panel = null;
    this.kind = "";
  }

  open(kind, className) {
    this.clear();
    this.kind = kind;
    this.panel = document.createElement("div");
    this.panel.className = `stage-state ${className}`;
    this.stage.append(this.panel);
    return this.panel;
  }
}

function heading(words) {
  const made = document.createElement("h2");
  made.textContent = words;
  return made;
}

function paragraph(words) {
  const made = document.createElement("p");
  made.textContent = words;
  return made;
}

/** A large button with a picture, a name, its key, and a line that explains. */
function choiceButton({ action, icon, label, keys, hint }, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "stage-choice";
  made.dataset.choice = action;
  const name = document.createElement("strong");
  name.textContent = label;
  const words = document.createElement("span");
  words.textContent = hint;
  made.append(iconOf(icon), name, words);
  if (keys) {
    const key = document.createElement("kbd");
    key.textContent = keys;
    made.append(key);
  }
  made.addEventListener("click", () => run(action));
  return made;
}

/** The sprite's address is that of the pictures in the toolbar. */
function iconOf(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  const known = document.querySelector(".icon use")?.getAttribute("href") ?? "";
  use.setAttribute("href", `${known.split("#")[0]}#${name}`);
  svg.append(use);
  return svg;
}

/** Three grey tables: what will be here in a moment. */
function skeleton() {
  const made = document.createElement("div");
  made.className = "skeleton";
  made.setAttribute("aria-hidden", "true");
  for (let table = 0; table < 3; table += 1) {
    const box = document.createElement("div");
    box.className = "skeleton-table";
    for (let row = 0; row < 5; row += 1) {
      box.append(document.createElement("i"));
    }
    made.append(box);
  }
  return made;
}
