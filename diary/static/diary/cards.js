// What do the ticked signs ask for, at once and whether or not the server can be reached?
//
// The rules and the sentences are the server's (wording.cards.table), read anew with every page and
// kept by the service worker; here they are only applied.

const TABLE = "/api/v1/help/";
const place = document.getElementById("cards");
const blank = document.getElementById("card");
const signs = document.querySelector(".signs");

// The cards of some signs on a side, most urgent first: {urgency, word, action, why}.
export function cardsOf(table, ticked, side) {
  const raised = [...byRules(table, ticked, side)];
  const covered = raised.map(({ sign }) => sign);
  const mild = table.mild.signs.filter((sign) => ticked.includes(sign) && !covered.includes(sign));
  raised.push(...mild.map((sign) => ({ ...table.mild, sign })));
  const flags = inOrder(table, table.flags.flatMap((flag) => flagOf(table, flag, raised) ?? []));
  return table.urgencies.flatMap(({ urgency, word, action }) => {
    const why = flags.filter((each) => each.urgency === urgency).map((each) => whyOf(table, each));
    return why.length ? [{ urgency, word, action, why }] : [];
  });
}

function* byRules(table, ticked, side) {
  for (const rule of table.rules) {
    const found = rule.one_sided && side === "both" ? [] : rule.signs.filter((sign) => ticked.includes(sign));
    if (found.length < rule.at_least) continue;
    for (const sign of found) yield { flag: rule.flag, urgency: rule.urgency, sign };
  }
}

function inOrder({ urgencies }, raised) {
  const rank = ({ urgency }) => urgencies.findIndex((each) => each.urgency === urgency);
  return raised.toSorted((one, other) => rank(one) - rank(other));
}

function flagOf(table, flag, raised) {
  const reasons = inOrder(table, raised.filter((each) => each.flag === flag));
  if (!reasons.length) return null;
  return { flag, urgency: reasons[0].urgency, signs: [...new Set(reasons.map(({ sign }) => sign))] };
}

function whyOf({ recorded, listed, reasons, meanings, haste }, { flag, urgency, signs: found }) {
  const words = found.map((sign) => reasons[sign]);
  const last = words.pop();
  const first = words.join(", ");
  const what = first ? listed.replace("%(first)s", first).replace("%(last)s", last) : last;
  const more = urgency === "soon" ? found.flatMap((sign) => haste[sign] ?? []) : [];
  return [recorded.replace("%s", what), meanings[flag], ...new Set(more)].join(" ");
}

// A day as its form tells it, in one version or in several: every sign that one of them names, and
// the leg where those agree on it.
export function dayOf(...versions) {
  const answers = (fields, wanted) => fields.filter(([name]) => name === wanted).map(([, text]) => text);
  const told = versions.filter(Boolean);
  const sides = told.filter((fields) => answers(fields, "signs").length).map((fields) => answers(fields, "side")[0]);
  const agreed = new Set(sides).size === 1;
  return { signs: [...new Set(told.flatMap((fields) => answers(fields, "signs")))], side: agreed ? sides[0] : undefined };
}

// What some days ask for, each as {signs, side}: one card for each urgency, most urgent first; null
// where that cannot be looked up.
export async function cardsOfDays(days) {
  const naming = days.filter(({ signs: named }) => named.length);
  if (!naming.length) return [];
  const known = await table().then((answer) => answer.table).catch(() => null);
  if (!known) return null;
  const found = naming.flatMap(({ signs: named, side }) => cardsOf(known, named, side));
  return known.urgencies.flatMap(({ urgency }) => {
    const those = found.filter((card) => card.urgency === urgency);
    return those.length ? [{ ...those[0], why: [...new Set(those.flatMap(({ why }) => why))] }] : [];
  });
}

// Show cards in their place, or that they cannot be looked up.
export function show(cards) {
  const unknown = document.getElementById("cards-unknown").content;
  place.replaceChildren(...(cards?.map(drawn) ?? [unknown.cloneNode(true)]));
}

function drawn({ urgency, word, action, why }) {
  const card = blank.content.firstElementChild.cloneNode(true);
  card.classList.add(urgency);
  card.setAttribute("aria-label", word);
  card.querySelector(".urgency").textContent = word;
  card.querySelector(".action").textContent = action;
  const line = card.querySelector(".why");
  line.replaceWith(...why.map((text) => {
    const made = line.cloneNode();
    made.textContent = text;
    return made;
  }));
  return card;
}

// The table; asked for once more where it did not come.
let reading = null;
function table() {
  reading ??= fetch(TABLE).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
  reading.catch(() => { reading = null; });
  return reading;
}

// The cards of what is ticked, right below the signs among which somebody ticked.
async function draw(among = null) {
  const ticked = [...signs.querySelectorAll("[name=signs]:checked")].map(({ value }) => value);
  const side = signs.querySelector("[name=side]:checked")?.value;
  show(await cardsOfDays([{ signs: ticked, side }]));
  if (!among || !place.childElementCount) return;
  among.after(place);
  place.scrollIntoView({ block: "nearest" });
}

if (signs && blank) {
  table().catch(() => {}); // said where it is needed
  signs.addEventListener("change", ({ target }) => draw(target.closest("fieldset")));
  window.addEventListener("online", () => draw());
  // The server drew those of its own ticks; a browser that goes back puts others back.
  window.addEventListener("pageshow", () => {
    const ticks = [...signs.querySelectorAll("[name=signs], [name=side]")];
    if (ticks.some((tick) => tick.checked !== tick.defaultChecked)) draw();
  });
}
