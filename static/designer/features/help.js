/** The sheet of shortcuts: each action with its keys, in the dialog of the help. */

import { printedKeys } from "../tools/shortcuts.js";

/** Installs `?`, and fills the sheet when the dialog comes. */
export function install(page) {
  page.actions.add({
    name: "help", label: "Help and shortcuts", group: "Everywhere", keys: ["?", "Shift+?"], words: "keys keyboard sheet",
    run: () => document.querySelector('#toolbar [data-action="help"]')?.click(),
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const sheet = event.detail.target.querySelector?.("[data-shortcuts]");
    sheet?.replaceChildren(...page.actions.grouped().map(([group, actions]) => section(page, group, actions)).filter(Boolean));
  });
}

function section(page, group, actions) {
  const context = page.actions.context();
  const keyed = actions.filter(({ keys }) => keys?.length > 0);
  if (keyed.length === 0) {
    return null;
  }
  const list = element("dl", "");
  list.append(...keyed.map((action) => line(action.keys, page.actions.label(action, context))));
  const made = element("section", "");
  made.append(element("h3", group), list);
  return made;
}

function line(keys, label) {
  const name = element("dt", "");
  const spellings = [...new Set(keys.map((key) => printedKeys(key)))].filter((key) => !/^Shift\+[^A-Z0-9]$/.test(key));
  spellings.slice(0, 2).forEach((spelling, at) => name.append(...(at > 0 ? [" or ", element("kbd", spelling)] : [element("kbd", spelling)])));
  const made = element("div", "");
  made.append(name, element("dd", label));
  return made;
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
