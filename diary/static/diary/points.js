// The points of a drawing: one stop for Tab, the arrow keys go from left to right, a tap finds the
// nearest, and what the chosen one is stands beneath the drawing.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const REACH = 40; // px from a point at which a tap still means it

const left = (point) => point.getBoundingClientRect().x;

function away(point, event) {
  const box = point.getBoundingClientRect();
  return Math.hypot(box.x + box.width / 2 - event.clientX, box.y + box.height / 2 - event.clientY);
}

export function choosable(drawing, line) {
  const points = [...drawing.querySelectorAll("[tabindex]")];
  if (!points.length) return;
  line.hidden = false;
  const stopAt = (chosen) => {
    for (const point of points) point.setAttribute("tabindex", point === chosen ? "0" : "-1");
  };
  const choose = (point) => point.focus({ preventScroll: true });
  stopAt(points[0]);
  for (const point of points) { // not the drawing: Chromium makes one that listens to focus a stop
    point.addEventListener("focus", () => {
      stopAt(point);
      line.textContent = point.getAttribute("aria-label");
    });
  }
  drawing.addEventListener("keydown", (event) => {
    const row = points.toSorted((one, other) => left(one) - left(other)); // kinds lie among each other
    const ends = { Home: row[0], End: row.at(-1) };
    const next = ends[event.key] ?? row[row.indexOf(event.target) + STEPS[event.key]];
    if (!next) return;
    event.preventDefault();
    choose(next);
  });
  drawing.addEventListener("click", (event) => {
    const nearest = points.reduce((one, two) => (away(two, event) < away(one, event) ? two : one));
    if (away(nearest, event) <= REACH) choose(nearest);
  });
}

// Drawings that came with the page.
for (const figure of document.querySelectorAll("figure.chart")) {
  for (const drawing of figure.querySelectorAll("svg")) choosable(drawing, figure.nextElementSibling);
}
