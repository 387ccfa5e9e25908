/** What an export loses, listed in its dialog: each name leads to the element on the canvas. */

import { showRecord } from "../ui/show_record.js";

/** Listens in the dialog. */
export function install(page) {
  const dialog = document.getElementById("dialog");
  dialog?.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-show]");
    if (button) {
      dialog.close();
      showRecord(page, button.dataset.show);
    }
  });
}
