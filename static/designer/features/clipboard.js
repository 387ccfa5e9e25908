/** The clipboard and other programs: selected tables as SQL, DBML or Mermaid, and pasted text or dropped files as tables. */

import { addNote, called } from "../doc/commands/index.js";
import { writeLater } from "../io/clipboard.js";
import { Ask } from "../ui/ask.js";
import { openImport, pastePoint, pasteText, shortened } from "../ui/clipboard_events.js";

const WAIT = 350;
const MOST_AHEAD = 200;
const LARGEST_FILE = 2_000_000;
const READ = /\.(?:sql|ddl|dbml|mmd|mermaid|csv|tsv)$/i;
const TITLES = { ddl: "SQL", dbml: "DBML", mermaid: "Mermaid" };

/** Installs the actions, and what the clipboard events ask for. */
export function install(page) {
  const { editor, actions } = page;
  const clip = new Clip(page);
  editor.clipboard = clip;
  editor.dropFile = (file) => clip.takeFile(file);
  page.on("selection", () => clip.prepareSoon());
  page.on("design", () => clip.prepareSoon());
  const tables = ({ ids }) => ids.some((id) => isBoxed(editor.design.get(id)));
  const copyAs = (format) => ({
    name: `copy-${format}`, label: `Copy as ${TITLES[format]}`, group: "Edit", menu: ["table", "view", "many"], section: "copy-as",
    words: "clipboard text export", when: (context) => Boolean(page.boot.urls.copy) && tables(context), run: ({ ids }) => void clip.copyAs(ids, format),
  });
  actions.add(
    copyAs("ddl"), copyAs("dbml"), copyAs("mermaid"),
    {
      name: "copy-name", label: "Copy the name", group: "Edit", menu: ["table", "view", "entity", "column", "attribute"], section: "copy-as", words: "clipboard",
      when: ({ ids }) => ids.length === 1 && Boolean(editor.design.get(ids[0])?.name), run: ({ ids }) => void clip.copyName(ids[0]),
    },
    {
      name: "paste-here", label: "Paste", group: "Edit", shown: "Ctrl+V", menu: ["ground"], section: "add", edits: true, words: "clipboard sql dbml csv",
      when: () => Boolean(navigator.clipboard?.readText), run: ({ world }) => void clip.pasteFromMenu(world),
    },
  );
}

function isBoxed(record) {
  return record?.kind === "table" || record?.kind === "view";
}

class Clip {
  constructor(page) {
    this.page = page;
    this.editor = page.editor;
    this.kept = null;
    this.timer = 0;
    this.at = null;
    this.ask = new Ask(document.body, () => this.editor.view.canvas.focus({ preventScroll: true }));
  }

  get url() {
    return this.page.boot.urls.copy;
  }

  // Out: SQL for other programs

  /** Fetches the SQL of what is selected, so that it is at hand in the moment of a copy. */
  prepareSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.prepare(), WAIT);
  }

  async prepare() {
    const ids = this.boxed(this.editor.selection);
    const key = this.keyOf(ids);
    if (!this.url || ids.length === 0 || ids.length > MOST_AHEAD || this.kept?.key === key || this.page.store.pending.length > 0) {
      return;
    }
    const { ok, data } = await this.page.post(this.url, { ids, format: "ddl" });
    if (ok) {
      this.kept = { key, text: data.text };
    }
  }

  boxed(ids) {
    return [...ids].filter((id) => isBoxed(this.editor.design.get(id)));
  }

  keyOf(ids) {
    return `${this.page.store.version} ${[...ids].sort().join()}`;
  }

  /** The SQL of some tables where it is at hand, or null. */
  ready(ids) {
    const known = this.kept && this.page.store.pending.length === 0 && this.kept.key === this.keyOf(this.boxed(ids));
    return known ? this.kept.text : null;
  }

  /** Asks the server for the SQL of some tables; null where there is none to ask. */
  fetch(ids, format = "ddl") {
    const boxed = this.boxed(ids);
    return this.url && boxed.length > 0 ? this.request(boxed, format) : null;
  }

  async request(ids, format) {
    await this.page.sync.flush();
    const { ok, data } = await this.page.post(this.url, { ids, format });
    if (!ok) {
      throw new Error(data?.error ?? "The server could not write it; try again.");
    }
    return data.text;
  }

  async copyAs(ids, format) {
    const promised = this.fetch(ids, format);
    await this.copyText(promised, `Copied as ${TITLES[format]}.`);
  }

  async copyName(id) {
    await this.copyText(Promise.resolve(this.editor.design.get(id).name), `Copied the name ${called(this.editor.design, this.editor.design.get(id))}.`);
  }

  async copyText(promised, done) {
    const copied = await writeLater(promised);
    const wrong = await promised.then(() => "", (error) => error.message);
    if (copied) {
      this.editor.toasts.show(done);
    } else {
      this.editor.toasts.show(wrong || "The browser did not let the clipboard be written; allow it for this page, or press Ctrl+C.", undefined, "error");
    }
  }

  // In: text and files from other programs

  async pasteFromMenu(world) {
    const text = await navigator.clipboard.readText().catch(() => null);
    if (text === null) {
      this.editor.toasts.show("The browser did not let the clipboard be read; press Ctrl+V.", undefined, "error");
      return;
    }
    this.at = world;
    pasteText(this.editor, text);
    this.at = null;
  }

  /** Lets the server read a text; what it says becomes tables where the pointer is. */
  take(text, name = "") {
    void this.read(text, this.at ?? pastePoint(this.editor), name);
  }

  async read(text, at, name) {
    const { editor, page } = this;
    if (!editor.canEdit || !page.boot.urls.paste || !editor.diagram) {
      editor.toasts.show(editor.canEdit ? "There is no diagram to paste onto; add one in the inspector first." : "You may look at this design, but not change it.");
      return;
    }
    editor.announce("Reading what was pasted");
    document.body.classList.add("is-arranging");
    try {
      await page.sync.flush();
      const { ok, data } = await page.post(page.boot.urls.paste, { text, diagram: editor.diagram, x: Math.round(at.x), y: Math.round(at.y), name });
      ok ? await this.added(data) : this.refused(data, text, at);
    } finally {
      document.body.classList.remove("is-arranging");
    }
  }

  async added({ version, pasted }) {
    const { editor, page } = this;
    await page.sync.pull(version);
    editor.select(pasted.made);
    const count = pasted.made.length;
    const what = count === 1 ? `the table ${editor.design.get(pasted.made[0])?.name ?? ""}` : `${count} tables`;
    editor.toasts.show([`Added ${what} from ${pasted.format}.`, ...shortened(pasted.notes)].join(" "), editor.undoAction());
    if (pasted.made.some((id) => !this.inView(id))) {
      editor.fitSelection();
    }
  }

  inView(id) {
    const { view, scene } = this.editor;
    const node = scene.nodes.get(id);
    const box = node && view.boxOnScreen(node);
    return Boolean(box) && box.x >= 0 && box.y >= 0 && box.x + box.w <= view.size.w && box.y + box.h <= view.size.h;
  }

  refused(data, text, at) {
    const note = { label: "Make it a note", run: () => this.makeNote(text, at) };
    this.editor.toasts.show(data?.error ?? "The server could not be reached; try again.", data?.prose ? note : undefined, data?.prose ? "" : "error");
  }

  makeNote(text, { x, y }) {
    const edit = this.editor.run(() => addNote(this.editor.design, { diagram: this.editor.diagram, x, y, text: text.trim() }));
    if (edit) {
      this.editor.select(edit.select);
    }
  }

  /** Asks what a dropped file is for, where this diagram could take it. Returns whether it did. */
  takeFile(file) {
    const { editor, page } = this;
    if (!READ.test(file.name) || file.size > LARGEST_FILE || !editor.canEdit || !page.boot.urls.paste || !editor.isPhysical || !editor.diagram) {
      return false;
    }
    const options = [
      { value: "here", label: "Add its tables to this diagram", hint: "Beside what is there, as one step that can be undone" },
      { value: "import", label: "Import it as a new model", hint: "With a report, in the import dialog" },
    ];
    const at = pastePoint(editor);
    this.ask.show({
      title: file.name, action: "Go on", fields: [{ name: "way", label: "What to do with it", kind: "choice", value: "here", options }],
      preview: ({ way }) => ({ says: way === "here" ? "the server reads the file and adds what it says" : "the import dialog opens with this file" }),
      done: ({ way }) => void (way === "here" ? file.text().then((text) => this.read(text, at, file.name)) : openImport(file)),
    });
    return true;
  }
}
