/** Barker. `designer/layout/notations/barker.py` holds the twin. */

import { notation } from "./base.js";

export const barker = notation({ name: "barker", title: "Barker" });
