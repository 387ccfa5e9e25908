/** Drawing a connection by its own tool: drag from one thing to another, or click the one and then the other. */

import { Connection } from "./connection.js";
import { canConnect } from "./connection_wish.js";

export class ConnectTool {
  constructor(editor) {
    this.editor = editor;
    this.connection = null;
    this.waiting = false;
  }

  get busy() {
    return this.connection !== null;
  }

  cursor() {
    return "crosshair";
  }

  down({ hit }) {
    if (!this.connection && hit?.kind === "node" && canConnect(this.editor.design, hit.id)) {
      this.connection = new Connection(this.editor, hit, { asks: true });
      this.waiting = false;
    }
  }

  move(press) {
    this.connection?.move(press);
  }

  /** The pointer moves with no button down: after a first click the line follows it. */
  hover(press) {
    if (this.waiting) {
      this.connection.move(press);
    }
  }

  up(press) {
    const { connection } = this;
    if (!connection) {
      this.editor.useTool("select");
      return;
    }
    if (!this.waiting && !connection.moved) {
      this.waiting = true;
      connection.move(press);
      this.editor.announce("Now choose what to connect it with");
      return;
    }
    this.connection = null;
    this.waiting = false;
    connection.moved = true;
    connection.finish(press);
    this.editor.useTool("select");
  }

  cancel() {
    this.connection?.end();
    this.connection = null;
    this.waiting = false;
    this.editor.useTool("select");
  }
}
