// The picture of a migration: zoom, drag, and a list beside it that points into it and back.

const LEAST = 0.05, MOST = 4, STEP = 1.25;

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
    this.scale = Math.min(1.25, Math.max(LEAST, Math.min(w / this.size.w, h / this.size.h)));
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

  hold(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    this.host.setPointerCapture(event.pointerId);
    this.host.classList.add("is-held");
    let last = [event.clientX, event.clientY];
    const drag = (moved) => {
      this.move(moved.clientX - last[0], moved.clientY - last[1]);
      last = [moved.clientX, moved.clientY];
    };
    const end = () => {
      this.host.classList.remove("is-held");
      this.host.removeEventListener("pointermove", drag);
    };
    this.host.addEventListener("pointermove", drag);
    this.host.addEventListener("pointerup", end, { once: true });
    this.host.addEventListener("pointercancel", end, { once: true });
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
    if (this.host.classList.contains("is-held")) return point(null);
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
let stage = null;

/** Marks a table and its items; with an event a hint beside the pointer tells the SQL and the hazards. */
function point(box, items = [], event = null) {
  for (const each of document.querySelectorAll(".diff .is-pointed")) each.classList.remove("is-pointed");
  box?.classList.add("is-pointed");
  for (const item of items) item.classList.add("is-pointed");
  hint.hidden = !box || !event;
  if (hint.hidden) return;
  hint.replaceChildren(...items.slice(0, 4).map((item) => item.querySelector("details").cloneNode(true)));
  for (const details of hint.querySelectorAll("details")) details.open = true;
  hint.style.left = `${Math.min(event.clientX + 16, innerWidth - hint.offsetWidth - 12)}px`;
  hint.style.top = `${Math.max(12, Math.min(event.clientY + 16, innerHeight - hint.offsetHeight - 12))}px`;
}

function start() {
  const host = document.querySelector(".diff-stage");
  stage = host ? new Stage(host) : null;
  stage?.draw();
}

document.addEventListener("toggle", (event) => {
  const item = event.target.closest?.(".diff-list .diff-item[data-table]");
  if (!item || !event.target.open) return;
  stage?.show(item.dataset.table);
  point(stage?.boxOf(item.dataset.table) ?? null, [item]);
}, true);
document.addEventListener("mouseover", (event) => {
  const item = event.target.closest?.(".diff-list .diff-item[data-table]");
  if (item) point(stage?.boxOf(item.dataset.table) ?? null, [item]);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "compared" || document.getElementById("compared") !== null && event.detail.elt?.id === "compared") start();
});
document.addEventListener("wholekey:theme", () => stage?.draw());
addEventListener("resize", () => stage?.fit());
start();
