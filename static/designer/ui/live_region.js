/** Tells people who do not see the canvas what happened on it. */

/** Returns a function that announces a sentence; the same sentence twice is said twice. */
export function makeAnnouncer(host) {
  const region = document.createElement("div");
  region.className = "visually-hidden live-region";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  host.append(region);
  let last = "";
  return (sentence) => {
    const text = sentence === last ? `${sentence}\u00a0` : sentence;
    region.textContent = text;
    last = text;
  };
}
