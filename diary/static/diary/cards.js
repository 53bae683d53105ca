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

function whyOf({ recorded, listed, reasons, meanings }, { flag, signs: found }) {
  const words = found.map((sign) => reasons[sign]);
  const last = words.pop();
  const first = words.join(", ");
  const what = first ? listed.replace("%(first)s", first).replace("%(last)s", last) : last;
  return `${recorded.replace("%s", what)} ${meanings[flag]}`;
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

if (signs && blank) {
  const reading = fetch(TABLE).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
  reading.catch(() => {}); // said where it is needed
  signs.addEventListener("change", async ({ target }) => {
    const ticked = [...signs.querySelectorAll("[name=signs]:checked")].map(({ value }) => value);
    const side = signs.querySelector("[name=side]:checked")?.value;
    try {
      place.replaceChildren(...cardsOf((await reading).table, ticked, side).map(drawn));
    } catch {
      place.replaceChildren(document.getElementById("cards-unknown").content.cloneNode(true));
    }
    if (!place.childElementCount) return;
    target.closest("fieldset").after(place); // right below the signs that it was ticked among
    place.scrollIntoView({ block: "nearest" });
  });
}
