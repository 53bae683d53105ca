// How are a form's answers put back into it, and read out again in its own words?
//
// The form is the one catalogue of questions: nothing here knows what any of them means.

import { addPain } from "../pains.js";

const TICKED = ["radio", "checkbox"];
const NO_QUESTION = ["hidden", "submit"];
const text = (node) => node?.textContent.replace(/\s+/g, " ").trim() ?? "";

// Fill a form in with [name, text] pairs, and empty every question that they do not answer. Each
// control that this changed says so, as if somebody had.
export function fill(form, fields) {
  const said = Map.groupBy(fields, ([name]) => name);
  const texts = (name) => said.get(name)?.map(([, value]) => value);
  const told = Number(texts("pain-TOTAL_FORMS")?.[0] ?? 0);
  while (form.querySelectorAll(".episode").length < told) addPain(form);
  const changed = [...form.elements].filter((control) => put(control, texts(control.name)));
  for (const control of changed) control.dispatchEvent(new Event("change", { bubbles: true }));
}

// Put its answers into a control; says whether that changed it. What is hidden keeps what nobody told.
function put(control, answers) {
  const { name, type } = control;
  if (!name || type === "submit" || (type === "hidden" && !answers)) return false;
  const property = TICKED.includes(type) ? "checked" : "value";
  const before = control[property];
  control[property] = property === "checked"
    ? (answers ?? [""]).includes(control.value) : (answers?.[0] ?? "");
  return control[property] !== before;
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
  if (!control.name || NO_QUESTION.includes(control.type)) return "";
  if (TICKED.includes(control.type)) {
    return control.checked && control.value ? text(control.closest("label")) : "";
  }
  if (control.options) return control.value ? text(control.selectedOptions[0]) : "";
  return control.value?.trim();
}

function questionOf(control, form) {
  const asked = control.closest(".body-map") ?? control.closest("fieldset.field");
  const label = TICKED.includes(control.type) && asked
    ? asked.querySelector("legend")
    : form.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  const pain = control.closest(".episode")?.querySelector("legend");
  return [text(pain), text(label)].filter(Boolean).join(": ");
}
