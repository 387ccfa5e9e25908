// The matrix by keyboard and in pages: one cell at a time has the focus, and the form keeps what is looked at.

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.(".matrix td");
  const region = event.target.closest?.(".matrix-scroll");
  if (cell) {
    move(event, cell);
  } else if (region === event.target && event.key in STEPS) {
    const first = region.querySelector(".matrix td");
    if (first) focus(event, first);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-page-to]");
  if (button) turn(button.dataset.pageName, button.dataset.pageTo);
  event.target.closest(".matrix td")?.focus();
});

function move(event, cell) {
  const row = cell.parentElement;
  const rows = [...row.parentElement.rows];
  const cells = [...row.querySelectorAll("td")];
  const [at, across] = [rows.indexOf(row), cells.indexOf(cell)];
  if (event.key === "Enter") {
    const links = cell.closest("table").querySelectorAll(".matrix-column");
    location.assign(links[across].href);
  } else if (event.key === "Home" || event.key === "End") {
    focus(event, event.key === "Home" ? cells[0] : cells.at(-1));
  } else if (event.key in STEPS && !event.altKey && !event.ctrlKey && !event.metaKey) {
    const [down, right] = STEPS[event.key];
    focus(event, rows[at + down]?.querySelectorAll("td")[across + right] ?? cell);
  }
}

function focus(event, cell) {
  event.preventDefault();
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Shows another page of rows or of columns; the rest of what is asked for stays. */
function turn(name, to) {
  const form = document.querySelector(".matrix-form");
  const asked = new URLSearchParams(new FormData(form));
  const before = new URLSearchParams(location.search);
  for (const kept of ["at", "across"]) {
    const value = kept === name ? to : before.get(kept);
    if (value) asked.set(kept, value);
  }
  const address = `${form.getAttribute("action")}?${asked}`;
  history.pushState(null, "", address);
  globalThis.htmx.ajax("GET", address, { target: "#trace-view", swap: "outerHTML" }).catch(() => undefined); // the page has said why
}
