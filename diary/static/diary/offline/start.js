// What waits on this device, when is it sent, and what says so on every page?

import { send, waiting, watch } from "./outbox.js";
import { owner, total } from "./store.js";
import "./sign_out.js";

const line = document.getElementById("waits");

async function say() {
  const items = await waiting();
  const left = owner() ? items.length : await total("outbox");
  line.hidden = !left;
  if (!left) return;
  const stuck = items.some((item) => item.state);
  const word = owner() ? (stuck ? "stuck" : left > 1 ? "many" : "one") : "nobody";
  line.querySelector("a").textContent = line.dataset[word]
    .replace("{count}", left)
    .replace("{since}", items.length ? since(items[0].kept_at) : "");
}

// A time of today, or the day too.
export function since(moment) {
  const then = new Date(moment);
  const today = then.toDateString() === new Date().toDateString();
  const day = today ? {} : { weekday: "long", day: "numeric", month: "long" };
  const format = { ...day, hour: "2-digit", minute: "2-digit" };
  return then.toLocaleString(document.documentElement.lang, format);
}

async function sendWhatWaits() {
  if ((await waiting()).some((item) => !item.state)) await send();
}

// The walker's short unit, which pages of the server have first: one made for nobody takes the same.
const unit = document.querySelector("head:has(meta[name=owner]) + body :is(#live, select[name=distance_unit])");
if (unit) localStorage.setItem("waymark.short_unit", unit.dataset.unit ?? unit.options[0].value);

navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {});
watch(say);
window.addEventListener("online", sendWhatWaits);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sendWhatWaits();
});
say();
sendWhatWaits();
