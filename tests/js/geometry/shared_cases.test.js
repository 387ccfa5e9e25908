/** The cases that the server's geometry is run on as well (`tests/geometry/test_shared_cases.py`). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { chened } from "./chen.js";
import { contains, intersects, union } from "../../../static/designer/geometry/box.js";
import { edgesOf } from "../../../static/designer/geometry/edges.js";
import { elementOf, sourceOf } from "../../../static/designer/geometry/elements.js";
import { markOf } from "../../../static/designer/geometry/ends.js";
import { linesThatFit, noteLines } from "../../../static/designer/geometry/markdown.js";
import { boxOf, keyMarks, rowsShown } from "../../../static/designer/geometry/metrics.js";
import { halvesOf } from "../../../static/designer/geometry/halves.js";
import { Labels } from "../../../static/designer/geometry/labels.js";
import { notationOf } from "../../../static/designer/geometry/notations/index.js";
import { LEGENDS } from "../../../static/designer/geometry/notations/legends.js";
import { roundedPath, routeAll } from "../../../static/designer/geometry/route.js";
import { SpatialIndex } from "../../../static/designer/geometry/spatial_index.js";
import { ellipsize, textWidth, visible, wrapped } from "../../../static/designer/geometry/text.js";

const RUNS = {
  chen: chened,
  markdown: ({ text, width, height }) => {
    const lines = noteLines(text, width);
    return { lines, fitting: linesThatFit(lines, height, width) };
  },
  text: ({ text, size, bold, room }) => ({
    width: textWidth(text, size, bold),
    visible: visible(text),
    cut: ellipsize(text, size, bold, room),
    lines: wrapped(text, size, room),
  }),
  metrics: ({ element }) => ({
    shape: boxOf(element),
    rows: rowsShown(element).map((row) => [row.id, keyMarks(row)]),
  }),
  elements: ({ records, model, shown, detail }) => {
    const source = sourceOf(records);
    return {
      elements: shown.map((id) => elementOf(source, id, {}, detail)),
      edges: edgesOf(source, model, new Set(shown)),
    };
  },
  route: ({ boxes, edges }) => Object.fromEntries(routeAll(edges, new Map(Object.entries(boxes)))),
  ends: ({ shape, point, direction, min, max }) => markOf(shape, point, direction, min, max),
  box: ({ a, b }) => {
    const [first, second] = [a, b].map(([x, y, w, h]) => ({ x, y, w, h }));
    const round = union([first, second]);
    return {
      intersects: intersects(first, second),
      contains: contains(first, second),
      union: [round.x, round.y, round.w, round.h],
    };
  },
  notations: ({ notation: name, case: wanted, detail }) => {
    const { records, model, shown } = casesOf("elements").find((each) => each.name === wanted);
    const source = sourceOf(records);
    const notation = notationOf(name);
    const elements = shown.map((id) => notation.adjust(elementOf(source, id, {}, detail), source, source.get(id)));
    return {
      notation: notation.name,
      legend: LEGENDS[notation.name],
      elements,
      shapes: elements.map(notation.boxOf),
      lines: edgesOf(source, model, new Set(shown)).map((edge) => lineOf(notation, edge)),
    };
  },
  labels: ({ notation: name, case: wanted, detail, places }) => {
    const { records, model, shown } = casesOf("elements").find((each) => each.name === wanted);
    const source = sourceOf(records);
    const notation = notationOf(name);
    const boxes = new Map(shown.map((id) => {
      const element = notation.adjust(elementOf(source, id, {}, detail), source, source.get(id));
      return [id, { ...notation.boxOf(element), x: places[id][0], y: places[id][1] }];
    }));
    const index = new SpatialIndex();
    for (const [id, box] of boxes) index.insert(id, box);
    const edges = edgesOf(source, model, boxes);
    const routes = notation.routes(edges, boxes);
    const labels = new Labels();
    const placed = labels.replace(edges.map((edge) => ({ id: edge.id, edge, route: routes.get(edge.id) })), notation, index);
    return [...new Set(placed)].map(({ lines, ...label }) => label);
  },
  halves: ({ points }) => halvesOf(points),
  path: ({ points, radius }) => roundedPath(points, radius),
};

function lineOf(notation, edge) {
  const ends = [edge.source, edge.target];
  return {
    id: edge.id,
    dashed: ends.map((end) => notation.dashed(edge, end)),
    texts: notation.endTexts(edge),
    marks: ends.map((end) => notation.markOf(end, [100, 50], [0, -1], edge)),
  };
}

function casesOf(file) {
  return JSON.parse(readFileSync(new URL(`../../cases/geometry/${file}.json`, import.meta.url), "utf-8"));
}

/** A negative zero is written as 0 in JSON. */
function asJson(value) {
  return JSON.parse(JSON.stringify(value));
}

for (const [file, run] of Object.entries(RUNS)) {
  for (const each of casesOf(file)) {
    test(`${file}: ${each.name}`, () => assert.deepEqual(asJson(run(each)), each.expected));
  }
}
