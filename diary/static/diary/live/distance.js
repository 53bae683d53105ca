// How far had the walker come at each moment, and how well is that known?
//
// The rules of diary/exchange/track.py, for a walk that is still going on: positions are averaged
// over some seconds, the more exact ones counting for more, and who stands still is not walking.

import { apart, pieces } from "./places.js";

// Positions are averaged over STEP_S; the speed is that between two places 4 steps apart, so that
// jitter while standing stays below STILL_M_S, and a slow walker above.
const STEP_S = 5;
const HALF_WINDOW = 2;
const STILL_M_S = 0.4;
const SHORTEST_REST_S = 20;
// A receiver at rest also wanders: who stays DWELL_STEPS within DWELL_M is at rest too.
const DWELL_STEPS = 19;
const DWELL_EDGE_STEPS = 4;
const DWELL_M = 25;
const DRIFT_M = 15;
// Longer than any rest from claudication: the walk was forgotten, not rested.
export const FORGOTTEN_S = 600;
// Where the receiver hears well one smoothing is enough; the worse it hears, the more it wanders.
const HEARS_WELL_M = 8;
const MOST_SMOOTHINGS = 8;
// Without a fix for longer than this the way is a straight line, and said to be one.
const GAP_S = 30;
// The way before the first fix is taken at the pace of the minute after it, up to a minute.
const LEAD_S = 60;
// A distance is known where no more of the time on foot than this is without a position at its
// ends, or is a straight line.
const UNSEEN = { most_s: 10, share: 0.1 };
const STRAIGHT = { most_s: 30, share: 0.25 };

// What the fixes of a walk say. `rests` are the [from, to] seconds in which the walker said that
// they were resting: a gap then hides no way.
export function measured(fixes, rests = []) {
  const found = pieces(fixes);
  const places = found.flat();
  const { at, metres, stops } = wayOf(found);
  const first = at[0] ?? Infinity;
  const lead = leading(at, metres, first);
  const far = (second) => {
    if (second <= first) return (lead.m * Math.max(second, 0)) / (lead.s || 1);
    return lead.m + between(at, metres, second);
  };
  const walked = (from, to) => Math.max(0, to - from) - resting(rests, from, to);
  const within = (amount, { most_s, share }, total) => amount <= Math.max(most_s, share * total);

  function unseen_s(second) {
    const last = at.at(-1) ?? 0;
    return walked(lead.s, Math.min(first, second)) + walked(Math.max(last, lead.s), second);
  }
  function straight_s(second) {
    return gaps(places).reduce(
      (sum, [from, to]) => (from < second ? sum + walked(from, Math.min(to, second)) : sum), 0,
    );
  }
  function known(second) {
    const total = walked(0, second);
    return at.length > 0
      && within(unseen_s(second), UNSEEN, total) && within(straight_s(second), STRAIGHT, total);
  }
  return {
    // Metres at a second of the walk; null where no fix, or too few, can tell.
    distance_m: (second) => (known(second) ? far(second) : null),
    // How far as far as is known, however little that is; null without any fix.
    least_m: (second) => (at.length ? far(second) : null),
    lost_s: (second) => unseen_s(second) + straight_s(second),
    // Since when the walker has stood still at the end; null where they have not.
    still_since_s: stops.length && stops.at(-1)[1] === at.at(-1) ? stops.at(-1)[0] : null,
  };
}

function resting(rests, from, to) {
  return rests.reduce(
    (sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0,
  );
}

function gaps(places) {
  const found = [];
  for (let i = 1; i < places.length; i += 1) {
    if (places[i].at - places[i - 1].at > GAP_S) found.push([places[i - 1].at, places[i].at]);
  }
  return found;
}

function leading(at, metres, first) {
  const until = Math.min(first + LEAD_S, at.at(-1) ?? 0);
  if (first <= 0 || first > LEAD_S || until <= first) return { s: 0, m: 0 };
  return { s: first, m: (first * between(at, metres, until)) / (until - first) };
}

// The value of a curve at a place between two of its knots; before and after them it is flat.
function between(at, values, second) {
  if (!at.length || second <= at[0]) return 0;
  if (second >= at.at(-1)) return values.at(-1);
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle] <= second) low = middle;
    else high = middle;
  }
  const share = (second - at[low]) / (at[high] - at[low]);
  return values[low] + share * (values[high] - values[low]);
}

// Seconds and metres so far, step by step, and the [from, to] seconds of standing still.
function wayOf(found) {
  const way = { at: [], metres: [], stops: [] };
  let so_far = 0;
  for (const piece of found) {
    const path = steps(piece);
    const rests = restsOf(path);
    const legs = path.slice(1).map((place, i) => apart(path[i], place));
    for (const [from, to] of rests) {
      legs.fill(apart(path[from], path[to]) / (to - from), from, to);
      way.stops.push([path[from].at, path[to].at]);
    }
    path.forEach((place, i) => {
      if (i) so_far += legs[i - 1];
      way.at.push(place.at);
      way.metres.push(so_far);
    });
  }
  return way;
}

// A piece at even steps of time, averaged.
function steps(piece) {
  const began = piece[0].at;
  const ended = piece.at(-1).at;
  const count = Math.max(1, Math.ceil((ended - began) / STEP_S));
  const bins = Array.from({ length: count }, () => []);
  for (const place of piece.slice(1, -1)) {
    bins[Math.min(Math.floor((place.at - began) / STEP_S), count - 1)].push(place);
  }
  const knots = [piece[0], ...bins.filter((bin) => bin.length).map(mean), piece.at(-1)];
  const times = knots.map((knot) => knot.at);
  const grid = Array.from({ length: count + 1 }, (_, i) => began + (i * (ended - began)) / count);
  const smooth = (name) => {
    const base = knots[0][name];
    const shifted = knots.map((knot) => knot[name] - base);
    const even = grid.map((second) => between(times, shifted, second) + base);
    return Array.from({ length: smoothings(piece) }).reduce(smoothed, even);
  };
  const [east, north] = [smooth("east"), smooth("north")];
  return grid.map((at, i) => ({ at, east: east[i], north: north[i] }));
}

function smoothings(piece) {
  const accuracy = piece.reduce((sum, place) => sum + place.accuracy, 0) / piece.length;
  return Math.min(MOST_SMOOTHINGS, Math.max(1, Math.round((accuracy / HEARS_WELL_M) ** 2)));
}

function mean(places) {
  const total = places.reduce((sum, place) => sum + place.weight, 0);
  const weighed = (name) => places.reduce((sum, p) => sum + p.weight * p[name], 0) / total;
  return { at: weighed("at"), east: weighed("east"), north: weighed("north") };
}

// Each inner value averaged with its neighbours, 1-2-1.
function smoothed(values) {
  return values.map((value, i) => (
    i && i < values.length - 1 ? (values[i - 1] + 2 * value + values[i + 1]) / 4 : value
  ));
}

// First and last step of each rest.
function restsOf(path) {
  const still = stillSteps(path);
  const joined = [];
  for (let i = 0; i < path.length; i += 1) {
    if (!still[i]) continue;
    let from = i;
    while (i + 1 < path.length && still[i + 1]) i += 1;
    const last = joined.at(-1);
    if (last && apart(path[last[1]], path[from]) < DRIFT_M) [from] = joined.pop();
    joined.push([from, i]);
  }
  // The window loses half a step at each end, and a turn on the spot is still for three steps.
  return joined.filter(([from, to]) => path[to].at - path[from].at >= SHORTEST_REST_S - STEP_S);
}

// At which steps a piece stands still: too slow for walking, or going nowhere.
function stillSteps(path) {
  const last = path.length - 1;
  const still = path.map((_, i) => {
    const [from, to] = [path[Math.max(i - HALF_WINDOW, 0)], path[Math.min(i + HALF_WINDOW, last)]];
    return apart(from, to) / Math.max(to.at - from.at, 1e-3) < STILL_M_S;
  });
  for (let i = 0; i + DWELL_STEPS <= path.length && path.length > DWELL_STEPS; i += 1) {
    const near = apart(path[i], path[i + DWELL_STEPS - 1]) < DWELL_M;
    if (near && span(path.slice(i, i + DWELL_STEPS)) < DWELL_M) {
      still.fill(true, i + DWELL_EDGE_STEPS, i + DWELL_STEPS - DWELL_EDGE_STEPS);
    }
  }
  return still;
}

function span(places) {
  const width = (name) => {
    const values = places.map((place) => place[name]);
    return Math.max(...values) - Math.min(...values);
  };
  return Math.hypot(width("east"), width("north"));
}
