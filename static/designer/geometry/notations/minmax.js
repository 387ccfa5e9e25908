/** Min-max. `designer/layout/notations/minmax.py` holds the twin. */

import { notation } from "./base.js";

export const minmax = notation({ name: "minmax", title: "Min-max" });
