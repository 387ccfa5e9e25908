/** What becomes of edits that the branch does not take any more: a branch of one's own, a file, or nothing. */

import { showBanner } from "../ui/banner.js";

/** Installs the banner, and what its buttons do. */
export function install(page) {
  const { sync } = page;
  const acts = {
    retry: () => sync.retryNow(),
    signIn: () => window.open(page.boot.urls.login, "_blank", "noopener"),
    keep: () => keep(page),
    download: () => download(page),
    discard: () => {
      const count = page.store.pending.length;
      sync.letGo();
      page.toasts.show(count === 1 ? "1 change was let go." : `${count} changes were let go.`);
    },
  };
  sync.watch((state) => showBanner(document.getElementById("banner"), state, acts));
}

/** Brings what is pending to a new branch, and goes there. */
async function keep(page) {
  const { store, boot } = page;
  const edits = store.pending.map(({ key, label, change }) => ({ key, label, change }));
  const { ok, data } = await page.post(boot.urls.keep, { base: store.version, edits });
  if (!ok) {
    page.toasts.show(data?.error ?? "The server cannot be reached; your edits are kept here.", undefined, "error");
    return;
  }
  if (data.left_out.length > 0) {
    page.toasts.show(`Kept on the branch ${data.name}, but for: ${data.left_out.join(" ")}`, { label: "Open it", run: () => location.assign(data.url) }, "error");
    return;
  }
  page.sync.letGo();
  location.assign(data.url);
}

/** Saves the design as it is seen here, with what is pending, as a file that can be imported. */
function download({ store }) {
  const records = [...store.design.values()].map((record) => JSON.stringify(record)).join(",\n");
  const address = URL.createObjectURL(new Blob([`{"wholekey":1,"records":[\n${records}\n]}\n`], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: "design-with-my-edits.wholekey.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
