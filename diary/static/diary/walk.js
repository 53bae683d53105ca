// What does the form of a walk do better with a script?

import { keepDraft } from "./drafts.js";
import { echoLengths } from "./lengths.js";
import { addPain } from "./pains.js";
import { followScales } from "./scale.js";

const form = document.querySelector("form.walk");
const hurts = () => form.querySelector("input[name=hurt]:checked")?.value === "yes";

// A time that is typed is another time than the one that was offered; choosing an offer drops it.
const at = form.querySelector("input[name=when][value=at]");
const typed = form.querySelectorAll("input[name=date], input[name=time]");
if (at) {
  for (const field of typed) field.addEventListener("input", () => { at.checked = true; });
  for (const offer of document.getElementsByName("when")) {
    offer.addEventListener("change", () => {
      if (!at.checked) for (const field of typed) field.value = "";
    });
  }
}

// A known route says how far it was, in the unit of the page; another length is another way.
const distance = form.elements.distance;
const ways = [...form.querySelectorAll("input[name=route]")];

function sayRoute() {
  const metres = ways.find((way) => way.checked)?.dataset.metres;
  if (!metres) return;
  const amount = metres / form.elements.distance_unit.selectedOptions[0].dataset.metres;
  distance.value = amount >= 100 ? Math.round(amount) : Math.round(amount * 100) / 100;
  echo.show();
}

for (const way of ways) way.addEventListener("change", sayRoute);
if (ways.length) {
  form.elements.distance_unit.addEventListener("change", sayRoute);
  distance.addEventListener("input", () => { ways[0].checked = true; });
}

// Another pain opens here; without a script the server adds it.
const another = form.querySelector("button.another");
another.addEventListener("click", (event) => {
  event.preventDefault();
  const pain = addPain(form);
  echo.show();
  pain.tabIndex = -1;
  pain.focus({ preventScroll: true });
  pain.scrollIntoView({ block: "start" });
});

// What is the same as last time is filled in where nothing is answered, and taken out again.
const same = form.querySelector("input[name=same]");
const filled = new Set();

function fill() {
  for (const [name, value] of new URLSearchParams(same.value)) {
    const open = form.elements[name]?.value === "" || (name.endsWith("-both") && filled.has("pain-0-where"));
    if (!open || (name.startsWith("pain") && !hurts())) continue;
    set(name, value);
    filled.add(name);
  }
}

function set(name, value) {
  for (const control of form.querySelectorAll(`[name="${name}"]`)) {
    if (["checkbox", "radio"].includes(control.type)) control.checked = control.value === value;
    else control.value = value;
  }
}

function empty(names) {
  for (const name of names) {
    set(name, "");
    filled.delete(name);
  }
}

if (same) {
  same.addEventListener("change", () => { if (same.checked) fill(); else empty([...filled]); });
  form.addEventListener("change", (event) => filled.delete(event.target.name));
}

// What is asked next where it hurt comes into sight above the button that saves.
form.addEventListener("change", (event) => {
  if (event.target.name !== "hurt") return;
  if (hurts()) form.querySelector(".episode .field").scrollIntoView({ block: "nearest" });
  if (!same?.checked) return;
  if (hurts()) fill();
  else empty([...filled].filter((name) => name.startsWith("pain")));
});
const echo = echoLengths(form);
followScales(form);
window.addEventListener("pageshow", () => echo.show()); // a browser that goes back puts answers back

keepDraft(form);
