// What --dry-run says of a rollback or an uninstall, and what that does then.
import { expectNone } from "../fault.mjs";

export const DRY_RUN = "--dry-run";
const FORETOLD = ["rollback", "uninstall"];

/** Of a directory with a file that is lvsgen's in part: what else is in the file, only the undo itself sees. */
const PERHAPS = "(it goes, if nothing is left in it)";

/** Lines of these results, as `KIND NAME`; without what is said of them in brackets. */
function told(output, result) {
  return new Set(
    output
      .split("\n")
      .filter((line) => line.startsWith(`${result} `))
      .map((line) =>
        line
          .slice(result.length)
          .trim()
          .replace(/ {2}\(.*$/, ""),
      ),
  );
}

/** Asks before an undisturbed one; nothing is written. Resolves to what is said to go back, or to undefined. */
export async function foretold(play, { step, script, role, words }) {
  if (!FORETOLD.includes(step.do) || step.how !== undefined || role.damaged) return undefined;
  const result = await play.onlyReads(script, step.do, [...words, DRY_RUN]);
  if (![0, 2].includes(result.code)) return undefined;
  const lines = result.output.split("\n");
  const perhaps = lines.filter((line) => line.endsWith(PERHAPS)).join("\n");
  return { said: told(result.output, "pending"), perhaps: told(perhaps, "pending") };
}

/** What was said to go back has gone back, and nothing else. */
export function cameTrue(words, { code, output }) {
  if (words === undefined || code !== 0) return;
  const { said, perhaps } = words;
  const done = told(output, "changed");
  expectNone("a rollback does what --dry-run said", [
    ...[...said]
      .filter((what) => !done.has(what) && !perhaps.has(what))
      .map((what) => `${what} was said to go back, and did not`),
    ...[...done].filter((what) => !said.has(what)).map((what) => `${what} went back, and nothing was said of it`),
  ]);
}
