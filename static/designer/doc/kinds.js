/**
 * The record kinds and what their fields refer to. Generated from designer/schema/kinds.py by
 * `python -m designer.schema.browser`; edit there.
 *
 * A field is [type, default]; a field without a default must be given. Types: text, flag, number, id, map (text to
 * text), or the name of a struct; `?` allows null, `[]` is a list. A reference is [shape, policy].
 */

export const ID_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const ID_LENGTH = 10;

export const ID_PATTERN = /^[0-9A-Za-z]{4,40}$/;

export const PICTURE_KINDS = ["area", "diagram", "note", "placement"];

export const ARRAY_STRUCTS = ["Use"];

export const STRUCTS = {
  Use: {
    start: ["number"], end: ["number"], id: ["id"],
  },
  Expr: {
    text: ["text"], uses: ["Use[]", []],
  },
  IndexPart: {
    column: ["id?", null], expr: ["Expr?", null], desc: ["flag", false], nulls: ["text", ""],
    opclass: ["text", ""], collation: ["text", ""], length: ["number?", null], operator: ["text", ""],
  },
  CompositeField: {
    name: ["text"], type: ["text"], collation: ["text", ""], comment: ["text", ""],
  },
  End: {
    entity: ["id"], role: ["text", ""], min: ["number", 0], max: ["number?", null], identifying: ["flag", false],
  },
};

const COMMON = {
  parent: ["id?", null],
  order: ["text", ""],
  origin: ["id?", null],
  comment: ["text", ""],
  owner: ["text", ""],
  classification: ["text", ""],
  pii: ["text", ""],
  retention: ["text", ""],
  tags: ["text[]", []],
  extra: ["map", {}],
};

const COMMON_REFERENCES = {
  parent: ["id", "cascade"],
  origin: ["id", "forget"],
};

export const KINDS = {
  model: {
    rank: 0,
    parents: [],
    fields: {
      ...COMMON, name: ["text", ""], level: ["text", "physical"], target: ["text", ""], version: ["text", ""],
    },
    references: { ...COMMON_REFERENCES },
  },
  entity: {
    rank: 1,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], nature: ["text", "strong"] },
    references: { ...COMMON_REFERENCES },
  },
  attribute: {
    rank: 2,
    parents: ["attribute", "entity", "relationship"],
    fields: {
      ...COMMON, name: ["text", ""], type: ["text", ""], domain: ["id?", null], optional: ["flag", false],
      multivalued: ["flag", false], derived: ["flag", false], sample: ["text", ""],
    },
    references: { ...COMMON_REFERENCES, domain: ["id", "forget"] },
  },
  identifier: {
    rank: 3,
    parents: ["entity"],
    fields: {
      ...COMMON, name: ["text", ""], primary: ["flag", false], attributes: ["id[]", []],
      relationships: ["id[]", []],
    },
    references: { ...COMMON_REFERENCES, attributes: ["ids", "cascade"], relationships: ["ids", "forget"] },
  },
  relationship: {
    rank: 4,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], ends: ["End[]", []] },
    references: { ...COMMON_REFERENCES, ends: ["ends", "cascade"] },
  },
  generalization: {
    rank: 5,
    parents: ["model"],
    fields: {
      ...COMMON, name: ["text", ""], supertype: ["id?", null], subtypes: ["id[]", []], disjoint: ["flag", true],
      total: ["flag", false], discriminator: ["id?", null],
    },
    references: {
      ...COMMON_REFERENCES, supertype: ["id", "cascade"], subtypes: ["ids", "forget"],
      discriminator: ["id", "forget"],
    },
  },
  dependency: {
    rank: 6,
    parents: ["entity", "table"],
    fields: {
      ...COMMON, multivalued: ["flag", false], determinant: ["id[]", []], dependent: ["id[]", []],
      state: ["text", "confirmed"], source: ["text", ""], reason: ["text", ""], decided_by: ["text", ""],
      decided_on: ["text", ""], counterexample: ["text?[][]", []], checked_rows: ["number", 0],
      groups: ["number", 0], exceptions: ["number", 0],
    },
    references: { ...COMMON_REFERENCES, determinant: ["ids", "cascade"], dependent: ["ids", "cascade"] },
  },
  assessment: {
    rank: 7,
    parents: ["entity", "table"],
    fields: { ...COMMON, columns: ["id[]", []], decided_by: ["text", ""], decided_on: ["text", ""] },
    references: { ...COMMON_REFERENCES, columns: ["ids", "forget"] },
  },
  domain: {
    rank: 8,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], type: ["text", ""], values: ["text[]", []], rule: ["text", ""] },
    references: { ...COMMON_REFERENCES },
  },
  term: {
    rank: 9,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], synonyms: ["text[]", []], elements: ["id[]", []] },
    references: { ...COMMON_REFERENCES, elements: ["ids", "forget"] },
  },
  access_pattern: {
    rank: 10,
    parents: ["model"],
    fields: {
      ...COMMON, name: ["text", ""], actor: ["text", ""], operation: ["text", "read"], frequency: ["text", ""],
      reads: ["id[]", []], by: ["id[]", []],
    },
    references: { ...COMMON_REFERENCES, reads: ["ids", "forget"], by: ["ids", "forget"] },
  },
  schema: {
    rank: 11,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""] },
    references: { ...COMMON_REFERENCES },
  },
  table: {
    rank: 12,
    parents: ["model", "schema"],
    fields: {
      ...COMMON, name: ["text", ""], persistence: ["text", ""], inherits: ["id[]", []], partition_of: ["id?", null],
      partition_bound: ["text", ""], row_security: ["flag", false], force_row_security: ["flag", false],
      options: ["text", ""], access_method: ["text", ""], tablespace: ["text", ""], of_type: ["id?", null],
      replica_identity: ["text", ""], replica_index: ["id?", null],
    },
    references: {
      ...COMMON_REFERENCES, inherits: ["ids", "forget"], partition_of: ["id", "cascade"], of_type: ["id", "forget"],
      replica_index: ["id", "forget"],
    },
  },
  column: {
    rank: 13,
    parents: ["table", "view"],
    fields: {
      ...COMMON, name: ["text", ""], type: ["text", ""], logical: ["text", ""], type_ref: ["id?", null],
      nullable: ["flag", true], default: ["Expr?", null], generated: ["Expr?", null], generated_kind: ["text", ""],
      identity: ["text", ""], identity_options: ["text", ""], not_null_name: ["text", ""], collation: ["text", ""],
      on_update: ["text", ""], storage: ["text", ""], compression: ["text", ""], statistics: ["number?", null],
    },
    references: {
      ...COMMON_REFERENCES, type_ref: ["id", "forget"], default: ["expr", "forget"], generated: ["expr", "forget"],
    },
  },
  key: {
    rank: 14,
    parents: ["table"],
    fields: {
      ...COMMON, name: ["text", ""], primary: ["flag", false], columns: ["id[]", []], include: ["id[]", []],
      parts: ["IndexPart[]", []], nulls_not_distinct: ["flag", false], without_overlaps: ["flag", false],
      deferrable: ["flag", false], deferred: ["flag", false], options: ["text", ""],
    },
    references: {
      ...COMMON_REFERENCES, columns: ["ids", "cascade"], include: ["ids", "forget"], parts: ["parts", "cascade"],
    },
  },
  foreign_key: {
    rank: 15,
    parents: ["table"],
    fields: {
      ...COMMON, name: ["text", ""], columns: ["id[]", []], ref_table: ["id?", null], ref_columns: ["id[]", []],
      missing_table: ["text", ""], missing_columns: ["text[]", []], on_delete: ["text", ""],
      on_update: ["text", ""], on_delete_columns: ["id[]", []], match: ["text", ""], period: ["flag", false],
      deferrable: ["flag", false], deferred: ["flag", false], not_valid: ["flag", false],
      not_enforced: ["flag", false],
    },
    references: {
      ...COMMON_REFERENCES, columns: ["ids", "cascade"], ref_table: ["id", "cascade"],
      ref_columns: ["ids", "cascade"], on_delete_columns: ["ids", "forget"],
    },
  },
  check: {
    rank: 16,
    parents: ["domain_type", "table"],
    fields: {
      ...COMMON, name: ["text", ""], expr: ["Expr", {"text": ""}], no_inherit: ["flag", false],
      not_valid: ["flag", false], not_enforced: ["flag", false],
    },
    references: { ...COMMON_REFERENCES, expr: ["expr", "cascade"] },
  },
  exclusion: {
    rank: 17,
    parents: ["table"],
    fields: {
      ...COMMON, name: ["text", ""], method: ["text", ""], parts: ["IndexPart[]", []], include: ["id[]", []],
      where: ["Expr?", null], deferrable: ["flag", false], deferred: ["flag", false], options: ["text", ""],
    },
    references: {
      ...COMMON_REFERENCES, parts: ["parts", "cascade"], include: ["ids", "forget"], where: ["expr", "cascade"],
    },
  },
  index: {
    rank: 18,
    parents: ["table", "view"],
    fields: {
      ...COMMON, name: ["text", ""], unique: ["flag", false], method: ["text", ""], parts: ["IndexPart[]", []],
      include: ["id[]", []], where: ["Expr?", null], nulls_not_distinct: ["flag", false], only: ["flag", false],
      options: ["text", ""], tablespace: ["text", ""],
    },
    references: {
      ...COMMON_REFERENCES, parts: ["parts", "cascade"], include: ["ids", "forget"], where: ["expr", "cascade"],
    },
  },
  enum_type: {
    rank: 19,
    parents: ["model", "schema"],
    fields: { ...COMMON, name: ["text", ""], values: ["text[]", []] },
    references: { ...COMMON_REFERENCES },
  },
  domain_type: {
    rank: 20,
    parents: ["model", "schema"],
    fields: {
      ...COMMON, name: ["text", ""], type: ["text", ""], type_ref: ["id?", null], nullable: ["flag", true],
      default: ["Expr?", null], collation: ["text", ""],
    },
    references: { ...COMMON_REFERENCES, type_ref: ["id", "forget"], default: ["expr", "forget"] },
  },
  composite_type: {
    rank: 21,
    parents: ["model", "schema"],
    fields: { ...COMMON, name: ["text", ""], fields: ["CompositeField[]", []] },
    references: { ...COMMON_REFERENCES },
  },
  sequence: {
    rank: 22,
    parents: ["model", "schema"],
    fields: {
      ...COMMON, name: ["text", ""], type: ["text", ""], start: ["number?", null], increment: ["number?", null],
      minimum: ["number?", null], maximum: ["number?", null], cache: ["number?", null], cycle: ["flag", false],
      owned_by: ["id?", null],
    },
    references: { ...COMMON_REFERENCES, owned_by: ["id", "forget"] },
  },
  view: {
    rank: 23,
    parents: ["model", "schema"],
    fields: {
      ...COMMON, name: ["text", ""], materialized: ["flag", false], recursive: ["flag", false],
      columns: ["text[]", []], query: ["Expr", {"text": ""}], options: ["text", ""], check_option: ["text", ""],
      with_data: ["flag", true], tablespace: ["text", ""], depends_on: ["id[]", []],
    },
    references: { ...COMMON_REFERENCES, query: ["expr", "forget"], depends_on: ["ids", "forget"] },
  },
  routine: {
    rank: 24,
    parents: ["model", "schema"],
    fields: {
      ...COMMON, name: ["text", ""], routine_kind: ["text", "function"], signature: ["text", ""],
      text: ["Expr", {"text": ""}],
    },
    references: { ...COMMON_REFERENCES, text: ["expr", "forget"] },
  },
  trigger: {
    rank: 25,
    parents: ["table", "view"],
    fields: { ...COMMON, name: ["text", ""], text: ["Expr", {"text": ""}], enabled: ["text", ""] },
    references: { ...COMMON_REFERENCES, text: ["expr", "forget"] },
  },
  policy: {
    rank: 26,
    parents: ["table"],
    fields: {
      ...COMMON, name: ["text", ""], restrictive: ["flag", false], command: ["text", ""], roles: ["text[]", []],
      using: ["Expr?", null], with_check: ["Expr?", null],
    },
    references: { ...COMMON_REFERENCES, using: ["expr", "forget"], with_check: ["expr", "forget"] },
  },
  partitioning: {
    rank: 27,
    parents: ["index", "table"],
    fields: { ...COMMON, strategy: ["text", ""], parts: ["IndexPart[]", []], text: ["text", ""] },
    references: { ...COMMON_REFERENCES, parts: ["parts", "cascade"] },
  },
  extension: {
    rank: 28,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], schema: ["text", ""], version: ["text", ""] },
    references: { ...COMMON_REFERENCES },
  },
  publication: {
    rank: 29,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], text: ["Expr", {"text": ""}], tables: ["id[]", []] },
    references: { ...COMMON_REFERENCES, text: ["expr", "forget"], tables: ["ids", "forget"] },
  },
  statement: {
    rank: 30,
    parents: ["model", "schema", "table", "view"],
    fields: {
      ...COMMON, text: ["Expr", {"text": ""}], dialect: ["text", ""], phase: ["text", "after"],
      reason: ["text", ""], line: ["number", 0],
    },
    references: { ...COMMON_REFERENCES, text: ["expr", "forget"] },
  },
  arc: {
    rank: 31,
    parents: ["entity"],
    fields: { ...COMMON, name: ["text", ""], relationships: ["id[]", []], mandatory: ["flag", true] },
    references: { ...COMMON_REFERENCES, relationships: ["ids", "forget"] },
  },
  business_rule: {
    rank: 32,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], elements: ["id[]", []], enforced_by: ["id[]", []] },
    references: { ...COMMON_REFERENCES, elements: ["ids", "forget"], enforced_by: ["ids", "forget"] },
  },
  derivation: {
    rank: 33,
    parents: ["model"],
    fields: { ...COMMON, source: ["id?", null], options: ["map", {}], adopted: ["map", {}] },
    references: { ...COMMON_REFERENCES, source: ["id", "cascade"] },
  },
  choice: {
    rank: 34,
    parents: ["derivation"],
    fields: {
      ...COMMON, element: ["id?", null], topic: ["text", ""], value: ["text", ""], reason: ["text", ""],
      decided_by: ["text", ""], decided_on: ["text", ""],
    },
    references: { ...COMMON_REFERENCES, element: ["id", "cascade"] },
  },
  derived: {
    rank: 35,
    parents: ["derivation"],
    fields: { ...COMMON, about: ["text", ""], base: ["map", {}] },
    references: { ...COMMON_REFERENCES },
  },
  deviation: {
    rank: 36,
    parents: ["attribute", "column", "entity", "table", "view"],
    fields: {
      ...COMMON, deviation: ["text", "other"], reason: ["text", ""], kept_true_by: ["text", ""],
      kept_by: ["id[]", []], sources: ["id[]", []], decided_by: ["text", ""], decided_on: ["text", ""],
    },
    references: { ...COMMON_REFERENCES, kept_by: ["ids", "forget"], sources: ["ids", "forget"] },
  },
  diagram: {
    rank: 37,
    parents: ["model"],
    fields: { ...COMMON, name: ["text", ""], notation: ["text", "crowsfoot"], detail: ["text", "all"] },
    references: { ...COMMON_REFERENCES },
  },
  placement: {
    rank: 38,
    parents: ["diagram"],
    fields: {
      ...COMMON, element: ["id?", null], x: ["number", 0], y: ["number", 0], width: ["number?", null],
      detail: ["text", ""], colour: ["text", ""],
    },
    references: { ...COMMON_REFERENCES, element: ["id", "cascade"] },
  },
  area: {
    rank: 39,
    parents: ["diagram"],
    fields: {
      ...COMMON, name: ["text", ""], x: ["number", 0], y: ["number", 0], w: ["number", 400], h: ["number", 300],
      colour: ["text", ""], collapsed: ["flag", false],
    },
    references: { ...COMMON_REFERENCES },
  },
  note: {
    rank: 40,
    parents: ["diagram"],
    fields: {
      ...COMMON, text: ["text", ""], x: ["number", 0], y: ["number", 0], w: ["number", 240], h: ["number", 120],
      colour: ["text", ""],
    },
    references: { ...COMMON_REFERENCES },
  },
};
