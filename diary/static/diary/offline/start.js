// When is what waits sent? As soon as a page opens, comes back into sight, or the signal returns.

import { send, waiting } from "./outbox.js";

async function sendWhatWaits() {
  if ((await waiting()).length) await send();
}

window.addEventListener("online", sendWhatWaits);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sendWhatWaits();
});
sendWhatWaits();
