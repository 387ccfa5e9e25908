/** Who else is on the branch: a row of initials in the bar, and what stands on the canvas for them. */

import { element } from "./dom.js";

const MOST_SHOWN = 5;
const LABEL_ABOVE = 26;

/** Returns up to two letters that stand for a name. */
export function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter(Boolean);
  const letters = (words.length > 1 ? [words[0], words.at(-1)] : words).map((word) => [...word][0].toUpperCase());
  return letters.join("") || "?";
}

/** Returns which of the twelve colours somebody has: the same on every screen. */
export function colourOf(client) {
  let sum = 7;
  for (const letter of client) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % 12;
}

/**
 * Draws the row of people. `follow` is called with the id of the tab of whoever was pressed.
 * @param {HTMLElement} host
 * @param {{client: string, name: string, diagram: string}[]} people
 * @param {{following: string | null, here: (about: object) => boolean, follow: (client: string) => void}} options
 */
export function drawPeople(host, people, { following, here, follow }) {
  host.hidden = people.length === 0;
  const shown = people.slice(0, MOST_SHOWN);
  const rows = shown.map((about) => {
    const where = here(about) ? "is on this diagram" : "is on another diagram";
    const words = following === about.client ? `Follow ${about.name} no longer` : `Follow ${about.name}, who ${where}`;
    const button = element("button", `person hue-${colourOf(about.client)}`, initials(about.name));
    Object.assign(button, { type: "button", title: words, ariaLabel: words, ariaPressed: String(following === about.client) });
    button.addEventListener("click", () => follow(about.client));
    return button;
  });
  if (people.length > MOST_SHOWN) {
    const names = people.slice(MOST_SHOWN).map(({ name }) => name).join(", ");
    rows.push(Object.assign(element("span", "person more", `+${people.length - MOST_SHOWN}`), { title: names }));
  }
  host.replaceChildren(...rows);
}

/** The pointers and the selections of others, over the canvas. They are not for pressing. */
export class PresenceMarks {
  /** @param {HTMLElement} layer */
  constructor(layer) {
    this.layer = layer;
    this.parts = new Map();
  }

  /**
   * Puts everything where it belongs in the view of now.
   * @param {{client: string, name: string, point: {x: number, y: number} | null, boxes: {x: number, y: number, w: number, h: number}[]}[]} marks on the element
   */
  draw(marks) {
    const there = new Set(marks.map(({ client }) => client));
    for (const [client, part] of this.parts) {
      if (!there.has(client)) {
        part.remove();
        this.parts.delete(client);
      }
    }
    for (const mark of marks) this.#draw(mark);
  }

  #draw({ client, name, point, boxes }) {
    const part = this.parts.get(client) ?? this.#made(client, name);
    const pointer = part.firstElementChild;
    pointer.hidden = point === null;
    if (point) {
      pointer.style.transform = `translate(${point.x}px, ${point.y}px)`;
      pointer.classList.toggle("below", point.y < LABEL_ABOVE);
    }
    const frames = [...part.querySelectorAll(".presence-frame")];
    boxes.forEach((box, at) => {
      const frame = frames[at] ?? part.appendChild(element("div", "presence-frame"));
      Object.assign(frame.style, { transform: `translate(${box.x}px, ${box.y}px)`, width: `${box.w}px`, height: `${box.h}px` });
    });
    frames.slice(boxes.length).forEach((frame) => frame.remove());
  }

  #made(client, name) {
    const part = element("div", `presence hue-${colourOf(client)}`);
    part.ariaHidden = "true";
    const pointer = part.appendChild(element("div", "presence-pointer"));
    pointer.append(element("i", ""), element("span", "", name));
    this.layer.append(part);
    this.parts.set(client, part);
    return part;
  }
}
