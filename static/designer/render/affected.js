/** Which parts of a picture an edit touches: the way from a record up to the box that shows it. */

const BOXES = new Set(["table", "view", "entity", "relationship"]);
const OWNERS = new Set(["table", "view", "relationship", "generalization"]);
const PICTURES = new Set(["placement", "area", "note"]);
/** Types and domains are named in the rows of the elements that use them. */
const NAMED_BY_ROWS = new Set(["enum_type", "domain_type", "composite_type", "domain"]);
const MOST_STEPS = 12;

/**
 * Returns the ids that an edit touches on a diagram: `elements` whose box is to be built again, `pictures`
 * (placements, areas, notes), `owners` of lines, and whether the `diagram` record itself changed.
 * @param {Iterable<string>} ids of the records that the edit added, removed or changed
 * @param {{get: Function, children: Function, referrers: Function}} source the design after the edit
 * @param {(id: string) => string | undefined} shownBy the element, or the picture record itself, that showed a record
 *   before the edit: a removed record can no longer be asked for its parent
 * @param {string} diagram
 */
export function affectedBy(ids, source, shownBy, diagram) {
  const found = { elements: new Set(), pictures: new Set(), owners: new Set(), diagram: false };
  for (const id of ids) {
    const before = shownBy(id);
    if (before === id && !BOXES.has(source.get(id)?.kind)) {
      found.pictures.add(id);
      found.owners.add(id);
    } else if (before !== undefined) {
      found.elements.add(before);
      found.owners.add(before);
    }
    const record = source.get(id);
    if (id === diagram) {
      found.diagram = true;
    } else if (record) {
      touch(record, found, source, diagram);
    } else {
      found.owners.add(id); // it may have brought lines under ids of their own, as a generalization does
    }
  }
  return found;
}

function touch(record, found, source, diagram) {
  if (PICTURES.has(record.kind)) {
    if (record.parent === diagram) {
      found.pictures.add(record.id);
    }
    return;
  }
  if (OWNERS.has(record.kind)) {
    found.owners.add(record.id);
  }
  if (record.kind === "schema") {
    for (const child of source.children(record.id)) {
      found.elements.add(child.id);
    }
  } else if (NAMED_BY_ROWS.has(record.kind)) {
    for (const referrer of source.referrers(record.id)) {
      climb(source.get(referrer), found, source);
    }
  } else {
    climb(record, found, source);
  }
}

function climb(record, found, source) {
  let current = record;
  for (let steps = 0; current && steps < MOST_STEPS; steps += 1) {
    if (BOXES.has(current.kind)) {
      found.elements.add(current.id);
      found.owners.add(current.id);
      return;
    }
    current = source.get(current.parent);
  }
}
