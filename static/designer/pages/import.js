// The import forms: a chosen or dropped file, the progress of its upload or of its reading, and the sentence when it is refused.

import { makeTabs } from "../ui/tabs.js";
import { watchJob } from "./import_job.js";

const MEBI = 1024 * 1024;
const MOST = 60 * MEBI;
const PASTED_AS_FILE = MEBI;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-import]")) return;
  event.preventDefault();
  send(event.target);
});

document.addEventListener("change", (event) => {
  const form = event.target.form?.matches?.("form[data-import]") ? event.target.form : null;
  if (!form) return;
  if (event.target.name === "file") showFile(form);
  if (event.target.name === "dialect") showPort(form);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open-tab]");
  if (button) document.getElementById(button.dataset.openTab).click();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.id === "dialog" && showWays(detail.target));
showWays(document);

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-import]");
    const zone = form?.elements.file ? form.querySelector(".drop") ?? form : null;
    if (!zone || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length > 0) choose(form, event.dataTransfer.files[0]);
  });
}

// The canvas tells of a file that was dropped on it.
document.addEventListener("wholekey:import-file", async (event) => {
  const button = document.querySelector('[data-action="import"]');
  const address = button?.getAttribute("hx-get") ?? JSON.parse(document.getElementById("boot").textContent).urls.import;
  const diagram = document.getElementById("diagram-select")?.value ?? "";
  try {
    await window.htmx.ajax("GET", `${address}?diagram=${encodeURIComponent(diagram)}`, { target: "#dialog", source: "#dialog" });
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

/** Lets the tabs of the ways to import work; the first one is open each time. */
function showWays(part) {
  const list = part.querySelector("[data-import-ways]");
  if (list) makeTabs(list, { get: () => null, set: () => undefined });
}

function showFile(form) {
  const file = form.elements.file.files[0];
  const place = form.querySelector("[data-file-name]");
  place.textContent = file ? `${file.name} (${size(file.size)})` : place.dataset.none ?? "Choose a file, or drop it here";
  form.querySelector(".drop")?.classList.toggle("chosen", Boolean(file));
  complain(form, file && file.size > MOST ? `The file has ${size(file.size)}, and ${size(MOST)} is the most. Export the schema without its data (pg_dump -s).` : "");
}

/** The usual port of the chosen kind of server. */
function showPort(form) {
  const field = form.querySelector("[data-port-field]");
  if (field) field.placeholder = form.elements.dialect.selectedOptions[0].dataset.port;
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
    data.append("file", new Blob([text]), data.get("way") === "query" ? "pasted.json" : "pasted.sql");
  }
  return data;
}

function send(form) {
  const wrong = lacking(form);
  if (wrong === null) return;
  complain(form, wrong);
  if (wrong) return;
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

/** Why a form cannot be sent yet: a sentence, nothing, or null where it says so already. */
function lacking(form) {
  const { host, url } = form.elements;
  if (host) {
    return host.value.trim() || url.value.trim() ? "" : "Name the host, as a name or an address.";
  }
  const file = form.elements.file.files[0];
  if (file && file.size > MOST) return null;
  if (file && file.size === 0) return `${file.name} is empty. Choose a file that holds a schema.`;
  if (file || form.elements.text.value.trim()) return "";
  return form.elements.way ? "Paste the result of the query, or choose a file." : "Paste the text of a schema, or choose a file.";
}

function progress(form, loaded, total) {
  if (!form.elements.file) return;
  const part = form.querySelector("[data-upload]");
  part.querySelector("progress").value = total ? loaded / total : 0;
  part.querySelector("[data-upload-words]").textContent =
    loaded < total ? `Uploaded ${size(loaded)} of ${size(total)}` : "Uploaded; the server starts to read it";
}

function answered(form, request) {
  const next = request.getResponseHeader("HX-Redirect");
  if (request.status < 300 && next && "watched" in form.dataset) void follow(form, next);
  else if (request.status < 300 && next) location.assign(next);
  else failed(form, plain(request) ?? "The server did not take the file. Reload the page and try again.");
}

/** Stays in the form while the database is read, so that a wrong password costs no field; then shows the report. */
async function follow(form, job) {
  const part = form.querySelector("[data-upload]");
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  const cancel = form.querySelector("[data-cancel]");
  const held = (event) => {
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  cancel.addEventListener("click", held);
  form.closest("dialog")?.addEventListener("close", stop, { once: true });
  const told = ({ fraction, message }) => {
    part.querySelector("progress").value = fraction;
    part.querySelector("[data-upload-words]").textContent = message;
  };
  const { state, message } = await watchJob(job, told, stopped.signal);
  cancel.removeEventListener("click", held);
  if (state === "done") location.assign(job);
  else failed(form, message);
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
  const part = form.querySelector("[data-upload]");
  part.hidden = !on;
  part.querySelector("progress").value = 0;
  part.querySelector("[data-upload-words]").textContent = "";
  form.querySelector("[data-submit]").disabled = on;
}
