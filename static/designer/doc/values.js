/** Values of fields: equality, defaults, and the one canonical form. */

import { ARRAY_STRUCTS, STRUCTS } from "./kinds.js";

/**
 * Whether two JSON values are the same; the order of an object's keys does not count.
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) return a.length === b.length && a.every((each, index) => equal(each, b[index]));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

/**
 * A value of a field in canonical form: what is at its default inside a struct is left out.
 * @param {string} type as in kinds.js
 * @param {any} value
 * @returns {any}
 */
export function canonicalValue(type, value) {
  if (value === null || typeof value !== "object") return value;
  const plain = type.endsWith("?") ? type.slice(0, -1) : type;
  if (plain.endsWith("[]")) return canonicalList(plain.slice(0, -2), value);
  return isObjectStruct(plain) ? canonicalStruct(STRUCTS[plain], value) : value;
}

function canonicalList(type, values) {
  return isObjectStruct(type) ? values.map((each) => canonicalStruct(STRUCTS[type], each)) : values;
}

function isObjectStruct(type) {
  return Object.hasOwn(STRUCTS, type) && !ARRAY_STRUCTS.includes(type);
}

function canonicalStruct(fields, value) {
  const kept = {};
  for (const [name, [type, ...rest]] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name)) continue;
    const inner = canonicalValue(type, value[name]);
    if (rest.length === 0 || !equal(inner, rest[0])) kept[name] = inner;
  }
  return kept;
}

const CHECKS = {
  text: (value) => typeof value === "string",
  id: (value) => typeof value === "string",
  flag: (value) => typeof value === "boolean",
  number: (value) => Number.isSafeInteger(value),
  map: (value) => isObject(value) && Object.values(value).every((each) => typeof each === "string"),
};

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is of a type of kinds.js.
 * @param {string} type
 * @param {any} value
 * @returns {boolean}
 */
export function fits(type, value) {
  if (type.endsWith("?")) return value === null || fits(type.slice(0, -1), value);
  if (type.endsWith("[]")) return Array.isArray(value) && value.every((each) => fits(type.slice(0, -2), each));
  if (Object.hasOwn(CHECKS, type)) return CHECKS[type](value);
  return ARRAY_STRUCTS.includes(type) ? fitsArray(STRUCTS[type], value) : fitsStruct(STRUCTS[type], value);
}

function fitsArray(fields, value) {
  const types = Object.values(fields);
  return Array.isArray(value) && value.length === types.length && types.every(([type], at) => fits(type, value[at]));
}

function fitsStruct(fields, value) {
  return isObject(value) && Object.entries(fields).every(([name, [type, ...rest]]) => (
    Object.hasOwn(value, name) ? fits(type, value[name]) : rest.length > 0
  ));
}
