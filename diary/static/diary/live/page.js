// Where does the page of a walk stand: before it, on it, after it?

import { keep, send, waiting } from "../offline/outbox.js";
import { owner } from "../offline/store.js";
import { answersOf } from "./answers.js";
import { FORGOTTEN_S } from "./distance.js";
import { walking } from "./going.js";
import { stateOf } from "./grammar.js";
import { begin, forget, unfinished } from "./recorder.js";
import { allowed, positions } from "./sensors.js";
import { summary } from "./summary.js";
import { accuracy, duration, say } from "./words.js";

const whose = owner();
const page = document.getElementById("live");
const trouble = document.getElementById("trouble");
const LOCK = "waymark-live";
const WORTH_SAYING_S = 5; // a page that was only loaded again was closed for less

let recorder = null;
let leave = () => {}; // stops what the shown view keeps running
let warm = null; // the last fix before the start, and when it came

let shown = false;

function show(name) {
  leave();
  leave = () => {};
  for (const view of page.querySelectorAll("[data-view]")) view.hidden = view.id !== name;
  if (shown) page.querySelector(`#${name} [tabindex="-1"]`).focus({ preventScroll: true });
  shown = true;
  window.scrollTo(0, 0);
}

function complain(word) {
  trouble.hidden = false;
  trouble.textContent = say(word);
}

async function ready() {
  if (!whose) return show("stranger"); // on a page that was kept
  show("ready");
  if (!(await allowed())) return;
  const line = page.querySelector("#ready [data-position]");
  line.textContent = say("position-none");
  leave = positions((fix) => {
    warm = { fix, at_ms: performance.now() };
    line.textContent = say("position-known");
    page.querySelector("#ready [data-accuracy]").textContent = accuracy(fix);
  }, () => { line.textContent = say("position-off"); });
}

async function start() {
  const fresh = warm && performance.now() - warm.at_ms < 5000 ? warm.fix : null;
  recorder = begin(whose, fresh);
  going(say("told-started"));
  await recorder.keep().catch(() => complain("no-store"));
}

function going(told) {
  show("going");
  leave = walking(recorder, { told, finished, complain });
}

function finished() {
  show("summary");
  leave = summary(recorder, { saved, complain });
}

function again() {
  const quiet_s = recorder.quiet_s;
  if (stateOf(recorder.presses) === "finished") return finished();
  if (quiet_s < WORTH_SAYING_S) return going(say("told-goes-on"));
  if (quiet_s < FORGOTTEN_S) return going(say("told-interrupted", { time: duration(quiet_s) }));
  const began = new Date(recorder.walk.started_at);
  const written = (options) => began.toLocaleString(document.documentElement.lang, options);
  page.querySelector("[data-found]").textContent = say("found", {
    day: written({ day: "numeric", month: "long" }),
    clock: written({ hour: "2-digit", minute: "2-digit" }),
    time: duration(recorder.measured_s),
  });
  return show("found");
}

async function saved(row) {
  const key = await keep({ kind: "walk", op: "put", base_revision: null, value: row, says: answersOf(row) }, whose);
  await forget(whose);
  const { owner: sender, reached } = await send();
  const item = (await waiting(whose)).find((each) => each.key === key);
  if (!item) return outcome("sent", row.id);
  if (item.state) return outcome("refused");
  return outcome(reached && sender !== whose ? "signed-out" : "kept");
}

function outcome(word, id = null) {
  show("done");
  const over = word === "sent" || word === "thrown";
  page.querySelector("[data-outcome]").textContent = say(`done-${word}`);
  page.querySelector("[data-outcome-more]").textContent = over ? "" : say(`done-${word}-more`);
  for (const way of page.querySelectorAll("#done [data-if]")) {
    way.hidden = !way.dataset.if.split(" ").includes(word);
  }
  page.querySelector("[data-home]").hidden ||= !navigator.onLine;
  const link = page.querySelector("[data-walk]");
  if (id) link.href = `${link.dataset.walk}${id}/`;
}

const acts = {
  start,
  here: () => locked({ steal: true }),
  "go-on": () => going(""),
  "finish-there": () => {
    recorder.press("finish", recorder.measured_s).catch(() => complain("not-kept"));
    finished();
  },
  "walk-on": () => {
    recorder.reopen().catch(() => complain("not-kept"));
    going("");
  },
  "throw-away": () => show("sure"),
  keep: again,
  "throw-away-now": async () => {
    await forget(whose).then(() => outcome("thrown"), () => complain("not-kept"));
  },
};

page.addEventListener("click", (event) => {
  const act = acts[event.target.closest("[data-act]")?.dataset.act];
  if (act) act();
});

// The signs that ask for help are shown over the walk, which goes on being measured.
const help = document.getElementById("help-now");
document.querySelector(".help-link").addEventListener("click", (event) => {
  event.preventDefault();
  help.showModal();
});

// One window measures; another that takes over makes this one step back.
function locked(options) {
  navigator.locks.request(LOCK, options, async () => {
    recorder = await unfinished(whose);
    if (recorder) again();
    else await ready();
    return new Promise(() => {});
  }).catch((error) => {
    if (error.name !== "AbortError") return complain("no-store");
    return show("elsewhere");
  });
}

// A page that was just reloaded gives its lock back a moment later.
const patience = new AbortController();
setTimeout(() => patience.abort(), 1500);
locked({ signal: patience.signal });
