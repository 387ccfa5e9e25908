/** Crow's foot (IE). `designer/layout/notations/crowsfoot.py` holds the twin. */

import { notation } from "./base.js";

export const crowsfoot = notation({ name: "crowsfoot", title: "Crow's foot (IE)" });
