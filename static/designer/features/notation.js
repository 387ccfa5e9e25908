/** In which notation a diagram is drawn, and what its signs mean. */

import { setNotation } from "../doc/commands/index.js";
import { elementOf } from "../geometry/elements.js";
import { cornersWithRoom, factorFor } from "../geometry/notations/chen_room.js";
import { NOTATIONS, notationOf } from "../geometry/notations/index.js";
import { Legend } from "../ui/legend.js";

const AREA_W = 400;
const AREA_H = 300;

/** Installs an action for each notation, and the legend. */
export function install(page) {
  const legend = new Legend(page.stage, { closed: () => page.view.canvas.focus({ preventScroll: true }) });
  page.actions.add(...NOTATIONS.map((notation) => switchAction(page, notation)), legendAction(page, legend));
  const follow = () => legend.open && (page.scene.diagram ? showOf(page, legend) : legend.hide());
  ["design", "diagram", "theme"].forEach((topic) => page.on(topic, follow));
}

function switchAction({ editor, scene }, { name, title }) {
  return {
    name: `notation-${name}`, label: `Draw in ${title}`, group: "View", edits: true, words: "notation style erd diagram symbols", menu: ["ground"], section: "notation",
    when: () => Boolean(editor.diagram) && scene.notation.name !== name,
    run: () => editor.run(() => setNotation(editor.design, { diagram: editor.diagram, notation: name, places: placesFor(editor.design, scene, name) })),
  };
}

/** Ovals need more room than rows: everything on the diagram is moved apart alike. Returns the changed fields by record. */
function placesFor(design, scene, name) {
  const notation = notationOf(name);
  if (!notation.straight || scene.notation.straight) {
    return [];
  }
  const items = [...scene.nodes.values()].map(({ id, placement, x, y, w, h }) => {
    const element = elementOf(scene.source, id, design.get(placement), scene.diagram.detail || "all");
    return { id: placement, x, y, w, h, now: notation.boxOf(notation.adjust(element, scene.source, design.get(id))) };
  });
  const factor = factorFor(items);
  const grown = ({ x = 0, y = 0, w, h, kind }) => ({
    x: Math.round(x * factor), y: Math.round(y * factor),
    ...(kind === "area" ? { w: Math.round((w ?? AREA_W) * factor), h: Math.round((h ?? AREA_H) * factor) } : {}),
  });
  const sheets = ["area", "note"].flatMap((kind) => design.childrenOf(scene.diagram.id, kind));
  return factor === 1 ? [] : [...cornersWithRoom(items, factor), ...sheets.map((sheet) => [sheet.id, grown(sheet)])];
}

function legendAction(page, legend) {
  return {
    name: "legend", group: "View", menu: ["ground"], section: "notation", words: "notation symbols signs key meaning help",
    label: () => (legend.open ? "Hide the legend" : "Show the legend"), when: () => Boolean(page.editor.diagram),
    run: () => (legend.open ? legend.hide() : showOf(page, legend)),
  };
}

function showOf({ scene, view, announce }, legend) {
  const before = legend.open;
  legend.show(scene.notation, view.theme);
  before || announce(`The legend of ${scene.notation.title} is shown`);
}
