/** Travelling in time: the diagram as it was at any version, read-only, with a slider along the bottom. */

import { applyTo, touched } from "../doc/change.js";
import { Design } from "../doc/design.js";
import { canonical } from "../doc/records.js";
import { contains } from "../geometry/box.js";
import { Past } from "../io/past.js";
import { diffOf, goneWith } from "../render/diff_of.js";
import { Ghosts } from "../render/ghosts.js";
import { sourceOver } from "../render/scene_source.js";
import { firstDiagram } from "../ui/diagram_select.js";
import { TimeBar } from "../ui/time_bar.js";

/** So many steps are walked rather than jumped over, where they are here. */
const WALK = 2_000;
/** So many steps are fetched for a walk; further away the state itself comes sooner. */
const NEAR = 300;
/** How many steps behind the head are brought in the background. */
const AHEAD = 4_000;
/** Milliseconds that the slider rests before a state is asked for, and before what changed is lit up. */
const REST = 140;
/** Milliseconds between two versions while it plays: few versions slowly, many fast. */
const PACE = { slow: 900, fast: 120 };
const PARAMETER = "travel";

/** Installs it where the page has a past. */
export function install(page) {
  if (!page.boot.urls.past) {
    return;
  }
  const travel = new TimeTravel(page);
  page.actions.add({
    name: "travel", label: "Travel in time…", group: "Go", words: "history past version slider restore undo back then", run: () => void travel.enter(),
  });
  page.actions.add(
    { name: "timeline", label: "Timeline of the project", group: "Go", words: "history who when changes log", run: () => location.assign(page.boot.urls.timeline) },
    { name: "releases", label: "Releases", group: "Go", words: "versions names notes", run: () => location.assign(page.boot.urls.releases) },
  );
  const asked = Number(new URL(location.href).searchParams.get(PARAMETER));
  page.on("loaded", () => asked > 0 && void travel.enter(asked));
  page.on("diagram", (id) => travel.choose(id));
  page.on("design", () => travel.countNewer());
  document.addEventListener("click", (event) => travel.pressed(event));
  window.addEventListener("keydown", (event) => travel.key(event), true);
}

class TimeTravel {
  constructor(page) {
    this.page = page;
    this.bar = null;
    this.busy = false;
  }

  get active() {
    return this.bar !== null;
  }

  /** A link that names a version travels without loading the page again. */
  pressed(event) {
    const link = event.target.closest?.("[data-travel-to]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      link.closest("dialog")?.close();
      void (this.active ? this.to(Number(link.dataset.travelTo)) : this.enter(Number(link.dataset.travelTo)));
    }
  }

  // In and out

  async enter(version = 0) {
    const { page } = this;
    if (this.active || this.busy) {
      return;
    }
    this.busy = true;
    try {
      if (!(await page.sync.flush())) {
        page.toasts.show("Some edits have not reached the server yet; travel when they have.", undefined, "error");
        return;
      }
      await this.begin(version);
    } catch {
      page.toasts.show("The server could not tell the history; try again.", undefined, "error");
      this.leave();
    } finally {
      this.busy = false;
    }
  }

  async begin(version) {
    const { page } = this;
    this.past = new Past({ urls: page.boot.urls });
    const [log, markup] = await Promise.all([this.past.log(), fetch(page.boot.urls.past).then((answer) => answer.text())]);
    if (log.head < 1) {
      page.toasts.show("Nothing has happened yet; there is no time to travel in.");
      return;
    }
    await page.sync.pull(log.head);
    this.before = { canEdit: page.editor.canEdit };
    this.chosen = page.editor.diagram;
    this.head = this.at = this.wanted = page.store.version;
    this.design = page.store.design.copy();
    this.bar = new TimeBar(markup, {
      to: (wanted) => void this.to(wanted), step: (by) => void this.to(this.wanted + by), play: () => this.play(!this.timer),
      leave: () => this.leave(), look: () => this.look(), done: (act, at, name) => this.act(act, at, name),
    });
    this.bar.open({ ...log, head: this.head });
    page.tell("panel", PARAMETER);
    page.stage.append(this.bar.element);
    document.body.classList.add("travelling");
    this.allow(false);
    this.draw();
    this.bar.range.focus({ preventScroll: true });
    page.announce("Travelling in time: the arrow keys go from version to version, Escape leads back to now");
    await this.past.need(Math.max(1, this.head - 100), this.head);
    void this.fillIn();
    // Whoever has pressed a key meanwhile has said where to.
    await this.to(this.wanted === this.head && version > 0 ? version : this.wanted);
  }

  /** Brings the steps behind the head a page at a time, so that the slider moves without waiting. */
  async fillIn() {
    const { past, head } = this;
    for (let last = head; last > Math.max(0, head - AHEAD) && this.past === past && this.active; last -= 200) {
      await past.need(Math.max(1, last - 199), last).catch(() => undefined);
    }
  }

  /** Goes back to now. Nothing of it has changed meanwhile but by what others did. */
  leave() {
    const { page } = this;
    if (!this.active) {
      return;
    }
    this.play(false);
    clearTimeout(this.rest);
    this.bar.element.remove();
    this.bar = this.design = null;
    document.body.classList.remove("travelling");
    page.scene.dress.diff = page.scene.ghosts = null;
    this.allow(this.before.canEdit);
    page.lookAt(null, 0);
    this.keepInAddress(null);
    const selected = [...page.editor.selection];
    page.showDiagram(firstDiagram(page.store.design, this.chosen));
    page.editor.select(selected);
    page.editor.prune();
    page.announce("Back to now");
    page.view.canvas.focus({ preventScroll: true });
  }

  /** Nothing can be edited while what is seen is not what is there. */
  allow(edits) {
    const { editor, view, toolbar } = this.page;
    editor.canEdit = view.marks.canEdit = edits;
    toolbar.refresh();
  }

  countNewer() {
    if (this.active) {
      this.bar.newer(this.page.store.version - this.head);
    }
  }

  // Moving

  key(event) {
    if (!this.active || event.ctrlKey || event.metaKey || event.altKey || isText(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    const inBar = this.bar.element.contains(event.target) && event.target !== this.bar.range;
    const acts = {
      ArrowLeft: () => this.to(this.wanted - 1), ArrowRight: () => this.to(this.wanted + 1), Escape: () => this.leave(),
      ...(inBar ? {} : { " ": () => this.play(!this.timer) }),
    };
    const act = acts[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      void act();
    }
  }

  play(on) {
    clearInterval(this.timer);
    this.timer = 0;
    this.bar?.playing(on);
    if (!on) {
      return;
    }
    const left = this.head - (this.wanted >= this.head ? Number(this.bar.range.min) : this.wanted);
    if (this.wanted >= this.head) void this.to(Number(this.bar.range.min));
    this.timer = setInterval(() => (this.wanted < this.head ? void this.to(this.wanted + 1) : this.play(false)), left > 60 ? PACE.fast : PACE.slow);
  }

  /** Goes to a version; where several are asked for in a row, the last counts. */
  async to(version) {
    if (!this.active) {
      return;
    }
    this.wanted = Math.min(this.head, Math.max(Number(this.bar.range.min), version));
    this.bar.show(this.wanted, { loading: this.at !== this.wanted });
    this.lightLater();
    if (this.moving) {
      return;
    }
    this.moving = true;
    try {
      while (this.active && this.at !== this.wanted) await this.move(this.wanted);
    } catch {
      this.wanted = this.at;
      this.page.toasts.show("That version could not be fetched; try again.", undefined, "error");
    } finally {
      this.moving = false;
    }
    this.bar?.show(this.at);
    this.lightLater();
  }

  /** Walks where the steps are here; else waits until the slider rests, and fetches steps or the state. */
  async move(target) {
    const { past } = this;
    const far = Math.abs(target - this.at);
    const path = far <= WALK ? past.path(this.at, target) : null;
    if (path) {
      this.walk(path, target);
      await nextFrame();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, REST));
    if (target !== this.wanted || !this.active) {
      return;
    }
    if (far <= NEAR && !past.blocked(this.at, target)) {
      await past.need(Math.min(this.at, target) + 1, Math.max(this.at, target));
      if (past.path(this.at, target)) return;
    }
    const records = await past.records(target);
    void past.need(Math.max(1, target - 20), Math.min(this.head, target + 20)).catch(() => undefined);
    if (this.active) {
      this.design = new Design(records.map(canonical));
      this.at = target;
      this.draw();
    }
  }

  walk(changes, target) {
    const { scene, view } = this.page;
    const seen = new Set();
    for (const change of changes) {
      applyTo(this.design, change);
      for (const id of touched(change)) seen.add(id);
    }
    this.at = target;
    if (scene.dress.diff) {
      scene.dress.diff = null;
      view.refresh();
    }
    if (!scene.ghosts && scene.diagram && scene.diagram.id === this.shownDiagram()) {
      view.invalidate(scene.update(seen));
      this.page.lookAt(this.design, target, seen);
      this.page.tell("scene");
    } else {
      this.draw();
    }
  }

  /** Somebody opened another diagram: it is drawn as it was. */
  choose(id) {
    if (this.active) {
      this.chosen = id;
      this.draw();
    }
  }

  /** The diagram that was chosen; another one where it was not there yet. */
  shownDiagram() {
    return firstDiagram(this.design, this.chosen);
  }

  draw() {
    if (!this.active) {
      return;
    }
    const { scene, view } = this.page;
    scene.dress.diff = scene.ghosts = null;
    scene.load(sourceOver(this.design), this.shownDiagram());
    this.page.lookAt(this.design, this.at);
    view.refresh();
    this.page.tell("scene");
    this.lightLater();
  }

  // What changed here

  lightLater() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.light(), REST);
  }

  light() {
    if (!this.active || this.at !== this.wanted) {
      return;
    }
    this.keepInAddress(this.at);
    this.page.inspector.follow();
    const { scene, view } = this.page;
    const change = this.past.step(this.at);
    this.beside(change ? goneWith(this.design, change) : []);
    scene.dress.diff = change ? withPlaces(diffOf(this.design, change), change, this.design) : null;
    const box = this.litBox();
    this.bar.show(this.at, { lit: change ? litWords(this.lit().length) : "", hidden: box !== null && !contains(view.visible(), box) });
    view.refresh();
  }

  /** Draws what went with a step beside what is there, struck through. */
  beside(gone) {
    const { scene } = this.page;
    if (gone.length > 0 || scene.ghosts) {
      scene.dress.diff = null;
      scene.ghosts = gone.length > 0 ? new Ghosts(gone) : null;
      scene.load(sourceOver(this.design), this.shownDiagram());
    }
  }

  lit() {
    const { scene } = this.page;
    return [...(scene.dress.diff?.nodes.keys() ?? [])].map((id) => scene.nodes.get(id)).filter(Boolean);
  }

  /** Flies to what is lit up, above the bar. */
  look() {
    const box = this.litBox();
    box && this.page.view.show(box, { margin: 64 });
    this.bar.element.querySelector('[data-do="look"]').hidden = true;
  }

  /** The box round all that is lit up, or null. */
  litBox() {
    const boxes = this.lit();
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    const right = Math.max(...boxes.map((box) => box.x + box.w));
    return boxes.length > 0 ? { x, y, w: right - x, h: Math.max(...boxes.map((box) => box.y + box.h)) - y } : null;
  }

  keepInAddress(version) {
    const url = new URL(location.href);
    version === null ? url.searchParams.delete(PARAMETER) : url.searchParams.set(PARAMETER, String(version));
    history.replaceState(null, "", url);
  }

  // What can be done with a version

  async act(act, version, name) {
    const { boot, toasts, sync } = this.page;
    const body = new URLSearchParams({ do: act, version: String(version), name });
    const headers = { Accept: "application/json", "X-CSRFToken": boot.csrf };
    const answer = await fetch(boot.urls.past_act, { method: "POST", headers, body }).catch(() => null);
    const data = await answer?.json().catch(() => null);
    if (!answer?.ok || !data) {
      return data?.error ?? "The server could not be reached; try again.";
    }
    if (act === "name") {
      toasts.show(data.said, { label: "Open its page", run: () => location.assign(data.go) });
      this.bar.open({ ...(await this.past.log()), head: this.head });
      this.bar.show(this.at);
    } else if (act === "restore" && !data.go.includes("requests")) {
      this.leave();
      await sync.pull();
      toasts.show(data.said);
    } else {
      location.assign(data.go);
    }
    return "";
  }
}

/** A box that was moved is lit up too. */
function withPlaces(diff, change, design) {
  const placements = [...Object.values(change.added ?? {}), ...Object.keys(change.changed ?? {}).map((id) => design.get(id))];
  for (const record of placements) {
    if (record?.kind === "placement" && !diff.nodes.has(record.element)) diff.nodes.set(record.element, "changed");
  }
  return diff;
}

function litWords(count) {
  return count === 0 ? "nothing on this diagram changed" : `${count} ${count === 1 ? "box" : "boxes"} changed`;
}

function isText(target) {
  return target instanceof Element && target.matches("input:not([type=range]), textarea, select, [contenteditable]");
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
