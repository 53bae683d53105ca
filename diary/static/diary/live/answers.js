// What does a finished walk say, in the answers of the walk's form?
//
// They show the walk while it waits. What is sent is the row itself, which is exact.

import { inUnit, unit } from "./words.js";

const same = (value) => value;
const minutes = (seconds) => Math.round(seconds / 6) / 10;
const yes = (truth) => (truth ? "yes" : "no");
// Of a pain: the form's question, the row's field, and how its value is answered.
const OF_A_PAIN = [
  ["onset_distance", "onset_distance_m", inUnit],
  ["onset_minutes", "onset_s", minutes],
  ["intensity", "intensity", same],
  ["response", "response", same],
  ["rest_posture", "rest_posture", same],
  ["relief", "relief", same],
  ["relief_minutes", "relief_s", minutes],
  ["rest_minutes", "rest_s", minutes],
  ["resumed", "resumed", yes],
  ["course_while_walking", "course_while_walking", same],
  ["stopped_distance", "stopped_distance_m", inUnit],
];

export function answersOf({ started_at, distance_m, distance_source, duration_s, pain }) {
  const began = new Date(started_at);
  const told = [
    ["when", "at"], ["date", began.toLocaleDateString("en-CA")], ["time", began.toTimeString().slice(0, 5)],
    ["duration", minutes(duration_s)],
  ];
  if (distance_m !== undefined) {
    told.push(["distance", inUnit(distance_m)], ["distance_unit", unit], ["distance_source", distance_source]);
  }
  if (pain) told.push(["hurt", yes(pain.length)], ["pain-TOTAL_FORMS", pain.length]);
  told.push(...(pain ?? []).flatMap(ofPain));
  return told.map(([name, answer]) => [name, String(answer)]);
}

function ofPain(pain, place) {
  const told = OF_A_PAIN.filter(([, field]) => pain[field] !== undefined)
    .map(([name, field, answer]) => [name, answer(pain[field])]);
  if (pain.site) told.unshift(["where", [pain.site, pain.side].filter(Boolean).join(":")]);
  return told.map(([name, answer]) => [`pain-${place}-${name}`, answer]);
}
