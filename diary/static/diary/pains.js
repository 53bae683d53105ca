// How does the form of a walk get room for one more pain?

import { followScales } from "./scale.js";

// Opens the form's own empty pain, of which nothing is said yet, below the others.
export function addPain(form) {
  const number = form.querySelectorAll(".episode").length;
  const pain = emptyPain(form, number);
  form.querySelector(".pains > .actions").before(pain);
  form.elements["pain-TOTAL_FORMS"].value = number + 1;
  followScales(pain);
  return pain;
}

// `number` counts from 0.
function emptyPain(form, number) {
  const empty = form.querySelector("#another-pain").content.firstElementChild;
  const pain = form.ownerDocument.importNode(empty, true);
  const named = (text) => text.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
  for (const element of [pain, ...pain.querySelectorAll("*")]) {
    for (const attribute of element.attributes) attribute.value = named(attribute.value);
  }
  const texts = form.ownerDocument.createTreeWalker(pain, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = named(texts.currentNode.data);
  return pain;
}
