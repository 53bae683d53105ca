// How is a number read that somebody types? In step with web/forms/amounts.py, which reads it last.

const mark = new Intl.NumberFormat(document.documentElement.lang)
  .formatToParts(1.5).find(({ type }) => type === "decimal").value;
// Twelve hundred for one reader, one point two for another.
const UNCLEAR = mark === ","
  ? /^[1-9]\d{0,2}([.,]\d{3})+$/
  : /^[1-9]\d{0,2}(,\d{3}|([.,]\d{3}){2,})$/;

// The amount of a text and the word typed behind it, or the code of what is wrong with it.
export function read(text) {
  const [, digits, word] = /^([\d.,]*)\s*(\p{L}*)\.?$/u.exec(text.trim()) ?? ["", "", ""];
  if (UNCLEAR.test(digits)) return { fault: "ambiguous_number" };
  if (!/^(\d+([.,]\d*)?|[.,]\d+)$/.test(digits)) return { fault: "not_a_number" };
  return { amount: Number(digits.replace(",", ".")), word };
}
