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
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[type=submit]:disabled")) button.disabled = false;
});

// Something ticked in a list answers the question above it.
for (const answer of document.querySelectorAll("input[name$=_asked][value=some]")) {
  for (const tick of document.getElementsByName(answer.name.replace("_asked", ""))) {
    tick.addEventListener("change", () => { if (tick.checked) answer.checked = true; });
  }
}

// What the server has got is no draft any more.
const saved = [...document.querySelectorAll("[data-saved]")].map((each) => each.dataset.saved);
if (saved.length) import("./drafts.js").then(({ forget }) => forget(saved));

document.getElementById("problem")?.focus();
