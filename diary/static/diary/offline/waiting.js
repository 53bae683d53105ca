// What waits here, since when, and what can the walker do about each?

import { cardsOfDays, dayOf, show } from "../cards.js";
import { described, fill } from "./answers.js";
import { DONE, choose, discard, restore, send, waiting, watch } from "./outbox.js";
import { owner, total } from "./store.js";
import { since } from "./start.js";

const LONG_H = 24;
const LONGER_H = 72;
const list = document.getElementById("items");
const outcome = document.getElementById("outcome");
const part = (node, name) => node.querySelector(name);
const shown = (id, is) => { document.getElementById(id).hidden = !is; };
const forms = new Map();
const days = new Map(); // what each entry names that this page showed, also once it is sent

const named = (kind) => document.querySelector(`a[data-kind="${kind}"]`);

// The form of a kind, as the server made it for nobody.
async function formOf(kind) {
  if (!forms.has(kind)) {
    const html = await (await fetch(named(kind).href)).text();
    forms.set(kind, new DOMParser().parseFromString(html, "text/html"));
  }
  return forms.get(kind).querySelector("form:has(input[name=kept_kind])");
}

// What some answers say, as {question: text}.
async function told(kind, fields) {
  if (!fields?.length) return [];
  const form = await formOf(kind);
  fill(form, fields);
  return described(form).map(({ question, answers }) => [question, answers.join(", ")]);
}

function write(place, answers, others) {
  place.replaceChildren(...answers.flatMap(([question, text]) => {
    const [term, line] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, line.textContent] = [question, text];
    const differs = others && !others.some(([asked, said]) => asked === question && said === text);
    line.classList.toggle("differs", Boolean(differs));
    return [term, line];
  }));
}

async function one(item) {
  const made = document.getElementById("item").content.cloneNode(true).firstElementChild;
  const conflict = item.state === "conflict";
  made.dataset.key = item.key;
  part(made, "h2").textContent = named(item.kind).textContent;
  aged(made, item.kept_at);
  refused(made, item.errors);
  const [mine, stored] = await Promise.all([
    told(item.kind, item.fields ?? item.shown ?? item.says), told(item.kind, item.stored?.shown),
  ]).catch(() => [[], []]);
  part(made, ".unseen-now").hidden = mine.length > 0;
  write(part(made, ".mine dl"), mine, conflict && stored);
  write(part(made, ".stored dl"), stored, mine);
  part(made, ".differ").hidden = part(made, ".stored").hidden = part(made, ".mine h3").hidden = !conflict;
  part(made, ".deleted").hidden = item.stored?.op !== "delete";
  for (const button of made.querySelectorAll("[data-choose]")) button.hidden = !conflict;
  part(made, "[data-choose=both]").hidden = !conflict || !item.key.includes("-") || item.kind === "check_in";
  const merged = Boolean(conflict && item.together?.length);
  part(made, "[data-choose=together]").hidden = part(made, ".together").hidden = !merged;
  part(made, "[data-act=discard]").hidden = conflict; // as leaving the one in the diary
  part(made, "[data-act=send]").hidden = Boolean(item.state);
  const edit = part(made, "[data-act=edit]");
  edit.hidden = conflict || !(item.fields ?? item.shown)?.length;
  edit.href = `${named(item.kind).getAttribute("href")}#${encodeURIComponent(item.key)}`;
  return made;
}

function aged(made, kept_at) {
  const line = part(made, ".since");
  line.textContent = line.dataset.text.replace("{since}", since(kept_at));
  const hours = (Date.now() - new Date(kept_at)) / 3_600_000;
  const age = part(made, ".age");
  age.hidden = hours < LONG_H;
  age.textContent = age.dataset[hours < LONGER_H ? "long" : "longer"];
}

function refused(made, errors) {
  part(made, ".said").hidden = !errors?.length;
  part(made, ".said ul").replaceChildren(...(errors ?? []).map(({ detail }) => {
    const line = document.createElement("li");
    line.textContent = detail;
    return line;
  }));
}

let arrived = false; // in the diary, since this page said so last
let cards_shown = "[]";
let drawing = Promise.resolve();
const draw = () => { drawing = drawing.then(drawn).catch(() => shown("unread", true)); };

// What somebody else left here is theirs; where nobody is signed in, whoever comes may be they.
async function drawn() {
  const items = await waiting();
  const left = owner() ? 0 : await total("outbox");
  for (const item of items) days.set(item.key, dayOf(item.fields ?? item.shown, item.stored?.shown));
  await showCards();
  list.replaceChildren(...(await Promise.all(items.map(one))));
  shown("unread", false);
  shown("none", !items.length && !left);
  if (items.every((item) => item.state)) shown("away", false);
  if (arrived) outcome.textContent = outcome.dataset[items.length ? "some" : "sent"];
  arrived = false;
  shown("all", items.filter((item) => !item.state).length > 1);
  if (left) shown("sign-in", true);
}

// A card is said aloud when it comes: the same ones are not put there again.
async function showCards() {
  const cards = await cardsOfDays([...days.values()]);
  const made = JSON.stringify(cards);
  if (made !== cards_shown) show(cards);
  cards_shown = made;
}

async function sent(key) {
  const { owner: who, reached } = await send(key);
  shown("away", !reached);
  shown("sign-in", reached && who !== owner());
  draw();
}

// What was thrown away asks for nothing any more, nor does the version that was not chosen.
async function chosen(key, which) {
  const item = (await waiting()).find((each) => each.key === key);
  await choose(key, which);
  const versions = { mine: [item.fields ?? item.shown], stored: [item.stored?.shown] }[which];
  if (versions) days.set(key, dayOf(...versions));
  await sent();
}

async function thrown(key) {
  const item = (await waiting()).find((each) => each.key === key);
  await discard(key);
  days.delete(key);
  outcome.replaceChildren(document.getElementById("undo").content.cloneNode(true));
  part(outcome, "button").addEventListener("click", async () => {
    await restore(item);
    outcome.textContent = "";
  });
}

document.querySelector("main").addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (button?.dataset.act === "send") await sent(key);
  if (button?.dataset.act === "discard") await thrown(key);
  if (button?.dataset.choose) await chosen(key, button.dataset.choose);
});
watch(({ data: what }) => {
  arrived ||= DONE.has(what);
  draw();
});
draw();
await drawing;
if (list.childElementCount) {
  if (location.hash === "#kept") outcome.textContent = outcome.dataset.kept;
  await sent();
}
