// What takes too long to be tried as a whole in every run is shared out among several: each commit has its turn.
import { spawnSync } from "node:child_process";
import { repository } from "../docker/container.mjs";

/** Whether this run is to try everything (`LVSGEN_TEST_EVERY=1 npm test`), as one does before a release. */
export const isEvery = () => (process.env.LVSGEN_TEST_EVERY ?? "") !== "";

/** The turn of this commit among so many runs, from 0, by its hash; where there is no commit, the first. */
export function turnOfCommit(runs) {
  const { stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: repository, encoding: "utf8" });
  return (Number.parseInt((stdout ?? "").slice(0, 8), 16) || 0) % runs;
}

/** Which seeds this run takes, of `runs` times `count` from `first` on: all of them, or those of this commit's turn. */
export function seedsOfTurn(first, count, runs) {
  if (runs === 1) return { first, count };
  return isEvery() ? { first, count: runs * count } : { first: first + count * turnOfCommit(runs), count };
}

/** Of the ways in which something can run, the one that has its turn; the next thing (`index`) has the next way. */
export const wayInTurn = (ways, index, turn) => ways[(turn + index) % ways.length];
