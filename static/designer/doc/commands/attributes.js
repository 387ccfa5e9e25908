/** Typing attributes under an entity or a relationship; the twin of designer/commands/attributes.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
/** @import { AttributeText } from "./attribute_text.js" */
import { Design } from "../design.js";
import { dialectOf, logicalType } from "../dialect.js";
import { COMMON_TYPES } from "../dialects.js";
import { newId } from "../ids.js";
import { spread } from "../order.js";
import { recordOf, withField, withFields } from "../records.js";
import { parseAttributeText, separated, withDefinition, withPersonal } from "./attribute_text.js";
import { edit, need, Refused } from "./contract.js";
import { figures } from "./figures.js";
import { called, checkName } from "./names.js";

const VOCABULARY = new Set(Object.values(COMMON_TYPES));
/** Their arguments are texts, in which spaces count. */
const LISTS = new Set(["enum", "set"]);
const LOGICAL = /^([a-z_]+)(?:\(.*\))?(?:\[\])*$/s;
/** Types that are plain words as well: a conceptual model says them after a colon, as `order date` is a name there. */
const PLAIN_WORDS = new Set([
  "binary", "bit", "character", "date", "double", "fixed", "float", "interval", "money", "number", "point", "polygon", "real", "set", "text", "time", "year",
]);
const INDENTED = /^(?: {2,}|\t)/;

/**
 * Adds attributes from one line of text: `*number integer`, `address: street, city`, `name, phone?`. A line that begins
 * with two spaces adds parts to the last attribute.
 * @param {Design} design
 * @param {{owner: Id, text: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addAttributeText(design, { owner, text }, ids = newId) {
  return addAttributesText(design, { owner, text }, ids);
}

/**
 * Adds attributes from several lines of text; those that stand further in are parts of the one above.
 * @param {Design} design
 * @param {{owner: Id, text: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addAttributesText(design, { owner, text }, ids = newId) {
  const parent = need(design, owner, "entity", "relationship");
  const draft = new AttributeDraft(design, parent, ids);
  const last = design.childrenOf(owner, "attribute").at(-1) ?? null;
  const indented = INDENTED.test(text) && last !== null;
  const above = indented ? [{ depth: 0, attribute: /** @type {Rec} */ (last) }] : [];
  const lines = text.split("\n").filter((line) => line.trim());
  if (lines.length === 0) throw new Refused("there is no attribute in this text; type for example: *number integer", "name");
  const made = lines.flatMap((line) => addLine(draft, line, above));
  const label = made.length === 1 ? `Add attribute ${called(design, parent)}.${made[0].name}` : `Add ${made.length} attributes to ${called(design, parent)}`;
  const placed = parent.kind === "relationship" ? figures(design, owner, parent.ends ?? [], ids) : [];
  return edit(design, label, [...draft.records, ...placed], [], { select: made.map(({ id }) => id) });
}

function addLine(draft, line, above) {
  const depth = line.replace(/\t/g, "  ").search(/\S/);
  while (above.length > 0 && above.at(-1).depth >= depth) above.pop();
  const parent = above.at(-1)?.attribute ?? draft.owner;
  const isType = (words) => draft.isType(words);
  const [said, comment] = withDefinition(line);
  const [plain, pii] = withPersonal(said);
  const texts = plain.includes(":") ? [plain] : separated(plain);
  const read = texts.map((text) => parseAttributeText(text, isType));
  read.slice(-1).forEach((last) => Object.assign(last, { comment, pii }));
  const made = read.map((each) => draft.add(parent, each));
  above.push({ depth, attribute: made.at(-1) });
  return made;
}

class AttributeDraft {
  constructor(design, owner, ids) {
    Object.assign(this, { design, owner, ids, put: new Map() });
    this.model = design.modelOf(owner.id);
  }

  get records() {
    return [...this.put.values()];
  }

  /** Whether last words of a line are its type. */
  isType(words) {
    const conceptual = this.model?.level === "conceptual" && PLAIN_WORDS.has(words.toLowerCase());
    return !conceptual && meaningOf(this.design, this.owner.id, words) !== null;
  }

  siblings(parent) {
    return [...this.design.childrenOf(parent, "attribute"), ...this.records.filter((each) => each.kind === "attribute" && each.parent === parent)];
  }

  add(parent, said) {
    const siblings = this.siblings(parent.id);
    if (siblings.some(({ name }) => name === said.name)) throw new Refused(`there is an attribute named ${said.name} here already; choose another name`, "name");
    const [order] = spread(siblings.at(-1)?.order || null, null, 1);
    const attribute = recordOf("attribute", this.ids(), { parent: parent.id, order, name: said.name, ...fieldsOf(this.design, this.owner.id, said) });
    checkName(this.design, attribute, attribute.name);
    this.put.set(attribute.id, attribute);
    this.identify(attribute, said);
    said.parts.forEach((part) => this.add(attribute, part));
    return attribute;
  }

  identify(attribute, { primary, unique }) {
    if (!primary && !unique) return;
    if (this.owner.kind !== "entity") throw new Refused("a relationship has no identifier of its own; its entities identify it", "name");
    if (primary) this.addToPrimary(attribute);
    else this.put.set(...entry(recordOf("identifier", this.ids(), { parent: this.owner.id, attributes: [attribute.id] })));
  }

  addToPrimary(attribute) {
    const all = [...this.design.childrenOf(this.owner.id, "identifier").map((each) => this.put.get(each.id) ?? each), ...this.records];
    const old = all.find((each) => each.kind === "identifier" && each.primary);
    if (old?.attributes?.includes(attribute.id)) return;
    const attributes = [...(old?.attributes ?? []), attribute.id];
    this.put.set(...entry(old ? withField(old, "attributes", attributes) : recordOf("identifier", this.ids(), { parent: this.owner.id, primary: true, attributes })));
  }
}

const entry = (record) => [record.id, record];

/** The fields that a line says. @param {AttributeText} said */
function fieldsOf(design, near, said) {
  return {
    ...(said.type === null ? {} : typeFields(design, near, said.type)),
    ...(said.optional === null ? {} : { optional: said.optional }),
    ...(said.comment === null || said.comment === undefined ? {} : { comment: said.comment }),
    ...(said.pii ? { pii: said.pii, classification: "confidential" } : {}),
    multivalued: said.multivalued,
    derived: said.derived,
  };
}

function typeFields(design, near, text) {
  return meaningOf(design, near, text) ?? { type: text.trim(), domain: null };
}

/** What a type text means: a domain of the model, whatever its name, or a logical type; null where it means neither. */
function meaningOf(design, near, text) {
  const domain = domainNamed(design, near, text.trim());
  if (domain) return { type: "", domain };
  const compact = text.trim().toLowerCase().replace(/\s+(?=\()/g, "");
  const word = LOGICAL.exec(compact)?.[1];
  if (word && VOCABULARY.has(word)) return { type: LISTS.has(word) ? compact : compact.replace(/\s+/g, ""), domain: null };
  const logical = logicalType(text.trim(), dialectOf("postgresql"));
  return text.trim() === "" || logical.startsWith("other(") ? null : { type: logical, domain: null };
}

function domainNamed(design, near, name) {
  const model = design.modelOf(near)?.id;
  return design.ofKind("domain").find((each) => each.name?.toLowerCase() === name.toLowerCase() && each.parent === model)?.id ?? null;
}

/**
 * Writes an attribute anew from what is typed as its name: marks say whether it holds several values or is derived; type,
 * optionality and identifiers change only where the text says them.
 * @param {Design} design
 * @param {{id: Id, text: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setAttributeText(design, { id, text }, ids = newId) {
  const old = need(design, id, "attribute");
  const owner = ownerOf(design, old);
  const draft = new AttributeDraft(design, owner, ids);
  const [written, comment] = withDefinition(text);
  const [plain, pii] = withPersonal(written);
  const said = { ...parseAttributeText(plain, (words) => draft.isType(words)), comment, pii };
  checkName(design, old, said.name);
  const after = withFields(old, { name: said.name, ...fieldsOf(design, owner.id, said) });
  draft.put.set(id, after);
  draft.identify(after, said);
  said.parts.forEach((part) => draft.add(after, part));
  const label = after.name === old.name ? `Write attribute ${called(design, old)}` : `Rename attribute ${called(design, old)} to ${after.name}`;
  return edit(design, label, draft.records);
}

function ownerOf(design, attribute) {
  const parent = need(design, attribute.parent);
  return parent.kind === "attribute" ? ownerOf(design, parent) : parent;
}

/**
 * Gives an attribute a type or a domain of the model by its text; an empty one takes it away.
 * @param {Design} design
 * @param {{id: Id, text: string}} args
 * @returns {Edit}
 */
export function setAttributeType(design, { id, text }) {
  const old = need(design, id, "attribute");
  const fields = text.trim() ? typeFields(design, id, text) : { type: "", domain: null };
  return edit(design, `Set type of attribute ${called(design, old)} to ${text.trim() || "nothing"}`, [withFields(old, fields)]);
}

/**
 * The texts of an attribute as they are typed: its name with its marks, and its type or domain.
 * @param {Design} design
 * @param {Rec} attribute
 */
export function attributeWords(design, attribute) {
  const name = attribute.derived ? `/${attribute.name ?? ""}` : attribute.name ?? "";
  const domain = attribute.domain ? design.get(attribute.domain)?.name : undefined;
  return { name: attribute.multivalued ? `{${name}}` : name, type: domain ?? attribute.type ?? "" };
}
