// What does the check-in do better with a script?

import { keepDraft } from "./drafts.js";
import { followScales } from "./scale.js";

followScales(document);

// What a ticked sign asks for stands right below the signs it was ticked among, and is in sight.
const cards = document.getElementById("cards");
const unknown = document.getElementById("cards-unknown");
let ticked = null;
document.querySelector(".signs").addEventListener("change", (event) => {
  ticked = event.target.closest("fieldset");
});
cards.addEventListener("htmx:afterSwap", () => {
  if (!ticked || !cards.querySelector(".card")) return;
  ticked.after(cards);
  cards.scrollIntoView({ block: "nearest" });
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(failure, () => {
    cards.replaceChildren(unknown.content.cloneNode(true));
  });
}

keepDraft(document.querySelector("form[data-draft]"));
