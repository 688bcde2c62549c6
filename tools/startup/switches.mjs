/**
 * The tricks that make the command start faster, one file each beside this one. `LVSGEN_WITHOUT=NAME,…` builds without some
 * of them, for a measurement (`bench.mjs`) or to look for a fault: the program does the same with all, some or none.
 *
 * Tried and taken out again: a bundle without the modules of jsonc-parser that nothing is imported from (0.5 %, within what two
 * measurements differ); and, since all of them together gained less than 3 %, schemas of the validator that are read when the
 * first error asks for one, templates without the places of their helpers, short names in generated code, and the shell runtime
 * in a comment of the program instead of strings (0.6 %).
 *
 * Measured and left out: a bundle of its own for what a plain build never runs. With `import` in it a build takes 0.99 of the
 * time, and `import` 1.16 until that bundle has a code cache too; with all other commands, YAML and the texts of the shell
 * runtime in files beside the program, a build takes 0.98. Of code that does not run, the code cache holds little.
 */
export const tricks = ["code-cache", "late-streams", "late-optimizer"];

const without = (process.env.LVSGEN_WITHOUT ?? "").split(",").filter((name) => name !== "");
const unknown = without.filter((name) => !tricks.includes(name));
if (unknown.length > 0) throw new Error(`LVSGEN_WITHOUT: no trick is called ${unknown.join(", ")}`);

export function isOn(name) {
  return !without.includes(name);
}
