// Which places did the phone really pass? The rules of diary/exchange/places.py, fix by fix.
//
// A fix is [seconds since the start, latitude, longitude, accuracy in metres].

// A fix that the phone itself holds to be worse than this says too little about a walk.
export const USABLE_M = 50;
// Nobody's phone is as exact as some say they are.
const BEST_M = 3;
// A receiver that has just begun to listen is far off at first.
const SETTLING_S = 30;
// A leg faster than the first is a slip of the receiver if the next minute comes back to walking
// pace; faster than the second, nothing on the ground moves.
const SLIP_M_S = 15;
const IMPOSSIBLE_M_S = 100;
const SLIP_LASTS_S = 60;
const SLIP_LASTS_FIXES = 15;
const FASTEST_ON_FOOT_M_S = 5;

// The unbroken pieces of a walk, in metres east and north of its first usable fix.
export function pieces(fixes) {
  return withoutSlips(onAPlane(settled(usable(fixes))));
}

function usable(fixes) {
  let last = -Infinity;
  return fixes.filter(([at, , , accuracy]) => {
    if (!(accuracy <= USABLE_M) || at <= last) return false;
    last = at;
    return true;
  });
}

function settled(fixes) {
  if (!fixes.length) return fixes;
  const early = (fix) => fix[0] - fixes[0][0] <= SETTLING_S;
  const best = Math.min(...fixes.filter(early).map((fix) => fix[3]));
  const first = fixes.findIndex((fix) => fix[3] <= 2 * best);
  return fixes.slice(first);
}

function onAPlane(fixes) {
  if (!fixes.length) return [];
  const [, latitude, longitude] = fixes[0];
  const [east, north] = degreeLengths(latitude);
  return fixes.map(([at, lat, long, accuracy]) => ({
    at,
    east: turned(long - longitude) * east,
    north: (lat - latitude) * north,
    accuracy,
    weight: Math.max(accuracy, BEST_M) ** -2,
    point: [lat, long],
  }));
}

// A difference of longitudes the short way round.
const turned = (degrees) => ((degrees + 540) % 360) - 180;

// Metres in a degree of longitude and of latitude: series for the WGS 84 ellipsoid.
function degreeLengths(latitude) {
  const phi = (latitude * Math.PI) / 180;
  return [
    111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
    111132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
  ];
}

export const apart = (one, other) => Math.hypot(other.east - one.east, other.north - one.north);
const speed = (one, other) => apart(one, other) / (other.at - one.at);

function withoutSlips(places) {
  if (!places.length) return [];
  const found = [[places[0]]];
  for (let i = 1; i < places.length; i += 1) {
    const last = found.at(-1).at(-1);
    const fast = speed(last, places[i]);
    const back = fast > SLIP_M_S ? comesBack(places, i, last) : null;
    if (fast > SLIP_M_S && back === null && stillOpen(places, i, last)) break;
    if (back !== null) i = back;
    else if (fast > IMPOSSIBLE_M_S) found.push([]);
    found.at(-1).push(places[i]);
  }
  return found;
}

// Whether a slip at the end of the walk may yet come back: until then it is not believed.
function stillOpen(places, slip, last) {
  return places.length - slip < SLIP_LASTS_FIXES && places.at(-1).at - last.at <= SLIP_LASTS_S;
}

// Where, soon after a slip, the way goes on from its last good place.
function comesBack(places, slip, last) {
  for (let i = slip + 1; i < Math.min(slip + SLIP_LASTS_FIXES, places.length); i += 1) {
    if (places[i].at - last.at > SLIP_LASTS_S) return null;
    if (speed(last, places[i]) <= FASTEST_ON_FOOT_M_S) return i;
  }
  return null;
}
