// What every page needs: dialogs, folded parts, copying, and failed requests as sentences.

import { Toasts } from "../ui/toasts.js";

const host = document.getElementById("toasts");
const toasts = host ? new Toasts(host) : null;

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "dialog") openDialog(event.detail.target);
});

// A part that was just opened takes the focus to its first field.
document.addEventListener("htmx:afterSettle", (event) => {
  const opened = event.detail.requestConfig?.parameters?.open?.split?.(",").pop();
  const part = opened && event.detail.target.id === "inspector" ? document.getElementById(`more-${opened}`) : null;
  part?.querySelector("input, select, textarea")?.focus();
});

document.addEventListener("htmx:responseError", (event) => say(sentenceOf(event.detail.xhr), "error"));
document.addEventListener("htmx:sendError", () => say("The server cannot be reached. Nothing was changed; try again.", "error"));

// A request that waits for the one before it is sent anew by htmx, with a promise that nobody is given; its events say what came of it.
document.addEventListener("htmx:confirm", ({ detail }) => { detail.etc.returnPromise = false; });

// The server draws a panel anew after each edit; what stood open stays open.
document.addEventListener("htmx:configRequest", (event) => {
  const shown = document.querySelector("#inspector [data-record]")?.dataset.record;
  if (!event.detail.elt.closest("#inspector") && !event.detail.path.includes(`/inspector/${shown}`)) return;
  const open = [...document.querySelectorAll('#inspector [data-toggle][aria-expanded="true"]')];
  const more = event.detail.parameters.open ?? "";
  event.detail.parameters.open = [...open.map((button) => button.dataset.toggle), more].join(",");
});

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-toggle]");
  if (toggle) fold(toggle);
  const copy = event.target.closest("[data-copy]");
  if (copy) copyText(copy);
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-export]");
  if (form) showChoices(form);
});

document.addEventListener("wholekey:theme", dressPictures);
dressPictures();

/** @param {HTMLDialogElement} dialog */
function openDialog(dialog) {
  dialog.classList.toggle("wide", dialog.querySelector("[data-wide]") !== null);
  if (!dialog.open && dialog.childElementCount > 0) dialog.showModal();
  const first = dialog.querySelector("[autofocus]");
  first?.focus();
  first?.select?.();
  dressPictures();
  const form = dialog.querySelector("[data-export]");
  if (form) showChoices(form);
}

/** Hides the choices that mean nothing for the chosen format. */
function showChoices(form) {
  const format = form.elements.format.value;
  for (const select of form.querySelectorAll("[data-only-for]")) {
    select.closest(".field").hidden = select.dataset.onlyFor !== format;
  }
}

function fold(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  const part = document.getElementById(button.getAttribute("aria-controls"));
  if (!part) return;
  part.hidden = !open;
  if (open && part.matches("form")) part.querySelector("input, select")?.focus();
}

async function copyText(button) {
  const text = document.querySelector(button.dataset.copy)?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("The browser did not allow copying; select the text and copy it by hand.");
  }
}

/** @param {XMLHttpRequest} xhr */
function sentenceOf(xhr) {
  const plain = (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  return plain && xhr.responseText.length < 600 ? xhr.responseText : "The server could not do that. Reload the page and try again.";
}

/** Shows a sentence for a while. @param {string} text @param {"" | "error"} [tone] */
function say(text, tone = "") {
  toasts?.show(text, undefined, tone);
}

/** Pictures of projects come in the colours of the theme. */
function dressPictures() {
  const dark = document.documentElement.dataset.theme === "dark";
  for (const picture of document.querySelectorAll("img[data-dark]")) {
    picture.dataset.light ??= picture.getAttribute("src");
    const wanted = dark ? picture.dataset.dark : picture.dataset.light;
    if (picture.getAttribute("src") !== wanted) picture.setAttribute("src", wanted);
  }
}
