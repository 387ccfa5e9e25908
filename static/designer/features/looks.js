/** How much of each table is shown, and in which colour. */

import { COLOURS, DETAILS, setColour, setDetail } from "../doc/commands/index.js";
import { Swatches } from "../ui/swatches.js";

const ELEMENTS = ["table", "view", "entity", "relationship"];
const KEYS = { all: "Alt+1", keys: "Alt+2", names: "Alt+3" };

/** Installs the levels of detail and the colours. */
export function install(page) {
  page.actions.add(...Object.keys(DETAILS).map((detail) => detailAction(page, detail)));
  const swatches = new Swatches(page.stage, () => page.view.canvas.focus({ preventScroll: true }));
  page.actions.add({
    name: "colour", label: "Colour…", group: "Edit", keys: ["c"], edits: true, menu: [...ELEMENTS, "area", "note", "many"], section: "edit",
    words: "color paint", when: ({ ids }) => coloured(page, ids).length > 0, run: ({ ids }) => chooseColour(page, swatches, coloured(page, ids)),
  }, ...COLOURS.map((colour) => ({
    name: `colour-${colour || "none"}`, label: colour ? `Colour it ${colour}` : "Take its colour off", group: "Edit", edits: true, words: "color paint",
    when: ({ ids }) => coloured(page, ids).length > 0, run: ({ ids }) => paint(page, coloured(page, ids), colour),
  })));
}

function detailAction(page, detail) {
  const { editor } = page;
  const elements = (ids) => ids.filter((id) => editor.scene.nodes.has(id));
  return {
    name: `detail-${detail}`, group: "View", keys: [KEYS[detail]], edits: true, menu: ["ground", ...ELEMENTS, "many"], section: "show", words: "level of detail collapse columns",
    label: ({ ids }) => `Show ${DETAILS[detail]}${elements(ids).length > 0 ? "" : " everywhere"}`, when: () => Boolean(editor.diagram),
    run: ({ ids }) => editor.run(() => setDetail(editor.design, { diagram: editor.diagram, elements: elements(ids), detail })),
  };
}

function coloured({ scene }, ids) {
  return ids.filter((id) => scene.item(id));
}

function paint({ editor }, ids, colour) {
  editor.run(() => setColour(editor.design, { diagram: editor.diagram, ids, colour }));
}

function chooseColour(page, swatches, ids) {
  const { view, scene, store } = page;
  const item = scene.item(ids[0]);
  const box = view.boxOnScreen(item);
  const current = (store.design.get(item.placement ?? ids[0])?.colour) ?? "";
  const fill = (name) => (name ? view.theme.palette[name] : view.theme.tableBg);
  swatches.show({ x: box.x, y: box.y + Math.min(box.h, 40) + 8 }, COLOURS.map((name) => ({ name, fill: fill(name) })), current, (name) => paint(page, ids, name));
}
