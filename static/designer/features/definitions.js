/** Definitions on hover: where the pointer rests on a concept, what it means is shown beside it. */

import { called } from "../doc/commands/index.js";
import { hitAt } from "../tools/hit.js";
import { DefinitionHint } from "../ui/definition_hint.js";

/** How long the pointer rests before it asks, in milliseconds. */
const REST = 500;
const CONCEPTS = new Set(["entity", "attribute", "relationship", "generalization"]);

/** Installs the hint. */
export function install(page) {
  const { view } = page;
  const hint = new DefinitionHint(page.stage);
  let timer = 0;
  const away = () => {
    clearTimeout(timer);
    hint.chip.hidden || hint.hide();
  };
  view.canvas.addEventListener("pointermove", ({ offsetX: x, offsetY: y, buttons, pointerType }) => {
    away();
    if (buttons === 0 && pointerType === "mouse") {
      timer = setTimeout(() => tell(page, hint, { x, y }), REST);
    }
  }, { passive: true });
  for (const event of ["pointerdown", "pointerleave", "wheel", "keydown"]) {
    view.canvas.addEventListener(event, away, { passive: true });
  }
}

function tell(page, hint, point) {
  const { scene, view, editor } = page;
  const hit = editor.toolName === "select" ? hitAt(scene, view.worldAt(point), view.transform.k, { selection: new Set(), canEdit: false }) : null;
  const id = hit?.row ?? hit?.id;
  const record = page.shown.get(id) ?? page.shown.get(scene.lines.get(id)?.owner);
  if (record?.comment && CONCEPTS.has(record.kind)) {
    hint.show(called(page.shown, record), record.comment, point);
  }
}
