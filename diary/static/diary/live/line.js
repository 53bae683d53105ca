// How is the way kept, when the walker asks for it? As an encoded polyline of few points.

const MOST_POINTS = 1000;
const PRECISION = 1e5;
// Bends smaller than this are jitter of the receiver.
const FIRST_TOLERANCE_M = 3;
const METRES_IN_A_DEGREE = 111_320;

// The line through [latitude, longitude] points, with at most 1,000 of them.
export function encoded(points) {
  let tolerance = FIRST_TOLERANCE_M;
  let kept = thinned(points, tolerance);
  while (kept.length > MOST_POINTS) {
    tolerance *= 2;
    kept = thinned(kept, tolerance);
  }
  return polyline(kept);
}

// Douglas and Peucker's: the points without which the line would be off by more than this.
function thinned(points, tolerance) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const open = [[0, points.length - 1]];
  while (open.length) {
    const [first, last] = open.pop();
    let [furthest, off] = [0, tolerance];
    for (let i = first + 1; i < last; i += 1) {
      const distance = offLine(points[i], points[first], points[last]);
      if (distance > off) [furthest, off] = [i, distance];
    }
    if (furthest) {
      keep.add(furthest);
      open.push([first, furthest], [furthest, last]);
    }
  }
  return points.filter((_, i) => keep.has(i));
}

function offLine(point, from, to) {
  const east = Math.cos((from[0] * Math.PI) / 180);
  const flat = ([lat, long]) => [
    (long - from[1]) * east * METRES_IN_A_DEGREE, (lat - from[0]) * METRES_IN_A_DEGREE,
  ];
  const [px, py] = flat(point);
  const [x, y] = flat(to);
  const length = x * x + y * y;
  const share = length ? Math.min(1, Math.max(0, (px * x + py * y) / length)) : 0;
  return Math.hypot(px - share * x, py - share * y);
}

function polyline(points) {
  let [lat, long] = [0, 0];
  return points.map(([y, x]) => {
    const [row, column] = [Math.round(y * PRECISION), Math.round(x * PRECISION)];
    const text = signed(row - lat) + signed(column - long);
    [lat, long] = [row, column];
    return text;
  }).join("");
}

function signed(number) {
  let rest = number < 0 ? ~(number << 1) : number << 1;
  let text = "";
  while (rest >= 0x20) {
    text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
    rest >>= 5;
  }
  return text + String.fromCharCode(rest + 63);
}
