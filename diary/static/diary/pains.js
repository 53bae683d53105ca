// What does the page of a walk show for one more pain?

// A pain of which nothing is said yet, made from the form's own empty one; `number` counts from 0.
export function emptyPain(form, number) {
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
