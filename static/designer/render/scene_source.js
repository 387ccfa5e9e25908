/** The look-ups that a scene asks of a design. */

/** @param {import("../doc/design.js").Design} design */
export function sourceOver(design) {
  return {
    get: (id) => design.get(id), has: (id) => design.has(id), children: (id) => design.childrenOf(id),
    ofKind: (kind) => design.ofKind(kind), referrers: (id) => design.referrers(id),
  };
}
