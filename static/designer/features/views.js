/** Back and forward through where one has looked, and links that open a table or a view. */

import { Transform } from "../geometry/transform.js";
import { ViewHistory } from "../ui/view_history.js";

/** A view that has stood still for so long is one to come back to. */
const SETTLED = 400;

/** Installs the history of views and the links. */
export function install(page) {
  const asked = new URL(location.href).searchParams;
  followViews(page);
  page.on("loaded", () => {
    openLink(page, asked);
    page.on("selection", () => keepInAddress(page));
  });
  const one = ({ ids }) => ids.length === 1;
  page.actions.add(
    { name: "copy-link", label: "Copy a link to it", group: "Go", menu: ["table", "view", "entity", "relationship", "column", "attribute", "line"], section: "copy-as", words: "url deep link share", when: one, run: ({ ids }) => copy(page, linkTo(page, ids[0]), "Copied a link to it.") },
    { name: "copy-view-link", label: "Copy a link to this view", group: "Go", menu: ["ground"], section: "look", words: "url deep link share", run: () => copy(page, linkToView(page), "Copied a link to this view.") },
  );
}

function followViews(page) {
  const { view } = page;
  const past = new ViewHistory();
  let timer = 0;
  let stepping = false;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (!stepping && page.editor.diagram) {
      past.keep(spotOf(page));
    }
    stepping = false;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  };
  const step = (by) => {
    timer && keep();
    const spot = past.step(by);
    if (!spot) {
      page.announce(by < 0 ? "There is no earlier view" : "There is no later view");
      return;
    }
    stepping = true;
    lookAt(page, spot);
    soon();
  };
  page.on("view", soon);
  page.on("diagram", soon);
  page.actions.add(
    { name: "view-back", label: "Back to the last view", group: "Go", keys: ["Alt+ArrowLeft"], words: "history previous", run: () => step(-1) },
    { name: "view-forward", label: "Forward to the next view", group: "Go", keys: ["Alt+ArrowRight"], words: "history", run: () => step(1) },
  );
  view.canvas.addEventListener("pointerup", (event) => ({ 3: () => step(-1), 4: () => step(1) })[event.button]?.());
}

function spotOf({ view, editor }) {
  const { x, y } = view.worldAt(view.middle());
  return { diagram: editor.diagram, k: view.transform.k, x, y, w: view.size.w, h: view.size.h };
}

function lookAt(page, { diagram, k, x, y }) {
  const { view, editor, store } = page;
  if (diagram && diagram !== editor.diagram && store.design.has(diagram)) {
    page.showDiagram(diagram);
  }
  const middle = view.middle();
  view.flyTo(new Transform(k, middle.x - x * k, middle.y - y * k));
}

// Links

function linkTo({ editor }, id) {
  return address({ diagram: editor.diagram, select: id });
}

function linkToView(page) {
  const { x, y, k } = spotOf(page);
  return address({ diagram: page.editor.diagram, at: [Math.round(x), Math.round(y), k.toFixed(3)].join(",") });
}

function address(parts) {
  const url = new URL(location.href);
  url.search = "";
  url.hash = "";
  for (const [name, value] of Object.entries(parts)) {
    value && url.searchParams.set(name, value);
  }
  return url.href;
}

/** Opens what the address names: `select` a record, `at` a spot as x,y,zoom. The diagram has been opened by then. */
function openLink(page, asked) {
  const [x, y, k] = (asked.get("at") ?? "").split(",").map(Number);
  const id = asked.get("select");
  if (id && page.store.design.has(id)) {
    page.reach(id);
  } else if (id) {
    page.toasts.show("What the link points to is not in this design any more.");
  } else if (k > 0 && Number.isFinite(x + y + k)) {
    lookAt(page, { diagram: null, k: Math.min(4, k), x, y });
  }
}

/** The address names what is selected, so that a reload, or a copy of it, comes back to it. */
function keepInAddress({ editor }) {
  const [id] = editor.selection.size === 1 ? editor.selection : [];
  const url = new URL(location.href);
  if (!editor.diagram || url.searchParams.get("select") === (id ?? null)) {
    return;
  }
  url.searchParams.delete("at");
  id ? url.searchParams.set("select", id) : url.searchParams.delete("select");
  history.replaceState(null, "", url);
}

async function copy(page, text, done) {
  try {
    await navigator.clipboard.writeText(text);
    page.toasts.show(done);
  } catch {
    page.toasts.show(`The browser did not allow copying. The link is ${text}`);
  }
}
