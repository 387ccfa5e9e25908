/** Chen. `designer/layout/notations/chen.py` holds the twin. */

import { notation } from "./base.js";

export const chen = notation({ name: "chen", title: "Chen" });
