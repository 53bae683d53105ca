// What was begun in a form and not sent yet, and how does it come back?
//
// A draft is kept on this device under the row that it would become, until the server says that
// it has that row, or the walker throws it away.

import { all, put, remove } from "./offline/store.js";

const PAUSE_MS = 250;
const NEVER = new Set(["csrfmiddlewaretoken", "asked"]);

// Forget the drafts of rows that were saved.
export async function forget(keys) {
  for (const key of keys) await remove("drafts", key).catch(() => {});
}

// Keep what is typed into a form, and offer what was typed before. `prepare` makes room for it.
export async function keepDraft(form, prepare = () => {}) {
  let waiting = null;
  const keep = () => {
    clearTimeout(waiting);
    waiting = null;
    const fields = [...new FormData(form)].filter(([name]) => !NEVER.has(name));
    const draft = { path: location.pathname, at: new Date().toISOString(), fields };
    put("drafts", form.dataset.draft, draft).catch(() => {});
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener("submit", () => { if (waiting) keep(); });
  document.addEventListener("visibilitychange", () => { if (waiting) keep(); });
  if (document.getElementById("problem")) return; // the answers are here already
  const drafts = await all("drafts").catch(() => []);
  const mine = drafts.filter(([, draft]) => draft.path === location.pathname);
  const [newest] = mine.sort(([, one], [, other]) => other.at.localeCompare(one.at));
  if (newest) offer(form, newest, prepare);
}

function offer(form, [key, draft], prepare) {
  const notice = document.querySelector(".draft");
  notice.prepend(began(notice.dataset, new Date(draft.at)));
  notice.hidden = false;
  notice.querySelector(".go-on").addEventListener("click", () => {
    notice.hidden = true;
    form.dataset.draft = key;
    prepare(draft.fields);
    fill(form, draft.fields);
    form.querySelector("input:not([type=hidden])").focus();
  });
  notice.querySelector(".throw-away").addEventListener("click", () => {
    notice.hidden = true;
    remove("drafts", key);
  });
}

function began(words, at) {
  const today = at.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" };
  const time = new Intl.DateTimeFormat(document.documentElement.lang, style).format(at);
  return (today ? words.today : words.earlier).replace("%s", time);
}

function fill(form, fields) {
  const changed = [...form.elements].filter((control) => answer(control, fields));
  for (const control of changed) control.dispatchEvent(new Event("change", { bubbles: true }));
}

// Put a field's own answers into a control; says whether that changed it.
function answer(control, fields) {
  if (!control.name || NEVER.has(control.name) || control.tagName === "BUTTON") return false;
  const answers = fields.filter(([name]) => name === control.name).map(([, answer]) => answer);
  if (["checkbox", "radio"].includes(control.type)) {
    const before = control.checked;
    control.checked = answers.includes(control.value);
    return control.checked !== before;
  }
  if (!answers.length || control.value === answers[0]) return false;
  control.value = answers[0];
  return true;
}
