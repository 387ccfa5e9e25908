/** Colours of the canvas, read from the page's custom properties once per change of theme. */

const NAMES = [
  "canvas-bg", "grid", "table-bg", "table-border", "table-header", "table-header-text", "text", "text-muted",
  "pk", "fk", "edge", "edge-hover", "accent", "selection", "note-bg", "danger",
  "danger-soft", "warn", "warn-soft", "good", "good-soft",
];

/** What a colour is where the page does not set it: the light theme, so that the canvas is never black on black. */
const FALLBACK = {
  "canvas-bg": "#f5f6f8", grid: "#e1e5ea", "table-bg": "#ffffff", "table-border": "#c3cad4",
  "table-header": "#e4eaf6", "table-header-text": "#1a2b52", text: "#1a212b", "text-muted": "#596474",
  pk: "#8a5a00", fk: "#2f55c8", edge: "#7b8696", "edge-hover": "#2f55c8", accent: "#2f55c8", selection: "#2f55c8",
  "note-bg": "#fdf6cf", danger: "#b3261e", "danger-soft": "#fbe9e7", warn: "#855000", "warn-soft": "#fdf0d5",
  good: "#1b6b3a", "good-soft": "#e2f3e8",
};

/** Colours by the words that records may use, and headers by the kind of element: those of exporters/svg/theme.py. */
const LIGHT = {
  rule: "#eef1f5",
  unique: "#6b4fbb",
  headers: {
    view: ["#def1ec", "#0f4438"], entity: ["#ece6f8", "#34225c"], weak: ["#ece6f8", "#34225c"],
    associative: ["#f8e9dc", "#5c3410"], relationship: ["#f8e9dc", "#5c3410"],
  },
  palette: {
    blue: "#cfe0f7", green: "#d2ecd6", teal: "#cdeae6", yellow: "#faecb8", orange: "#fadcc0", red: "#f8d2d2",
    pink: "#f8d3e6", purple: "#e2d6f6", grey: "#e3e7ec", gray: "#e3e7ec",
  },
};
const DARK = {
  rule: "#252c37",
  unique: "#bda4ff",
  headers: {
    view: ["#1d4038", "#d3f2e8"], entity: ["#372b57", "#e7defa"], weak: ["#372b57", "#e7defa"],
    associative: ["#4a3423", "#fae6d2"], relationship: ["#4a3423", "#fae6d2"],
  },
  palette: {
    blue: "#27456e", green: "#26502f", teal: "#1f4b47", yellow: "#574a17", orange: "#5c3d1f", red: "#5c2a2a",
    pink: "#562a44", purple: "#41306b", grey: "#333d49", gray: "#333d49",
  },
};

/**
 * Returns the colours by name without dashes (`tableHeader`), with `headers` (ground and ink by kind of element) and the
 * `palette` of the words that records use.
 * @param {Element} root the element that carries data-theme
 */
export function readTheme(root) {
  const style = getComputedStyle(root);
  const dark = root.getAttribute("data-theme") === "dark";
  const theme = { dark, ...(dark ? DARK : LIGHT) };
  for (const name of NAMES) {
    theme[camel(name)] = style.getPropertyValue(`--${name}`).trim() || FALLBACK[name];
  }
  return theme;
}

/** Returns `table-header` as `tableHeader`. */
export function camel(name) {
  return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

/**
 * Returns the colour that a record asks for: a word of the palette or a plain `#rrggbb`. Anything else is not a colour
 * that we wrote, and gives the fallback.
 */
export function namedColour(theme, name, fallback) {
  if (!name) {
    return fallback;
  }
  if (Object.hasOwn(theme.palette, name)) {
    return theme.palette[name];
  }
  return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(name) ? name : fallback;
}

/** Returns ground and ink of an element's header. */
export function headerColours(theme, element) {
  const [ground, ink] = theme.headers[element.kind] ?? [theme.tableHeader, theme.tableHeaderText];
  const own = namedColour(theme, element.colour, "");
  return own ? { ground: own, ink: inkOn(own, theme.text) } : { ground, ink };
}

/** Returns a text colour that can be read on a plain colour, by its luminance (ITU-R BT.601); `ink` where that does. */
export function inkOn(colour, ink) {
  const full = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
  const light = 0.299 * red + 0.587 * green + 0.114 * blue;
  if (Number.isNaN(light)) {
    return ink;
  }
  return light > 140 ? "#16202c" : "#ffffff";
}

/** Calls `changed` when the page or the system switches between light and dark; returns a function that stops it. */
export function watchTheme(root, changed) {
  const observer = new MutationObserver(changed);
  observer.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
