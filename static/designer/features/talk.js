/** Comments on the canvas: pins, a thread beside what it is about, the list of all, and calling people by name. */

import { called } from "../doc/commands/index.js";
import { levelAt } from "../render/level.js";
import { pinAt, pinsAt, pinsOf, pointOf } from "../render/talk_pins.js";
import { TalkTool } from "../tools/talk_tool.js";
import { MentionList } from "../ui/mention_list.js";
import { isNarrow } from "../ui/narrow.js";
import { NormalizationPreview } from "../ui/normalization_preview.js";
import { showRecord } from "../ui/show_record.js";
import { TalkCard } from "../ui/talk_card.js";
import { TalkPanel } from "../ui/talk_panel.js";
import { Suggesting } from "../ui/talk_suggest.js";

const FIRST = 400;
const SOON = 40;
const FINGER = 10;
/** Pixels that a card takes with the gaps beside it, and those that are left for the diagram where a list stays open. */
const CARD = 390;
const LEAST = 320;
const ANYTHING = ["table", "view", "entity", "relationship", "column", "attribute", "line", "area", "note"];

/** Installs it where the page has a server that keeps comments. */
export function install(page) {
  if (page.boot.urls.talk) {
    new Talk(page).install();
  }
}

class Talk {
  constructor(page) {
    this.page = page;
    this.threads = null;
    this.pins = { list: [], open: null };
    this.preview = new NormalizationPreview(page);
    this.suggesting = new Suggesting(page);
    this.card = new TalkCard(page, { closed: () => this.cardClosed(), drawn: (root) => this.cardDrawn(root) });
    this.panel = new TalkPanel(page.stage, {
      go: (thread) => this.go(thread), whole: this.mayComment ? () => this.begin({}) : null, closed: () => this.panelClosed(), about: (thread) => this.aboutOf(thread),
    });
    this.button = document.querySelector('#toolbar [data-action="comments"]');
  }

  get mayComment() {
    return this.page.boot.can_comment ?? this.page.boot.can_edit;
  }

  install() {
    const { page } = this;
    page.editor.tools.comment = new TalkTool(page.editor, (anchor) => this.begin(anchor));
    page.actions.add(
      {
        name: "comment", label: "Comment", group: "Tools", keys: ["k", "Mod+Alt+m"], words: "talk say discuss review pin note", when: () => this.mayComment,
        run: () => this.takeTool(),
      },
      {
        name: "comment-here", label: ({ hit }) => (hit ? "Comment on it" : "Comment here"), group: "Tools", menu: [...ANYTHING, "ground"], section: "look", quiet: true,
        when: () => this.mayComment, run: ({ hit, world, ids }) => this.begin(this.anchorOf(hit, world, ids)),
      },
      {
        name: "comment-whole", label: "Comment on the whole branch", group: "Tools", words: "talk say discuss", when: () => this.mayComment, run: () => this.begin({}),
      },
      { name: "comments", label: "Show the comments", group: "Go", keys: ["Shift+m"], words: "threads talk discussion resolved", run: () => this.toggle() },
      {
        name: "next-comment", label: "Go to the next open comment", group: "Go", keys: ["Alt+k"], words: "thread talk", when: () => this.openThreads().length > 0, run: () => this.next(),
      },
    );
    this.listen();
    this.mayComment && new MentionList(page.boot.urls.talk_people);
    page.comment = (anchor) => this.begin(anchor);
  }

  listen() {
    const { page } = this;
    const { canvas } = page.view;
    page.on("loaded", () => setTimeout(() => void this.load().then(() => this.openAsked()), FIRST));
    page.on("talk", (about) => this.heard(about));
    page.on("listening", () => this.threads && this.soon());
    for (const topic of ["design", "diagram", "scene"]) page.on(topic, () => this.pin());
    page.on("design", () => this.preview.shown !== null && this.leavePreview());
    page.on("diagram", () => this.card.follow());
    page.on("escape", () => this.card.hide());
    page.on("view", () => this.card.follow());
    page.on("panel", (name) => name !== "talk" && this.panel.open && this.panel.hide());
    document.addEventListener("wholekey:talk", ({ detail }) => this.said(detail ?? {}));
    this.card.card.addEventListener("click", (event) => this.pressedInCard(event));
    this.card.card.addEventListener("htmx:configRequest", (event) => this.suggesting.ask(event));
    canvas.addEventListener("pointerdown", (event) => this.onDown(event), true);
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    canvas.addEventListener("dblclick", (event) => this.at(event) && event.stopImmediatePropagation(), true);
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  // Asking

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), SOON);
  }

  async load() {
    const response = await fetch(this.page.boot.urls.talk, { headers: { Accept: "application/json" } }).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    if (answer) {
      this.threads = answer.threads;
      this.pin();
      this.showCounts();
      this.panel.open && this.panel.show(this.threads);
    }
  }

  /** Others talk: the list is asked for, and the thread that is open. */
  heard({ thread }) {
    this.soon();
    document.body.dispatchEvent(new CustomEvent("wholekey:notices"));
    thread === this.card.thread && void this.card.again();
    thread !== this.card.thread && this.page.announce("Somebody commented on this branch");
  }

  said({ gone }) {
    gone && this.card.hide();
    this.soon();
  }

  // Pins

  openThreads() {
    return (this.threads ?? []).filter(({ resolved }) => !resolved);
  }

  pin() {
    const { scene, view } = this.page;
    const shown = (this.threads ?? []).filter(({ id, resolved }) => !resolved || id === this.pins.open);
    if (shown.length === 0 && this.pins.list.length === 0) {
      return;
    }
    this.pins.list = pinsOf(shown, scene);
    view.marks.pins = this.pins.list.length > 0 ? this.pins : null;
    view.draw();
  }

  showCounts() {
    const counts = new Map();
    const { design } = this.page.store;
    for (const { element } of this.openThreads()) {
      const owner = design.get(element)?.parent;
      element && counts.set(element, (counts.get(element) ?? 0) + 1);
      ["table", "entity", "view", "relationship"].includes(design.get(owner)?.kind) && counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    this.page.talkCounts = counts;
    this.page.outline.paint();
    if (this.button) {
      const open = this.openThreads().length;
      this.button.dataset.count = open > 99 ? "99+" : open > 0 ? String(open) : "";
      this.button.setAttribute("aria-label", open > 0 ? `Comments: ${open} open` : "Comments");
      this.button.title = `${this.button.getAttribute("aria-label")} (Shift+M)`;
    }
  }

  /** Returns the pin under the pointer, or null. Where there are none, nothing is worked out. */
  at(event) {
    const { view, editor } = this.page;
    if (this.pins.list.length === 0 || editor.toolName !== "select") {
      return null;
    }
    const { left, top } = view.canvas.getBoundingClientRect();
    const { k } = view.transform;
    const pins = pinsAt(this.pins.list, levelAt(k));
    return pinAt(pins, view.worldAt({ x: event.clientX - left, y: event.clientY - top }), k, event.pointerType === "touch" ? FINGER : 0);
  }

  onDown(event) {
    const pin = event.button === 0 ? this.at(event) : null;
    if (pin) {
      event.stopImmediatePropagation();
      event.preventDefault();
      this.openPin(pin, event);
    } else if (this.card.open && !this.card.isTypedIn) {
      this.card.hide();
    }
  }

  onMove(event) {
    const over = this.at(event) !== null;
    if (over !== this.over) {
      this.over = over;
      this.page.view.canvas.classList.toggle("is-over-pin", over);
    }
  }

  /** A pin of several threads asks which one is meant. */
  openPin(pin, { clientX, clientY }) {
    const [only] = pin.threads;
    if (pin.threads.length === 1) {
      this.open(only, pin);
      return;
    }
    const entries = pin.threads.map((thread) => ({ label: `${thread.author}: ${(thread.text || thread.suggests || "deleted").slice(0, 60)}`, run: () => this.open(thread, pin) }));
    setTimeout(() => this.page.menu.show(clientX, clientY, entries, { title: this.aboutOf(only) }));
  }

  // One thread

  open(thread) {
    this.pins.open = thread.id;
    this.pin();
    return this.card.show(this.page.boot.urls.talk_thread.replace(/0$/, String(thread.id)), () => this.screenOf(thread));
  }

  /** Where on the stage a thread points, and where what it is about begins; null where it is not shown. */
  screenOf(thread) {
    const [pin] = pinsOf([thread], this.page.scene);
    if (!pin) {
      return null;
    }
    const { view } = this.page;
    const { x, y } = view.boxOnScreen({ ...pointOf(pin), w: 0, h: 0 });
    return { x, y, left: pin.item ? view.boxOnScreen(pin.item).x : x };
  }

  takeTool() {
    const { editor } = this.page;
    if (editor.toolName === "comment") {
      editor.useTool("select");
      return;
    }
    editor.useTool("comment");
    const selected = editor.selection.size === 1 ? "; Enter comments on what is selected" : "; Enter comments on the middle";
    this.page.announce(`Press on what you want to comment on${selected}`);
  }

  /** With the tool in hand, Enter comments on what is selected, or on the middle of the view. */
  onKey(event) {
    const { editor, view } = this.page;
    if (editor.toolName !== "comment" || event.key !== "Enter") {
      return;
    }
    event.preventDefault();
    editor.useTool("select");
    const [id] = editor.selection;
    this.begin(this.anchorOf(id ? { id } : null, view.worldAt(view.middle()), []));
  }

  anchorOf(hit, world, ids) {
    const { editor } = this.page;
    const meant = hit?.row ?? (hit?.id || (ids.length === 1 ? ids[0] : ""));
    return meant ? { element: meant } : world && editor.diagram ? { diagram: editor.diagram, x: Math.round(world.x), y: Math.round(world.y) } : {};
  }

  /** Begins a thread about an element, one field of it, a spot, or with nothing the whole. */
  begin(anchor) {
    const query = new URLSearchParams(Object.entries(anchor).map(([name, value]) => [name, String(value)]));
    const place = { id: 0, element: "", diagram: "", x: null, y: null, ...anchor };
    isNarrow() && this.panel.hide();
    return this.card.show(`${this.page.boot.urls.talk_new}?${query}`, () => this.screenOf(place), true);
  }

  cardDrawn(root) {
    if (root === null || !root.querySelector("[data-change]")) {
      this.leavePreview();
    }
    const host = root?.querySelector("[data-talk-suggest]");
    host && this.suggesting.fill(host, root.dataset.element);
    const thread = this.card.thread;
    if (root !== null && thread > 0 && thread !== this.pins.open) {
      this.pins.open = thread;
      const known = this.threads?.find(({ id }) => id === thread);
      this.card.place = known ? () => this.screenOf(known) : this.card.place;
      this.pin();
    }
  }

  cardClosed() {
    this.pins.open = null;
    this.pin();
    this.page.view.canvas.focus({ preventScroll: true });
  }

  pressedInCard(event) {
    const preview = event.target.closest("[data-talk-preview]");
    const go = event.target.closest("[data-talk-go]");
    if (preview) {
      this.togglePreview(preview);
    } else if (go) {
      event.preventDefault();
      const thread = this.threads?.find(({ id }) => id === Number(go.dataset.talkGo));
      thread && this.go(thread);
    }
  }

  // What a suggestion would do

  togglePreview(button) {
    const part = button.closest("[data-change]");
    if (this.preview.shown !== null) {
      this.leavePreview();
      return;
    }
    this.page.tell("panel", "talk");
    this.besideCard(() => this.preview.drawn(part));
    const shown = this.preview.shown !== null;
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? "Show it as it is" : "Look at it";
    shown || this.page.toasts.show("The design has moved on; this cannot be shown on it.");
  }

  leavePreview() {
    if (this.preview.shown !== null) {
      this.preview.leave();
      this.pin();
    }
    const button = this.card.body.querySelector("[data-talk-preview]");
    if (button) {
      button.setAttribute("aria-pressed", "false");
      button.textContent = "Look at it";
    }
  }

  // The list

  aboutOf({ element, field, diagram, request }) {
    const { design } = this.page.store;
    const record = design.get(element);
    const of = field ? `: ${field.replaceAll("_", " ")}` : "";
    const about = record ? `${called(design, record)}${of}` : element ? "an element that was removed later" : diagram ? `a spot on ${design.get(diagram)?.name || "a diagram that was removed later"}` : "the whole";
    return request ? `${about} · #${request}` : about;
  }

  toggle() {
    if (this.panel.open) {
      this.panel.hide();
      return;
    }
    this.page.tell("panel", "talk");
    this.panel.show(this.threads);
    this.page.view.covered = isNarrow() ? 0 : Math.min(this.panel.width, this.page.view.size.w / 2);
    this.card.follow();
    void this.load();
  }

  panelClosed() {
    this.page.view.covered = 0;
    this.card.follow();
    this.card.open || this.page.view.canvas.focus({ preventScroll: true });
  }

  /** Shows where a thread is, on whichever diagram, and opens it. */
  go(thread) {
    const { store, view, scene } = this.page;
    view.size.w - this.panel.width - CARD < LEAST && this.panel.hide();
    this.leavePreview();
    this.besideCard(() => {
      if (thread.element && store.design.has(thread.element)) {
        showRecord(this.page, thread.element);
      } else if (thread.diagram && store.design.has(thread.diagram)) {
        scene.diagram?.id !== thread.diagram && this.page.showDiagram(thread.diagram);
        view.show({ x: thread.x - 150, y: thread.y - 150, w: 300, h: 300 });
      }
    });
    return this.open(thread);
  }

  /** Looks at something so that the card has room beside it. */
  besideCard(look) {
    const { view } = this.page;
    const { covered } = view;
    view.covered = isNarrow() ? covered : Math.min(covered + CARD, view.size.w / 2);
    look();
    view.covered = covered;
  }

  next() {
    const open = this.openThreads().toReversed();
    const at = open.findIndex(({ id }) => id === this.pins.open);
    void this.go(open[(at + 1) % open.length]);
  }

  /** An address may name a thread: that of a notice, or of the page of a change request. */
  openAsked() {
    const asked = Number(new URL(location.href).searchParams.get("talk"));
    const thread = this.threads?.find(({ id }) => id === asked);
    thread && void this.go(thread);
  }
}
