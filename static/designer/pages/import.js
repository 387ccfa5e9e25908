// The import form: a chosen or dropped file, the progress of its upload, and the sentence when it is refused.

const MEBI = 1024 * 1024;
const MOST = 60 * MEBI;
const PASTED_AS_FILE = MEBI;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-import]")) return;
  event.preventDefault();
  send(event.target);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "import-file") showFile(event.target.form);
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("form[data-import]")?.querySelector(".drop");
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length > 0) choose(zone.closest("form"), event.dataTransfer.files[0]);
  });
}

// The canvas tells of a file that was dropped on it.
document.addEventListener("wholekey:import-file", async (event) => {
  const button = document.querySelector('[data-action="import"]');
  const address = button?.getAttribute("hx-get") ?? JSON.parse(document.getElementById("boot").textContent).urls.import;
  const diagram = document.getElementById("diagram-select")?.value ?? "";
  try {
    await window.htmx.ajax("GET", `${address}?diagram=${encodeURIComponent(diagram)}`, "#dialog");
  } catch {
    return; // the page has said why
  }
  const form = document.querySelector("#dialog form[data-import]");
  if (form) choose(form, event.detail);
});

/** Puts a dropped file into the form's own file field. */
function choose(form, file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  form.elements.file.files = transfer.files;
  showFile(form);
}

function showFile(form) {
  const file = form.elements.file.files[0];
  form.querySelector("[data-file-name]").textContent = file ? `${file.name} (${size(file.size)})` : "Choose a file, or drop it here";
  form.querySelector(".drop").classList.toggle("chosen", Boolean(file));
  complain(form, file && file.size > MOST ? `The file has ${size(file.size)}, and ${size(MOST)} is the most. Export the schema without its data (pg_dump -s).` : "");
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < MEBI ? `${Math.round(bytes / 1024)} KB` : `${(bytes / MEBI).toFixed(1)} MB`;
}

function complain(form, sentence) {
  const place = form.querySelector("[data-problem]");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function body(form) {
  const data = new FormData(form);
  const file = data.get("file");
  const text = data.get("text") ?? "";
  if (file instanceof File && file.size === 0 && file.name === "") data.delete("file");
  if (!data.has("file") && text.length > PASTED_AS_FILE) {
    data.delete("text");
    data.append("file", new Blob([text]), "pasted.sql");
  }
  return data;
}

function send(form) {
  const file = form.elements.file.files[0];
  if (file && file.size > MOST) return;
  if (file && file.size === 0) return complain(form, `${file.name} is empty. Choose a file that holds a schema.`);
  if (!file && !form.elements.text.value.trim()) return complain(form, "Paste the text of a schema, or choose a file.");
  complain(form, "");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", (event) => progress(form, event.loaded, event.total));
  request.addEventListener("load", () => answered(form, request));
  request.addEventListener("error", () => failed(form, "The server cannot be reached. Nothing was imported; try again."));
  form.closest("dialog")?.addEventListener("close", () => request.abort(), { once: true });
  busy(form, true);
  request.send(body(form));
}

function progress(form, loaded, total) {
  const part = form.querySelector("[data-upload]");
  part.querySelector("progress").value = total ? loaded / total : 0;
  part.querySelector("[data-upload-words]").textContent =
    loaded < total ? `Uploaded ${size(loaded)} of ${size(total)}` : "Uploaded; the server starts to read it";
}

function answered(form, request) {
  const next = request.getResponseHeader("HX-Redirect");
  if (request.status < 300 && next) location.assign(next);
  else failed(form, plain(request) ?? "The server did not take the file. Reload the page and try again.");
}

function plain(request) {
  const isText = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  return isText && request.responseText ? request.responseText : null;
}

function failed(form, sentence) {
  busy(form, false);
  complain(form, sentence);
}

function busy(form, on) {
  form.querySelector("[data-upload]").hidden = !on;
  form.querySelector("[data-submit]").disabled = on;
}
