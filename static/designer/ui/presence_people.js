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
export function colourOf(person) {
  let sum = 7;
  for (const letter of person) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % 12;
}

/**
 * Draws the row of people. `follow` is called with whoever was pressed.
 * @param {HTMLElement} host
 * @param {{person: string, name: string, here: boolean}[]} people
 * @param {{following: string | null, follow: (person: string) => void}} options
 */
export function drawPeople(host, people, { following, follow }) {
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.person : null;
  host.hidden = people.length === 0;
  const shown = people.slice(0, MOST_SHOWN);
  const rows = shown.map(({ person, name, here }) => {
    const where = here ? "is on this diagram" : "is on another diagram";
    const words = following === person ? `Follow ${name} no longer` : `Follow ${name}, who ${where}`;
    const button = element("button", `person hue-${colourOf(person)}`, initials(name));
    Object.assign(button, { type: "button", title: words, ariaLabel: words, ariaPressed: String(following === person) });
    button.dataset.person = person;
    button.addEventListener("click", () => follow(person));
    return button;
  });
  if (people.length > MOST_SHOWN) {
    const names = people.slice(MOST_SHOWN).map(({ name }) => name).join(", ");
    rows.push(Object.assign(element("span", "person more", `+${people.length - MOST_SHOWN}`), { title: names }));
  }
  host.replaceChildren(...rows);
  if (focused) rows.find((row) => row.dataset.person === focused)?.focus();
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
   * @param {{client: string, person: string, name: string, point: {x: number, y: number} | null, boxes: {x: number, y: number, w: number, h: number}[]}[]} marks on the element
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

  #draw({ client, person, name, point, boxes }) {
    const part = this.parts.get(client) ?? this.#made(client, person, name);
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

  #made(client, person, name) {
    const part = element("div", `presence hue-${colourOf(person)}`);
    part.ariaHidden = "true";
    const pointer = part.appendChild(element("div", "presence-pointer"));
    pointer.append(element("i", ""), element("span", "", name));
    this.layer.append(part);
    this.parts.set(client, part);
    return part;
  }
}
