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
  const why = {
    "signed-out": "You are signed out. Sign in again in another tab to go on.",
    forbidden: "You may look at this design, but not change it.",
    gone: "This design is not there any more.",
  }[reason] ?? message ?? "The server does not take changes.";
  return waiting > 0 ? `${why} ${edits} not saved.` : why;
}

/** Shows a banner's sentence, with a button to try at once while the server is away. */
export function showBanner(host, state, retry) {
  const text = bannerText(state);
  host.dataset.state = state.name;
  if ((host.firstElementChild?.textContent ?? "") === text) {
    return;
  }
  host.replaceChildren();
  if (text) {
    const words = document.createElement("span");
    words.textContent = text;
    host.append(words);
    if (state.name === "offline") {
      host.append(retryButton(retry));
    }
  }
}

function retryButton(retry) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "banner-action";
  button.textContent = "Try now";
  button.addEventListener("click", retry);
  return button;
}
