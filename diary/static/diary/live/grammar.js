// What do the presses of a walk say? Its own grammar, from the first step to the last.
//
// A press is {kind, at_s, ...what was told of it}: `hurt` may have site, side and intensity, `rest`
// a posture. `at_s` are seconds since the start.

const NEXT = {
  walking: { hurt: "hurting" },
  hurting: { rest: "resting", gone: "walking" },
  resting: { gone: "rested", eased: "rested", still: "rested" },
  rested: { gone: "rested", on: "walking" },
};
const RELIEF = { gone: "complete", eased: "partial", still: "none" };

// Where the walk stands: walking, hurting, resting, rested or finished.
export function stateOf(presses) {
  return presses.reduce((state, press, i) => next(state, press.kind, presses.slice(0, i)), "walking");
}

// Where a press leads; null where the grammar has no such word now.
export function next(state, kind, before) {
  if (state === null || state === "finished") return null;
  if (kind === "finish") return "finished";
  if (kind === "gone" && state === "rested" && relieved(before)) return null;
  // Who walks on with the pain is still in it.
  if (kind === "on" && state === "rested" && !relieved(before)) return "hurting";
  return NEXT[state][kind] ?? null;
}

// Which presses are possible now.
export function possible(presses) {
  const state = stateOf(presses);
  return ["hurt", "rest", "gone", "eased", "still", "on", "finish"].filter(
    (kind) => next(state, kind, presses) !== null,
  );
}

function relieved(presses) {
  return presses.findLast((press) => press.kind in RELIEF)?.kind === "gone";
}

// The [from, to] seconds of every rest; the last one may still go on.
export function restsOf(presses, now_s) {
  const rests = [];
  for (const { kind, at_s } of presses) {
    if (kind === "rest") rests.push([at_s, null]);
    else if ((kind === "on" || kind === "finish") && rests.at(-1)?.[1] === null) {
      rests.at(-1)[1] = at_s;
    }
  }
  return rests.map(([from, to]) => [from, to ?? Math.max(from, now_s)]);
}

// The pains of the walk as the diary document has them. `far` gives the metres at a second, or
// null. A pain that never went is one pain, however often the walker rested from it: the seconds
// of its rests add up, and the last word on it counts.
export function painsOf(presses, far) {
  const pains = [];
  let pain = null;
  let rest = null; // {at_s, before_s}: since when, and how long the rests before it were
  const rested_s = (at_s) => rest.before_s + at_s - rest.at_s;
  for (const press of presses) {
    const { kind, at_s } = press;
    if (kind === "hurt") {
      pain = begun(press, far);
      pains.push(pain);
    } else if (kind === "rest") {
      rest = { at_s, before_s: pain.rest_s ?? 0 };
      pain.response = "stopped";
      pain.stopped_distance_m ??= whole(far(at_s));
      Object.assign(pain, { rest_posture: press.posture ?? null, relief: null, relief_s: null });
    } else if (kind in RELIEF && rest) {
      pain.relief = RELIEF[kind];
      pain.relief_s = kind === "still" ? null : whole(rested_s(at_s));
    } else if (kind === "gone") {
      pain.course_while_walking = "eased";
    } else if (rest && (kind === "on" || kind === "finish")) {
      pain.rest_s = whole(rested_s(at_s));
      pain.resumed = kind === "on";
      rest = null;
    }
  }
  return pains.map(told);
}

function begun({ at_s, site, side, intensity }, far) {
  return {
    onset_distance_m: whole(far(at_s)), onset_s: whole(at_s), site, side, intensity,
    rest_s: null, stopped_distance_m: null,
  };
}

// The finished walk as a row of the diary document.
export function walkOf({ id, started_at, time_zone, presses }, way) {
  const end_s = presses.at(-1).at_s;
  const distance_m = whole(way.distance_m(end_s));
  return told({
    id,
    started_at,
    time_zone,
    duration_s: whole(end_s),
    distance_m,
    distance_source: distance_m === null ? null : "gps",
    pain: painsOf(presses, way.distance_m),
  });
}

const whole = (number) => (number === null ? null : Math.round(number));

// A row without what it does not say.
export function told(row) {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => (value ?? null) !== null));
}
