/** The map in the corner: where one is in a large diagram, and a way to be elsewhere. */

import { Minimap } from "../ui/minimap.js";

const LATER = 150;
const KEPT = "wholekey:minimap";
/** A diagram that fits into the window needs no map, unless somebody asked for it. */
const SMALL = 25;

/** Installs the map and its switch. */
export function install(page) {
  const { view, scene } = page;
  const go = ({ x, y }) => {
    view.land();
    const middle = view.middle();
    const { k } = view.transform;
    view.lookFrom(view.transform.panned(middle.x - (x * k + view.transform.x), middle.y - (y * k + view.transform.y)));
  };
  const map = new Minimap(page.stage, { scene, view, theme: () => view.theme, go });
  const show = () => map.toggle(asked() ?? scene.nodes.size >= SMALL);
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(show, LATER);
  };
  ["loaded", "diagram", "design", "scene", "theme"].forEach((topic) => page.on(topic, later));
  page.on("view", () => map.follow());
  new ResizeObserver(later).observe(map.panel);
  page.actions.add({
    name: "minimap", label: () => (map.shown ? "Hide the map" : "Show the map"), group: "View", keys: ["m"], words: "minimap overview",
    menu: ["ground"], section: "look", run: () => {
      keep(!map.shown);
      show();
    },
  });
}

function asked() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

function keep(shown) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(shown));
  } catch {
    // Without storage the choice holds for this diagram only.
  }
}
