// What a page does better with a script. Every page works without it.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// A new account, or a new walk, takes the zone that this device is in.
for (const field of document.querySelectorAll("input[name=time_zone][type=hidden]")) {
  if (!field.value) field.value = zone;
}

// The pain is asked for only where it hurt; what was answered stays when the answer is changed back.
const walk = document.querySelector("form.walk");
if (walk) {
  const pains = walk.querySelector(".pains");
  const show = () => {
    const hurt = walk.querySelector("input[name=hurt]:checked")?.value;
    pains.hidden = hurt !== "yes" && !walk.querySelector(".error");
  };
  walk.addEventListener("change", show);
  show();
}

// A time that is typed is another time than the one that was offered; choosing an offer drops it.
const when = document.querySelector("input[name=when][value=at]");
if (when) {
  const typed = document.querySelectorAll("input[name=date], input[name=time]");
  for (const field of typed) field.addEventListener("input", () => { when.checked = true; });
  for (const offer of document.getElementsByName("when")) {
    offer.addEventListener("change", () => {
      if (!when.checked) for (const field of typed) field.value = "";
    });
  }
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

// What a ticked sign asks for stands right below the signs it was ticked among, and is in sight.
const cards = document.getElementById("cards");
if (cards) {
  let ticked = null;
  document.querySelector(".signs")?.addEventListener("change", (event) => {
    ticked = event.target.closest("fieldset");
  });
  cards.addEventListener("htmx:afterSwap", () => {
    if (!ticked || !cards.querySelector(".card")) return;
    ticked.after(cards);
    cards.scrollIntoView({ block: "nearest" });
  });
  const unknown = document.getElementById("cards-unknown");
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.body.addEventListener(failure, () => {
      cards.replaceChildren(unknown.content.cloneNode(true));
    });
  }
}

// Something ticked in a list answers the question above it.
for (const answer of document.querySelectorAll("input[name$=_asked][value=some]")) {
  for (const tick of document.getElementsByName(answer.name.replace("_asked", ""))) {
    tick.addEventListener("change", () => { if (tick.checked) answer.checked = true; });
  }
}

document.getElementById("problem")?.focus();
