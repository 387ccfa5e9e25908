/**
 * How the tables of a model stand, as chips, as a facet of the filter, as items of the palette and in words.
 *
 * @typedef {{state: "suspected" | "violation" | "clean", form: string, title: string, questions: number}} Standing  of one table
 * @typedef {{version: number, counts: Record<string, number>, states: Record<string, Standing>}} Answer  `states` leaves
 *   out the tables that nobody assessed; `counts` has them under `none`
 */

const NOT_ASSESSED = "Not assessed: only keys are known, and those alone prove nothing";
const WORDS = { violation: "with a proved violation", suspected: "suspected", clean: "clean", none: "not assessed" };
const ASSESSED = ["table", "entity"];
const BELOW_3NF = new Set(["1NF", "2NF"]);

/**
 * Returns the chips to paint, by element.
 * @param {Answer | null} answer
 * @param {"findings" | "all" | "off"} mode
 * @param {() => object} design asked only where every table gets a chip
 * @returns {Map<string, import("../render/paint_chip.js").Chip>}
 */
export function chipsOf(answer, mode, design) {
  const chips = new Map();
  if (!answer || mode === "off") {
    return chips;
  }
  if (mode === "all") {
    ASSESSED.forEach((kind) => [...design().ofKind(kind)].forEach(({ id }) => chips.set(id, { state: "none", text: "", title: NOT_ASSESSED })));
  }
  for (const [id, standing] of Object.entries(answer.states)) {
    chips.set(id, { state: standing.state, text: textOf(standing), title: standing.title });
  }
  return chips;
}

function textOf({ state, form, questions }) {
  return state === "suspected" ? (questions > 1 ? String(questions) : "") : form;
}

const SIGNS = { violation: "!", suspected: "?", clean: "✓", none: "–" };

/** Returns the sign of a chip for a list, with its sentence for whoever cannot see it; null for none. */
export function stateMark(chip) {
  if (!chip) {
    return null;
  }
  const mark = document.createElement("span");
  mark.className = `state-mark is-${chip.state}`;
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", chip.title);
  mark.title = chip.title;
  mark.textContent = SIGNS[chip.state];
  return mark;
}

/** Returns `2 tables with a proved violation, 3 suspected, 1 clean, 40 not assessed`. */
export function normalizationWords(counts) {
  const found = Object.keys(WORDS).filter((state) => counts[state] > 0);
  return found.length > 0 ? found.map((state) => `${counts[state]} ${WORDS[state]}`).join(", ") : "no tables";
}

/**
 * Returns the facet by which the filter shows tables below a normal form, or those that nobody assessed; null before the
 * server has answered.
 * @param {object} design
 * @param {{element: string}[]} placed
 * @param {Answer | null} answer
 */
export function normalFormFacet(design, placed, answer) {
  if (!answer) {
    return null;
  }
  const elements = placed.map(({ element }) => element).filter((id) => ASSESSED.includes(design.get(id)?.kind));
  const choice = (id, label, wanted) => ({ id, label, elements: new Set(elements.filter((each) => wanted(answer.states[each]))) });
  const choices = [
    choice("below-3nf", "below 3NF", (at) => at?.state === "violation" && BELOW_3NF.has(at.form)),
    choice("violation", "any violation", (at) => at?.state === "violation"),
    choice("suspected", "suspected", (at) => at?.state === "suspected"),
    choice("none", "not assessed", (at) => at === undefined),
    choice("clean", "clean", (at) => at?.state === "clean"),
  ];
  return { name: "normal form", label: "Normalisation", choices: choices.filter((each) => each.elements.size > 0) };
}

const ORDER = ["violation", "suspected", "clean"];

/** Returns an item of the palette for each table that was assessed, the worst first. */
export function normalizationItems(answer, recordOf, go) {
  const entries = Object.entries(answer?.states ?? {}).filter(([id]) => recordOf(id));
  entries.sort(([, one], [, other]) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  return entries.map(([id, { state, form, title }]) => {
    const { name = "" } = recordOf(id);
    return { name: `${name}: ${title}`, kind: state === "violation" ? "warning" : "info", where: [WORDS[state], form].filter(Boolean).join(" · "), run: () => go(id), text: `${name} ${title} ${form} ${state} normalisation normal form`.toLowerCase() };
  });
}
