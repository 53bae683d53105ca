// Pictures come after the page, as drawings whose points say what they are when pointed at or
// focused. Without a script the page shows them as images; its tables are there before either.

import { choosable } from "./points.js";

const phone = matchMedia("(max-width: 52rem)");

async function show(figure) {
  const address = phone.matches ? figure.dataset.phone : figure.dataset.page;
  if (figure.dataset.shown === address) return;
  figure.dataset.shown = address;
  figure.ariaBusy = "true";
  try {
    const answer = await fetch(address, { redirect: "error" });
    if (!answer.ok) throw new Error(answer.statusText);
    const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
    if (figure.dataset.shown !== address) return; // the screen was turned meanwhile
    const shown = document.adoptNode(drawing.documentElement);
    figure.replaceChildren(shown, figure.querySelector("template"));
    choosable(shown, figure.nextElementSibling);
  } catch {
    delete figure.dataset.shown;
    const failed = figure.querySelector("template");
    figure.replaceChildren(failed.content.cloneNode(true), failed);
  }
  figure.ariaBusy = "false";
}

const figures = document.querySelectorAll("figure[data-page]");
const showAll = () => { for (const figure of figures) show(figure); };
phone.addEventListener("change", showAll);
showAll();
