// How are a form's answers put back into it, and read out again in its own words?
//
// The form is the one catalogue of questions: nothing here knows what any of them means.

import { emptyPain } from "../pains.js";

const TICKED = ["radio", "checkbox"];
const text = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";

// Fill a form in with [name, text] pairs, and empty every question that they do not answer.
export function fill(form, fields) {
  const said = Map.groupBy(fields, ([name]) => name);
  const texts = (name) => said.get(name)?.map(([, value]) => value);
  grow(form, Number(texts("pain-TOTAL_FORMS")?.[0] ?? 0));
  for (const control of form.elements) {
    const known = texts(control.name);
    if (!control.name) continue;
    if (TICKED.includes(control.type)) control.checked = (known ?? [""]).includes(control.value);
    else if (known || control.type !== "hidden") control.value = known?.[0] ?? "";
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// Room for as many pains as were told.
function grow(form, count) {
  const pains = [...form.querySelectorAll(".episode")];
  while (pains.length && pains.length < count) {
    const pain = emptyPain(form, pains.length);
    pains.at(-1).after(pain);
    pains.push(pain);
  }
}

// What a form says, as {name, question, answers} in its order.
export function described(form) {
  const said = new Map();
  for (const control of form.elements) {
    const answer = answerOf(control);
    if (!answer) continue;
    const { name } = control;
    if (!said.has(name)) said.set(name, { name, question: questionOf(control, form), answers: [] });
    said.get(name).answers.push(answer);
  }
  return [...said.values()];
}

function answerOf(control) {
  if (!control.name || control.type === "hidden") return "";
  if (TICKED.includes(control.type)) {
    return control.checked && control.value ? text(control.closest("label")) : "";
  }
  return control.options ? text(control.selectedOptions[0]) : control.value?.trim();
}

function questionOf(control, form) {
  const asked = control.closest(".body-map") ?? control.closest("fieldset.field");
  const label = TICKED.includes(control.type) && asked
    ? asked.querySelector("legend")
    : form.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  const pain = control.closest(".episode")?.querySelector("legend");
  return [text(pain), text(label)].filter(Boolean).join(": ");
}
