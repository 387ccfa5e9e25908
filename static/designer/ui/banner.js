/** The banner over the canvas: how things stand between this page and the server. */

/**
 * Returns the sentence for a state of the sync, "" where there is nothing to say.
 * @param {{name: string, waiting: number, reason?: string, message?: string}} state
 */
export function bannerText({ name, waiting, reason, message }) {
  const edits = waiting === 1 ? "1 change is" : `${waiting} changes are`;
  if (name === "offline") {
    const kept = waiting > 0 ? ` ${edits} kept here and will be sent.` : "";
    return `The server cannot be reached; trying again.${kept}`;
  }
  if (name !== "refused") {
    return "";
  }
  const why = reason === "signed-out" ? "You are signed out. Sign in again in another tab to go on." : message || "The server does not take changes.";
  return waiting > 0 ? `${why} ${edits} not saved, but kept here.` : why;
}

/**
 * What can be done about a state, as [label, name of the act].
 * @param {{name: string, waiting: number, reason?: string}} state
 * @returns {[string, string][]}
 */
export function bannerActs({ name, waiting, reason }) {
  if (name === "offline") return [["Try now", "retry"]];
  if (name !== "refused") return [];
  if (reason === "signed-out") return [["Sign in", "signIn"], ["Try now", "retry"]];
  const keeping = [["Keep my edits on a branch of mine", "keep"], ["Download the design with them", "download"], ["Discard them", "discard"]];
  return [...(waiting > 0 ? keeping : []), ["Try again", "retry"]];
}

/**
 * Shows a banner's sentence, with buttons for what can be done.
 * @param {HTMLElement} host
 * @param {Parameters<typeof bannerText>[0]} state
 * @param {Record<string, () => void>} acts by name
 */
export function showBanner(host, state, acts) {
  const text = bannerText(state);
  host.dataset.state = state.name;
  if ((host.firstElementChild?.textContent ?? "") === text) {
    return;
  }
  host.replaceChildren();
  if (text) {
    const words = document.createElement("span");
    words.textContent = text;
    host.append(words, ...bannerActs(state).map(([label, name]) => actButton(label, acts[name])));
  }
}

function actButton(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "banner-action";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
