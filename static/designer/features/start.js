/** The first steps on an empty diagram, as actions: its large buttons run them, and the palette finds some. */

/** Installs them. */
export function install(page) {
  const { actions, editor } = page;
  const press = (name) => document.querySelector(`[data-action="${name}"]`)?.click();
  const addFirst = (kind) => {
    editor.useTool(kind);
    editor.placeInTheMiddle();
  };
  actions.add(
    { name: "import-file", label: "Import a file…", group: "Everywhere", keys: ["Shift+i"], edits: true, words: "sql dbml mermaid csv dump schema upload", run: () => press("import") },
    { name: "export-dialog", label: "Export…", group: "Everywhere", keys: ["Shift+e"], words: "picture png svg pdf sql ddl download share", run: () => press("export") },
    { name: "add-first", label: "Add a table in the middle", group: "Tools", edits: true, quiet: true, run: () => addFirst("add-table") },
    { name: "add-first-note", label: "Add a note in the middle", group: "Tools", edits: true, quiet: true, run: () => addFirst("add-note") },
    { name: "see-samples", label: "Open a sample design…", group: "Everywhere", words: "example demo template", when: () => Boolean(page.boot.urls.samples), run: () => showSamples(page) },
  );
}

/** The gallery comes into the dialog; a sample opens as a project of its own. */
function showSamples(page) {
  window.htmx.ajax("GET", page.boot.urls.samples, { target: "#dialog", source: "#dialog" }).catch(() => undefined); // the page has said why
}
