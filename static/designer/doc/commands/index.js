/** What people do to a design: pure functions `(design, args, ids) -> Edit`; none touches the design. */

export { addAttributesText, addAttributeText, attributeWords, setAttributeText, setAttributeType } from "./attributes.js";
export { tablesOf } from "./column_draft.js";
export { addColumnText, addColumnsText, columnText, saysMoreThanName, setColumnText, setTypeText } from "./column_lines.js";
export { parseColumnText } from "./column_text.js";
export { align, distribute, sameWidth, stack, tidy } from "./aligning.js";
export { addColumn, duplicateColumns, moveColumn, moveColumns } from "./columns.js";
export { Refused } from "./contract.js";
export { copyRecords, duplicateTables, paste } from "./copying.js";
export { duplicateBy } from "./duplicating.js";
export { addEntity } from "./entities.js";
export { columnToEnum, enumToText } from "./enums.js";
export { deleteRecords, rename, setField, setFields } from "./fields.js";
export { columnsOnlyOf, deleteForeignKey, reattach, reverseForeignKey, setIdentifying, setOneToOne, setOptional } from "./foreign_key_shape.js";
export { addForeignKey, connect, planConnection } from "./foreign_keys.js";
export { connectNewTable, foldLink, linkOf, linkTables, splitIntoLink } from "./junctions.js";
export { isUnique, primaryKey, setPrimaryKey } from "./keys.js";
export { listedValues } from "./listed_values.js";
export { extractLookup } from "./lookups.js";
export { mergeTables } from "./merging.js";
export { AUDIT, addAuditColumns, moveToTable } from "./moving.js";
export { called, singular, word } from "./names.js";
export { addArea, addNote, place, takeOff } from "./pictures.js";
export { addEnd, boundsFrom, makeSubtypes, relate, removeEnd, setEnd } from "./relationships.js";
export { splitTable } from "./splitting.js";
export { addTable } from "./tables.js";
export { referringType } from "./types_of.js";
export { COLOURS, DETAILS, setColour, setDetail } from "./looks.js";
