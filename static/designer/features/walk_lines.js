/** J and Shift+J: from line to line of a table, so that every relationship is reached without a mouse. */

/** Installs the two keys. */
export function install(page) {
  const way = new Way(page);
  const when = ({ ids }) => ids.length === 1;
  page.actions.add(
    { name: "next-line", label: "Select the next line of the table", group: "Go", keys: ["j"], words: "relationship foreign key edge", when, run: () => way.step(1) },
    { name: "previous-line", label: "Select the previous line of the table", group: "Go", keys: ["Shift+j"], words: "relationship foreign key edge", quiet: true, when, run: () => way.step(-1) },
  );
}

class Way {
  constructor(page) {
    this.page = page;
    this.from = null; // the table whose lines are walked
  }

  step(by) {
    const { editor, scene } = this.page;
    const [id] = editor.selection;
    const line = scene.lines.get(id);
    if (!line) {
      this.from = scene.shownBy(id);
    } else if (!touches(line, this.from)) {
      this.from = line.edge.source.element;
    }
    const lines = scene.nodes.has(this.from) ? [...scene.linesAt(this.from)].sort() : [];
    if (lines.length === 0) {
      this.page.announce("No line begins or ends here");
      return true;
    }
    const at = lines.indexOf(id);
    const next = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : (at + by + lines.length) % lines.length];
    editor.select([next]);
    this.page.view.reveal(scene.nodes.get(this.from));
    return true;
  }
}

function touches({ edge }, element) {
  return edge.source.element === element || edge.target.element === element;
}
