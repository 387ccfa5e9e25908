/**
 * The shapes that the document layer passes round; for readers and for `tsc --checkJs`, nothing runs here.
 *
 * @typedef {string} Id
 *
 * A record in canonical form: fields at their default are left out, in nested values too. Treat it as read-only.
 * @typedef {{kind: string, id: Id, [field: string]: any}} Rec
 *
 * [old, new] value of a field, written in full: a default stands as the default.
 * @typedef {[any, any]} Pair
 *
 * Everything that happens to a design, in the form it has on the wire: empty parts are left out. Read-only.
 * @typedef {{added?: Record<Id, Rec>, removed?: Record<Id, Rec>, changed?: Record<Id, Record<string, Pair>>}} Change
 *
 * Anything that finds records by id: a Design, a Map.
 * @typedef {{get(id: Id): Rec | undefined, has(id: Id): boolean, keys(): Iterable<Id>, values(): Iterable<Rec>}} Records
 *
 * Something the author of a rebased change should know.
 * @typedef {{code: string, about: Id, message: string, field?: string, mine?: {id: Id, values: Record<string, any>}}} Note
 *
 * What a command returns; `select` are the ids that the canvas may select afterwards. Commands whose names agree in
 * `coalesce` within a second become one step of the history (the moves of one drag).
 * @typedef {{change: Change, label: string, select?: Id[], coalesce?: string}} Edit
 *
 * A step of the branch's log as the server tells it.
 * @typedef {{version: number, key: string, author?: string, label: string, time?: string, change: Change, mine?: boolean}} Entry
 *
 * A fresh record id each time it is called.
 * @typedef {() => Id} IdSource
 */

export {};
