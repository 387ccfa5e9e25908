/**
 * The features of the page, one module each: `install(page)` adds its actions and listens to what it follows. A feature knows
 * the page and nothing of the other features.
 *
 * The page offers: `boot` (addresses and rights), `store`, `shown` (the design that is looked at), `scene`, `view`, `editor`, `actions`, `toasts`, `announce(sentence)`,
 * `sync`, `transport`, `menu`, `lens` (what is shown just now), `stage` (the element round the canvas), `edition`
 * (counts the states it has shown), `facets` (what else the filter asks), `post(url, data)`, `showDiagram(id)`, `choose(id, many)`, `reach(id)` (on whichever diagram shows it),
 * and `on(topic, listener)` for `selection`, `tool`, `view` (it moved), `design` (an edit, with the touched ids), `diagram`
 * (another one is shown), `scene` (what is shown of it changed without an edit), `theme`, `escape`
 * (Escape where nothing is selected or going on), `panel` (one opens over the canvas, by its name), `travel` (before an undo or redo), `people` (tabs
 * of others on the branch that came, moved or went), `talk` (somebody commented), `listening` (the stream is open) and `loaded`.
 */

import { install as align } from "./align.js";
import { install as areas } from "./areas.js";
import { install as arrange } from "./arrange.js";
import { install as clipboard } from "./clipboard.js";
import { install as concepts } from "./concepts.js";
import { install as connect } from "./connect.js";
import { install as definitions } from "./definitions.js";
import { install as diagrams } from "./diagrams.js";
import { install as entities } from "./entities.js";
import { install as filter } from "./filter.js";
import { install as findings } from "./findings.js";
import { install as focus } from "./focus.js";
import { install as help } from "./help.js";
import { install as keeping } from "./keeping.js";
import { install as levels } from "./levels.js";
import { install as looks } from "./looks.js";
import { install as losses } from "./losses.js";
import { install as migrations } from "./migrations.js";
import { install as minimap } from "./minimap.js";
import { install as normalization } from "./normalization.js";
import { install as notation } from "./notation.js";
import { install as palette } from "./palette.js";
import { install as pictures } from "./pictures.js";
import { install as presence } from "./presence.js";
import { install as restructure } from "./restructure.js";
import { install as talk } from "./talk.js";
import { install as review } from "./review.js";
import { install as start } from "./start.js";
import { install as timeTravel } from "./time_travel.js";
import { install as tour } from "./tour.js";
import { install as tracing } from "./tracing.js";
import { install as trail } from "./trail.js";
import { install as typing } from "./typing.js";
import { install as views } from "./views.js";
import { install as walk } from "./walk.js";
import { install as walkLines } from "./walk_lines.js";
import { install as words } from "./words.js";

/** In this order: the palette first, as others add to what it searches. */
const FEATURES = [
  palette, findings, arrange, align, connect, focus, filter, looks, areas, diagrams, minimap, notation, trail, views,
  walk, walkLines, help, typing, entities, concepts, definitions, words, pictures, losses, restructure, clipboard, migrations, normalization, levels, review, presence, keeping, talk, tracing, timeTravel, start, tour,
];

/** Installs every feature on the page. */
export function installFeatures(page) {
  for (const install of FEATURES) {
    install(page);
  }
}
