// What becomes of what was not sent, when somebody signs out of this device?

import { send, waiting } from "./outbox.js";
import { all, wipe } from "./store.js";

const dialog = document.getElementById("unsent");
const LEAVES = "form[action$='/account/logout/'], form[data-leaves]";

// What would be lost: entries, a walk that is going on, forms half filled in.
async function unsent() {
  const [live, drafts] = [await all("live"), await all("drafts")];
  return { entries: (await waiting()).length, live: live.length && 1, drafts: drafts.length };
}

function ask(form, left) {
  for (const line of dialog.querySelectorAll("[data-left]")) {
    const count = left[line.dataset.left];
    line.hidden = !count;
    line.querySelector("strong").textContent = count;
  }
  dialog.querySelector("[data-act=send]").hidden = !left.entries;
  dialog.form = form;
  warn(null);
}

// Say what did not work, if anything did not.
function warn(trouble) {
  for (const line of dialog.querySelectorAll("[data-trouble]")) line.hidden = line.dataset.trouble !== trouble;
  if (!dialog.open) dialog.showModal();
}

// The server first: what is thrown away on a device that is still signed in would be lost for nothing.
async function leave(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok) return warn("away");
  try {
    await wipe();
  } catch {
    return gone();
  }
  return location.assign("/");
}

// Signed out, on a device that could not forget: there is nothing left to ask.
function gone() {
  warn("kept");
  for (const part of dialog.querySelectorAll("[data-asks]")) part.hidden = true;
}

const acts = {
  send: async () => {
    await send();
    const left = await unsent();
    if (!dialog.open) return; // they stay
    if (left.entries) {
      dialog.querySelector("[data-still]").hidden = false;
      ask(dialog.form, left);
    } else if (left.live || left.drafts) ask(dialog.form, left);
    else await leave(dialog.form);
  },
  stay: () => dialog.close(),
  leave: () => leave(dialog.form),
};

document.addEventListener("submit", async (event) => {
  if (!dialog || !event.target.matches(LEAVES)) return;
  event.preventDefault();
  const left = await unsent().catch(() => ({})); // what cannot be read cannot be sent either
  if (left.entries || left.live || left.drafts) ask(event.target, left);
  else await leave(event.target);
});
dialog?.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
