/** Working on a branch together: who is there, where they point, what they have chosen, and following them. */

import { PresenceMarks, drawPeople } from "../ui/presence_people.js";
import { Transform } from "../geometry/transform.js";

/** Milliseconds between two words about oneself: at least, for each tab that hears them, and where nothing changes. */
const OFTEN = 200;
const FOR_EACH = 25;
const SELDOM = 30_000;
const LOOK_EVERY = 5_000;
/** Without a line to the server for so long, nobody knows who is there. */
const ALONE_AFTER = 25_000;
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
    this.people = new Map(); // tabs of others, by their ids
    this.pointer = null;
    this.said = 0;
    this.timer = 0;
    this.heardAt = Date.now();
    this.following = null;
    this.marks = new PresenceMarks(document.getElementById("overlay"));
    this.host = document.getElementById("people");
  }

  install() {
    const { page } = this;
    const { canvas } = page.view;
    page.on("people", (told) => this.told(told));
    page.on("listening", () => this.say(true));
    for (const topic of ["selection", "diagram", "design", "scene"]) page.on(topic, () => this.soon());
    page.view.onMove(() => this.soon());
    canvas.addEventListener("pointermove", (event) => this.pointed(event));
    canvas.addEventListener("pointerleave", () => this.pointed(null));
    for (const event of ["pointerdown", "wheel", "keydown"]) canvas.addEventListener(event, () => this.follow(null), { passive: true });
    setInterval(() => this.tick(), LOOK_EVERY);
    page.actions.add({
      name: "follow-somebody", label: "Follow somebody", group: "Go", words: "presence people together live",
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
    this.saySoon();
  }

  /** Something has changed: draws the others anew, and tells them in a moment. */
  soon() {
    this.draw();
    this.saySoon();
  }

  /** The more there are to hear it, the less often somebody says where he points. */
  saySoon() {
    if (this.people.size > 0 && this.timer === 0) {
      const pause = Math.max(OFTEN, this.people.size * FOR_EACH);
      this.timer = setTimeout(() => this.say(), Math.max(0, pause - (performance.now() - this.said)));
    }
  }

  tick() {
    if (this.page.stream.isOpen) this.heardAt = Date.now();
    else if (Date.now() - this.heardAt > ALONE_AFTER) this.told({ people: [], all: true });
    if (document.visibilityState === "visible" && performance.now() - this.said > SELDOM) this.say();
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
    }, { "X-Wholekey-Stream": page.stream.token });
  }

  // Of others

  /** Takes in what the server tells of tabs; `all` where there are no others. */
  told({ people, all }) {
    const before = new Map([...this.people.values()].map((about) => [about.person, about.name]));
    const there = new Set(people.map(({ client }) => client));
    if (all) for (const client of [...this.people.keys()]) if (!there.has(client)) this.people.delete(client);
    for (const about of people) about.gone ? this.people.delete(about.client) : this.heard(about);
    this.announceChange(before);
    if (this.following && !this.followed) this.following = null;
    if (this.drawnFor !== this.peopleKey()) this.drawPeople();
    this.draw();
  }

  heard(said) {
    const { page } = this;
    if (said.client === page.client) return;
    const own = said.user && String(said.user) === String(page.boot.user.id);
    const about = { ...said, person: said.user ? `user ${said.user}` : said.client, name: own ? "You, in another tab" : said.name, at: Date.now() };
    this.people.set(about.client, about);
    if (this.following === about.person) this.lookWith(about);
  }

  announceChange(before) {
    const after = new Map([...this.people.values()].map((about) => [about.person, about.name]));
    const came = [...after].filter(([person]) => !before.has(person)).map(([, name]) => name);
    const went = [...before].filter(([person]) => !after.has(person)).map(([, name]) => name);
    if (came.length > 0) this.page.announce(`Here now: ${listed(came)}`);
    if (went.length > 0) this.page.announce(`Not here any more: ${listed(went)}`);
  }

  /** The tab of the person who is followed that moved last. */
  get followed() {
    return this.persons().find(({ person }) => person === this.following)?.latest;
  }

  /** Everybody once, however many tabs he has: `{person, name, latest, here}`. */
  persons() {
    const found = new Map();
    for (const about of this.people.values()) {
      const known = found.get(about.person) ?? { person: about.person, name: about.name, latest: about, here: false };
      found.set(about.person, { ...known, latest: about.at >= known.latest.at ? about : known.latest, here: known.here || this.isHere(about) });
    }
    return [...found.values()];
  }

  peopleKey() {
    return `${this.persons().map(({ person, name, here }) => `${person} ${name} ${here}`).join("\n")}${this.following}`;
  }

  isHere({ diagram }) {
    return diagram === this.page.editor.diagram;
  }

  drawPeople() {
    this.drawnFor = this.peopleKey();
    drawPeople(this.host, this.persons(), {
      following: this.following, follow: (person) => this.follow(this.following === person ? null : person),
    });
  }

  draw() {
    if (this.people.size === 0 && this.marks.parts.size === 0) return;
    const { view, scene } = this.page;
    const here = [...this.people.values()].filter((about) => this.isHere(about));
    this.marks.draw(here.map(({ client, person, name, x, y, selection }) => ({
      client, person, name,
      point: Number.isFinite(x) && Number.isFinite(y) ? view.boxOnScreen({ x, y, w: 0, h: 0 }) : null,
      boxes: (selection ?? []).map((id) => scene.item(id)).filter((item) => item && Number.isFinite(item.w)).map((item) => view.boxOnScreen(item)),
    })));
    if (this.drawnFor !== this.peopleKey()) this.drawPeople();
  }

  // Following

  follow(person) {
    if (this.following === person) return;
    this.following = person;
    const about = this.followed;
    if (about) {
      this.page.announce(`Following ${about.name}; press on the canvas to stop`);
      this.lookWith(about);
    }
    this.drawPeople();
  }

  followNext() {
    const all = this.persons().map(({ person }) => person);
    this.follow(all[(all.indexOf(this.following) + 1) % all.length]);
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

/** A few names in a sentence, and how many more there are. */
const listed = (names) => (names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", "));
const rounded = (value) => (Number.isFinite(value) ? Math.round(value * 10) / 10 : null);
