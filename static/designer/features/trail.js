/** Where the selected thing belongs, as a trail that can be walked: public › orders › customer_id. */

const KINDS = new Set(["schema", "table", "view", "entity", "relationship", "column", "attribute"]);

/** Installs the trail at the foot of the stage. */
export function install(page) {
  const trail = document.createElement("nav");
  trail.className = "trail";
  trail.setAttribute("aria-label", "Where the selection is");
  page.stage.append(trail);
  const paint = () => {
    const steps = stepsOf(page);
    trail.hidden = steps.length === 0;
    trail.replaceChildren(...steps.flatMap((step, at) => (at > 0 ? [divider(), step] : [step])));
  };
  ["selection", "design", "diagram"].forEach((topic) => page.on(topic, paint));
  paint();
}

function stepsOf(page) {
  const { editor, store } = page;
  const known = [...editor.selection].filter((id) => store.design.has(id));
  if (known.length !== 1) {
    return known.length > 1 ? [words(`${known.length} selected`)] : [];
  }
  const records = [];
  for (let record = store.design.get(known[0]); record && records.length < 8; record = store.design.get(record.parent)) {
    records.unshift(record);
  }
  return records.filter(({ kind }) => KINDS.has(kind)).map((record) => stepTo(page, record, record.id === known[0]));
}

function stepTo(page, record, current) {
  const step = document.createElement("button");
  step.type = "button";
  step.textContent = record.name || record.kind;
  if (current) {
    step.setAttribute("aria-current", "true");
  }
  step.addEventListener("click", () => page.choose(record.id, false));
  return step;
}

function words(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

function divider() {
  const made = words("›");
  made.setAttribute("aria-hidden", "true");
  return made;
}
