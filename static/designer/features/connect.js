/** Connecting tables and entities, by dragging, by keys and by menus, and changing the lines that are there. */

import { called } from "../doc/commands/index.js";
import { canConnect } from "../tools/connection_wish.js";
import { foreignKeyActions, relationshipActions } from "../tools/line_actions.js";
import { CardinalityMenu } from "../ui/cardinality_menu.js";
import { ConnectHint } from "../ui/connect_hint.js";
import { TargetChooser } from "../ui/target_chooser.js";

/** Installs the actions, the hint, the menu and the field for the other end. */
export function install(page) {
  const { editor, view, stage } = page;
  const menu = new CardinalityMenu(view.canvas);
  const hint = new ConnectHint(stage);
  const chooser = new TargetChooser(stage, () => view.canvas.focus({ preventScroll: true }));
  editor.connections.shows = { ask: (...all) => menu.ask(...all), hint: (words, point) => hint.show(words, point) };
  page.actions.add(toolAction(editor), connectTo(page, chooser), subtypeOf(page, chooser), otherEnd(page));
  page.actions.add(...foreignKeyActions(editor), ...relationshipActions(editor));
}

function toolAction(editor) {
  return {
    name: "connect", label: "Draw a connection", group: "Tools", edits: true, words: "foreign key relationship line",
    run: () => editor.useTool(editor.toolName === "connect" ? "select" : "connect"),
  };
}

/** What is selected, as the start of a line: an element, or a column of a table. */
function startOf({ editor, ids, hit }) {
  const id = hit?.row ?? ids[0];
  const owner = editor.scene.ownerOf(id) ?? id;
  if ((ids.length !== 1 && !hit?.row) || !canConnect(editor.design, owner)) {
    return null;
  }
  return editor.design.get(id)?.kind === "column" ? { id: owner, row: id } : { id: owner };
}

function connectTo(page, chooser) {
  const { editor } = page;
  return {
    name: "connect-to", label: "Connect to…", group: "Tools", keys: ["r"], edits: true, menu: ["table", "column", "entity", "relationship"],
    section: "add", words: "foreign key relationship reference",
    run: (context) => {
      const start = startOf(context);
      if (!start) {
        page.actions.run("connect");
        return;
      }
      const place = placeBeside(editor, start);
      const name = called(editor.design, editor.design.get(start.row ?? start.id));
      chooser.ask(`Connect ${name} to…`, targetsOf(editor, start), place, ({ id }) => editor.connections.ask(start, { id }, place));
    },
  };
}

/** The elements of the model that a line from `start` may go to, those of the diagram first. */
function targetsOf({ design, scene }, start) {
  const kinds = { table: ["table"], entity: ["entity", "relationship"], relationship: ["entity"] }[design.get(start.id).kind];
  const all = kinds.flatMap((kind) => design.ofKind(kind)).filter((each) => design.modelOf(each.id)?.id === scene.model);
  const items = all.map((each) => ({ id: each.id, name: called(design, each), kind: each.kind }));
  return items.sort((a, b) => Number(scene.nodes.has(b.id)) - Number(scene.nodes.has(a.id)));
}

/** A point of the canvas beside an element, where it can be seen. */
function placeBeside({ scene, view }, { id }) {
  const item = scene.item(scene.shownBy(id) ?? id);
  const box = item ? view.boxOnScreen(item) : { ...view.middle(), w: 0, h: 0 };
  return { x: Math.max(8, Math.min(box.x + box.w + 12, view.size.w - 320)), y: Math.max(8, Math.min(box.y, view.size.h - 340)) };
}

function subtypeOf({ editor }, chooser) {
  return {
    name: "subtype-of", label: "Make subtype of…", group: "Edit", edits: true, menu: ["entity"], section: "edit", words: "generalization inheritance is a",
    when: ({ ids }) => ids.length === 1 && editor.design.get(ids[0])?.kind === "entity",
    run: ({ ids: [id] }) => {
      const others = targetsOf(editor, { id }).filter((item) => item.kind === "entity" && item.id !== id);
      const way = { cardinality: "1:1", optional: null, subtype: true };
      chooser.ask("Supertype", others, placeBeside(editor, { id }), (item) => editor.connections.make({ id }, { id: item.id }, way));
    },
  };
}

/** From a line to the end that is farther from the pointer, or from the middle of the view. */
function otherEnd({ editor, view }) {
  return {
    name: "other-end", label: "Go to the other end", group: "Go", keys: ["g"], menu: ["line"], section: "look",
    when: ({ hit }) => lineOf(editor, hit) !== undefined,
    run: ({ hit, world }) => {
      const { route, edge } = lineOf(editor, hit);
      const { x, y } = world ?? view.worldAt(view.middle());
      const away = ({ point }) => Math.hypot(point[0] - x, point[1] - y);
      editor.goTo(away(route.source) > away(route.target) ? edge.source.element : edge.target.element);
    },
  };
}

function lineOf({ scene, selection }, hit) {
  const [id] = selection;
  return scene.lines.get(hit?.kind === "line" ? hit.id : selection.size === 1 ? id : "");
}
