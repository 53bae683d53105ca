// An account was deleted: what this device still keeps of it goes too.

import { forget } from "./outbox.js";

await forget(document.querySelector("[data-gone]").dataset.gone);
