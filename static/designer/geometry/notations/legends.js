/**
 * What the signs of the notations mean, each with a sample that is drawn as in a diagram.
 * `designer/layout/notations/legends.py` holds the twin.
 *
 * @typedef {import("../edges.js").Edge} Edge
 * @typedef {import("../metrics.js").Element} Element
 * @typedef {{text: string, edge: Edge | null, element: Element | null, sign: string}} LegendEntry  a line, a box, or a word
 */

const END = { element: "", rows: [], shape: "", min: 0, max: null, role: "" };
const EDGE = { id: "", kind: "foreign_key", identifying: true, label: "", total: false, disjoint: true, leads: true };
const ELEMENT = {
  id: "", title: "", subtitle: "", kind: "entity", rows: [], detail: "names", width: null, colour: "", stereotype: "", dependent: false,
};

function line(text, source, target, given = {}) {
  return { text, edge: { ...EDGE, source: { ...END, ...source }, target: { ...END, ...target }, ...given }, element: null, sign: "" };
}

function box(text, given = {}) {
  return { text, edge: null, element: { ...ELEMENT, ...given }, sign: "" };
}

function sign(text, word) {
  return { text, edge: null, element: null, sign: word };
}

const foot = (min, max) => ({ shape: "foot", min, max });
const [MAYBE, ONE, ANY, SOME] = [foot(0, 1), foot(1, 1), foot(0, null), foot(1, null)];
const GENERAL = { shape: "triangle" };
const READ = { shape: "arrow" };
const LOOSE = { identifying: false };
const KIND_OF = { kind: "generalization" };
const READS = { kind: "reads", identifying: false };
const WEAK = box("weak: identified through another", { kind: "weak" });
const VIEW = box("view", { kind: "view" });

const CROWSFOOT = [
  line("exactly one", {}, ONE),
  line("none or one", {}, MAYBE),
  line("one or more", {}, SOME),
  line("any number", {}, ANY),
  line("identifying: its key is part of the other's", ANY, ONE),
  line("not identifying", ANY, ONE, LOOSE),
  line("is a kind of, inherits from", {}, GENERAL, KIND_OF),
  line("what a view reads", {}, READ, READS),
  WEAK,
  VIEW,
  sign("primary key, foreign key, unique", "PK FK UK"),
  sign("may be null", "?"),
];

const IDEF1X = [
  line("identifying; the dot is at the child", ANY, ONE),
  line("not identifying", ANY, ONE, LOOSE),
  line("the parent need not be there", ANY, MAYBE, LOOSE),
  line("one or more children", SOME, ONE),
  line("no child or one", MAYBE, ONE),
  line("exactly three children", foot(3, 3), ONE),
  line("many to many", ANY, ANY, { kind: "relationship", identifying: false }),
  line("is one of all the categories there are", {}, GENERAL, { ...KIND_OF, total: true }),
  line("is one of some of the categories", {}, GENERAL, KIND_OF),
  line("what a view reads", {}, READ, READS),
  box("identified on its own"),
  box("identified through another", { dependent: true }),
  sign("foreign key", "(FK)"),
  sign("part of alternate key 1", "(AK1)"),
  sign("may be null", "(O)"),
];

const BARKER = [
  line("one", ONE, ONE, LOOSE),
  line("many", {}, SOME, LOOSE),
  line("the left may be without, the right must have one", ONE, ANY, LOOSE),
  line("part of the identifier of the left", SOME, ONE),
  line("is a kind of, under the arc of its supertype", {}, GENERAL, KIND_OF),
  line("what a view reads", {}, READ, READS),
  sign("identifies", "#"),
  sign("must be given", "*"),
  sign("may be given", "o"),
];

const UML = [
  line("multiplicity: so many of this end", SOME, MAYBE, LOOSE),
  line("composition: identified by the whole", ANY, ONE),
  line("generalization", {}, GENERAL, { ...KIND_OF, leads: false }),
  line("dependency: what a view reads", {}, READ, READS),
  sign("primary key, foreign key", "{PK, FK}"),
  sign("values differ", "{unique}"),
  sign("may be null", "[0..1]"),
  sign("several values", "[1..*]"),
  sign("derived", "/name"),
];

const MINMAX = [
  line("how often each one beside it takes part", ANY, ONE),
  line("one or more times, none or once", MAYBE, SOME),
  line("is a kind of, inherits from", {}, GENERAL, KIND_OF),
  line("what a view reads", {}, READ, READS),
  WEAK,
  VIEW,
  sign("primary key, foreign key, unique", "PK FK UK"),
  sign("may be null", "?"),
];

const ONE_OVAL = { id: "", type: "", pk: false, fk: false, unique: false, nullable: false, depth: 0, mark: "" };
const plain = (given) => ({ ...ONE_OVAL, multivalued: false, derived: false, ...given });
const figure = (text, kind, given = {}) => box(text, { kind: "entity", figure: kind, detail: "all", ...given });
const oval = (text, given) => figure(text, "entity", { rows: [plain(given)] });

const CHEN = [
  figure("entity", "entity"),
  figure("weak entity: identified through another", "weak"),
  figure("associative entity", "associative"),
  figure("relationship", "relationship", { title: "has" }),
  figure("identifying relationship", "identifying", { title: "has" }),
  oval("attribute", { name: "name" }),
  oval("identifier", { name: "number", pk: true }),
  oval("several values", { name: "phone", multivalued: true }),
  oval("derived", { name: "age", derived: true }),
  sign("so many of it belong to one of the others", "1  N  M"),
  sign("beside a double line: each one takes part", "═══"),
  sign("subtypes that are disjoint, that may overlap", "d  o"),
];

/** @type {Record<string, LegendEntry[]>} by the name of the notation */
export const LEGENDS = { crowsfoot: CROWSFOOT, idef1x: IDEF1X, barker: BARKER, uml: UML, chen: CHEN, minmax: MINMAX };
