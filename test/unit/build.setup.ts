import { execFileSync } from "node:child_process";

/** The tests import from src, which needs src/generated; those of the command line run dist/start.cjs. */
export default function setup(): void {
  // `npm test` has built it, and other suites are using it.
  if (process.env["LVSGEN_BUILT"]) return;
  for (const tool of ["generate", "bundle"]) {
    execFileSync(process.execPath, [`tools/${tool}/index.mjs`], { stdio: ["ignore", "ignore", "inherit"] });
  }
}
