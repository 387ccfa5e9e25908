/** Copied records as text: what travels over the clipboard, also between designs and servers. */

/** @import { Copied } from "../doc/commands/copying.js" */
import { canonical, misfit } from "../doc/records.js";

const MARK = "wholekey-clipboard";
const VERSION = 1;
const LONGEST = 50_000_000;

/** Text that claims to be a copy of ours but cannot be used. The message says what is wrong. */
export class ClipboardError extends Error {}

/**
 * The text for the clipboard.
 * @param {Copied} copied
 * @returns {string}
 */
export function toText({ records, roots, positions }) {
  return JSON.stringify({ [MARK]: VERSION, records, roots, positions });
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

function checked({ records, roots, positions }) {
  if (!Array.isArray(records) || !Array.isArray(roots)) throw new ClipboardError("The copy in the clipboard is torn; copy it again.");
  for (const record of records) {
    const wrong = misfit(record);
    if (wrong) throw new ClipboardError(`The copy in the clipboard cannot be used: ${wrong}.`);
  }
  const known = new Map(records.map((record) => [record.id, canonical(record)]));
  const chosen = roots.filter((id) => known.has(id));
  return { records: reachable(known, chosen), roots: chosen, positions: spots(positions) };
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
 * Puts a copy on the clipboard in answer to a `copy` or `cut` event.
 * @param {ClipboardEvent} event
 * @param {Copied} copied
 */
export function writeTo(event, copied) {
  event.clipboardData?.setData("text/plain", toText(copied));
  event.preventDefault();
}

/**
 * What a `paste` event brings, or null.
 * @param {ClipboardEvent} event
 * @returns {Copied | null}
 */
export function readFrom(event) {
  return fromText(event.clipboardData?.getData("text/plain") ?? "");
}
