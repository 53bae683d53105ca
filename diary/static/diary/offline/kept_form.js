// On a page that was made for nobody: whose answers are these, of when, and what was said before?

import { fill } from "./answers.js";
import { discard, keepForm, waiting } from "./outbox.js";
import { owner, remove } from "./store.js";

const form = document.querySelector("form:has(input[name=kept_kind])");

function begun() {
  const now = new Date();
  const ask = (name) => form.elements[name] ?? {};
  const kind = ask("kept_kind").value;
  ask("kept_owner").value = owner();
  ask("id").value = crypto.randomUUID(); // once: saved twice, it is one entry all the same
  if (kind === "walk") form.dataset.draft = `walk:${ask("id").value}`;
  else ask("date").value = now.toLocaleDateString("en-CA");
  ask("time_zone").value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const unit = localStorage.getItem("waymark.short_unit");
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

// Somebody is told where it could not be kept; the answers are still on the page then.
async function kept(event) {
  event.preventDefault();
  const buttons = [...form.querySelectorAll("button")].filter((button) => !button.disabled);
  for (const button of buttons) button.disabled = true;
  const key = await keepForm(new URLSearchParams(new FormData(form))).catch(() => null);
  if (key) {
    const over = [before && before !== key && discard(before), remove("drafts", form.dataset.draft ?? key)];
    await Promise.allSettled(over);
    location.assign("/waiting/#kept");
    return;
  }
  for (const button of buttons) button.disabled = false;
  const told = document.getElementById(owner() ? "not-kept" : "nobody");
  told.hidden = false;
  told.focus();
}

const before = decodeURIComponent(location.hash.slice(1));
if (form) {
  document.getElementById("nobody").hidden = Boolean(owner());
  form.addEventListener("submit", kept);
  begun();
  if (before) await again(before);
}
