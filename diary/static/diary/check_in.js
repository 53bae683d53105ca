// What does the check-in do better with a script?

import "./cards.js";
import { keepDraft } from "./drafts.js";
import { followScales } from "./scale.js";

followScales(document);

keepDraft(document.querySelector("form[data-draft]"));
