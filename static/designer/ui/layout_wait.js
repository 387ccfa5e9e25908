/** What people see while a layout takes longer than a moment: how far it is, and a way to stop it. */

const A_MOMENT = 300;
const LONG = 10_000;

export class LayoutWait {
  /**
   * @param {HTMLElement} stage
   * @param {(sentence: string) => void} announce
   */
  constructor(stage, announce) {
    this.stage = stage;
    this.announce = announce;
    this.box = document.createElement("div");
    this.box.className = "layout-wait";
    this.words = document.createElement("span");
    this.words.textContent = "Arranging…";
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.setAttribute("aria-label", "How far arranging is");
    this.box.append(this.words, this.bar);
    this.button = null;
    /** Resolves to null when somebody no longer wants to wait for an answer that cannot be cancelled. */
    this.givenUp = new Promise((resolve) => {
      this.giveUp = () => resolve(null);
    });
    this.timers = [setTimeout(() => this.appear(), A_MOMENT), setTimeout(() => this.takesLong(), LONG)];
  }

  appear() {
    this.stage.append(this.box);
    this.stage.setAttribute("aria-busy", "true");
    this.announce("Arranging");
  }

  takesLong() {
    this.words.textContent = "Still arranging; you may go on working meanwhile.";
    this.announce(this.words.textContent);
    if (this.button === null) {
      this.offer("Stop waiting", () => this.giveUp());
    }
  }

  /** Says how far a job is; null where the server did not answer just now. */
  tell(job) {
    this.box.dataset.state = job ? "" : "away";
    if (!job) {
      this.words.textContent = "The server does not answer; trying again…";
    } else if (job.fraction > 0) {
      this.bar.value = job.fraction;
      this.words.textContent = `${job.message || "Arranging"}…`;
    }
  }

  /** Shows a button that stops it. */
  offerCancel(cancel) {
    this.button?.remove();
    this.offer("Cancel", () => {
      this.words.textContent = "Stopping…";
      cancel();
    });
  }

  offer(label, run) {
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button compact";
    this.button.textContent = label;
    this.button.addEventListener("click", () => {
      this.button.disabled = true;
      run();
    });
    this.box.append(this.button);
  }

  end() {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.stage.removeAttribute("aria-busy");
    this.box.remove();
  }
}
