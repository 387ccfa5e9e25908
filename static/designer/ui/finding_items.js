/**
 * What the rules of the server found, as the palette and the panel show it.
 *
 * @typedef {{code: string, severity: "error" | "warning" | "info", message: string, about: string, fix: string | null}} Finding
 * @typedef {{version: number, counts: Record<string, number>, rules: Record<string, {name: string, title: string, help: string}>,
 *   findings: Finding[]}} Answer  the findings come with the worst first; `counts` tells of those too that were left out
 */

export const SEVERITIES = ["error", "warning", "info"];
/** Below what any name scores, as every finding names tables that people look for by their name. */
const LOW = 0.4;

/** Returns `2 errors and 1 warning`, of the severities that there are; empty for none. */
export function countsInWords(counts, severities = SEVERITIES) {
  const words = severities.filter((each) => counts[each] > 0).map((each) => `${counts[each]} ${each}${counts[each] === 1 ? "" : "s"}`);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");
}

/**
 * Returns an item of the palette for each finding.
 * @param {Answer} answer
 * @param {(id: string) => void} go
 */
export function findingItems({ rules, findings }, go) {
  return findings.map(({ code, severity, message, about }) => ({
    name: message, kind: severity, where: `${severity} ${code}`, run: () => go(about),
    text: `${message} ${severity} ${code} ${rules[code].name} ${rules[code].title}`.toLowerCase(),
  }));
}

/** Returns the items that hold every word that was typed, as `{item, score}`, the worst first. */
export function bestFindings(items, typed, limit) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  for (const item of words.length > 0 ? items : []) {
    if (words.every((word) => item.text.includes(word))) {
      found.push({ item, score: LOW - found.length / 1000 });
      if (found.length === limit) {
        break;
      }
    }
  }
  return found;
}

/**
 * Returns the findings by severity and within it by rule: `[severity, [[code, findings], …]]`, in the order in which they came.
 * @param {Finding[]} findings
 */
export function grouped(findings) {
  const groups = new Map();
  for (const finding of findings) {
    const rules = groups.get(finding.severity) ?? groups.set(finding.severity, new Map()).get(finding.severity);
    rules.get(finding.code)?.push(finding) ?? rules.set(finding.code, [finding]);
  }
  return SEVERITIES.filter((severity) => groups.has(severity)).map((severity) => [severity, [...groups.get(severity)]]);
}
