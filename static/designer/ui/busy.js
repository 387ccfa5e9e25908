/** Says that something takes a while, with a button that ends it. */

const SOON = 400;

/**
 * Shows the words once it has taken a moment. Returns the signal that Cancel aborts, and `done` that takes the words away.
 * @param {HTMLElement} host
 * @param {string} words
 * @returns {{signal: AbortSignal, done: () => void}}
 */
export function busy(host, words) {
  const stop = new AbortController();
  const shown = document.createElement("div");
  shown.className = "toast busy";
  const text = document.createElement("span");
  text.textContent = words;
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "toast-action";
  cancel.textContent = "Cancel";
  cancel.addEventListener("click", () => stop.abort());
  shown.append(text, cancel);
  const timer = setTimeout(() => host.append(shown), SOON);
  return {
    signal: stop.signal,
    done: () => {
      clearTimeout(timer);
      shown.remove();
    },
  };
}
