/** Saying where a comment belongs: a press on a row, a box, a line or an empty spot. It needs no right to edit. */

/**
 * Returns what a comment is about that somebody makes at a press.
 * @param {{hit: {id: string, row?: string} | null, world: {x: number, y: number}}} press
 * @param {string | null} diagram
 * @returns {{element?: string, diagram?: string, x?: number, y?: number}}
 */
export function anchorAt({ hit, world }, diagram) {
  if (hit) {
    return { element: hit.row ?? hit.id };
  }
  return diagram ? { diagram, x: Math.round(world.x), y: Math.round(world.y) } : {};
}

export class TalkTool {
  /** @param {object} editor @param {(anchor: object) => void} begin */
  constructor(editor, begin) {
    this.editor = editor;
    this.begin = begin;
    this.forAll = true;
    this.pressed = false;
  }

  get busy() {
    return this.pressed;
  }

  cursor() {
    return "crosshair";
  }

  down() {
    this.pressed = true;
  }

  move() {}

  up(press) {
    this.pressed = false;
    this.editor.useTool("select");
    this.begin(anchorAt(press, this.editor.diagram));
  }

  cancel() {
    this.pressed = false;
    this.editor.useTool("select");
  }
}
