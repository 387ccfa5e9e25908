/** What the page does for the document as it comes, is looked at, loses the network and goes. */

import { Outbox } from "./outbox.js";
import { Sync } from "./sync.js";

const POLL_EVERY = 5_000;
/** While the stream is open, polling only sees to it that nothing was missed. */
const POLL_ANYWAY = 30_000;
const TOUCH_EVERY = 15_000;
const ADOPT_EVERY = 60_000;

/**
 * Connects a sync to a window: polling while it is visible, catching up when it is looked at again, trying again when the
 * network is back, and the outbox's signs of life.
 * @param {{sync: Sync, outbox: Outbox, stream?: import("./stream.js").Stream | null, window: Window & typeof globalThis}} options
 * @returns {() => void} disconnects
 */
export function attach({ sync, outbox, stream = null, window }) {
  const { document } = window;
  stream?.attach();
  const visible = () => document.visibilityState === "visible";
  const look = () => { if (visible()) comeBack(sync); };
  const off = [
    listen(window, "online", () => sync.retryNow()),
    listen(window, "focus", look),
    listen(document, "visibilitychange", look),
    listen(window, "pagehide", () => outbox.close()),
    listen(window, "pageshow", () => outbox.touch()),
    listen(window, "beforeunload", (event) => { if (sync.unsafeToLeave) event.preventDefault(); }),
    every(window, POLL_EVERY, () => { if (visible() && !stream?.isOpen) sync.pull(); }),
    every(window, POLL_ANYWAY, () => { if (visible()) sync.pull(); }),
    () => stream?.detach(),
    every(window, TOUCH_EVERY, () => outbox.touch()),
    every(window, ADOPT_EVERY, () => sync.adopt()),
  ];
  return () => off.forEach((end) => end());
}

function comeBack(sync) {
  if (sync.state.name === "refused" || sync.state.name === "offline") sync.retryNow(); // a person may have signed in in another tab
  sync.pull();
}

function listen(target, name, act) {
  target.addEventListener(name, act);
  return () => target.removeEventListener(name, act);
}

function every(window, wait, act) {
  const timer = window.setInterval(act, wait);
  return () => window.clearInterval(timer);
}
