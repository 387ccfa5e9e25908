/**
 * Reviewing on the diagram: what a change request, or any two versions, differ in, and the conflicts of a merge, each decided where
 * it stands. The address says what is looked at: `?review=<number>`, `?compare=<version>`, `?resolve=up` or `down`.
 */

import { applyTo, changeFrom } from "../doc/change.js";
import { merge } from "../doc/merge.js";
import { outcome } from "../render/review_states.js";
import { isNarrow } from "../ui/narrow.js";
import { ReviewHint } from "../ui/review_hint.js";
import { ReviewPanel } from "../ui/review_panel.js";
import { ReviewPicture } from "../ui/review_picture.js";

const ASKED = ["review", "compare", "to", "resolve"];
/** The share of the width that the panel may lie over. */
const MOST = 0.7;
/** How often a state is asked for again while somebody goes on editing. */
const TRIES = 5;
/** Milliseconds that an answer is pointed at before it is shown; on larger diagrams only what is chosen is. */
const POINTED = 80;
const FEW_BOXES = 600;
/** Milliseconds until the words follow an edit: one of the model, and one of a picture only. */
const SOON = 500;
const LATER = 3000;
const PICTURES = new Set(["placement", "area", "note"]);

/** Installs it where the page has a server that knows of reviews. */
export function install(page) {
  if (page.boot.urls.reviewing) {
    new Review(page).install();
  }
}

class Review {
  constructor(page) {
    this.page = page;
    this.picture = new ReviewPicture(page);
    this.panel = new ReviewPanel(page, {
      drawn: () => void this.drawn(), closed: () => this.closed(), resized: () => this.resized(), go: (id, diagrams) => this.go(id, diagrams),
      side: (side) => this.turnSide(side), turn: (id) => this.turn(id), decide: (choices, pointed) => this.decide(choices, pointed),
      resolve: (way) => this.open({ ...this.wish, resolve: way }), back: () => this.back(),
    });
    this.hint = new ReviewHint(page, (owner, record) => this.panel.linesAbout(owner, record));
    this.wish = {};
    this.key = "";
  }

  install() {
    const { page } = this;
    page.actions.add(
      {
        name: "review", label: "Changes…", group: "Go", keys: ["Shift+r"], words: "review compare diff difference merge base request branch version",
        run: () => (this.panel.open ? this.panel.hide() : this.open({})),
      },
      { name: "review-next", label: "The next change", group: "Go", keys: ["Alt+n"], everywhere: true, words: "review diff", when: () => this.panel.open, run: () => this.panel.step(1) },
      { name: "review-previous", label: "The change before", group: "Go", keys: ["Alt+p"], everywhere: true, words: "review diff", when: () => this.panel.open, run: () => this.panel.step(-1) },
      {
        name: "branch-update", label: "Bring in what the source of this branch has…", group: "Go", words: "update main merge conflicts resolve",
        when: () => Boolean(page.boot.source), run: () => this.open({ resolve: "down" }),
      },
    );
    page.on("panel", (name) => name !== "review" && this.panel.hide());
    page.on("loaded", () => this.fromAddress());
    page.on("diagram", () => this.switched());
    page.on("design", (touched) => this.touched(touched));
    page.view.canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  fromAddress() {
    const asked = new URLSearchParams(location.search);
    const wish = Object.fromEntries(ASKED.filter((name) => asked.get(name)).map((name) => [name, asked.get(name)]));
    if (Object.keys(wish).length > 0) this.open(wish);
  }

  /** The brackets are those of a neighbourhood that is shown; where none is, they go from change to change. */
  onKey(event) {
    const by = { "]": 1, "[": -1 }[event.key];
    const { actions } = this.page;
    const free = by && this.panel.open && !event.ctrlKey && !event.metaKey && !event.altKey && !actions.can(actions.forKey(event.key));
    if (free && this.panel.step(by)) event.preventDefault();
  }

  // Opening and closing

  open(wish) {
    this.page.tell("panel", "review");
    this.wish = wish;
    this.key = "";
    this.writeAddress(wish);
    void this.panel.show(String(new URLSearchParams(wish)));
    this.resized();
  }

  writeAddress(wish) {
    const address = new URL(location.href);
    for (const name of ASKED) wish[name] ? address.searchParams.set(name, wish[name]) : address.searchParams.delete(name);
    history.replaceState(null, "", address);
  }

  back() {
    const { resolve, ...rest } = this.wish;
    resolve && Object.keys(rest).length > 0 ? this.open(rest) : this.panel.hide();
  }

  closed() {
    this.wish = {};
    this.writeAddress({});
    this.merged = null;
    this.key = "";
    this.hint.hide();
    this.picture.leave();
    this.picture.side = "both";
    this.resized();
    this.page.view.canvas.focus({ preventScroll: true });
  }

  resized() {
    const wide = !isNarrow();
    this.page.view.covered = this.panel.open && wide ? Math.min(this.panel.width, this.page.view.size.w * MOST) : 0;
  }

  // What is seen

  /** The panel was drawn: where it is about other states than before, they are fetched and shown. */
  async drawn() {
    const { dataset } = this.panel.root;
    this.follow(dataset.query);
    const key = `${dataset.view} ${dataset.query} ${dataset.view === "resolve" ? dataset.seen : dataset.key}`;
    this.panel.pressSide(this.picture.side);
    this.panel.pressTurned();
    if (key === this.key) {
      this.merged && this.decide(this.panel.choices());
      return;
    }
    this.key = key;
    const states = await this.fetch(dataset.query);
    if (key !== this.key || !this.panel.open) return;
    if (!states) {
      this.key = "";
      this.page.toasts.show("What differs could not be fetched; try again.", undefined, "error");
      return;
    }
    dataset.view === "resolve" ? this.showMerge(states) : this.showStates(states);
  }

  /** After a merge the server draws something else than was asked for. */
  follow(query) {
    if (query !== this.panel.query) {
      this.panel.query = query;
      this.wish = Object.fromEntries(new URLSearchParams(query));
      this.writeAddress(this.wish);
      this.panel.before === "changes" && this.panel.drawTicks();
    }
  }

  showStates({ before, after }) {
    this.merged = null;
    const first = this.picture.show(before, after);
    first && this.land();
  }

  showMerge({ base, ours, theirs }) {
    this.merged = merge(base, ours, theirs);
    this.ours = ours;
    this.shown = null;
    this.decide(this.panel.choices());
    this.land();
  }

  /** Looks at what is marked; where that is on another diagram, at that. */
  land() {
    if (!this.picture.lookAtAll() && !this.picture.look(false)) {
      const [next] = this.picture.counts();
      next && this.picture.turn(next[0]);
    }
    this.panel.pressTurned();
  }

  /**
   * Fetches the states as the page can show them: the server says how to come to them from the version that the page holds.
   * @returns {Promise<Record<string, object> | null>} designs by the names that the server gives, null for the design itself
   */
  async fetch(query) {
    const { sync, store, boot } = this.page;
    for (let tries = 0; tries < TRIES; tries += 1) {
      await sync.flush().catch(() => undefined);
      if (store.pending.length > 0) continue;
      const here = store.design.copy();
      const response = await fetch(`${boot.urls.reviewing_states}?${query}&at=${store.version}`, { headers: { Accept: "application/json" } }).catch(() => null);
      const answer = response?.ok ? await response.json().catch(() => null) : null;
      return answer && designsFrom(here, answer);
    }
    return null;
  }

  /** Shows what a merge comes to by some choices; what is only pointed at after a moment. */
  decide(choices, pointed = false) {
    clearTimeout(this.pointing);
    if (!this.merged || (pointed && this.page.scene.nodes.size > FEW_BOXES)) return;
    if (pointed) {
      this.pointing = setTimeout(() => this.showChoices(choices), POINTED);
    } else {
      this.showChoices(choices);
      this.panel.drawBrought(this.picture.counts());
    }
  }

  showChoices(choices) {
    const open = this.panel.undecided();
    const told = JSON.stringify([[...choices].sort(), open]);
    if (!this.merged || told === this.shown) return;
    this.shown = told;
    this.picture.show(this.ours, outcome(this.merged, this.withOpen(choices)), open);
  }

  /** What nobody has decided is shown as it is there still, on whichever side that is, so that it can be marked. */
  withOpen(choices) {
    const gone = this.merged.conflicts.filter(({ key, code, about }) => !choices.has(key) && code !== "field" && !this.ours.has(about));
    return new Map([...gone.map(({ key }) => [key, "theirs"]), ...choices]);
  }

  turnSide(side) {
    this.picture.turnSide(side);
    this.panel.pressSide(side);
  }

  turn(diagram) {
    this.picture.turn(diagram);
    this.panel.pressTurned();
  }

  go(id, diagrams) {
    this.hint.hide();
    if (this.picture.shown && !this.picture.go(id, diagrams)) this.page.announce("It is on no diagram.");
    this.panel.pressTurned();
  }

  switched() {
    this.picture.switched();
    this.panel.open && this.panel.pressTurned();
  }

  touched(touched) {
    this.picture.touch(touched);
    const { design } = this.page.store;
    const drawn = [...touched].every((id) => PICTURES.has(design.get(id)?.kind));
    if (this.panel.open) this.panel.touched(drawn ? LATER : SOON);
  }
}

function designsFrom(here, answer) {
  const found = Object.entries(answer).filter(([name]) => !["seen", "key"].includes(name));
  return Object.fromEntries(found.map(([name, data]) => {
    if (data === null) return [name, null];
    const design = here.copy();
    applyTo(design, changeFrom(data));
    return [name, design];
  }));
}
