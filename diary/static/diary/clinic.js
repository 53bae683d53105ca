// What the clinic's pages do better with a script. Each works without it.

// A group that sticks out of its line is brought in whole when it gets the focus.
document.querySelector(".groups")?.addEventListener("focusin", ({ target }) => {
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// What a clinician copies into a record: without a script it can be selected by hand.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const status = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = status.dataset.copied;
    } catch {
      // Not allowed here: it is selected, and the keyboard copies it.
    }
  });
}
