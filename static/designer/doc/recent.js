/** What I did just now, so that I hear of it when somebody else's edit takes its place. */

/** @import { Change, Entry, Id, Note } from "./types.js" */
import { isBookkeeping } from "./bookkeeping.js";
import { Design } from "./design.js";
import { called } from "./rebase.js";
import { fieldOf } from "./records.js";
import { equal } from "./values.js";

/** For how long an edit counts as done just now, in milliseconds. */
const JUST_NOW = 30_000;
const LONGEST = 40;
/** Where something stands changes hands all the time, and everybody sees it move. */
const UNTOLD = new Set(["placement"]);

/**
 * The fields that I set and the records that I added in the last half minute.
 *
 * For example I name a column `mail` and it is accepted; two seconds later an edit of Bob arrives that names it `email`:
 * the note `overwritten` says so, and carries what puts mine back.
 */
export class Recent {
  /** @type {Map<Id, {time: number, fields: Map<string, any>}>} */ #mine = new Map();

  /**
   * Remembers an edit of mine.
   * @param {Change} change
   * @param {number} now
   */
  did(change, now) {
    for (const [id, { time }] of this.#mine) if (now - time > JUST_NOW) this.#mine.delete(id);
    for (const id of Object.keys(change.removed ?? {})) this.#mine.delete(id);
    for (const id of Object.keys(change.added ?? {})) this.#mine.set(id, { time: now, fields: new Map() });
    for (const [id, fields] of Object.entries(change.changed ?? {})) {
      const known = this.#mine.get(id)?.fields ?? new Map();
      for (const [name, [, value]] of Object.entries(fields)) known.set(name, value);
      this.#mine.set(id, { time: now, fields: known });
    }
  }

  /**
   * What entries of others took from me, one note a record at most.
   * @param {Pick<Entry, "author" | "change">[]} entries of others, as they arrived
   * @param {Design} design after them, and with what is pending of mine on top
   * @param {number} now
   * @returns {Note[]}
   */
  losses(entries, design, now) {
    const notes = new Map();
    for (const { author, change } of entries) {
      for (const note of [...this.#removed(author, change, design, now), ...this.#overwritten(author, change, design, now)]) {
        notes.set(note.about, note);
      }
    }
    return [...notes.values()];
  }

  /**
   * What is not there any more of mine after the design was loaded anew; who did it is not known.
   * @param {Design} design with what is pending of mine on top
   * @param {number} now
   * @returns {Note[]}
   */
  missing(design, now) {
    const fields = [...this.#mine].map(([id, mine]) => [id, Object.fromEntries([...mine.fields].map(([name, value]) => [name, [value, value]]))]);
    return this.losses([{ author: "", change: { changed: Object.fromEntries(fields) } }], design, now);
  }

  #known(id, now) {
    const mine = this.#mine.get(id);
    return mine && now - mine.time <= JUST_NOW ? mine : null;
  }

  *#removed(author, change, design, now) {
    const removed = change.removed ?? {};
    for (const [id, record] of Object.entries(removed)) {
      if (Object.hasOwn(removed, record.parent) || design.has(id) || !this.#known(id, now) || UNTOLD.has(record.kind)) continue;
      this.#mine.delete(id);
      yield { code: "removed", about: id, message: `${author || "Somebody"} removed ${called(record)}, which you have just edited` };
    }
  }

  *#overwritten(author, change, design, now) {
    for (const [id, fields] of Object.entries(change.changed ?? {})) {
      const mine = this.#known(id, now);
      const record = design.get(id);
      if (!mine || !record || isBookkeeping(record) || UNTOLD.has(record.kind)) continue;
      const lost = Object.keys(fields).filter((name) => mine.fields.has(name) && !equal(fieldOf(record, name), mine.fields.get(name)));
      if (lost.length === 0) continue;
      const values = Object.fromEntries(lost.map((name) => [name, mine.fields.get(name)]));
      for (const name of lost) mine.fields.delete(name);
      yield { code: "overwritten", about: id, field: lost[0], message: words(author, lost, record, values), mine: { id, values } };
    }
  }
}

function words(author, [field, ...others], record, values) {
  const what = `${field.replaceAll("_", " ")}${others.length > 0 ? ` and ${others.length} more` : ""} of ${called(record)}`;
  return `${author || "Somebody"} set ${what}${said(" to ", fieldOf(record, field))} after you${said("; yours was ", values[field])}`;
}

/** A value in a sentence, where it is short enough to say. */
function said(before, value) {
  const text = typeof value === "string" ? value : "";
  return text && text.length <= LONGEST ? `${before}“${text}”` : "";
}
