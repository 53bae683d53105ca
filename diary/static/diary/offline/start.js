// What waits on this device, when is it sent, and what says so on every page?

import { cardsOfDays, dayOf } from "../cards.js";
import { DONE, send, waiting, watch } from "./outbox.js";
import { owner, total } from "./store.js";
import "./sign_out.js";

const line = document.getElementById("waits");
const asks = document.getElementById("asks");

async function say(what) {
  const items = await waiting();
  const left = owner() ? items.length : await total("outbox");
  line.hidden = !left;
  await sayWhatAsks(items, what);
  if (!left) return;
  const stuck = items.some((item) => item.state);
  const word = owner() ? (stuck ? "stuck" : "since") : "nobody";
  line.querySelector("a").textContent = line.dataset[`${word}${left > 1 ? "Many" : "One"}`]
    .replace("{count}", left)
    .replace("{since}", items.length ? since(items[0].kept_at) : "");
}

// What is to be done about the signs of what waits, which the server has not seen: the most urgent.
// It stands on when they were just sent. The page of what waits shows the cards themselves.
async function sayWhatAsks(items, what) {
  const link = asks.querySelector("a");
  if (location.pathname === link.pathname) return;
  const cards = await cardsOfDays(items.map((item) => dayOf(item.fields ?? item.shown, item.stored?.shown)));
  link.hidden = cards?.length === 0;
  if (link.hidden) asks.hidden ||= !DONE.has(what);
  else sayAsked(cards);
}

function sayAsked(cards) {
  const [{ urgency, word, action }] = cards ?? [{ urgency: "same_day", word: "", action: asks.dataset.unknown }];
  asks.querySelector(".card").className = `card ${urgency}`;
  asks.querySelector(".urgency").textContent = word;
  asks.querySelector(".urgency").hidden = !word;
  asks.querySelector(".action").textContent = action;
  asks.hidden = false;
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
watch(({ data: what }) => say(what));
window.addEventListener("online", sendWhatWaits);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") sendWhatWaits();
});
say();
sendWhatWaits();
