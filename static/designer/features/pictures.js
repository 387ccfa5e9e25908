/** Pictures out: the export dialog, copying as an image, quick exports, and printing. */

import { PictureError, canCopyImages, copyImage, copyMarkup, fetchPicture, save } from "../io/pictures.js";
import { busy } from "../ui/busy.js";
import { PictureDialog } from "../ui/picture_dialog.js";
import { printCanvasOtherwise, printDrawing } from "../ui/print_sheet.js";
import { makeTabs } from "../ui/tabs.js";

const TAB = "wholekey:export-tab";
const ANYTHING = ["ground", "table", "view", "entity", "relationship", "area", "note", "many"];
const NO_CLIPBOARD = "This browser copies images only over https or on localhost. Save the picture instead.";

/** Adds the actions, and wires the export dialog when it opens. */
export function install(page) {
  const pictures = new Pictures(page);
  printCanvasOtherwise(page.view.canvas, window);
  document.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.id === "dialog" && pictures.wire(detail.target));
  const thing = (context) => (chosen(page, context).length > 0 ? "the selection" : "the diagram");
  const make = (format) => (context) => void pictures.download({ ...pictures.subjectOf(context), format });
  page.actions.add(
    { name: "copy-image", label: (context) => `Copy ${thing(context)} as an image`, group: "Picture", keys: ["Mod+Alt+c"], menu: ANYTHING, section: "copy-as", words: "png picture clipboard", run: (context) => void pictures.copyImage(pictures.subjectOf(context)) },
    { name: "copy-svg", label: (context) => `Copy ${thing(context)} as SVG`, group: "Picture", words: "vector picture clipboard text", run: (context) => void pictures.copyMarkup(pictures.subjectOf(context)) },
    { name: "export-png", label: (context) => `Export ${thing(context)} as PNG`, group: "Picture", words: "picture image download save", run: make("png") },
    { name: "export-svg", label: (context) => `Export ${thing(context)} as SVG`, group: "Picture", words: "picture vector download save", run: make("svg") },
    { name: "export-pdf", label: (context) => `Export ${thing(context)} as PDF`, group: "Picture", words: "picture document download save", run: make("pdf") },
    { name: "print", label: "Print…", group: "Picture", keys: ["Mod+p"], everywhere: true, words: "paper picture", run: () => void pictures.print(pictures.subject("diagram")) },
  );
}

class Pictures {
  constructor(page) {
    this.page = page;
  }

  /** The dialog came: its tabs, and its picture half. */
  wire(dialog) {
    const form = dialog.querySelector("form[data-picture]");
    if (form) {
      makeTabs(dialog.querySelector('[role="tablist"]'), remembered(TAB));
      this.dialog = new PictureDialog(form, {
        make: (wanted, signal) => this.make(wanted, signal),
        subject: (what) => this.subject(what, form.dataset.open),
        selected: () => chosen(this.page).length,
        links: () => linkBase(this.page, form.dataset.open),
        print: (wanted) => void this.print(wanted),
      });
    }
  }

  // What a picture is of

  /** What a choice of the dialog stands for: a word, or the id of a diagram or model. */
  subject(what, open = "") {
    const { view, scene, editor } = this.page;
    const here = editor.diagram ?? open;
    if (what === "selection") {
      return { part: here, elements: chosen(this.page) };
    }
    if (what === "view") {
      const { x, y, w, h } = view.visible();
      const only = scene.shownOnly === null ? {} : { elements: [...scene.nodes.keys(), ...scene.sheets.keys()] };
      return { part: here, region: [x, y, w, h], ...only };
    }
    return { part: what === "diagram" ? here : what };
  }

  subjectOf(context) {
    return this.subject(chosen(this.page, context).length > 0 ? "selection" : "diagram");
  }

  // Making

  /** Asks the server, which first gets what is not saved yet. */
  async make(wanted, signal) {
    const { boot, sync } = this.page;
    await sync.flush();
    return fetchPicture({ url: boot.urls.picture, csrf: boot.csrf }, wanted, signal);
  }

  download(wanted) {
    return this.busily("Drawing the picture…", async (signal) => {
      const picture = await this.make(wanted, signal);
      save(picture);
      this.page.toasts.show(`Saved as ${picture.name}.`);
    });
  }

  copyImage(subject) {
    const wanted = { ...subject, format: "png" };
    if (!canCopyImages()) {
      this.page.toasts.show(NO_CLIPBOARD, { label: "Save as PNG", run: () => this.download(wanted) }, "error");
      return undefined;
    }
    return this.busily("Drawing the picture…", async (signal) => {
      const coming = this.make(wanted, signal);
      await Promise.all([copyImage(coming), coming]);
      this.page.toasts.show("Copied as an image.");
    });
  }

  copyMarkup(subject) {
    return this.busily("Drawing the picture…", async (signal) => {
      const coming = this.make({ ...subject, format: "svg" }, signal);
      await Promise.all([copyMarkup(coming), coming]);
      this.page.toasts.show("Copied as SVG.");
    });
  }

  /** Prints on white paper, whatever the colours of the page are. */
  print(wanted) {
    return this.busily("Preparing the page…", async (signal) => {
      const { blob } = await this.make({ theme: "light", background: "white", ...wanted, format: "svg" }, signal);
      printDrawing(await blob.text(), window);
    });
  }

  async busily(words, act) {
    const { signal, done } = busy(document.getElementById("toasts"), words);
    try {
      await act(signal);
    } catch (error) {
      signal.aborted || this.page.toasts.show(sentenceOf(error), undefined, "error");
    } finally {
      done();
    }
  }
}

function sentenceOf(error) {
  return error instanceof PictureError ? error.message : "The browser did not allow copying; export the picture as a file instead.";
}

/** The boxes and sheets that are selected: of a row its table, of an area also what lies in it. A menu on the ground means all. */
function chosen(page, { hit = null, world = null } = {}) {
  const { editor, scene } = page;
  if (world && !hit) {
    return [];
  }
  const found = new Set();
  for (const id of editor.selection) {
    const shown = scene.item(id) ? id : scene.shownBy(id);
    shown && scene.item(shown) && found.add(shown);
    const sheet = scene.sheets.get(id);
    const inside = sheet?.kind === "area" ? scene.nodesIn(sheet).filter((node) => hasMiddle(sheet, node)) : [];
    inside.forEach((node) => found.add(node.id));
  }
  return [...found];
}

function hasMiddle(outer, { x, y, w, h }) {
  return x + w / 2 > outer.x && x + w / 2 < outer.x + outer.w && y + h / 2 > outer.y && y + h / 2 < outer.y + outer.h;
}

/** The address that the id of a table is added to, to open it here. */
function linkBase({ editor }, open) {
  const url = new URL(location.href);
  url.search = "";
  url.hash = "";
  url.searchParams.set("diagram", editor.diagram ?? open);
  return `${url}&select=`;
}

function remembered(key) {
  return {
    get: () => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null; // storage may be switched off
      }
    },
    set: (value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // it is a convenience only
      }
    },
  };
}
