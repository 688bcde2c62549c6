// Every suite that `npm test` runs. Those that want the same begin in this order: what is over at once, then the longest first.
//   needs     what has to be set up first (setup.mjs)
//   takes     what a suite has to itself of CAPACITY (schedule.mjs): the processors that it keeps busy, or one of the two places of those with guests; or
//             EITHER, whichever is free first, once the suites that need the very one have begun
//   results   how its outcome is read (results.mjs)
//   asIs      it makes mounts and namespaces of its own, so it runs in those of this machine, where programs start no quicker (quicker)
//   figures   which lines of its output people want to see at its end
import { lvsgen } from "./bundles.mjs";

const node = process.execPath;
const typescript = (...words) => [node, "test/run/typescript.mjs", ...words];
const shell = ["templates/runtime", "templates/zh/runtime", "test/report/bundles"];

const EITHER = [{ guests: 1 }, { processors: 2 }];

const remarks = (output) => [...output.matchAll(/^## (.*)$/gm)].map(([, text]) => text);
const lastParagraph = (output) => output.trimEnd().split("\n\n").at(-1).split("\n");

export const SUITES = [
  {
    name: "typecheck",
    needs: ["dist"],
    takes: { processors: 1 },
    results: "exit",
    command: ["npm", "run", "--silent", "typecheck"],
  },
  {
    name: "lint",
    needs: ["dist"],
    takes: { processors: 1 },
    results: "exit",
    command: ["npm", "run", "--silent", "lint"],
  },
  {
    name: "stale",
    needs: ["dist"],
    takes: { processors: 1 },
    results: "exit",
    command: [node, lvsgen(), "build", "--check", "--no-since", "examples/kgc.json"],
  },
  {
    name: "bash42",
    needs: ["bundles"],
    takes: { processors: 1 },
    results: "tap",
    command: typescript("test/lint/run.ts", ...shell),
  },
  {
    name: "unit",
    needs: [
      "dist",
      "shellcheck",
      "segments",
      "terminal",
      "pages",
      "editors",
      "manuals",
      "logs",
      "signatures",
      "browser",
    ],
    takes: { processors: 2 },
    results: "vitest",
    command: [
      node,
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=dot",
      "--reporter=json",
      "--outputFile.json=test/report/unit.json",
    ],
  },
  {
    name: "keepalived",
    needs: ["dist", "keepaliveds"],
    asIs: true,
    takes: { processors: 1 },
    results: "tap",
    command: typescript("test/keepalived/run.ts"),
  },
  {
    name: "simulate",
    needs: ["dist", "namespaces"],
    takes: { processors: 2 },
    results: "tap",
    figures: remarks,
    command: [node, "test/simulate/run.mjs", "--sequences", "2", "--turns", "4", "--seconds", "1500"],
  },
  {
    name: "sweep",
    needs: ["dist", "guests"],
    takes: { processors: 2 },
    results: "tap",
    figures: remarks,
    command: typescript("test/sweep/run.ts"),
  },
  {
    name: "shellcheck",
    needs: ["bundles", "shellcheck"],
    takes: { processors: 2 },
    results: "tap",
    command: typescript("test/lint/shellcheck.ts", ...shell),
  },
  {
    name: "packages",
    needs: ["dist", "guests", "release"],
    takes: { processors: 1 },
    results: "summary",
    command: [node, "test/distribution/run.mjs", "--quick"],
  },
  {
    name: "bats",
    needs: ["bundles", "guests"],
    takes: { guests: 1 },
    results: "tap",
    figures: remarks,
    command: [node, "test/bats/run.mjs", "--turn", "commit"],
  },
  {
    name: "lab",
    needs: ["dist", "kernels"],
    asIs: true,
    takes: { guests: 1 },
    results: "summary",
    figures: lastParagraph,
    command: [node, "test/lab/lab.mjs", "prove", "--turn"],
  },
  {
    name: "faults",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/faults/run.mjs"],
  },
  {
    name: "firewalls",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/firewalls/run.mjs", "--turn"],
  },
  {
    name: "simulate-guests",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/simulate/guests.mjs", "--sequences", "2", "--turns", "4", "--seconds", "1500"],
  },
  {
    name: "life",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/life/run.mjs", "--turn"],
  },
  {
    name: "rollout",
    needs: ["dist", "guests", "signatures"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/rollout/run.mjs"],
  },
  {
    name: "attacks",
    needs: ["bundles", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/bats/run.mjs", "--in", "test/attacks", "--turn", "commit"],
  },
  {
    name: "backends",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    command: [node, "test/backends/run.mjs"],
  },
  {
    name: "simulate-clusters",
    needs: ["dist", "guests"],
    takes: EITHER,
    results: "tap",
    figures: remarks,
    command: [node, "test/simulate/clusters.mjs", "--seed", "0", "--steps", "5", "--seconds", "1500"],
  },
];
