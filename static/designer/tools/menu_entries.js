/** What the context menu offers for a place on the canvas. */

/**
 * Returns entries for ContextMenu.
 * @param {object} editor
 * @param {object | null} hit
 * @param {{x: number, y: number}} world where a new thing would go
 * @param {(action: string) => void} run
 */
export function menuEntries(editor, hit, world, run) {
  const looking = [{ label: "Show everything", keys: "F", run: () => run("fit") }, { label: "Find…", keys: "Ctrl+F", run: () => run("find") }];
  if (!editor.canEdit) {
    return hit ? [{ label: "Show it large", keys: "Shift+2", run: () => run("fit-selection") }, null, ...looking] : looking;
  }
  if (!hit) {
    return [...adding(editor, world), null, { label: "Select all", keys: "Ctrl+A", run: () => run("select-all") }, ...looking];
  }
  return [...changing(editor, hit, run), null, { label: "Show it large", keys: "Shift+2", run: () => run("fit-selection") }, null,
    { label: "Delete", keys: "Del", danger: true, run: () => run("delete") }];
}

function adding(editor, world) {
  const kinds = [["table", "Add a table here", "T"], ["note", "Add a note here", "N"], ["area", "Add an area here", "A"]];
  return kinds.filter(([kind]) => kind !== "table" || editor.isPhysical)
    .map(([kind, label, keys]) => ({ label, keys, run: () => editor.addAt(kind, world) }));
}

function changing(editor, hit, run) {
  const entries = [];
  const named = hit.kind !== "line" || editor.design.has(hit.id);
  if (hit.row) {
    entries.push({ label: "Rename the column", keys: "F2", run: () => editor.texts.rename(hit.row) });
    entries.push({ label: "Edit type and default", run: () => editor.texts.editColumn(hit.row) });
  } else if (named && hit.kind !== "line") {
    entries.push({ label: hit.kind === "note" ? "Edit the text" : "Rename", keys: "F2", run: () => editor.texts.rename(hit.id) });
  }
  if (editor.scene.nodes.get(hit.id)?.element.kind === "table") {
    entries.push({ label: "Add a column", keys: "Ctrl+Enter", run: () => editor.texts.addColumn(hit.id) });
    entries.push({ label: "Duplicate", keys: "Ctrl+D", run: () => run("duplicate") });
  }
  if (editor.scene.nodes.has(hit.id)) {
    entries.push({ label: "Take off this diagram", run: () => editor.takeOff() });
  }
  return entries;
}
