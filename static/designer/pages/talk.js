// Comments on the page of a change request: names after an @.

import { MentionList } from "../ui/mention_list.js";

const url = document.querySelector("[data-people]")?.dataset.people;
if (url) new MentionList(url);
