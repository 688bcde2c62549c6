// Every suite that `npm test` runs, in this order as places come free.
//   needs     what has to be set up first (setup.mjs)
//   places    how many of the two places a suite takes: 2 for one that keeps both processors busy or must not be disturbed
//   results   how its outcome is read (results.mjs)
//   figures   which lines of its output people want to see at its end
import { lvsgen } from "./bundles.mjs";

const node = process.execPath;
const typescript = (...words) => [node, "test/run/typescript.mjs", ...words];
const shell = ["templates/runtime", "test/report/bundles"];

const remarks = (output) => [...output.matchAll(/^## (.*)$/gm)].map(([, text]) => text);
const lastParagraph = (output) => output.trimEnd().split("\n\n").at(-1).split("\n");

export const SUITES = [
  { name: "typecheck", needs: ["dist"], places: 1, results: "exit", command: ["npm", "run", "--silent", "typecheck"] },
  { name: "lint", needs: ["dist"], places: 1, results: "exit", command: ["npm", "run", "--silent", "lint"] },
  {
    name: "unit",
    needs: ["dist", "shellcheck"],
    places: 2,
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
    name: "stale",
    needs: ["dist"],
    places: 1,
    results: "exit",
    command: [node, lvsgen(), "build", "--check", "examples/kgc.json"],
  },
  {
    name: "sweep",
    needs: ["dist", "guests"],
    places: 2,
    results: "tap",
    figures: remarks,
    command: typescript("test/sweep/run.ts"),
  },
  { name: "bash42", needs: ["bundles"], places: 1, results: "tap", command: typescript("test/lint/run.ts", ...shell) },
  {
    name: "shellcheck",
    needs: ["bundles", "shellcheck"],
    places: 2,
    results: "tap",
    command: typescript("test/lint/shellcheck.ts", ...shell),
  },
  { name: "bats", needs: ["bundles", "guests"], places: 2, results: "tap", command: [node, "test/bats/run.mjs"] },
  {
    name: "attacks",
    needs: ["bundles", "guests"],
    places: 2,
    results: "tap",
    command: [node, "test/bats/run.mjs", "--in", "test/attacks"],
  },
  {
    name: "faults",
    needs: ["dist", "guests"],
    places: 2,
    results: "tap",
    figures: remarks,
    command: [node, "test/faults/run.mjs"],
  },
  {
    name: "simulate",
    needs: ["dist", "namespaces"],
    places: 2,
    results: "tap",
    figures: remarks,
    command: [node, "test/simulate/run.mjs", "--sequences", "8", "--seconds", "400"],
  },
  {
    name: "lab",
    needs: ["dist", "kernels"],
    places: 2,
    results: "summary",
    figures: lastParagraph,
    command: [node, "test/lab/lab.mjs", "prove"],
  },
  {
    name: "backends",
    needs: ["dist", "guests"],
    places: 2,
    results: "tap",
    command: [node, "test/backends/run.mjs"],
  },
];
