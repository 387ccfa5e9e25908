/** Tabs as in the ARIA authoring practices: arrows walk, the open panel is remembered. */

/**
 * Makes a tablist work.
 * @param {HTMLElement} list
 * @param {{get: () => string | null, set: (id: string) => void}} memory of which tab was open last
 */
export function makeTabs(list, memory) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const open = (tab) => {
    for (const each of tabs) {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = each !== tab;
    }
    memory.set(tab.id);
  };
  list.addEventListener("click", ({ target }) => target.closest('[role="tab"]') && open(target.closest('[role="tab"]')));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
      next.focus();
      open(next);
    }
  });
  const last = tabs.find((tab) => tab.id === memory.get());
  last && open(last);
}
