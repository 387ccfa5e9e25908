/** UML class. `designer/layout/notations/uml.py` holds the twin. */

import { notation } from "./base.js";

export const uml = notation({ name: "uml", title: "UML class" });
