// What every page does better with a script. Every page works without it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// A new account, or a new walk, takes the zone that this device is in.
for (const field of document.querySelectorAll("input[name=time_zone][type=hidden]")) {
  if (!field.value) field.value = zone;
}

// One click sends a form once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    setTimeout(() => {
      if (event.defaultPrevented) return;
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = true;
    });
  });
}
const enable = () => {
  for (const button of document.querySelectorAll("button[type=submit]:disabled")) button.disabled = false;
};
window.addEventListener("pageshow", enable);

// A form that was neither sent nor kept (offline/worker.js): its answers are still on the page.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data !== "not-saved") return;
  enable();
  const notice = document.getElementById("not-saved");
  notice.hidden = false;
  notice.focus();
});

// Something ticked in a list answers the question above it.
for (const answer of document.querySelectorAll("input[name$=_asked][value=some]")) {
  for (const tick of document.getElementsByName(answer.name.replace("_asked", ""))) {
    tick.addEventListener("change", () => { if (tick.checked) answer.checked = true; });
  }
}

// What the server has got is no draft any more.
if (document.querySelector("[data-saved]")) import("./drafts.js");

document.getElementById("problem")?.focus();
