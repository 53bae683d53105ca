// How is it said? The sentences stand in the page, translated; here they get their numbers.

import { read } from "../numbers.js";

const page = document.getElementById("live");
const words = document.getElementById("words");
const METRES_IN = { m: 1, km: 1000, yd: 0.9144, mi: 1609.344 };
const LONG = { m: "km", yd: "mi" };
const SHORT_UP_TO = 1000;

// The walker's short unit: a page made for nobody takes the one that this device saw last.
const of_device = document.querySelector("meta[name=owner]") ? null : localStorage.getItem("waymark.short_unit");
export const unit = of_device ?? page.dataset.unit;
const long = LONG[unit];

export function say(word, values = {}) {
  const text = words.content.querySelector(`[data-word="${word}"]`).textContent.trim();
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const number = (value, digits) => new Intl.NumberFormat(document.documentElement.lang, {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
}).format(value);

// A length in the walker's units: 240 m, 1.2 km. What a walk can tell is no finer than this.
export function length(metres) {
  const amount = metres / METRES_IN[unit];
  if (Math.round(amount) < SHORT_UP_TO) return say(unit, { n: number(Math.round(amount), 0) });
  return say(long, { n: number(metres / METRES_IN[long], amount < 10_000 ? 2 : 1) });
}

// How exact a fix is, no finer than it matters.
export const accuracy = (fix) => say("accuracy", { length: length(Math.ceil(fix.at(-1) / 5) * 5) });

// 4:05, or 1:02:03.
export function time(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  if (whole >= 3600) parts.unshift(Math.floor(whole / 3600));
  return parts.map((part, i) => (i ? String(part).padStart(2, "0") : part)).join(":");
}

// 40 s, 4 min, 1 h 5 min.
export function duration(seconds) {
  if (seconds < 120) return say("seconds", { n: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return say("minutes", { n: minutes });
  return say("hours", { n: Math.floor(minutes / 60), m: minutes % 60 });
}

// A typed length as metres, by its own unit where one is typed; NaN where it cannot be read, null
// where nothing is typed.
export function metresOf(text, typed_unit = unit) {
  if (!text.trim()) return null;
  const { amount = NaN, word } = read(text);
  const metres = amount * METRES_IN[word ? unitNamed(word) : typed_unit];
  return Math.round(metres * 1000) / 1000; // to the millimetre, as the server has it
}

// An m alone may be miles for whoever walks in yards.
function unitNamed(word) {
  const named = Object.keys(METRES_IN).find((each) => [each, say(each, { n: "" }).trim()].includes(word));
  return named === "m" && unit !== "m" ? undefined : named;
}

export function amountOf(text) {
  if (!text.trim()) return null;
  const { amount = NaN, word } = read(text);
  return word ? NaN : amount;
}

export const inUnit = (metres) => Math.round(metres / METRES_IN[unit]);
