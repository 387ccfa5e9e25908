/** In which notation a diagram is drawn, and what its signs mean. */

import { setNotation } from "../doc/commands/index.js";
import { NOTATIONS } from "../geometry/notations/index.js";
import { Legend } from "../ui/legend.js";

/** Installs an action for each notation, and the legend. */
export function install(page) {
  const legend = new Legend(page.stage, { closed: () => page.view.canvas.focus({ preventScroll: true }) });
  page.actions.add(...NOTATIONS.map((notation) => switchAction(page, notation)), legendAction(page, legend));
  const follow = () => legend.open && (page.scene.diagram ? showOf(page, legend) : legend.hide());
  ["design", "diagram", "theme"].forEach((topic) => page.on(topic, follow));
}

function switchAction({ editor, scene }, { name, title }) {
  return {
    name: `notation-${name}`, label: `Draw in ${title}`, group: "View", edits: true, words: "notation style erd diagram symbols",
    when: () => Boolean(editor.diagram) && scene.notation.name !== name,
    run: () => editor.run(() => setNotation(editor.design, { diagram: editor.diagram, notation: name })),
  };
}

function legendAction(page, legend) {
  return {
    name: "legend", group: "View", menu: ["ground"], section: "show", words: "notation symbols signs key meaning help",
    label: () => (legend.open ? "Hide the legend" : "Show the legend"), when: () => Boolean(page.editor.diagram),
    run: () => (legend.open ? legend.hide() : showOf(page, legend)),
  };
}

function showOf({ scene, view, announce }, legend) {
  const before = legend.open;
  legend.show(scene.notation, view.theme);
  before || announce(`The legend of ${scene.notation.title} is shown`);
}
