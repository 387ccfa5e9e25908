/** Random edits of a design as people make them; the same for the same seed on the same design. No imports: pages run it too. */

const WORDS = ["orders", "people", "invoice", "day", "größe", "表", 'q"uote', "a b", "</script>", "__proto__", "total"];

/**
 * A generator of numbers from 0 to 1 that repeats itself for the same seed (mulberry32, Tommy Ettinger, 2017).
 * @param {number} seed
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Returns a function that makes one edit of a store and returns its name. `commands` is the module of what people do.
 * All who edit at once fight about the same few fields: those of the first tables.
 */
export function editing(commands, seed) {
  const random = seeded(seed);
  const below = (count) => Math.floor(random() * count);
  const pick = (list) => list[below(list.length)];
  const word = () => `${pick(WORDS)}${below(50)}`;
  const model = (design) => design.ofKind("model").find(({ level }) => (level ?? "physical") === "physical") ?? design.ofKind("model")[0];
  const tables = (design) => design.ofKind("table");
  const columns = (design) => design.ofKind("column");
  const hot = (design) => tables(design).slice(0, 3)[below(3)] ?? pick(tables(design));
  const acts = {
    addTable: (design) => commands.addTable(design, { model: model(design).id, name: word(), diagram: design.ofKind("diagram")[0]?.id ?? null, x: below(900), y: below(900) }),
    rename: (design) => commands.rename(design, { id: pick([...tables(design), ...columns(design)]).id, name: word() }),
    hotName: (design) => commands.rename(design, { id: hot(design).id, name: word() }),
    hotComment: (design) => commands.setFields(design, { id: hot(design).id, values: { comment: word() } }),
    addColumn: (design) => commands.addColumn(design, { table: pick(tables(design)).id, fields: { name: word() } }),
    addHotColumn: (design) => commands.addColumn(design, { table: hot(design).id, fields: { name: word() } }),
    setType: (design) => commands.setFields(design, { id: pick(columns(design)).id, values: { nullable: random() < 0.5, comment: word() } }),
    removeColumn: (design) => commands.deleteRecords(design, { ids: [pick(columns(design)).id] }),
    removeTable: (design) => (tables(design).length > 6 ? commands.deleteRecords(design, { ids: [pick(tables(design)).id] }) : null),
    key: (design) => {
      const column = pick(columns(design));
      return commands.setPrimaryKey(design, { table: column.parent, columns: [column.id] });
    },
    connect: (design) => commands.connect(design, { source: pick(tables(design)).id, target: pick(tables(design)).id }),
    move: (design) => {
      const placement = pick(design.ofKind("placement"));
      return commands.place(design, { diagram: placement.parent, positions: [{ element: placement.element, x: below(2000), y: below(2000) }] });
    },
    moveColumn: (design) => commands.moveColumns(design, { ids: [pick(columns(design)).id] }),
    note: (design) => commands.addNote(design, { diagram: pick(design.ofKind("diagram")).id, x: below(900), y: below(900), text: word() }),
  };
  const names = Object.keys(acts);
  return (store) => {
    const draw = random();
    if (draw < 0.1) return store.undo() && "undo";
    if (draw < 0.13) return store.redo() && "redo";
    const name = pick(names);
    try {
      return store.dispatch(acts[name](store.design)) ? name : null;
    } catch (error) {
      if (error instanceof commands.Refused || error instanceof TypeError) return null; // not now: nothing of that kind is there
      throw error;
    }
  };
}
