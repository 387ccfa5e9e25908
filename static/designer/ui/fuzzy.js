/** Fuzzy search over names: letters in order, better where they start words or stand together. */

const START = 12;
const WORD = 8;
const RUN = 6;
const PLAIN = 1;

/**
 * Returns how well `query` matches `name`, with the matched positions; null where a letter is missing.
 * Both must be lower case. For example `ordit` matches `order_items` at 0-2, 6 and 7.
 */
export function score(query, name) {
  const exact = name.indexOf(query);
  if (exact >= 0) {
    return { score: exactScore(query, name, exact), at: Array.from({ length: query.length }, (_, index) => exact + index) };
  }
  return scattered(query, name, true) ?? scattered(query, name, false);
}

function exactScore(query, name, at) {
  const bonus = at === 0 ? START : isWordStart(name, at) ? WORD : 0;
  return query.length * RUN * 2 + bonus * 2 - name.length / 50;
}

/** Leaping to starts of words finds the better match, but may leap over a letter that is needed: then the first ones do. */
function scattered(query, name, leaping) {
  const at = [];
  let total = 0;
  let from = 0;
  for (const letter of query) {
    const found = leaping ? bestFrom(name, letter, from, at.at(-1)) : name.indexOf(letter, from);
    if (found < 0) {
      return null;
    }
    total += worth(name, found, at.at(-1));
    at.push(found);
    from = found + 1;
  }
  return { score: total - name.length / 50, at };
}

function bestFrom(name, letter, from, previous) {
  const next = name.indexOf(letter, from);
  if (next < 0 || next === previous + 1) {
    return next;
  }
  for (let index = next; index >= 0; index = name.indexOf(letter, index + 1)) {
    if (isWordStart(name, index)) {
      return index;
    }
  }
  return next;
}

function worth(name, index, previous) {
  if (previous !== undefined && index === previous + 1) {
    return RUN;
  }
  if (index === 0) {
    return START;
  }
  return isWordStart(name, index) ? WORD : PLAIN;
}

const LETTER = /[\p{L}\p{N}]/u;

function isWordStart(name, index) {
  if (index === 0) {
    return true;
  }
  const before = name.charCodeAt(index - 1);
  if (before < 128) {
    return !((before > 96 && before < 123) || (before > 47 && before < 58) || (before > 64 && before < 91));
  }
  return !LETTER.test(name[index - 1]);
}

/**
 * A list of names made ready to be searched at every keystroke: a mask of letters drops most names before they are scored, and
 * typing on searches only what matched before.
 */
export class FuzzyIndex {
  /** @param {{name: string, owner?: string, words?: string, boost?: number}[]} items `words` are found too, where they and the name hold each word that was typed */
  constructor(items) {
    this.items = items;
    this.names = items.map(({ name }) => name.toLowerCase());
    this.masks = Int32Array.from(items, ({ words = "" }, index) => maskOf(this.names[index]) | maskOf(words));
    this.last = { query: "", found: null };
  }

  /** Returns the best `limit` as `{item, score}`. A dot splits table from column: `ord.tot` finds `orders.total`. */
  best(typed, limit) {
    const query = typed.trim().toLowerCase();
    if (!query) {
      return [];
    }
    const dot = query.lastIndexOf(".");
    return dot > 0 ? this.dotted(query.slice(0, dot), query.slice(dot + 1), limit) : this.plain(query, limit);
  }

  plain(query, limit) {
    const top = new Top(limit, this.items);
    const mask = maskOf(query);
    const found = [];
    for (const index of this.candidates(query)) {
      if ((this.masks[index] & mask) === mask) {
        const points = this.points(query, index);
        if (points > -Infinity) {
          found.push(index);
          top.offer(index, points + this.bonus(index));
        }
      }
    }
    this.last = { query, found };
    return top.list();
  }

  candidates(query) {
    const { last } = this;
    return last.found && query.startsWith(last.query) ? last.found : this.names.keys();
  }

  dotted(owner, own, limit) {
    const top = new Top(limit, this.items);
    const scores = new Map();
    for (let index = 0; index < this.items.length; index += 1) {
      const name = this.items[index].owner;
      if (name && !scores.has(name)) {
        scores.set(name, rate(owner, name.toLowerCase()));
      }
      const table = name ? scores.get(name) : -Infinity;
      const points = table > -Infinity && own ? rate(own, this.names[index]) : 0;
      if (table + points > -Infinity) {
        top.offer(index, table + points);
      }
    }
    return top.list();
  }

  points(query, index) {
    const points = rate(query, this.names[index]);
    const { words } = this.items[index];
    return points === -Infinity && words && holdsEach(query, `${this.names[index]} ${words}`) ? query.length * RUN : points;
  }

  bonus(index) {
    const { owner, boost } = this.items[index];
    return (owner ? 0 : 2) + (boost ?? 0);
  }
}

function holdsEach(query, text) {
  return query.split(/\s+/).every((word) => text.includes(word));
}

function rate(query, name) {
  const exact = name.indexOf(query);
  return exact >= 0 ? exactScore(query, name, exact) : score(query, name)?.score ?? -Infinity;
}

/** Returns a bit for each letter a to z that a name has, one for digits and one for everything else but what divides words. */
function maskOf(name) {
  let mask = 0;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code > 96 && code < 123) {
      mask |= 1 << (code - 97);
    } else if (code > 47 && code < 58) {
      mask |= 1 << 26;
    } else if (code > 127) {
      mask |= 1 << 27;
    }
  }
  return mask;
}

/** The best few of many, kept in order; equal ones by name. */
class Top {
  constructor(limit, items) {
    Object.assign(this, { limit, items, kept: [] });
  }

  offer(index, points) {
    const { kept, limit } = this;
    if (kept.length === limit && !this.before(index, points, kept[limit - 1])) {
      return;
    }
    let at = kept.length;
    while (at > 0 && this.before(index, points, kept[at - 1])) {
      at -= 1;
    }
    kept.splice(at, 0, { index, points });
    kept.length = Math.min(kept.length, limit);
  }

  before(index, points, other) {
    return points > other.points || (points === other.points && this.items[index].name < this.items[other.index].name);
  }

  list() {
    return this.kept.map(({ index, points }) => ({ item: this.items[index], score: points }));
  }
}

/**
 * Returns the best `limit` of a few `items` for what was typed.
 * @param {{name: string, owner?: string}[]} items
 */
export function search(items, typed, limit = 30) {
  return new FuzzyIndex(items).best(typed, limit).map(({ item }) => item);
}
