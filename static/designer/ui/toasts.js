/** Short messages in the corner, some with a button. */

const STAY = 7000;
const MOST = 4;

export class Toasts {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = asStatus(host);
  }

  /** Where a message can be seen, heard and pressed just now: everything outside of a modal dialog is inert. */
  place() {
    const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
    if (!dialog) {
      return this.host;
    }
    const known = dialog.querySelector(":scope > .toasts");
    if (known) {
      return known;
    }
    const made = asStatus(document.createElement("div"));
    made.className = "toasts";
    dialog.append(made);
    return made;
  }

  /**
   * Shows a sentence for some seconds; it stays while the pointer or the focus is on it.
   * @param {string} text
   * @param {{label: string, run: () => void}} [action]
   * @param {"" | "error"} [tone]
   */
  show(text, action, tone = "") {
    const toast = document.createElement("div");
    toast.className = tone === "error" ? "toast toast-error" : "toast";
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    const remove = () => toast.remove();
    if (action) {
      toast.append(button(action.label, "toast-action", () => {
        remove();
        action.run();
      }));
    }
    toast.append(button("×", "toast-close", remove, "Dismiss"));
    const host = this.place();
    if (action?.label === "Undo") {
      // What was done before that is undone after it: its own offer would mean something else than it says.
      host.querySelectorAll("[data-undo]").forEach((each) => each.remove());
      toast.dataset.undo = "";
    }
    host.append(toast);
    while (host.children.length > MOST) {
      host.firstElementChild.remove();
    }
    leaveLater(toast, tone === "error" ? STAY * 2 : STAY);
  }
}

function asStatus(host) {
  host.setAttribute("role", "status");
  host.setAttribute("aria-live", "polite");
  return host;
}

function button(text, className, run, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  if (label) {
    made.setAttribute("aria-label", label);
  }
  made.addEventListener("click", run);
  return made;
}

function leaveLater(toast, milliseconds) {
  const check = () => {
    if (toast.matches(":hover, :focus-within")) {
      setTimeout(check, 1500);
    } else {
      toast.remove();
    }
  };
  setTimeout(check, milliseconds);
}
