/**
 * Crow's foot, as Information Engineering has it: Everest, "Basic Data Structure Models Explained with a Common Example"
 * (1976); Martin and Finkelstein, "Information Engineering" (1981). Identifying relationships are solid, others dashed.
 * `designer/layout/notations/crowsfoot.py` holds the twin.
 */

import { notation } from "./base.js";

export const crowsfoot = notation({ name: "crowsfoot", title: "Crow's foot (IE)" });
