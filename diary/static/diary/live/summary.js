// Is this what happened? The walk as it was measured, to be corrected before it is kept.

import { measured } from "./distance.js";
import { restsOf, told, walkOf } from "./grammar.js";
import { placeName } from "./going.js";
import { encoded } from "./line.js";
import { read } from "../numbers.js";
import { pieces } from "./places.js";
import { amountOf, duration, inUnit, length, metresOf, say, unit } from "./words.js";

const view = document.getElementById("summary");
const form = view.querySelector("form");
const problem = view.querySelector(".problem");
const pains = view.querySelector("[data-pains]");
const empty_pain = view.querySelector("#pain").content;
const part = (name) => view.querySelector(`[data-${name}]`);
for (const name of [form, empty_pain].flatMap((each) => [...each.querySelectorAll("[data-unit-name]")])) {
  name.textContent = say(`name-${unit}`);
}
const LONGEST_M = 200_000;
// Without a position for less than this a walk's distance is as good as measured.
const WORTH_SAYING_S = 30;
// So long a stand at the end was no rest: the walk was over.
const STOOD_S = 300;

// Show the finished walk, and hand over its row when it is saved. Returns what stops it.
export function summary(recorder, { saved, complain }) {
  const on = new AbortController();
  const { walk, presses, fixes } = recorder;
  const end_s = presses.at(-1).at_s;
  const way = measured(fixes, restsOf(presses, end_s));
  const line = pieces(fixes).flat().map((place) => place.point);
  const still_s = stoodSince(presses, way, end_s);
  const ending = () => (still_s !== null && form.elements.leave_out.checked ? still_s : end_s);
  const shown = () => walkOf({ ...walk, presses: endingAt(presses, ending()) }, way);

  problem.hidden = true;
  form.reset();
  describe(way, end_s, still_s, line.length);
  offer(shown().pain);
  bring(walk.said ?? {}, () => amounts(shown()));
  form.elements.leave_out.addEventListener("change", () => amounts(shown()), { signal: on.signal });
  form.addEventListener("input", () => {
    recorder.walk.said = said();
    recorder.keep().catch(() => complain("not-kept"));
  }, { signal: on.signal });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { row, faults } = corrected(shown(), line);
    if (faults.length) {
      refuse(faults);
      return;
    }
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    await saved(row).catch(() => complain("not-kept"));
    button.disabled = false;
  }, { signal: on.signal });
  return () => on.abort();
}

function endingAt(presses, end_s) {
  return presses.map((press) => ({ ...press, at_s: Math.min(press.at_s, end_s) }));
}

// Since when the walker stood at the end without saying anything more; null where they did not.
function stoodSince(presses, way, end_s) {
  const since = way.still_since_s;
  const last_s = presses.at(-2)?.at_s ?? 0;
  return since !== null && since > last_s && end_s - since > STOOD_S ? since : null;
}

function describe(way, end_s, still_s, points) {
  const lost_s = way.lost_s(end_s);
  const some = points > 0 && lost_s > WORTH_SAYING_S && way.distance_m(end_s) !== null;
  part("lost").hidden = !some;
  part("lost").textContent = say("lost", { lost: duration(lost_s), time: duration(end_s) });
  part("still").hidden = still_s === null;
  if (still_s !== null) {
    part("still").querySelector("span").textContent = say("still", { time: duration(end_s - still_s) });
  }
  const unknown = way.distance_m(end_s) === null;
  const least_m = way.least_m(end_s);
  part("unknown").hidden = !unknown;
  part("least").hidden = !unknown || !least_m;
  if (least_m) part("least").textContent = say("least", { far: length(least_m) });
  part("track").hidden = points < 2;
}

function offer(told_pains) {
  part("hurt").hidden = told_pains.length > 0;
  pains.replaceChildren(...told_pains.map((pain, i) => painPanel(pain, i, told_pains.length)));
  for (const field of form.elements) delete field.dataset.measured;
}

// What somebody said on this page: each answer, and of the amounts those typed over measured ones.
function said() {
  const measured = (name) => form.elements[name].dataset?.measured;
  const answers = [...new FormData(form)].filter(([name, text]) => text !== measured(name));
  return { unit, answers: Object.fromEntries(answers) };
}

// Bring back what was said, perhaps in another unit.
function bring({ unit: typed_unit, answers = {} }, measure) {
  for (const name of typed_unit ? ["leave_out", "track"] : []) {
    form.elements[name].checked = name in answers;
  }
  measure();
  for (const [name, text] of Object.entries(answers)) {
    if (form.elements[name]) form.elements[name].value = inThisUnit(name, text, typed_unit);
  }
}

function inThisUnit(name, text, typed_unit) {
  const is_length = name === "distance" || name.startsWith("onset-");
  const metres = is_length && typed_unit !== unit ? metresOf(text, typed_unit) : NaN;
  return metres === null || Number.isNaN(metres) ? text : inUnit(metres);
}

// The measured amounts, each remembered beside what is typed over it, which stays.
function amounts(row) {
  const put = (field, value) => {
    const { measured } = field.dataset;
    const typed = measured !== undefined && field.value !== measured;
    field.dataset.measured = value ?? "";
    if (!typed) field.value = field.dataset.measured;
  };
  const metres = (value) => (value === undefined ? "" : inUnit(value));
  put(form.elements.distance, metres(row.distance_m));
  put(form.elements.minutes, Math.round(row.duration_s / 6) / 10);
  row.pain.forEach((pain, i) => put(form.elements[`onset-${i}`], metres(pain.onset_distance_m)));
}

function painPanel(pain, i, count) {
  const panel = empty_pain.firstElementChild.cloneNode(true);
  const place = pain.site ? placeName(pain) : "";
  const title = count > 1 || !place ? [say("pain", { n: i + 1 }), place] : [place];
  panel.querySelector("legend").textContent = title.filter(Boolean).join(": ");
  panel.querySelector("[data-facts]").textContent = facts(pain).join("; ");
  const field = panel.querySelector("input");
  field.id = field.name = `onset-${i}`;
  panel.querySelector("label").htmlFor = field.id;
  if (!pain.site) panel.querySelector("[data-map]").append(bodyMap(`where-${i}`));
  return panel;
}

// The body of the page's other view, with answers of its own.
function bodyMap(name) {
  const map = document.getElementById("id_where").cloneNode(true);
  map.id = `id_${name}`;
  for (const field of map.querySelectorAll("input")) {
    field.name = name;
    field.checked = !field.value;
  }
  return map;
}

function facts(pain) {
  const found = [say("fact-time", { time: duration(pain.onset_s) })];
  if (pain.intensity !== undefined) found.push(say("of-ten", { n: pain.intensity }));
  if (pain.relief === "none") found.push(say("fact-none"));
  else if (pain.relief) found.push(say(`fact-${pain.relief}`, { time: duration(pain.relief_s) }));
  if (pain.rest_s !== undefined) found.push(say("fact-rest", { time: duration(pain.rest_s) }));
  if (pain.course_while_walking === "eased") found.push(say("fact-eased"));
  return found;
}

// The row with what was typed over it, and what cannot be read of that.
function corrected(row, line) {
  const faults = [];
  const typed = (name, read, measured) => {
    const field = form.elements[name];
    field.removeAttribute("aria-invalid");
    if (field.value === field.dataset.measured) return measured;
    const value = read(field.value);
    const code = fault(field.value, value);
    if (code) faults.push([field, code]);
    return value ?? undefined;
  };
  const distance_m = typed("distance", metresOf, row.distance_m);
  const minutes = typed("minutes", amountOf, null);
  const pain = row.pain.map((each, i) => told({
    ...each, ...where(i), onset_distance_m: typed(`onset-${i}`, metresOf, each.onset_distance_m),
  }));
  pain.forEach((each, i) => {
    if (each.onset_distance_m > distance_m) faults.push([form.elements[`onset-${i}`], "onset_after_end"]);
  });
  const whole = told({
    ...row,
    distance_m,
    distance_source: distance_m === row.distance_m ? row.distance_source : "estimated",
    duration_s: minutes ? Math.round(minutes * 60) : row.duration_s,
    pain: row.pain.length ? pain : painFree(),
    track: form.elements.track.checked && line.length > 1 ? encoded(line) : null,
  });
  if (distance_m === undefined) delete whole.distance_source;
  return { row: whole, faults };
}

function where(i) {
  const [site, side] = (form.elements[`where-${i}`]?.value ?? "").split(":");
  return site ? { site, side: side || undefined } : {};
}

// What a walk without a press says of pain: that there was none only where the walker says so.
function painFree() {
  return { no: [], yes: [{}] }[form.elements.hurt.value] ?? null;
}

function fault(text, value) {
  const wrong = text.trim() && read(text).fault;
  if (wrong) return wrong;
  if (Number.isNaN(value)) return "not_a_number";
  return value > LONGEST_M ? "too_large" : null;
}

function refuse(faults) {
  for (const [field] of faults) field.setAttribute("aria-invalid", "true");
  problem.replaceChildren(...faults.map(([field, code]) => {
    const line = document.createElement("p");
    line.textContent = `${field.labels[0].textContent}: ${say(code)}`;
    return line;
  }));
  problem.hidden = false;
  problem.focus();
}

