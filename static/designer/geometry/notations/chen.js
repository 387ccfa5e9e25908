/**
 * Chen's notation: rectangles, diamonds and ovals. `designer/layout/notations/chen.py` holds the twin.
 *
 * P. P. Chen, "The Entity-Relationship Model: Toward a Unified View of Data" (1976) has the rectangles, the diamonds and
 * the ratios 1, N and M; what is drawn double or dashed, composite attributes and specializations follow Elmasri and
 * Navathe, "Fundamentals of Database Systems", and Bagui and Earp, "Database Design Using Entity-Relationship Diagrams".
 */

import { markOf } from "../ends.js";
import { notation } from "./base.js";
import { boxOf } from "./chen_box.js";
import { chenElement } from "./chen_figures.js";
import { chenEdge } from "./chen_lines.js";
import { chenRoutes, chenSteps, tracedOf } from "./chen_routes.js";

export const chen = notation({
  name: "chen",
  title: "Chen",
  straight: true,
  adjust: chenElement,
  adjustEdge: chenEdge,
  boxOf,
  markOf: (end, point, direction) => markOf(end.shape === "arrow" ? "arrow" : "", point, direction, end.min, end.max),
  dashed: (edge) => edge.kind === "reads",
  endTexts: () => [],
  routes: chenRoutes,
  routeSteps: chenSteps,
  traced: tracedOf,
});
