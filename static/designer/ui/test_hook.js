/**
 * `window.wholekey`, for tests in a browser and for curious people:
 * - `ready`: a promise that the design is loaded and drawn once; `#stage` then carries data-ready, as the page's security
 *   policy keeps test tools from waiting with a script of their own
 * - `store`, `view`, `scene`, `editor`, `sync`: the living parts
 * - `select(ids)` selects, `version()` is the confirmed version of the branch, `pending()` how many edits are on their way
 * - `screenOf(id)`: where a table, column row, area or note is, `{x, y, w, h}` in pixels of the page; for a line the box
 *   round its route; null for what is not on the diagram. `handleOf(columnId, side)`: the handle at the row's edge (side
 *   -1 left, 1 right)
 * - `perf`: `start()`, then `stop()` gives frame intervals and drawing times
 */

import { rowBox } from "../render/row_shape.js";
export function testHook(page, ready) {
  const { store, view, scene, editor } = page;
  return {
    store, view, scene, editor, ready,
    get sync() {
      return page.sync;
    },
    perf: view.probe,
    select: (ids) => editor.select(ids),
    version: () => store.version,
    pending: () => store.pending.length,
    screenOf: (id) => onPage(view, boxOf(scene, id)),
    handleOf: (id, side = 1) => handleOf(view, scene, id, side),
  };
}

function boxOf(scene, id) {
  const item = scene.item(id) ?? scene.lines.get(id);
  if (item) {
    return item;
  }
  const node = scene.nodes.get(scene.shownBy(id));
  const row = node?.rows.find((each) => each.id === id);
  return row ? rowBox(node, row) : null;
}

function onPage(view, box) {
  if (!box) {
    return null;
  }
  const canvas = view.canvas.getBoundingClientRect();
  const { x, y, w, h } = view.boxOnScreen(box);
  return { x: x + canvas.left, y: y + canvas.top, w, h };
}

function handleOf(view, scene, id, side) {
  const box = onPage(view, boxOf(scene, id));
  return box && { x: side > 0 ? box.x + box.w : box.x, y: box.y + box.h / 2 };
}
