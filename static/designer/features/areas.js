/** Areas: put round what is selected, collapsed to a box, expanded again. */

import { collapseAreas, groupInArea } from "../doc/commands/index.js";

/** Installs grouping and collapsing. */
export function install(page) {
  const { editor, scene } = page;
  const areas = (ids) => ids.filter((id) => editor.design.get(id)?.kind === "area");
  const boxes = (ids) => ids.map((id) => scene.nodes.get(id) ?? scene.sheets.get(id)).filter(Boolean);
  const allCollapsed = (ids) => areas(ids).every((id) => editor.design.get(id).collapsed);
  const collapse = (ids, collapsed) => editor.run(() => collapseAreas(editor.design, { areas: ids, collapsed }));
  const all = () => editor.design.childrenOf(editor.diagram ?? "", "area").map(({ id }) => id);
  editor.foldArea = (id) => collapse([id], !editor.design.get(id).collapsed);
  page.actions.add(
    {
      name: "group", label: "Put into an area", group: "Arrange", keys: ["Mod+g"], edits: true, menu: ["table", "view", "entity", "relationship", "many"], section: "arrange",
      words: "group region subject frame", when: ({ ids }) => boxes(ids).length > 0, run: ({ ids }) => group(page, boxes(ids)),
    },
    {
      name: "fold-area", label: ({ ids }) => (allCollapsed(ids) ? "Expand" : "Collapse to a box"), group: "View", keys: ["."], edits: true, menu: ["area"], section: "show",
      words: "collapse expand fold", when: ({ ids }) => areas(ids).length > 0, run: ({ ids }) => collapse(areas(ids), !allCollapsed(ids)),
    },
    { name: "collapse-areas", label: "Collapse every area", group: "View", edits: true, words: "fold", when: () => all().some((id) => !editor.design.get(id).collapsed), run: () => collapse(all(), true) },
    { name: "expand-areas", label: "Expand every area", group: "View", edits: true, words: "unfold", when: () => all().some((id) => editor.design.get(id).collapsed), run: () => collapse(all(), false) },
  );
}

function group({ editor }, boxes) {
  const edit = editor.run(() => groupInArea(editor.design, { diagram: editor.diagram, boxes }));
  if (edit) {
    editor.select(edit.select);
    editor.texts.rename(edit.select[0]);
  }
}
