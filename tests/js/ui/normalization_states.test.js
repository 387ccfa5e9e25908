/** How the states of tables become chips, a facet of the filter, items of the palette and words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { chipsOf, normalFormFacet, normalizationItems, normalizationWords } from "../../../static/designer/ui/normalization_states.js";
import { designOf, records } from "../render/world.js";

const design = designOf([...records(), { kind: "table", id: "tags", parent: "m", name: "tags" }, { kind: "view", id: "v", parent: "m", name: "v" }]);
const ANSWER = {
  version: 3, counts: { violation: 1, suspected: 1, none: 1 },
  states: {
    users: { state: "violation", form: "2NF", title: "city depends on zip", questions: 0 },
    posts: { state: "suspected", form: "", title: "2 questions", questions: 2 },
  },
};

test("a table that nobody assessed has no chip, unless all are wanted", () => {
  assert.deepEqual([...chipsOf(ANSWER, "findings", () => design).keys()], ["users", "posts"]);
  const all = chipsOf(ANSWER, "all", () => design);
  assert.equal(all.get("tags").state, "none");
  assert.match(all.get("tags").title, /^Not assessed/);
  assert.equal(all.get("users").text, "2NF");
  assert.equal(all.get("posts").text, "2");
  assert.equal(chipsOf(ANSWER, "off", () => design).size, 0);
  assert.equal(chipsOf(null, "all", () => design).size, 0);
});

test("the counts are told with what nobody assessed last", () => {
  assert.equal(normalizationWords(ANSWER.counts), "1 with a proved violation, 1 suspected, 1 not assessed");
  assert.equal(normalizationWords({}), "no tables");
});

test("the filter offers what is below 3NF and what is not assessed, of the tables that are placed", () => {
  const placed = ["users", "posts", "tags", "v"].map((element) => ({ element }));
  const { choices } = normalFormFacet(design, placed, ANSWER);
  assert.deepEqual(choices.map(({ id, elements }) => [id, [...elements]]), [
    ["below-3nf", ["users"]], ["violation", ["users"]], ["suspected", ["posts"]], ["none", ["tags"]],
  ]);
  assert.equal(normalFormFacet(design, placed, null), null);
});

test("3NF that is not BCNF is a violation and not below 3NF", () => {
  const answer = { ...ANSWER, states: { users: { state: "violation", form: "3NF", title: "", questions: 0 } } };
  assert.deepEqual(normalFormFacet(design, [{ element: "users" }], answer).choices.map(({ id }) => id), ["violation"]);
});

test("the palette lists what was assessed, the worst first, and goes there", () => {
  const gone = [];
  const items = normalizationItems({ ...ANSWER, states: { posts: ANSWER.states.posts, users: ANSWER.states.users, lost: ANSWER.states.users } },
    (id) => design.get(id), (id) => gone.push(id));
  assert.deepEqual(items.map(({ name }) => name), ["users: city depends on zip", "posts: 2 questions"]);
  items[1].run();
  assert.deepEqual(gone, ["posts"]);
});
