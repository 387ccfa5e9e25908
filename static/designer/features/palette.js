/** Ctrl+K: go to any table, column or diagram, and do anything, by typing. Ctrl+F is the same for names alone. */

import { FuzzyIndex } from "../ui/fuzzy.js";
import { Palette } from "../ui/palette.js";
import { LazyIndex, diagramItems, elementItems } from "../ui/palette_items.js";

const RECENT = 8;
/** Actions for what is selected, offered before anything is typed. */
const OFFERED = 7;
const EVERYTHING = { placeholder: "Go to a table or column, or do something", hint: "> actions   @ diagrams   ! findings   % normalisation   table.column" };

/** Installs the palette; `page.palette.addSource(source)` adds more to search. */
export function install(page) {
  const palette = new Palette(page.stage, () => page.view.canvas.focus({ preventScroll: true }));
  const names = namesOf(page);
  const extra = [];
  const all = () => [names, actionsOf(page), diagramsOf(page), ...extra];
  const find = () => palette.show([names], { placeholder: "Find a table or column" });
  page.palette = { addSource: (source) => extra.push(source), refresh: () => palette.open && palette.refresh(), panel: palette };
  page.actions.add(
    { name: "palette", label: "Find and do anything", group: "Everywhere", keys: ["Mod+k"], everywhere: true, whileTyping: true, quiet: true, run: () => palette.show(all(), EVERYTHING) },
    { name: "find", label: "Find a table or column", group: "Go", keys: ["Mod+f", "/"], everywhere: true, menu: ["ground"], section: "look", run: find },
  );
}

function namesOf(page) {
  const { scene } = page;
  const recent = [];
  const go = (id) => {
    recent.unshift(id);
    recent.splice(0, recent.length, ...new Set(recent.slice(0, RECENT)));
    page.choose(id, false);
  };
  const index = new LazyIndex(() => `${page.edition} ${scene.diagram?.id}`, () => elementItems(page.shown, scene, go));
  return {
    mark: "", label: "names", best: (typed, limit) => index.get().best(typed, limit),
    start: () => recent.filter((id) => page.shown.has(id)).map((id) => recentItem(page.shown, id, go)),
  };
}

function recentItem(design, id, go) {
  const { name = "", kind, parent } = design.get(id);
  const owner = kind === "column" || kind === "attribute" ? design.get(parent)?.name : undefined;
  return { id, name, kind, owner, run: () => go(id) };
}

function actionsOf(page) {
  const { actions } = page;
  const context = actions.context();
  const items = actions.grouped().flatMap(([group, list]) => list
    .filter((action) => !action.quiet && actions.can(action, context))
    .map((action) => ({
      name: actions.label(action, context), kind: "action", where: group, words: action.words, boost: 1, action,
      keys: actions.printed(action), run: () => actions.run(action.name),
    })));
  const index = new FuzzyIndex(items);
  const fitting = () => items.filter(({ action }) => context.ids.length > 0 && action.menu && action.section !== "look");
  return { mark: ">", label: "actions", best: (typed, limit) => index.best(typed, limit), start: (alone) => (alone ? items : fitting().slice(0, OFFERED)) };
}

function diagramsOf(page) {
  const items = diagramItems(page.shown, (id) => page.showDiagram(id));
  const index = new FuzzyIndex(items);
  return { mark: "@", label: "diagrams", best: (typed, limit) => index.best(typed, limit), start: (alone) => (alone ? items : []) };
}
