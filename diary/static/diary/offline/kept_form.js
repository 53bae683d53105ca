// On a page that was made for nobody: whose answers are these, of when, and what was said before?

import { fill } from "./answers.js";
import { discard, keepForm, waiting } from "./outbox.js";
import { owner, remove } from "./store.js";

const form = document.querySelector("form:has(input[name=kept_kind])");

function begun() {
  const now = new Date();
  const ask = (name) => form.elements[name] ?? {};
  ask("kept_owner").value = owner();
  if (ask("kept_kind").value !== "walk") ask("date").value = now.toLocaleDateString("en-CA");
  ask("time_zone").value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const unit = localStorage.getItem("waymark.unit");
  if (unit) ask("distance_unit").value = unit;
}

async function again(key) {
  const item = (await waiting()).find((each) => each.key === key);
  if (!item) return;
  fill(form, item.fields ?? item.shown ?? []);
  const list = document.getElementById("said");
  list.hidden = !item.errors;
  list.querySelector("ul").replaceChildren(...(item.errors ?? []).map(({ detail }) => {
    const line = document.createElement("li");
    line.textContent = detail;
    return line;
  }));
  form.before(list);
}

async function kept(event) {
  event.preventDefault();
  const key = await keepForm(new URLSearchParams(new FormData(form, event.submitter)));
  if (!key) return;
  if (form.dataset.draft) await remove("drafts", form.dataset.draft);
  if (before && before !== key) await discard(before);
  location.assign("/waiting/#kept");
}

const before = decodeURIComponent(location.hash.slice(1));
if (form) {
  document.getElementById("nobody").hidden = Boolean(owner());
  form.addEventListener("submit", kept);
  begun();
  if (before) await again(before);
}
