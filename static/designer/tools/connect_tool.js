/** Drawing a foreign key by its own tool: press on the table or column that refers, release on what it refers to. */

import { Connection } from "./connection.js";

export class ConnectTool {
  constructor(editor) {
    this.editor = editor;
    this.connection = null;
  }

  get busy() {
    return this.connection !== null;
  }

  cursor() {
    return "crosshair";
  }

  down({ hit }) {
    if (hit?.kind === "node" && this.editor.scene.nodes.get(hit.id).element.kind === "table") {
      this.connection = new Connection(this.editor, hit);
    }
  }

  move(press) {
    this.connection?.move(press);
  }

  up(press) {
    if (!this.connection) {
      this.editor.useTool("select");
      return;
    }
    const { connection } = this;
    this.connection = null;
    connection.finish(press);
    this.editor.useTool("select");
  }

  cancel() {
    this.connection?.end();
    this.connection = null;
    this.editor.useTool("select");
  }
}
