/** What is offered while a column or an attribute is typed: types, clauses, tables to refer to. */

/** @import { Design } from "../doc/design.js" */
/** @import { Offer, Suggestion } from "./completion.js" */
import { dialectOf, logicalType, quote } from "../doc/dialect.js";
import { primaryKey, tablesOf, singular, referringType } from "../doc/commands/index.js";
import { TYPE_MENUS } from "../doc/type_menus.js";
import { score } from "./fuzzy.js";

const NAME = /^\s*(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^\s"`:]+)(?:\s*:\s*|\s+)/u;
/** What stands before the type of an attribute: all up to a colon, or to the last word, brackets and all. */
const TYPED = /^.*?(:)\s*|^\s*\S.*?\s+(?=[^\s(]*(?:\([^)]*\)?)?\s*$)/su;
const CLAUSE = /(?:^|\s)(?:not\b|null\b|primary\b|pk\b|unique\b|uk\b|auto_?increment\b|generated\b|default\b|references\b|on\s|->)/iu;
const TABLE = /(?:\breferences\s+|->\s*)([^\s(]*)$/iu;
/** The clause that is being typed, which may be two words. */
const BEGUN = /(?:\b(?:not|primary)\s+)?\S*$/iu;
/** The value after `default` is anybody's guess. */
const VALUE = /\bdefault\s+\S*$/iu;
const REFERRING = /(?:id|uuid|key|no|nr|number|code)$/i;
const ARGUMENTS = /\(([^()]*)\)/;
const USED = 8;
const OFFERED = 60;
/** @type {WeakMap<object, string>} */
const SINGULARS = new WeakMap();

const CLAUSES = [
  ["not null", "must have a value"], ["default", "a value where none is given"], ["unique", "no value twice"],
  ["primary key", "identifies a row"], ["references", "refers to another table"], ["null", "may be left out"],
];
const MARKS = [["*", "identifies the entity"], ["?", "may be left out"], ["unique", "no value twice"]];
const USER_TYPES = [["enum_type", ({ values = [] }) => `enum: ${values.slice(0, 4).join(", ")}`], ["domain_type", ({ type }) => `domain of ${type ?? ""}`], ["composite_type", () => "composite type"]];

/**
 * Returns what fits at the caret, or null.
 * @param {Design} design
 * @param {{as: "type" | "line" | "attribute" | "domain", near: string, name?: string, cell?: boolean, fresh?: boolean,
 *   memo?: Map<string, any>}} wish
 *   `line` is the whole line of a column of the table `near`, `type` the type of the column `near`, `domain` that of an
 *   attribute, `attribute` its whole line; `fresh` says that all of the text is selected; `memo` keeps what costs the whole
 *   design for as long as one field is open
 * @param {string} value
 * @param {number} caret
 * @returns {Offer | null}
 */
export function suggestionsFor(design, wish, value, caret) {
  const before = wish.fresh ? "" : value.slice(0, caret);
  if (wish.as === "type" || wish.as === "domain") {
    return CLAUSE.test(before) ? clausesAt(design, wish, before) : typesAt(design, wish, before, 0);
  }
  if (wish.fresh) {
    return null;
  }
  if (wish.as === "attribute") {
    return attributeAt(design, wish, before);
  }
  const name = NAME.exec(before)?.[0];
  if (name === undefined) {
    return hintsFor(design, wish, before);
  }
  const rest = before.slice(name.length);
  if (CLAUSE.test(rest)) {
    return clausesAt(design, wish, before);
  }
  const done = /\s$/.test(rest) && isType(design, wish, rest.trim());
  return done ? clausesAt(design, wish, before) : typesAt(design, { ...wish, name: name.trim().replace(/:$/, "") }, rest, name.length);
}

/** After a colon stands a type; without one the last word may begin one, and may as well belong to the name. */
function attributeAt(design, wish, before) {
  const said = TYPED.exec(before);
  if (!said) {
    return null;
  }
  const [head, colon] = [said[0], said[1]];
  const rest = before.slice(head.length);
  if (/\s$/.test(rest) && isType(design, wish, rest)) {
    return clausesAt(design, wish, before);
  }
  const found = rest || colon ? typesAt(design, wish, rest, head.length) : null;
  return found && { ...found, ready: found.ready && (colon === ":" || rest.length > 2) };
}

/** A name such as customer_id says which table is meant before any type is typed. */
function hintsFor(design, wish, typed) {
  const items = referring(design, wish, typed.trim()).map((each) => ({ ...each, text: `${typed.trim()} ${each.text}` }));
  return items.length > 0 ? { from: 0, items, ready: false } : null;
}

function clausesAt(design, wish, before) {
  const table = wish.as === "attribute" || wish.as === "domain" ? null : TABLE.exec(before);
  if (table) {
    return offer(once(wish, "tables", () => tableItems(design, wish)), table[1], before.length - table[1].length);
  }
  const said = before.toLowerCase();
  const known = wish.as === "attribute" || wish.as === "domain" ? MARKS : CLAUSES;
  if (VALUE.test(before) || known.some(([text]) => said.endsWith(text))) {
    return null; // what stands there is whole: Enter shall commit it
  }
  const word = BEGUN.exec(before)[0];
  const left = known.filter(([text]) => !said.slice(0, said.length - word.length).includes(text));
  return offer(left.map(([text, detail]) => ({ text: `${text} `.replace(/(null|unique|key|\*|\?) $/, "$1"), label: text, detail })), word, before.length - word.length);
}

/** What is worked out once for a field. */
function once(wish, key, compute) {
  if (!wish.memo?.has(key)) {
    const found = compute();
    wish.memo?.set(key, found);
    return found;
  }
  return wish.memo.get(key);
}

function tableItems(design, wish) {
  const own = ownerOf(design, wish.near);
  const dialect = dialectFor(design, wish.near);
  return tablesOf(design, design.get(wish.near)).map((table) => {
    const boost = table.parent === own?.parent ? 1 : 0;
    const label = table.name ?? "";
    return { label, boost, get text() { return quote(dialect, label); }, get detail() { return keyWords(design, table); } };
  });
}

/** Says how a table is referred to; asked only for those that are shown, as a model may have thousands. */
function keyWords(design, table) {
  const key = keyColumn(design, table);
  return key ? `${key.name} ${key.type ?? ""}` : "no single key";
}

function typesAt(design, wish, typed, from) {
  const query = typed.trimStart();
  const start = from + typed.length - query.length;
  const found = offer([...hints(design, wish), ...once(wish, "types", () => typeItems(design, wish))], query, start);
  return found && { ...found, ready: found.ready && !isType(design, wish, query) };
}

function hints(design, wish) {
  const name = wish.as === "type" ? design.get(wish.near)?.name : wish.name;
  return wish.as === "type" || wish.as === "line" ? referring(design, wish, name ?? "") : [];
}

/**
 * Ranks items by how well they fit; with nothing typed they stay in their order.
 * @param {(Suggestion & {boost?: number})[]} items
 * @param {string} typed
 * @param {number} from
 * @returns {Offer | null}
 */
function offer(items, typed, from) {
  const query = typed.toLowerCase();
  if (!query) {
    return items.length > 0 ? { from, items: items.slice(0, OFFERED), ready: false } : null;
  }
  const ranked = items.flatMap((item) => {
    const found = score(query, item.label.toLowerCase());
    return found ? [{ item, score: found.score + (item.boost ?? 0) }] : [];
  }).sort((a, b) => b.score - a.score).map(({ item }) => item);
  const same = ranked.length === 1 && ranked[0].text.toLowerCase() === query;
  return ranked.length > 0 && !same ? { from, items: ranked.slice(0, OFFERED), ready: ranked[0].label.toLowerCase().startsWith(query) } : null;
}

// Types

/** The most used types of the design, its own types, then those of the database. */
function typeItems(design, wish) {
  const menu = menuFor(design, wish);
  const words = new Map(menu.map(([text, detail]) => [text.toLowerCase(), detail]));
  const seen = new Set();
  const items = [];
  const add = (text, detail, boost) => {
    if (!seen.has(text.toLowerCase())) {
      seen.add(text.toLowerCase());
      items.push({ text, label: text, detail, boost, ...argumentsOf(text) });
    }
  };
  mostUsed(design, wish).forEach(([type, count], at) => add(type, [`${count}× here`, words.get(type.toLowerCase())].filter(Boolean).join(" · "), USED - at));
  ownTypes(design, wish).forEach(([name, detail]) => add(name, detail, 3));
  menu.forEach(([text, detail]) => add(text, detail, 0));
  return items;
}

/** The part of a type that people type over: the 255 of varchar(255). */
function argumentsOf(text) {
  const found = ARGUMENTS.exec(text);
  return found?.[1] ? { select: [found.index + 1, found.index + 1 + found[1].length] } : {};
}

function menuFor(design, wish) {
  const target = isAttribute(wish) ? "" : design.modelOf(wish.near)?.target ?? "";
  return TYPE_MENUS[Object.hasOwn(TYPE_MENUS, target) ? target : ""];
}

const isAttribute = ({ as }) => as === "attribute" || as === "domain";

function mostUsed(design, wish) {
  const model = design.modelOf(wish.near)?.id;
  const counts = new Map();
  const homes = new Map();
  for (const { id, type, parent } of design.eachOfKind(isAttribute(wish) ? "attribute" : "column")) {
    if (!homes.has(parent)) {
      homes.set(parent, design.modelOf(parent)?.id);
    }
    if (type && id !== wish.near && homes.get(parent) === model) {
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, USED);
}

function ownTypes(design, wish) {
  const model = design.modelOf(wish.near)?.id;
  const here = (kind) => design.ofKind(kind).filter((record) => record.name && design.modelOf(record.id)?.id === model);
  if (isAttribute(wish)) {
    return here("domain").map(({ name, type }) => [name, `domain${type ? ` of ${type}` : ""}`]);
  }
  const dialect = dialectFor(design, wish.near);
  return USER_TYPES.flatMap(([kind, words]) => here(kind).map((record) => [quote(dialect, record.name), words(record)]));
}

function isType(design, wish, text) {
  const shown = text.replace(/\s+/g, " ").trim().toLowerCase();
  if (!shown) {
    return false;
  }
  const target = isAttribute(wish) ? "" : design.modelOf(wish.near)?.target ?? "";
  return !logicalType(shown, dialectOf(target)).startsWith("other(") || ownTypes(design, wish).some(([name]) => name.toLowerCase() === shown);
}

// Columns that refer to other tables

/** What a column of such a name may refer to: `customer_id` to `customers`, `billing_customer_id` as well. */
function referring(design, wish, name) {
  const bare = plain(name);
  const table = ownerOf(design, wish.near);
  if (!REFERRING.test(bare) || bare.length < 4 || refersAlready(design, wish)) {
    return [];
  }
  const dialect = dialectFor(design, wish.near);
  return once(wish, "named", () => tablesOf(design, design.get(wish.near))).flatMap((target) => {
    const one = singularOf(target);
    const key = target.id !== table?.id && bare.includes(one) ? keyColumn(design, target) : undefined;
    const fit = key ? fitting(bare, one, plain(key.name ?? "")) : 0;
    return fit > 0 ? [{ target, key, fit }] : [];
  }).sort((a, b) => b.fit - a.fit).slice(0, 3).map(({ target, key }) => {
    const type = referringType(key.type ?? "");
    return { text: `${type} references ${quote(dialect, target.name ?? "")}`.trim(), label: `${type} → ${target.name}`, detail: "foreign key", boost: 20 };
  });
}

/** How well a name fits a table called `one` in the singular with the key `own`: `customerid` is what refers to it. */
function fitting(bare, one, own) {
  const wanted = own.startsWith(one) ? own : one + own;
  return bare === wanted ? 100 : bare.endsWith(wanted) && one.length > 2 ? wanted.length : 0;
}

/** The name of one row of a table, without what separates words; kept as long as the record is, since each edit makes a new one. */
function singularOf(table) {
  const known = SINGULARS.get(table) ?? plain(singular(table.name ?? ""));
  SINGULARS.set(table, known);
  return known;
}

function plain(name) {
  return name.replace(/[\s_"`-]/g, "").toLowerCase();
}

function keyColumn(design, table) {
  const columns = primaryKey(design, table.id)?.columns ?? [];
  return columns.length === 1 ? design.get(columns[0]) : undefined;
}

function refersAlready(design, wish) {
  return wish.as === "type" && [...design.referrers(wish.near)].some((id) => {
    const key = design.get(id);
    return key?.kind === "foreign_key" && key.columns?.includes(wish.near);
  });
}

function ownerOf(design, id) {
  const record = design.get(id);
  return record?.kind === "column" ? design.get(record.parent) : record;
}

function dialectFor(design, id) {
  return dialectOf(design.modelOf(id)?.target);
}
