// What does the walker see and press on the way?

import { possible, restsOf, stateOf } from "./grammar.js";
import { USABLE_M } from "./places.js";
import { progress } from "./progress.js";
import { positions, wakefulness } from "./sensors.js";
import { accuracy, duration, length, say, time } from "./words.js";

const view = document.getElementById("going");
const part = (name) => view.querySelector(`[data-${name}]`);
const TICK_MS = 1000;
const LOST_AFTER_S = 15;
// A second tap of the same finger is no second press.
const TAP_MS = 400;
// What was pressed by mistake is taken back at once; later that would make another walk of it.
const UNDO_S = 120;

// Show the walk and take its presses until it is finished. Returns what stops all of it.
export function walking(recorder, { told, finished, complain }) {
  const on = new AbortController();
  const sight = { off: false, far_m: null, fixes: 0 };
  const far = progress();
  const keeping = (kept) => kept?.catch(() => complain("not-kept"));
  const hear = (fix) => recorder.heard(fix);
  const refuse = () => { sight.off = true; };
  let last_tap = -Infinity;

  function tick() {
    const now_s = recorder.now_s();
    if (sight.fixes !== recorder.fixes.length) sight.far_m = far(recorder.fixes, now_s);
    sight.fixes = recorder.fixes.length;
    figures(recorder, sight, now_s);
    keeping(recorder.keepNowAndThen());
  }

  function press(kind) {
    const now_s = recorder.now_s();
    const kept = recorder.press(kind, now_s);
    if (!kept) return;
    keeping(kept);
    if (kind === "finish") {
      finished();
      return;
    }
    render(recorder);
    figures(recorder, sight, now_s);
    part("told").textContent = said(recorder.presses, sight.far_m);
    view.querySelector(".state").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function undo() {
    const name = nameOf(recorder.presses.at(-1));
    keeping(recorder.undo());
    render(recorder);
    figures(recorder, sight, recorder.now_s());
    part("told").textContent = say("told-undo", { press: name });
    view.querySelector(".state").focus({ preventScroll: true });
  }

  view.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const now = performance.now();
    if (!button || now - last_tap < TAP_MS) return;
    last_tap = now;
    if (button.dataset.press) press(button.dataset.press);
    else if (button.dataset.act === "undo") undo();
    else if (button.dataset.act === "same") {
      keeping(recorder.tell("hurt", earlierPlace(recorder.presses)));
      render(recorder);
    }
  }, { signal: on.signal });

  view.addEventListener("change", ({ target }) => {
    keeping(recorder.tell(...answer(target)));
  }, { signal: on.signal });

  document.addEventListener("visibilitychange", () => {
    recorder.now_s();
    if (document.visibilityState === "hidden") keeping(recorder.keep());
    else tick();
  }, { signal: on.signal });

  const stopPositions = positions(hear, refuse);
  const stopWaking = wakefulness((awake) => { part("dark").hidden = awake; });
  const timer = setInterval(tick, TICK_MS);
  render(recorder);
  tick();
  part("told").textContent = told;
  return () => {
    on.abort();
    clearInterval(timer);
    stopPositions();
    stopWaking();
  };
}

function answer({ name, value }) {
  if (name === "posture") return ["rest", { posture: value }];
  if (name === "intensity") return ["hurt", { intensity: Number(value) }];
  const [site, side] = value.split(":");
  return ["hurt", { site: site || null, side: side || null }];
}

function said(presses, far_m) {
  const { kind, at_s } = presses.at(-1);
  const rest = restsOf(presses, at_s).at(-1);
  const values = {
    time: duration(at_s),
    far: far_m === null ? "" : length(far_m),
    rest: rest && duration(rest[1] - rest[0]),
  };
  if (kind === "hurt" && far_m === null) return say("told-hurt-time", values);
  if (kind === "gone" && stateOf(presses) === "walking") return say("told-gone-walking");
  return say(`told-${kind}`, values);
}

// The buttons that the grammar allows now, and what has been told of this pain and this rest.
function render(recorder) {
  const { presses } = recorder;
  const state = stateOf(presses);
  const may = possible(presses);
  for (const button of view.querySelectorAll("[data-press]")) {
    button.hidden = !may.includes(button.dataset.press);
  }
  view.dataset.now = state;
  part("state").textContent = say(state);
  requestAnimationFrame(() => setTimeout(() => renderAbout(recorder)));
}

// What can be told of a pain and a rest: drawn after the picture that answers the press, and as it
// stands then.
function renderAbout({ presses }) {
  const state = stateOf(presses);
  const pain = state === "walking" ? null : presses.findLast((press) => press.kind === "hurt");
  const rest = state.startsWith("rest") ? presses.findLast((press) => press.kind === "rest") : null;
  about("pain", pain);
  about("rest", rest);
  check("posture", rest?.posture);
  check("intensity", pain?.intensity);
  check("where", pain?.site ? `${pain.site}:${pain.side ?? ""}` : "");
  if (pain) abouts(pain, presses);
}

function nameOf({ kind }) {
  return view.querySelector(`[data-press="${kind}"]`).textContent.trim();
}

function about(name, press) {
  view.querySelector(`[data-about="${name}"]`).hidden = !press;
}

function check(name, value) {
  for (const field of view.querySelectorAll(`[name="${name}"]`)) {
    field.checked = value !== undefined && field.value === String(value);
  }
}

// What is known of a pain folds away; the place of the pain before it is one tap.
function abouts(pain, presses) {
  view.querySelector('[data-about="pain"]').open = !pain.site || pain.intensity === undefined;
  const same = view.querySelector('[data-act="same"]');
  const place = earlierPlace(presses);
  same.hidden = Boolean(pain.site) || !place;
  if (place) same.textContent = say("same", { place: placeName(place) });
}

function earlierPlace(presses) {
  const pains = presses.filter((press) => press.kind === "hurt");
  const before = pains.slice(0, -1).findLast((press) => press.site);
  return before && { site: before.site, side: before.side };
}

export function placeName({ site, side }) {
  const field = view.querySelector(`[name="where"][value="${site}:${side ?? ""}"]`);
  return field.closest("label").textContent.trim().replace(/\s+/g, " ");
}

function figures({ presses, fixes }, { off, far_m }, now_s) {
  part("distance").textContent = far_m === null ? "–" : length(far_m);
  part("time").textContent = time(now_s);
  const rest = stateOf(presses).startsWith("rest") && restsOf(presses, now_s).at(-1);
  part("rest").textContent = rest ? time(rest[1] - rest[0]) : "";
  const undo = view.querySelector('[data-act="undo"]');
  const last = presses.at(-1);
  undo.hidden = !last || now_s - last.at_s > UNDO_S;
  if (!undo.hidden) undo.textContent = say("undo", { press: nameOf(last) });
  const word = position(off, fixes, now_s);
  const line = say(word, { time: time(fixes.at(-1)?.[0] ?? 0) });
  if (part("position").textContent !== line) part("position").textContent = line;
  part("accuracy").textContent = /known|vague/.test(word) ? accuracy(fixes.at(-1)) : "";
}

function position(off, fixes, now_s) {
  if (off) return "position-off";
  const last = fixes.at(-1);
  if (!last) return "position-none";
  if (now_s - last[0] > LOST_AFTER_S) return "position-lost";
  return last[3] <= USABLE_M ? "position-known" : "position-vague";
}
