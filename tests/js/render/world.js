import { Design } from "../../../static/designer/doc/design.js";

/** Two tables, a foreign key between them, an area and a note on one diagram. */
export const records = () => [
  { kind: "model", id: "m" }, { kind: "diagram", id: "d", parent: "m" },
  { kind: "table", id: "users", parent: "m", name: "users" },
  { kind: "column", id: "uid", parent: "users", name: "id", type: "bigint", nullable: false },
  { kind: "key", id: "upk", parent: "users", primary: true, columns: ["uid"] },
  { kind: "table", id: "posts", parent: "m", name: "posts" },
  { kind: "column", id: "pid", parent: "posts", name: "id", type: "bigint", order: "a" },
  { kind: "column", id: "author", parent: "posts", name: "author", type: "bigint", order: "b" },
  { kind: "foreign_key", id: "fk", parent: "posts", columns: ["author"], ref_table: "users", ref_columns: ["uid"] },
  { kind: "placement", id: "pu", parent: "d", element: "users" },
  { kind: "placement", id: "pp", parent: "d", element: "posts", x: 400, y: 40 },
  { kind: "area", id: "area", parent: "d", name: "Blog", x: -30, y: -50, w: 800, h: 400 },
  { kind: "note", id: "note", parent: "d", text: "hello", x: 0, y: 500 },
];

export function designOf(list = records()) {
  return new Design(list);
}

/** The look-ups that a scene asks for, over a design that tests change. */
export function sourceOf(design) {
  return {
    get: (id) => design.get(id), children: (id) => design.childrenOf(id), ofKind: (kind) => design.ofKind(kind),
    referrers: (id) => design.referrers(id),
  };
}
