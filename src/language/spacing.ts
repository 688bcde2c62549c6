/** Where Han characters meet others: a space between them and Latin letters or digits, none between two of them. */

/** Ideographs, and the punctuation that stands in a square of its own. */
const wide = /[\p{Script=Han}\u3001-\u301f\uff00-\uffef\u201c\u201d]/u;
const han = /\p{Script=Han}/u;
const narrow = /[\p{Script=Latin}0-9"/[$-]/u;
const narrowEnd = /[\p{Script=Latin}0-9"/\])%]/u;

/** Pieces of a sentence as one, with the spaces where they meet as they ought to be. */
export function joined(pieces: readonly string[]): string {
  return pieces.reduce(meet, "");
}

function meet(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  const [end, before] = [left.at(-1) ?? "", left.at(-2) ?? ""];
  const [start, after] = [right.at(0) ?? "", right.at(1) ?? ""];
  if (end === " " && wide.test(start)) return left.trimEnd() + right;
  if (end === " " && before !== "" && wide.test(before) && !han.test(before)) return left.trimEnd() + right;
  if (start === " " && wide.test(end) && (wide.test(after) || !han.test(end))) return left + right.trimStart();
  const lacks = (han.test(end) && narrow.test(start)) || (narrowEnd.test(end) && han.test(start));
  return lacks ? `${left} ${right}` : left + right;
}
