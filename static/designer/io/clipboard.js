/**
 * Copied records as text: what travels over the clipboard, also between designs and servers. Beside the records, which only
 * Wholekey reads, goes a text that people paste into an editor: SQL.
 */

/** @import { Copied } from "../doc/commands/copying.js" */
import { canonical, misfit } from "../doc/records.js";

const MARK = "wholekey-clipboard";
const VERSION = 1;
const LONGEST = 50_000_000;
const MEDIA_TYPE = "application/x-wholekey+json";
const MEMORY = "wholekey.clipboard";
const LONGEST_MEMORY = 2_000_000;

/** Text that claims to be a copy of ours but cannot be used. The message says what is wrong. */
export class ClipboardError extends Error {}

/**
 * The text for the clipboard.
 * @param {Copied} copied
 * @returns {string}
 */
export function toText({ records, roots, positions, types = [], target = "" }) {
  return JSON.stringify({ [MARK]: VERSION, records, roots, positions, types, target });
}

/**
 * What a text from the clipboard holds; null where it is no copy of ours. Throws ClipboardError for one that is broken: the
 * text may come from anywhere.
 * @param {string} text
 * @returns {Copied | null}
 */
export function fromText(text) {
  if (text.length > LONGEST || !text.slice(0, 200).includes(MARK)) return null;
  const data = parsed(text);
  if (!data || !Object.hasOwn(data, MARK)) return null;
  if (data[MARK] !== VERSION) throw new ClipboardError("The clipboard holds a copy from another version of Wholekey; copy it again here.");
  return checked(data);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checked({ records, roots, positions, types = [], target = "" }) {
  if (!Array.isArray(records) || !Array.isArray(roots) || !Array.isArray(types)) throw new ClipboardError("The copy in the clipboard is torn; copy it again.");
  for (const record of [...records, ...types]) {
    const wrong = misfit(record);
    if (wrong) throw new ClipboardError(`The copy in the clipboard cannot be used: ${wrong}.`);
  }
  const known = new Map(records.map((record) => [record.id, canonical(record)]));
  const chosen = roots.filter((id) => known.has(id));
  return { records: reachable(known, chosen), roots: chosen, positions: spots(positions), types: types.map(canonical), target: String(target) };
}

/** The roots and what belongs to them; anything else has no place to go. */
function reachable(known, roots) {
  const children = new Map();
  for (const { id, parent } of known.values()) {
    if (children.has(parent)) children.get(parent).push(id);
    else children.set(parent, [id]);
  }
  const found = new Set(roots);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return [...found].map((id) => known.get(id));
}

function spots(positions) {
  const list = Array.isArray(positions) ? positions : [];
  return list.filter((spot) => typeof spot?.element === "string" && Number.isFinite(spot.x) && Number.isFinite(spot.y))
    .map(({ element, x, y }) => ({ element, x, y }));
}

/**
 * Puts a copy on the clipboard in answer to a `copy` or `cut` event. `text` is what other programs get; without it they get the
 * records as JSON.
 * @param {ClipboardEvent} event
 * @param {Copied} copied
 * @param {string | null} [text]
 */
export function writeTo(event, copied, text = null) {
  const records = toText(copied);
  event.clipboardData?.setData(MEDIA_TYPE, records);
  event.clipboardData?.setData("text/plain", text ?? records);
  event.preventDefault();
  if (text !== null) remember(text, copied);
}

/**
 * Keeps which records a text on the clipboard stands for, as some ways to the clipboard carry text only.
 * @param {string} text
 * @param {Copied} copied
 */
export function remember(text, copied) {
  const kept = JSON.stringify({ text, records: toText(copied) });
  try {
    if (kept.length < LONGEST_MEMORY) localStorage.setItem(MEMORY, kept);
  } catch {
    // Storage may be full or switched off; the text is then pasted as text.
  }
}

function remembered(text) {
  try {
    const kept = JSON.parse(localStorage.getItem(MEMORY) ?? "null");
    return kept && sameText(kept.text, text) ? fromText(kept.records) : null;
  } catch {
    return null;
  }
}

/** Clipboards of some systems end lines in their own way. */
function sameText(one, other) {
  return typeof one === "string" && one.replaceAll("\r\n", "\n") === other.replaceAll("\r\n", "\n");
}

/**
 * The records that a `paste` event brings, or null.
 * @param {ClipboardEvent} event
 * @returns {Copied | null}
 */
export function readFrom(event) {
  const own = event.clipboardData?.getData(MEDIA_TYPE);
  return own ? fromText(own) : recordsIn(plainText(event));
}

/**
 * The records that a text of the clipboard is or stands for, or null.
 * @param {string} text
 * @returns {Copied | null}
 */
export function recordsIn(text) {
  return fromText(text) ?? (text ? remembered(text) : null);
}

/** The text that a `paste` event brings. @param {ClipboardEvent} event */
export function plainText(event) {
  return event.clipboardData?.getData("text/plain") ?? "";
}

/**
 * Puts a text that is still on its way on the clipboard. Resolves to whether it got there.
 * @param {Promise<string>} promised
 * @returns {Promise<boolean>}
 */
export async function writeLater(promised) {
  const clipboard = globalThis.navigator?.clipboard;
  try {
    if (clipboard?.write && globalThis.ClipboardItem) {
      // The item is made at once, while the gesture still allows it; its text may come later.
      await clipboard.write([new ClipboardItem({ "text/plain": promised.then((text) => new Blob([text], { type: "text/plain" })) })]);
    } else if (clipboard?.writeText) {
      await clipboard.writeText(await promised);
    } else return false;
    return true;
  } catch {
    return false;
  }
}
