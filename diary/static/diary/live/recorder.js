// What happened on the walk that is going on? Kept on the phone press by press, fix by fix.

import { all, put, remove } from "../offline/store.js";
import * as clock from "./clock.js";
import { possible } from "./grammar.js";

const WALK = "walk";
const FIXES = "fixes:";
const KEEP_EVERY_MS = 10_000;

let seen = false; // whether the page was in sight since the clock was last read
document.addEventListener("visibilitychange", () => { seen = false; });

function instant() {
  const read = { wall_ms: Date.now(), even_ms: performance.now(), seen };
  seen = document.visibilityState === "visible";
  return read;
}

// The walk that was not finished or not saved on this phone; null where there is none.
export async function unfinished(whose) {
  const records = new Map(await all("live", whose));
  const walk = records.get(WALK);
  if (!walk) return null;
  const batches = [...records.keys()].filter((key) => key.startsWith(`${FIXES}${walk.id}:`)).sort();
  walk.reading.even_ms = null; // another page counted it
  return new Recorder(whose, walk, batches.flatMap((key) => records.get(key)), batches.length);
}

// Forget the walk and where it went. The walk goes last: what is left without one is never read.
export async function forget(whose) {
  const keys = (await all("live", whose)).map(([key]) => key);
  for (const key of keys.sort()) await remove("live", key, whose);
}

export function begin(whose, position) {
  const walk = {
    id: crypto.randomUUID(),
    started_at: new Date().toISOString(),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    presses: [],
    reading: clock.begun(instant()),
    said: {},
  };
  return new Recorder(whose, walk, position ? [[0, ...position]] : [], 0);
}

class Recorder {
  #whose;
  #new_fixes;
  #batches;
  #kept_ms = 0;

  constructor(whose, walk, fixes, batches) {
    this.walk = walk;
    this.fixes = fixes;
    this.#whose = whose;
    this.#new_fixes = batches ? [] : [...fixes];
    this.#batches = batches;
  }

  get presses() { return this.walk.presses; }

  // Seconds of the walk when the clock was last read.
  get measured_s() { return this.walk.reading.elapsed_ms / 1000; }

  // How long nobody had looked when the walk was found again.
  get quiet_s() { return Math.max(0, Date.now() - this.walk.reading.wall_ms) / 1000; }

  // Seconds since the start.
  now_s() {
    this.walk.reading = clock.later(this.walk.reading, instant());
    return this.measured_s;
  }

  heard(position) {
    const fix = [this.now_s(), ...position];
    this.fixes.push(fix);
    this.#new_fixes.push(fix);
  }

  // Resolves when the press is on the disk; null where the grammar has no such word now.
  press(kind, at_s = this.now_s()) {
    if (!possible(this.presses).includes(kind)) return null;
    this.walk.presses = [...this.presses, { kind, at_s }];
    return this.keep();
  }

  // What is told of the latest press of a kind: where it hurts, how the walker rests.
  tell(kind, details) {
    const last = this.presses.findLastIndex((press) => press.kind === kind);
    this.walk.presses = this.presses.map((press, i) => (i === last ? { ...press, ...details } : press));
    return this.keep();
  }

  undo() {
    this.walk.presses = this.presses.slice(0, -1);
    return this.keep();
  }

  // The walk was not over after all: what was corrected of it no longer holds.
  reopen() {
    this.walk.said = {};
    return this.undo();
  }

  async keep() {
    const fixes = this.#new_fixes;
    this.#new_fixes = [];
    this.#kept_ms = this.walk.reading.elapsed_ms;
    const kept = put("live", WALK, this.walk, this.#whose);
    if (fixes.length) {
      this.#batches += 1;
      const number = String(this.#batches).padStart(6, "0");
      await put("live", `${FIXES}${this.walk.id}:${number}`, fixes, this.#whose);
    }
    await kept;
  }

  // Now and then, so that a phone that dies loses no more than the last seconds of the way.
  keepNowAndThen() {
    return this.walk.reading.elapsed_ms - this.#kept_ms >= KEEP_EVERY_MS ? this.keep() : null;
  }
}
