/** Lining up what is selected, and what dragged things snap to. */

import { align, distribute, sameWidth, stack, tidy } from "../doc/commands/index.js";
import { withContents } from "../tools/select_tool.js";
import { snapping, toggleSnapping } from "../tools/snap.js";

const SIDES = [
  ["left", "Align left", "Alt+a"], ["centre", "Align centres", "Alt+h"], ["right", "Align right", "Alt+d"],
  ["top", "Align tops", "Alt+w"], ["middle", "Align middles", "Alt+v"], ["bottom", "Align bottoms", "Alt+s"],
];
const MENU = [
  ["align-left", "align-centre", "align-right"], ["align-top", "align-middle", "align-bottom"], ["distribute-horizontal", "distribute-vertical"],
  ["stack", "tidy", "same-width", "own-width"],
];

/** Installs the actions that line up and the switches of snapping. */
export function install(page) {
  page.actions.add(...sideActions(page), ...orderActions(page), ...widthActions(page), menuAction(page), ...snapActions(page));
}

function sideActions(page) {
  return SIDES.map(([side, label, key]) => lining(page, { name: `align-${side}`, label, keys: [key] }, 2,
    (design, given) => align(design, { ...given, side })));
}

function orderActions(page) {
  const distributing = (axis, words, key) => lining(page, { name: `distribute-${axis}`, label: `Distribute ${words}`, keys: [key], words: "equal gaps spacing" }, 3,
    (design, given) => distribute(design, { ...given, axis }));
  return [
    distributing("horizontal", "horizontally", "Alt+Shift+h"), distributing("vertical", "vertically", "Alt+Shift+v"),
    lining(page, { name: "stack", label: "Stack", words: "column below" }, 2, stack),
    lining(page, { name: "tidy", label: "Tidy up into columns", keys: ["Alt+Shift+t"], words: "grid" }, 2, tidy),
  ];
}

function widthActions(page) {
  return [
    lining(page, { name: "same-width", label: "Make equally wide", words: "same width" }, 2, sameWidth),
    lining(page, { name: "own-width", label: "Let widths follow the content", words: "reset width" }, 1, (design, given) => sameWidth(design, { ...given, width: null })),
  ];
}

/** An action on so many selected things or more. */
function lining(page, about, least, command) {
  const { editor } = page;
  return {
    group: "Arrange", edits: true, ...about, when: ({ ids }) => unitsOf(page, ids).length >= least,
    run: ({ ids }) => {
      const items = unitsOf(page, ids);
      const before = page.layouts?.motion.before();
      const edit = editor.run(() => command(editor.design, { diagram: editor.diagram, items }));
      if (edit && before) {
        page.layouts.motion.from(before, null);
      }
    },
  };
}

/** The list would be long in the menu of many things, so that it opens a menu of its own. */
function menuAction(page) {
  const { actions, menu, view } = page;
  return {
    name: "align", label: "Align and distribute…", group: "Arrange", edits: true, quiet: true, menu: ["many"], section: "arrange",
    when: ({ ids }) => unitsOf(page, ids).length > 1,
    run: (context) => {
      const canvas = view.canvas.getBoundingClientRect();
      const at = context.world ? view.boxOnScreen({ ...context.world, w: 0, h: 0 }) : view.middle();
      const groups = MENU.map((names) => names.map((name) => actions.byName.get(name)).filter((action) => actions.can(action, context)));
      const entries = groups.filter((group) => group.length > 0)
        .flatMap((group, index) => [...(index > 0 ? [null] : []), ...group.map((action) => actions.entry(action, context))]);
      menu.show(canvas.left + at.x, canvas.top + at.y, entries);
    },
  };
}

function snapActions(page) {
  const toggle = (kind, on, off) => ({
    name: `snap-${kind}`, label: () => (snapping[kind] ? off : on), words: "snapping magnet", group: "Arrange", edits: true,
    run: () => {
      toggleSnapping(kind);
      page.toasts.show(snapping[kind] ? `Dragged things snap to ${WORDS[kind]}.` : `Dragged things no longer snap to ${WORDS[kind]}.`);
    },
  });
  return [
    toggle("grid", "Snap to the grid", "Do not snap to the grid"),
    toggle("guides", "Snap to other things", "Do not snap to other things"),
  ];
}

const WORDS = { grid: "the grid", guides: "what is near them" };

/**
 * Returns the selected things with their boxes; an area carries what stands on it, and that is no thing of its own then.
 * @returns {object[]}
 */
function unitsOf(page, ids) {
  const { scene } = page;
  const chosen = ids.map((id) => scene.item(id)).filter(Boolean);
  const contents = new Map(chosen.map((item) => [item.id, withContents([item.id], scene).filter((id) => id !== item.id)]));
  const carried = new Set([...contents.values()].flat());
  return chosen.filter((item) => !carried.has(item.id)).map(({ id, x, y, w, h }) => ({
    element: id, x, y, w, h, carries: contents.get(id).map((each) => scene.item(each)).filter(Boolean).map((each) => ({ element: each.id, x: each.x, y: each.y })),
  }));
}
