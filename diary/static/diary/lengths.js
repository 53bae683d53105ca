// How long is what is typed, in the other system of units?
//
// The units come with the list of them: metres in one, the system, and its text around a number.

import { read } from "./numbers.js";

const SHORT_UP_TO = 1000; // as the server writes lengths: 900 m, 1.2 km
const numbers = (decimals) => new Intl.NumberFormat(document.documentElement.lang, {
  useGrouping: false, minimumFractionDigits: decimals, maximumFractionDigits: decimals || 2,
});

// The number of a text, and the unit that is typed behind it, if one is. Nothing where the server
// would ask what is meant: `system` is the walker's own, in which an m may not be metres.
function lengthOf(text, units, system) {
  const { fault, amount, word } = read(text);
  const unit = units.find(({ text: said }) => said.replace("%s", "").trim() === word);
  const unclear = word === "m" && system !== unit?.system;
  return fault || unclear || (word && !unit) ? {} : { amount, unit };
}

function inOther(metres, units, system) {
  const [short, long] = units.filter((unit) => unit.system !== system);
  const amount = Math.round(metres / short.metres);
  if (amount < SHORT_UP_TO) return short.text.replace("%s", numbers(0).format(amount));
  return long.text.replace("%s", numbers(1).format(metres / long.metres));
}

// Say it beside each length, now and whenever one is typed or the unit changes.
export function echoLengths(form) {
  const list = form.elements.distance_unit;
  const units = [...list.options].map(({ value, text, dataset }) => (
    { value, name: text, metres: Number(dataset.metres), system: dataset.system, text: dataset.text }
  )).sort((one, other) => one.metres - other.metres);
  const both = (amount, unit) => (
    `${unit.text.replace("%s", numbers(0).format(amount))} = ${inOther(amount * unit.metres, units, unit.system)}`
  );
  const show = () => {
    for (const place of form.querySelectorAll(".echo")) {
      const field = place.parentElement.querySelector("input");
      const chosen = units.find((each) => each.value === (field.dataset.unit ?? list.value));
      const { amount, unit = chosen } = lengthOf(field.value, units, list.options[0].dataset.system);
      if (amount !== undefined) place.textContent = both(amount, unit);
      else place.textContent = field.name === "distance" ? "" : unit.name;
    }
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
  return { show };
}
