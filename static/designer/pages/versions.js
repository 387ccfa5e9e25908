// The picture of a migration: zoom, drag, and a list beside it that points into it and back.

const LEAST = 0.05, MOST = 4, STEP = 1.25, MOST_TOLD = 4, MARGIN = 16;
/** Milliseconds that a pointer rests on an item before its hint comes. */
const REST = 350;

/** The middle of points, and how far apart the first two are. */
const middle = (points) => [0, 1].map((axis) => points.reduce((sum, each) => sum + each[axis], 0) / points.length);
const spread = ([one, two]) => Math.hypot(one[0] - two[0], one[1] - two[1]);

/** One picture on its stage; `scale` is pixels of the screen for one of the drawing. */
class Stage {
  constructor(host) {
    this.host = host;
    this.paper = host.querySelector(".diff-picture");
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.size = { w: 1, h: 1 };
    host.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    host.addEventListener("pointerdown", (event) => this.hold(event));
    host.addEventListener("keydown", (event) => this.key(event));
    host.addEventListener("click", (event) => this.press(event));
    host.addEventListener("pointermove", (event) => this.point(event));
    host.addEventListener("pointerleave", () => point(null));
    this.fingers = new Map();
    for (const end of ["pointerup", "pointercancel"]) host.addEventListener(end, (event) => this.release(event));
  }

  async draw() {
    const theme = document.documentElement.dataset.theme === "dark" ? "dark" : "light";
    const answer = await fetch(`${this.host.dataset.picture}&theme=${theme}`, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return this.say("The picture cannot be drawn. The list beside it has all that differs.");
    const text = await answer.text();
    if (!text) return this.say("No table or view differs. The list has what does.");
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    this.size = { w: Number(svg.getAttribute("width")), h: Number(svg.getAttribute("height")) };
    this.origin = svg.getAttribute("viewBox").split(" ").map(Number);
    this.paper.replaceChildren(document.importNode(svg, true));
    this.fit();
  }

  say(sentence) {
    const line = document.createElement("p");
    line.className = "muted padded";
    line.textContent = sentence;
    this.paper.replaceChildren(line);
  }

  place() {
    this.paper.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  fit() {
    const { clientWidth: w, clientHeight: h } = this.host;
    const [free, high] = [Math.max(1, w - 2 * MARGIN), Math.max(1, h - 2 * MARGIN)];
    this.scale = Math.min(1.25, Math.max(LEAST, Math.min(free / this.size.w, high / this.size.h)));
    this.x = (w - this.size.w * this.scale) / 2;
    this.y = (h - this.size.h * this.scale) / 2;
    this.place();
  }

  zoom(factor, x = this.host.clientWidth / 2, y = this.host.clientHeight / 2) {
    const scale = Math.min(MOST, Math.max(LEAST, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.place();
  }

  wheel(event) {
    event.preventDefault();
    const at = this.host.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey || !event.shiftKey) {
      this.zoom(Math.exp(-event.deltaY / 400), event.clientX - at.left, event.clientY - at.top);
    } else {
      this.move(-event.deltaY, 0);
    }
  }

  move(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.place();
  }

  /** One pointer drags; a second finger pinches. */
  hold(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    this.host.setPointerCapture(event.pointerId);
    this.host.classList.add("is-held");
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  release(event) {
    this.fingers.delete(event.pointerId);
    if (!this.fingers.size) this.host.classList.remove("is-held");
  }

  drag(event) {
    const before = [...this.fingers.values()];
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    const after = [...this.fingers.values()];
    const from = middle(before), to = middle(after);
    this.move(to[0] - from[0], to[1] - from[1]);
    if (before.length < 2) return;
    const at = this.host.getBoundingClientRect();
    this.zoom(spread(after) / Math.max(1, spread(before)), to[0] - at.left, to[1] - at.top);
  }

  key(event) {
    if (event.target !== this.host) return;
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) this.move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "f" || event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  press(event) {
    const zoom = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (zoom === "fit") this.fit();
    else if (zoom) this.zoom(zoom === "in" ? STEP : 1 / STEP);
  }

  /** What is under the pointer says in a hint what happens to it. */
  point(event) {
    if (this.fingers.has(event.pointerId)) {
      this.drag(event);
      return point(null);
    }
    const box = event.target.closest?.("svg g[id]");
    const items = box ? [...document.querySelectorAll(`.diff-item[data-table="${CSS.escape(box.id)}"]`)] : [];
    point(items.length ? box : null, items, event);
  }

  boxOf(id) {
    return id ? this.paper.querySelector(`g[id="${CSS.escape(id)}"]`) : null;
  }

  /** Brings a table into the middle. */
  show(id) {
    const box = this.boxOf(id);
    if (!box) return;
    this.scale = Math.max(this.scale, 0.8);
    this.place();
    const at = box.getBoundingClientRect(), host = this.host.getBoundingClientRect();
    this.move(host.left + host.width / 2 - (at.left + at.width / 2), host.top + host.height / 2 - (at.top + at.height / 2));
  }
}

const hint = document.createElement("div");
hint.className = "diff-hint";
hint.hidden = true;
hint.setAttribute("aria-hidden", "true");
document.body.append(hint);
let stage = null, waiting = 0;

/** Marks a table and its items; `at` is where a hint stands that tells their SQL and hazards. */
function point(box, items = [], at = null) {
  clearTimeout(waiting);
  for (const each of document.querySelectorAll(".diff .is-pointed")) each.classList.remove("is-pointed");
  box?.classList.add("is-pointed");
  for (const item of items) item.classList.add("is-pointed");
  hint.hidden = !items.length || !at;
  if (hint.hidden) return;
  const told = items.slice(0, MOST_TOLD).map((item) => item.querySelector("details").cloneNode(true));
  for (const details of told) details.open = true;
  hint.replaceChildren(...told);
  if (items.length > MOST_TOLD) hint.append(`and ${items.length - MOST_TOLD} more`);
  const x = at.right ? at.right - hint.offsetWidth : at.clientX + 16;
  hint.style.left = `${Math.max(12, Math.min(x, innerWidth - hint.offsetWidth - 12))}px`;
  hint.style.top = `${Math.max(12, Math.min(at.clientY + 16, innerHeight - hint.offsetHeight - 12))}px`;
}

/** Points at what an item of the list is about; a hint follows where the item is closed and the pointer stays. */
function pointFrom(item, rests) {
  const box = stage?.boxOf(item.dataset.table) ?? null;
  point(box, [item]);
  if (!rests || item.querySelector("details").open || !item.querySelector(".step, ins")) return;
  const at = item.getBoundingClientRect();
  waiting = setTimeout(() => point(box, [item], { right: at.left - 8, clientY: at.top - 16 }), REST);
}

/** Opens the item of the list that is about a record, or says why there is none. */
function showItem(about) {
  const item = document.querySelector(`.diff-item[data-record="${CSS.escape(about)}"], .diff-item[data-table="${CSS.escape(about)}"]`);
  if (!item) return false;
  item.querySelector("details").open = true;
  item.scrollIntoView({ block: "center" });
  item.querySelector("summary").focus();
  return true;
}

function start() {
  const host = document.querySelector(".diff-stage");
  stage = host ? new Stage(host) : null;
  stage?.draw();
  sized.disconnect();
  if (host) sized.observe(host);
}

const sized = new ResizeObserver(() => stage?.fit());
const itemOf = (event) => event.target.closest?.(".diff-list .diff-item[data-table]");

document.addEventListener("toggle", (event) => {
  const item = itemOf(event);
  if (!item || !event.target.open) return;
  stage?.show(item.dataset.table);
  pointFrom(item, false);
}, true);
document.addEventListener("mouseover", (event) => {
  const item = itemOf(event);
  if (item) pointFrom(item, matchMedia("(hover: hover)").matches);
  else if (!event.target.closest?.(".diff-stage")) point(null);
});
document.addEventListener("focusin", (event) => {
  const item = itemOf(event);
  if (item && event.target.matches(":focus-visible")) pointFrom(item, false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") point(null);
  if (!event.target.matches?.(".diff-list summary")) return;
  const all = [...document.querySelectorAll(".diff-list summary")];
  const at = all.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
});
document.addEventListener("click", (event) => {
  const about = event.target.closest?.("#evolution [data-about]");
  if (about && !showItem(about.dataset.about)) about.disabled = true;
});
document.addEventListener("htmx:configRequest", (event) => {
  const said = event.detail.parameters;
  for (const name of Object.keys(said)) {
    if (name.startsWith("rows-") && !said[name]) delete said[name];
  }
});
document.addEventListener("htmx:afterSwap", () => {
  point(null);
  if (document.querySelector(".diff-stage") !== (stage?.host ?? null)) start();
});
document.addEventListener("wholekey:theme", () => stage?.draw());
start();
