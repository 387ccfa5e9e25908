/** IDEF1X. `designer/layout/notations/idef1x.py` holds the twin. */

import { notation } from "./base.js";

export const idef1x = notation({ name: "idef1x", title: "IDEF1X" });
