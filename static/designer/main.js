/** Opens the page of a design: wires the document, the canvas and the panels. The only file that does. */

import { called, setFields } from "./doc/commands/index.js";
import { newId } from "./doc/ids.js";
import { DocumentStore } from "./doc/store.js";
import { intersects } from "./geometry/box.js";
import { attach } from "./io/lifecycle.js";
import { Outbox } from "./io/outbox.js";
import { Stream } from "./io/stream.js";
import { Sync } from "./io/sync.js";
import { httpTransport } from "./io/transport.js";
import { Scene } from "./render/scene.js";
import { sourceOver } from "./render/scene_source.js";
import { readTheme, watchTheme } from "./render/theme.js";
import { View } from "./render/view.js";
import { installFeatures } from "./features/index.js";
import { Actions } from "./tools/action_registry.js";
import { basicActions } from "./tools/basic_actions.js";
import { listenToClipboard, listenToDrops } from "./ui/clipboard_events.js";
import { Editor } from "./tools/editor.js";
import { listen } from "./tools/input.js";
import { listenToKeys } from "./tools/keyboard.js";
import { recordsOf } from "./tools/selection.js";
import { TextEdits } from "./tools/text_edits.js";
import { ContextMenu } from "./ui/context_menu.js";
import { fillDiagrams, firstDiagram } from "./ui/diagram_select.js";
import { emptyWords } from "./ui/empty_words.js";
import { Inspector } from "./ui/inspector.js";
import { Lens } from "./ui/lens.js";
import { makeAnnouncer } from "./ui/live_region.js";
import { Outline } from "./ui/outline.js";
import { stateMark } from "./ui/normalization_states.js";
import { talkMark } from "./ui/talk_mark.js";
import { OverlayInput } from "./ui/overlay_input.js";
import { connectPanels } from "./ui/panels.js";
import { StageStates } from "./ui/stage_states.js";
import { testHook } from "./ui/test_hook.js";
import { Toasts } from "./ui/toasts.js";
import { Toolbar } from "./ui/toolbar.js";
import { ViewMemory } from "./ui/view_memory.js";

const byId = (id) => document.getElementById(id);

class Page {
  constructor(boot) {
    this.boot = boot;
    this.client = newId();
    this.stage = byId("stage");
    this.states = new StageStates(this.stage);
    this.listeners = new Map();
    this.facets = []; // what else the filter can ask: `(design, placed) => Facet | null`
    this.edition = 0; // counts the states of the design that this page has seen
    this.pastVersion = 0; // the version that is looked at while somebody travels in time
    this.toasts = new Toasts(byId("toasts"));
    this.announce = makeAnnouncer(document.body);
    this.scene = new Scene();
    this.view = new View(byId("canvas"), this.scene, readTheme(document.documentElement));
    this.store = new DocumentStore();
    this.memory = new ViewMemory(this.view, storageOf(window, "sessionStorage"));
    this.transport = httpTransport({ urls: boot.urls, client: this.client, user: String(boot.user.id ?? ""), csrf: () => boot.csrf, onToken: (csrf) => this.renew(csrf) });
    this.editor = new Editor({
      store: this.store, scene: this.scene, view: this.view, toasts: this.toasts, announce: this.announce, canEdit: boot.can_edit,
    });
    this.editor.texts = new TextEdits(this.editor, new OverlayInput(byId("overlay"), (open) => this.setTyping(open)));
  }

  /** What is looked at: the design as it is now, or at another version while somebody travels in time. */
  get shown() {
    return this.editor.design;
  }

  /** Loads the design and starts everything; resolves when the first picture is drawn. */
  async open() {
    this.states.loading(0, 0);
    const answer = await this.transport.load((loaded, total) => this.states.loading(loaded, total));
    if (answer.outcome !== "ok") {
      return this.failed(answer);
    }
    this.states.clear();
    this.store.reset(answer.data.records, answer.data.version);
    this.editor.canEdit = this.view.marks.canEdit = this.boot.can_edit && answer.data.can_edit;
    this.startSync();
    this.startPanels();
    this.startCanvas();
    this.showDiagram(firstDiagram(this.store.design, this.boot.diagram));
    this.store.subscribe((notice) => this.follow(notice));
    this.tell("loaded");
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
      byId("stage").dataset.ready = "true";
      resolve(this);
    })));
  }

  failed(answer) {
    const words = answer.outcome === "refused" ? answer.error : "The server cannot be reached. Check your connection.";
    return new Promise((resolve) => this.states.failed(words, () => resolve(this.open())));
  }

  /** Takes a new token against forged requests, for the panels too. */
  renew(csrf) {
    this.boot.csrf = csrf;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": csrf }));
  }

  // Parts

  startSync() {
    const { store, transport, boot } = this;
    this.outbox = new Outbox({ storage: storageOf(window, "localStorage"), user: String(boot.user.id), branch: boot.branch, tab: this.client });
    this.sync = new Sync({
      store, transport, outbox: this.outbox,
      onNotes: (notes) => notes.slice(0, 3).forEach((note) => this.toasts.show(sentence(note), this.mineAgain(note))),
      onRefused: ({ label, message }) => this.toasts.show(`${label} was taken back: ${message}`, undefined, "error"),
    });
    this.stream = new Stream({
      url: boot.urls.stream, client: this.client, version: () => store.version, window,
      onChanges: (entries) => this.sync.take(entries), onFar: () => this.sync.pull(), onOpen: () => this.tell("listening"),
      onPeople: (people, all) => this.tell("people", { people, all }), onLost: () => this.sync.pull(),
      onTalk: (about) => this.tell("talk", about),
    });
    attach({ sync: this.sync, outbox: this.outbox, stream: this.stream, window });
    this.sync.start();
  }

  /** What a toast offers whose value was overwritten by somebody else. */
  mineAgain({ mine }) {
    const act = () => this.store.design.has(mine.id) && this.store.dispatch(setFields(this.store.design, mine));
    return mine && this.editor.canEdit ? { label: "Use mine", run: act } : undefined;
  }

  startPanels() {
    const { editor, scene } = this;
    const recordIds = () => recordsOf(editor.selection, this.shown, scene);
    this.outline = new Outline(byId("outline"), byId("outline-filter"), {
      design: () => this.shown, model: () => scene.model, selected: () => editor.selection,
      onDiagram: (id) => scene.shownBy(id) !== undefined || this.shown.get(id)?.kind === "schema",
      choose: (id, many) => this.choose(id, many), rename: (id) => this.renameFromOutline(id), mark: (id) => talkMark(this.talkCounts?.get(id), stateMark(scene.dress.chips.get(id))),
      remove: () => editor.deleteSelection(), leave: () => this.view.canvas.focus(),
    });
    this.inspector = new Inspector(byId("inspector"), {
      urls: this.boot.urls, flush: () => this.sync.flush(), version: () => this.pastVersion, diagram: () => editor.diagram, recordIds,
      concerns: (ids, shown) => {
        const wanted = new Set(shown);
        return shown.length === 0 || [...ids].some((id) => wanted.has(id) || wanted.has(scene.shownBy(id)));
      },
    });
    this.menu = new ContextMenu(document.querySelector("main") ?? document.body, () => this.view.canvas.focus({ preventScroll: true }));
    this.actions = new Actions(() => editor);
    this.actions.add(...basicActions(editor, () => this.openMenuByKey()));
    this.toolbar = new Toolbar(byId("toolbar"), { run: (action) => this.actions.run(action), state: () => this.toolbarState() });
    connectPanels({ client: this.client, sync: this.sync });
    this.lens = new Lens(this);
    installFeatures(this);
  }

  /** Calls `listener` for a topic; features/index.js says which there are. */
  on(topic, listener) {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  tell(topic, what) {
    this.listeners.get(topic)?.forEach((listener) => listener(what));
  }

  startCanvas() {
    const { editor, view } = this;
    const input = listen(editor);
    editor.openMenu = (press, event) => this.openMenu(press, event.clientX, event.clientY);
    listenToKeys({
      actions: this.actions, nudge: (step) => editor.nudge(step), canvas: view.canvas,
      space: (down) => (down ? input.spaceDown() : input.spaceUp()),
    });
    listenToClipboard(editor);
    listenToDrops(byId("stage"), (file) => editor.dropFile?.(file) ?? false);
    editor.on((topic) => {
      topic === "selection" ? this.selectionChanged() : this.toolbar.refresh();
      this.tell(topic);
    });
    view.onMove(() => this.viewMoved());
    view.canvas.addEventListener("focus", () => this.setFocused(true));
    view.canvas.addEventListener("blur", () => this.setFocused(false));
    new ResizeObserver(() => view.resize()).observe(view.canvas);
    watchTheme(document.documentElement, () => {
      view.setTheme(readTheme(document.documentElement));
      this.tell("theme");
    });
    byId("diagram-select").addEventListener("change", (event) => this.showDiagram(event.target.value));
    window.addEventListener("pagehide", () => this.memory.keep(editor.diagram));
    document.fonts?.ready.then(() => view.refresh());
  }

  setFocused(focused) {
    this.view.marks.focused = focused;
    this.view.draw();
  }

  setTyping(open) {
    this.view.marks.typing = open;
    this.view.draw();
  }

  // What happens

  showDiagram(id) {
    const sameModel = this.scene.model;
    this.memory.keep(this.editor.diagram);
    this.scene.load(sourceOver(this.shown), id);
    fillDiagrams(byId("diagram-select"), this.shown, id);
    this.editor.select([]);
    this.view.resize();
    this.memory.restore(id) || this.view.show(this.scene.bounds(), { fly: false });
    this.view.refresh();
    this.describeEmptiness();
    this.outline.refresh();
    this.toolbar.refresh();
    this.inspector.follow();
    if (id && sameModel !== null) {
      history.replaceState(null, "", withDiagram(location.href, id));
    }
    this.tell("diagram", id);
  }

  /** The design changed: by a person here, by the server, by undo. */
  follow({ touched, all }) {
    this.edition += 1;
    if (all || this.diagramGone()) {
      this.showDiagram(firstDiagram(this.shown, this.editor.diagram));
      this.tell("design", touched);
      return;
    }
    this.view.invalidate(this.scene.update(touched));
    this.editor.prune();
    this.editor.texts.input.follow();
    this.followInPanels([...touched].map((id) => this.shown.get(id)?.kind));
    this.describeEmptiness();
    this.toolbar.refresh();
    this.inspector.touched(touched);
    this.tell("design", touched);
  }

  diagramGone() {
    const { diagram } = this.editor;
    return diagram === null ? firstDiagram(this.shown, null) !== null : !this.shown.has(diagram);
  }

  /**
   * Has outline, palette and inspector show another version; 0 is the design as it is.
   * @param {object | null} design @param {number} version @param {Set<string>} [touched] what differs from what they showed
   */
  lookAt(design, version, touched) {
    this.edition += 1;
    this.editor.past = version ? design : null;
    this.pastVersion = version;
    this.followInPanels(touched ? [...touched].map((id) => this.shown.get(id)?.kind) : ["diagram"]);
    this.editor.prune();
  }

  /** @param {(string | undefined)[]} kinds of the records that an edit touched; undefined for one that is gone */
  followInPanels(kinds) {
    const drawn = new Set(["area", "note", "placement"]);
    kinds.some((kind) => !drawn.has(kind)) ? this.outline.refreshSoon() : this.outline.paint();
    if (kinds.some((kind) => kind === "diagram" || kind === "model")) {
      fillDiagrams(byId("diagram-select"), this.shown, this.editor.diagram);
    }
  }

  selectionChanged() {
    this.outline.follow();
    this.inspector.follow();
    this.toolbar.refresh();
  }

  viewMoved() {
    const zoom = `${Math.round(this.view.transform.k * 100)}%`;
    if (byId("zoom").textContent !== zoom) {
      byId("zoom").textContent = zoom; // to write the same again would lay out the page at each step of a pan
    }
    this.editor.texts.input.follow();
    this.tell("view");
  }

  describeEmptiness() {
    const empty = this.scene.nodes.size === 0 && this.scene.sheets.size === 0;
    if (!empty) {
      this.states.clear();
      return;
    }
    this.states.empty(emptyWords(this.shown, this.scene, this.editor.canEdit), (action) => this.actions.run(action));
  }

  choose(id, many) {
    const { editor } = this;
    const design = this.shown;
    if (many) {
      editor.select([...editor.selection, id]);
    } else if (!editor.goTo(id)) {
      const elsewhere = diagramShowing(design, elementOf(design, id));
      const action = elsewhere ? { label: `Show it on ${design.get(elsewhere).name || "the other diagram"}`, run: () => this.chooseOn(elsewhere, id) } : this.placeAction(id);
      this.toasts.show(`${called(design, design.get(id))} is not on this diagram.`, action);
    }
  }

  /** Selects a record on the diagram that is shown, else on the one that shows it. */
  reach(id) {
    const design = this.shown;
    const element = elementOf(design, id);
    const diagram = this.scene.item(element) || this.scene.lines.has(id) ? null : diagramShowing(design, element);
    diagram ? this.chooseOn(diagram, id) : this.choose(id, false);
  }

  chooseOn(diagram, id) {
    this.showDiagram(diagram);
    this.editor.goTo(id);
  }

  placeAction(id) {
    const { editor, view } = this;
    const element = elementOf(this.shown, id);
    if (!editor.canEdit || !editor.diagram) {
      return undefined;
    }
    const at = () => view.worldAt(view.middle());
    return { label: "Put it here", run: () => editor.moveTo([{ element, x: Math.round(at().x) - 100, y: Math.round(at().y) - 60 }]) };
  }

  renameFromOutline(id) {
    if (this.editor.goTo(id)) {
      this.view.land();
      this.editor.texts.rename(id);
    }
  }

  toolbarState() {
    const { editor, store } = this;
    return {
      tool: editor.toolName, undo: store.undoLabel, redo: store.redoLabel, selected: editor.selection.size,
      canEdit: editor.canEdit, physical: editor.isPhysical,
    };
  }

  openMenu(press, x, y) {
    const { editor } = this;
    const aim = press.hit?.row ?? press.hit?.id;
    if (aim && !editor.selection.has(aim)) {
      editor.select([aim]);
    }
    this.menu.show(x, y, this.actions.menuFor({ hit: press.hit, world: press.world }));
  }

  openMenuByKey() {
    const { editor, view } = this;
    const [id] = editor.selection;
    const owner = this.scene.shownBy(id) ?? id;
    const item = this.scene.item(owner);
    const box = item && intersects(item, view.visible()) ? view.boxOnScreen(item) : view.middle();
    const at = { x: Math.max(0, box.x), y: Math.max(0, box.y) };
    const canvas = view.canvas.getBoundingClientRect();
    const hit = item ? { kind: this.scene.nodes.has(owner) ? "node" : item.kind, id: owner, row: owner === id ? undefined : id } : null;
    this.menu.show(canvas.left + at.x + 24, canvas.top + at.y + 24, this.actions.menuFor({ hit, world: view.worldAt(box) }));
  }

  /** Posts JSON to an address of the boot data. Resolves to `{ok, data}`; `data` is null where the answer is none. */
  async post(url, data, more = {}) {
    const headers = { ...more, "Content-Type": "application/json", "X-CSRFToken": this.boot.csrf, "X-Wholekey-Client": this.client, Accept: "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(data) }).catch(() => null);
    return { ok: response?.ok ?? false, data: await response?.json().catch(() => null) ?? null };
  }
}

/** Returns the element that a record is drawn in: a column's table, anything else itself. */
function elementOf(design, id) {
  const record = design.get(id);
  return record?.kind === "column" || record?.kind === "attribute" ? record.parent : id;
}

/** Returns the first diagram that shows an element, or undefined. */
function diagramShowing(design, element) {
  const placements = [...design.referrers(element)].map((id) => design.get(id)).filter((record) => record?.kind === "placement");
  return placements[0]?.parent;
}

function withDiagram(address, id) {
  const url = new URL(address);
  url.searchParams.set("diagram", id);
  url.searchParams.delete("select");
  url.searchParams.delete("at");
  return url;
}

/** A note with a full stop, and a capital letter unless it begins with somebody's name. */
const sentence = ({ code, message }) => `${code === "overwritten" || code === "removed" ? message : message.charAt(0).toUpperCase() + message.slice(1)}.`;

function storageOf(window, name) {
  try {
    return window[name];
  } catch {
    return null; // storage may be switched off
  }
}

const page = new Page(JSON.parse(byId("boot").textContent));
const ready = page.open();
window.wholekey = testHook(page, ready);
