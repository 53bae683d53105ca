// What becomes of what was not sent, when somebody signs out of this device?

import { send, waiting } from "./outbox.js";
import { all, wipe } from "./store.js";

const dialog = document.getElementById("unsent");
const LEAVES = "form[action$='/account/logout/']";

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
  dialog.querySelector("[role=alert]").hidden = true;
  dialog.form = form;
  if (!dialog.open) dialog.showModal();
}

// The server first: what is thrown away on a device that is still signed in would be lost for nothing.
async function leave(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok) {
    dialog.querySelector("[role=alert]").hidden = false;
    if (!dialog.open) dialog.showModal();
    return;
  }
  await wipe();
  location.assign("/");
}

const acts = {
  send: async () => {
    await send();
    const left = await unsent();
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
  const left = await unsent();
  if (left.entries || left.live || left.drafts) ask(event.target, left);
  else await leave(event.target);
});
dialog?.addEventListener("click", (event) => acts[event.target.closest("[data-act]")?.dataset.act]?.());
