/** Types queries letter by letter over the names of a generated model and prints the milliseconds of each keystroke as JSON. */

import { FuzzyIndex } from "../static/designer/ui/fuzzy.js";

const WORDS = ["order", "customer", "address", "invoice", "payment", "shipment", "product", "category", "stock", "audit"];
const COLUMNS = ["id", "created_at", "updated_at", "name", "total", "status", "customer_id", "amount", "note", "zip_code"];
const QUERIES = ["order", "custaddr", "cust.cre", "zip_code", "inv_12", "nothing like it", "pay"];

function items(tables) {
  const found = [];
  for (let table = 0; table < tables; table += 1) {
    const owner = `${WORDS[table % 10]}_${WORDS[(table * 7) % 10]}_${table}`;
    found.push({ name: owner }, ...COLUMNS.map((name) => ({ name, owner })));
  }
  return found;
}

function typed(index, query) {
  return Array.from({ length: query.length }, (_, at) => {
    const start = performance.now();
    index.best(query.slice(0, at + 1), 40);
    return performance.now() - start;
  });
}

const results = process.argv.slice(2).map(Number).map((tables) => {
  const all = items(tables);
  const start = performance.now();
  const index = new FuzzyIndex(all);
  const built = performance.now() - start;
  QUERIES.forEach((query) => typed(index, query)); // the first round is the compiler's
  const times = QUERIES.flatMap((query) => typed(index, query)).sort((a, b) => a - b);
  return { tables, entries: all.length, built, median: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] };
});
console.log(JSON.stringify(results));
