// Is there a walk that its walker should get back to?

import { get, owner } from "../offline/store.js";

const notice = document.getElementById("walk-going");

if (notice && owner() && notice.querySelector("a").pathname !== location.pathname) {
  notice.hidden = !(await get("live", "walk"));
}
