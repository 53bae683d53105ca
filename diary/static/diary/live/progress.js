// How far is it so far, without measuring a long walk anew with every fix?
//
// What the walker sees on the way. The figures that are kept are measured in one, at the end.

import { measured } from "./distance.js";

// What lies further back than this no longer changes.
const SETTLED_S = 600;

// A function of all fixes so far and the second of now: metres; null without any fix.
export function progress() {
  let [first, before_m] = [0, 0];
  return (fixes, now_s) => {
    const way = measured(fixes.slice(first));
    const far_m = way.least_m(now_s);
    if (far_m === null) return null;
    const whole_m = before_m + far_m;
    const settled_s = now_s - SETTLED_S;
    if (fixes[first][0] < settled_s - SETTLED_S) {
      before_m += way.least_m(settled_s);
      first = Math.max(first, fixes.findLastIndex(([at_s]) => at_s <= settled_s));
    }
    return whole_m;
  };
}
