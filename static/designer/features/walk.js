/** The arrow keys: along relationships from table to table, up and down the rows, and into a table and out. */

import { called } from "../doc/commands/index.js";
import { walkFrom } from "../tools/walking.js";

const SIDES = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** Installs walking by keys. */
export function install(page) {
  const { editor } = page;
  const one = () => editor.selection.size === 1;
  page.actions.add(
    ...Object.entries(SIDES).map(([key, side]) => ({
      name: `walk-${side}`, label: `Follow a relationship ${side}`, group: "Go", keys: [key], quiet: true, when: one, run: () => walk(page, key, side),
    })),
    { name: "walk-in", label: "Go into the table, to its first column", group: "Go", keys: ["Mod+ArrowDown"], quiet: true, when: one, run: () => into(page) },
    { name: "walk-out", label: "Go from a column to its table", group: "Go", keys: ["Mod+ArrowUp"], quiet: true, when: one, run: () => out(page) },
  );
}

function walk(page, key, side) {
  const [id] = page.editor.selection;
  const next = walkFrom(page.scene, id, key);
  if (!next) {
    const record = page.store.design.get(id);
    page.announce(`Nothing leads ${side} from ${record ? called(page.store.design, record) : "here"}`);
    return true;
  }
  return goTo(page, next);
}

function goTo({ editor, scene, view }, id) {
  const node = scene.nodes.get(scene.shownBy(id));
  editor.select([id]);
  node && view.reveal(node);
  return true;
}

function into(page) {
  const [id] = page.editor.selection;
  const first = page.scene.nodes.get(id)?.rows[0]?.id;
  return first ? goTo(page, first) : false;
}

function out(page) {
  const [id] = page.editor.selection;
  const owner = page.scene.shownBy(id);
  return owner && owner !== id ? goTo(page, owner) : false;
}
