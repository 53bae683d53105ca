// An account was deleted: what this device still keeps of it goes too.

import { wipe } from "./store.js";

await wipe(document.querySelector("[data-gone]").dataset.gone);
