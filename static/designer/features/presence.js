/** Working on a branch together: who is there, where they point, what they have chosen, and following them. */

import { PresenceMarks, drawPeople } from "../ui/presence_people.js";
import { Transform } from "../geometry/transform.js";

/** Milliseconds between two words about oneself: while somebody sees them, and otherwise. */
const OFTEN = 200;
const SELDOM = 12_000;
/** Who has not been heard of for so long is gone. */
const GONE_AFTER = 40_000;
const MOST_CHOSEN = 20;

/** Installs it where the page has a stream. */
export function install(page) {
  if (page.boot.urls.presence) {
    new Presence(page).install();
  }
}

class Presence {
  constructor(page) {
    this.page = page;
    this.people = new Map();
    this.pointer = null;
    this.said = 0;
    this.timer = 0;
    this.following = null;
    this.marks = new PresenceMarks(document.getElementById("overlay"));
    this.host = document.getElementById("people");
  }

  install() {
    const { page } = this;
    const { canvas } = page.view;
    page.on("presence", (about) => this.heard(about));
    page.on("gone", (client) => this.forget(client));
    page.on("listening", () => this.say(true));
    for (const topic of ["selection", "diagram", "design", "scene"]) page.on(topic, () => this.soon());
    page.view.onMove(() => this.soon());
    canvas.addEventListener("pointermove", (event) => this.pointed(event));
    canvas.addEventListener("pointerleave", () => this.pointed(null));
    for (const event of ["pointerdown", "wheel", "keydown"]) canvas.addEventListener(event, () => this.follow(null), { passive: true });
    setInterval(() => this.tick(), SELDOM);
    page.actions.add({
      name: "follow-somebody", label: "Follow somebody", group: "Go", words: "presence people together live", keys: [],
      when: () => this.people.size > 0, run: () => this.followNext(),
    });
  }

  // Of oneself

  pointed(event) {
    const { view } = this.page;
    if (event === null) {
      this.pointer = null;
    } else {
      const { left, top } = view.canvas.getBoundingClientRect();
      this.pointer = view.worldAt({ x: event.clientX - left, y: event.clientY - top });
    }
    this.soon();
  }

  /** Something has changed: draws the others anew, and tells them in a moment. */
  soon() {
    this.draw();
    if (this.people.size > 0 && this.timer === 0) {
      this.timer = setTimeout(() => this.say(), Math.max(0, OFTEN - (performance.now() - this.said)));
    }
  }

  tick() {
    const old = Date.now() - GONE_AFTER;
    for (const [client, { at }] of this.people) if (at < old) this.forget(client);
    if (document.visibilityState === "visible" && performance.now() - this.said > SELDOM / 2) this.say();
  }

  say() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.said = performance.now();
    const { page } = this;
    const { transform, size } = page.view;
    const middle = page.view.worldAt({ x: size.w / 2, y: size.h / 2 });
    page.post(page.boot.urls.presence, {
      diagram: page.editor.diagram ?? "", x: rounded(this.pointer?.x), y: rounded(this.pointer?.y),
      selection: [...page.editor.selection].slice(0, MOST_CHOSEN), view: [rounded(middle.x), rounded(middle.y), transform.k],
    });
  }

  // Of others

  heard(said) {
    const isNew = !this.people.has(said.client);
    const own = String(said.user) === String(this.page.boot.user.id);
    const about = { ...said, name: own ? "You, in another tab" : said.name, at: Date.now() };
    this.people.set(about.client, about);
    if (isNew) {
      this.page.announce(`Here now: ${about.name}`);
      this.say();
    }
    if (isNew || this.drawnFor !== this.peopleKey()) this.drawPeople();
    if (this.following === about.client) this.lookWith(about);
    this.draw();
  }

  forget(client) {
    const about = this.people.get(client);
    if (!about) return;
    this.people.delete(client);
    if (this.following === client) this.following = null;
    this.page.announce(`Not here any more: ${about.name}`);
    this.drawPeople();
    this.draw();
  }

  peopleKey() {
    return [...this.people.values()].map(({ client, name, diagram }) => `${client} ${name} ${this.isHere({ diagram })}`).join("\n") + this.following;
  }

  isHere({ diagram }) {
    return diagram === this.page.editor.diagram;
  }

  drawPeople() {
    this.drawnFor = this.peopleKey();
    drawPeople(this.host, [...this.people.values()], {
      following: this.following, here: (about) => this.isHere(about), follow: (client) => this.follow(this.following === client ? null : client),
    });
  }

  draw() {
    if (this.people.size === 0 && this.marks.parts.size === 0) return;
    const { view, scene } = this.page;
    const here = [...this.people.values()].filter((about) => this.isHere(about));
    this.marks.draw(here.map(({ client, name, x, y, selection }) => ({
      client, name,
      point: Number.isFinite(x) && Number.isFinite(y) ? view.boxOnScreen({ x, y, w: 0, h: 0 }) : null,
      boxes: (selection ?? []).map((id) => scene.item(id)).filter((item) => item && Number.isFinite(item.w)).map((item) => view.boxOnScreen(item)),
    })));
    if (this.drawnFor !== this.peopleKey()) this.drawPeople();
  }

  // Following

  follow(client) {
    if (this.following === client) return;
    this.following = client;
    const about = this.people.get(client);
    if (about) {
      this.page.announce(`Following ${about.name}; press on the canvas to stop`);
      this.lookWith(about);
    }
    this.drawPeople();
  }

  followNext() {
    const clients = [...this.people.keys()];
    this.follow(clients[(clients.indexOf(this.following) + 1) % clients.length]);
  }

  lookWith({ diagram, view: looked }) {
    const { page } = this;
    if (diagram && !this.isHere({ diagram }) && page.store.design.get(diagram)?.kind === "diagram") page.showDiagram(diagram);
    if (looked?.length !== 3 || !looked.every(Number.isFinite)) return;
    const [x, y, k] = looked;
    const { w, h } = page.view.size;
    page.view.flyTo(new Transform(k, w / 2 - x * k, h / 2 - y * k));
  }
}

const rounded = (value) => (Number.isFinite(value) ? Math.round(value * 10) / 10 : null);
