/**
 * Which release this tree is, and the moment that everything made of it carries: the same tree gives the same bytes, whenever it is built.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Release
 * @property {string} version
 * @property {number | null} epoch seconds since 1970: SOURCE_DATE_EPOCH, else the day that CHANGELOG.md gives the version, else the time
 *   of the commit; null where there is none of these
 */

/**
 * @param {string} root the project
 * @param {Record<string, string | undefined>} [environment]
 * @returns {Release}
 */
export function release(root, environment = process.env) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const epoch = givenEpoch(environment) ?? changelogEpoch(changelog, version) ?? commitEpoch(root);
  return { version, epoch };
}

/** `2026-11-28`, in UTC. */
export function dayOf(epoch) {
  return new Date(epoch * 1000).toISOString().slice(0, 10);
}

function givenEpoch({ SOURCE_DATE_EPOCH: given }) {
  if (given === undefined || given === "") return null;
  if (!/^\d{1,10}$/.test(given))
    throw new Error(`SOURCE_DATE_EPOCH is not a number of seconds since 1970: ${JSON.stringify(given)}`);
  return Number(given);
}

/** Midnight of the day in the heading `## [0.1.0] - 2026-12-01`; null where the version is not released. */
export function changelogEpoch(changelog, version) {
  const day = changelog.split("\n").find((line) => line.startsWith(`## [${version}] - `));
  const [, date] = / - (\d{4}-\d{2}-\d{2})\s*$/.exec(day ?? "") ?? [];
  return date === undefined ? null : Date.parse(`${date}T00:00:00Z`) / 1000;
}

function commitEpoch(root) {
  try {
    const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return Number(execFileSync("git", ["log", "-1", "--format=%ct"], options)) || null;
  } catch {
    return null;
  }
}
