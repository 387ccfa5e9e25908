/** What stands over the canvas when there is nothing to draw: loading, empty, failed. Real elements, so that all can read it. */

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

  /** Says that nothing is here yet, and what to do. */
  empty(words, hint) {
    if (this.kind === "empty" && this.panel.dataset.words === words) {
      return;
    }
    const panel = this.open("empty", "stage-message stage-empty");
    panel.dataset.words = words;
    panel.append(heading(words), paragraph(hint));
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
