// What was begun in a form and not sent yet, and how does it come back?
//
// A draft is kept on this device under the row that it would become, until the server says that
// it has that row, or the walker throws it away. What was begun earlier is set aside under its row
// and its time, so that nothing that is typed now is written over it.

import { fill } from "./offline/answers.js";
import { all, get, put, remove } from "./offline/store.js";

const PAUSE_MS = 250;
const NEVER = ["csrfmiddlewaretoken", "asked"];

const rowOf = (key) => key.split(" ")[0];

// What the server has got is no draft any more.
const saved = [...document.querySelectorAll("[data-saved]")].map((each) => each.dataset.saved);
const forgotten = Promise.allSettled(saved.map((row) => remove("drafts", row)));

// Keep what is typed into a form, and offer what was typed before.
export async function keepDraft(form) {
  let waiting = null;
  const begun = document.getElementById("problem") ? [] : earlier(form); // or the answers are here
  const keep = async () => {
    clearTimeout(waiting);
    waiting = null;
    const fields = [...new FormData(form)].filter(([name]) => !NEVER.includes(name));
    const draft = { path: location.pathname, at: new Date().toISOString(), fields };
    await begun;
    await put("drafts", form.dataset.draft, draft);
  };
  const quietly = () => keep().catch(() => {}); // it is still on the page
  const keepNow = async () => { if (waiting) await quietly(); };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(quietly, PAUSE_MS);
  });
  form.addEventListener("submit", keepNow);
  document.addEventListener("visibilitychange", keepNow);
  offer(await begun, async (key, draft) => {
    await keepNow();
    await setAside(form.dataset.draft);
    form.dataset.draft = rowOf(key);
    fill(form, draft.fields);
    form.querySelector("input:not([type=hidden])").focus();
    await keep();
    if (key !== form.dataset.draft) await remove("drafts", key);
  });
}

// The drafts of this page, newest first, none of them where a new one would be kept.
async function earlier(form) {
  await forgotten;
  await setAside(form.dataset.draft).catch(() => {});
  const drafts = await all("drafts").catch(() => []);
  const mine = drafts.filter(([, draft]) => draft.path === location.pathname);
  return mine.sort(([, one], [, other]) => other.at.localeCompare(one.at));
}

async function setAside(row) {
  const draft = await get("drafts", row);
  if (!draft) return;
  await put("drafts", `${row} ${draft.at}`, draft);
  await remove("drafts", row);
}

// Offer the first of some drafts; the next one where it is thrown away.
function offer([first, ...others], goOn) {
  const notice = document.querySelector(".draft");
  notice.hidden = !first;
  if (!first) return;
  const [key, draft] = first;
  notice.querySelector("[data-began]").textContent = began(notice.dataset, new Date(draft.at));
  notice.querySelector(".go-on").onclick = () => {
    notice.hidden = true;
    goOn(key, draft);
  };
  notice.querySelector(".throw-away").onclick = () => {
    remove("drafts", key);
    offer(others, goOn);
  };
}

function began(words, at) {
  const today = at.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" };
  const time = new Intl.DateTimeFormat(document.documentElement.lang, style).format(at);
  return (today ? words.today : words.earlier).replace("%s", time);
}
