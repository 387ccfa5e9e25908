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
    const bonus = exact === 0 ? START : isWordStart(name, exact) ? WORD : 0;
    const run = Array.from({ length: query.length }, (_, index) => exact + index);
    return { score: query.length * RUN * 2 + bonus * 2 - name.length / 50, at: run };
  }
  return scattered(query, name);
}

function scattered(query, name) {
  const at = [];
  let total = 0;
  let from = 0;
  for (const letter of query) {
    const found = bestFrom(name, letter, from, at.at(-1));
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

function isWordStart(name, index) {
  return index === 0 || /[^\p{L}\p{N}]/u.test(name[index - 1]);
}

/**
 * Returns the best `limit` of `items` for what was typed. A dot splits table from column: `ord.tot` finds
 * `orders.total`.
 * @param {{name: string, owner?: string}[]} items
 */
export function search(items, typed, limit = 30) {
  const query = typed.trim().toLowerCase();
  if (!query) {
    return [];
  }
  const found = [];
  for (const item of items) {
    const match = matchItem(item, query);
    if (match !== null) {
      found.push({ item, score: match });
    }
  }
  found.sort((a, b) => b.score - a.score || compare(a.item, b.item));
  return found.slice(0, limit).map((each) => each.item);
}

function matchItem(item, query) {
  const dot = query.lastIndexOf(".");
  const name = item.lower ?? item.name.toLowerCase();
  if (dot > 0 && item.owner) {
    const owner = score(query.slice(0, dot), item.owner.toLowerCase());
    const own = dot + 1 < query.length ? score(query.slice(dot + 1), name) : { score: 0 };
    return owner && own ? owner.score + own.score : null;
  }
  const match = score(query, name);
  return match ? match.score + (item.owner ? 0 : 2) : null;
}

function compare(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
