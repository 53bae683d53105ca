// How long has the walk lasted, whatever the phone's clock does?
//
// Each page counts its own seconds evenly; the wall clock can be set, and a sleeping phone counts
// nothing. While the page was in sight the even seconds hold. Out of sight the phone may have
// slept, and after a reload nothing was counted: there the wall clock tells, never backwards.

// The reading after another: {elapsed_ms, wall_ms, even_ms}. `even_ms` is null in what was read
// back from the phone's memory, because another page counted it.
export function later(reading, { wall_ms, even_ms, seen }) {
  const wall = Math.max(0, wall_ms - reading.wall_ms);
  const even = reading.even_ms === null ? 0 : Math.max(0, even_ms - reading.even_ms);
  const passed = reading.even_ms !== null && seen ? even : Math.max(even, wall);
  return { elapsed_ms: reading.elapsed_ms + passed, wall_ms, even_ms };
}

export const begun = ({ wall_ms, even_ms }) => ({ elapsed_ms: 0, wall_ms, even_ms });
