// The cluster descriptions whose scripts the suites check and run.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../docker/container.mjs";

/** Where the setup builds them; one folder a description. */
export const bundlesDirectory = process.env.LVSGEN_BUNDLES ?? join(repository, "test/report/bundles");

const descriptions = (directory) =>
  readdirSync(join(repository, directory))
    .filter((file) => /\.(json|ya?ml)$/.test(file))
    .sort()
    .map((file) => ({ name: file.replace(/\.[a-z]+$/, ""), description: `${directory}/${file}` }));

export const BUNDLES = [...descriptions("examples"), ...descriptions("test/bats/clusters")];

/** The command `lvsgen` of this checkout, as a program for node; `npm run build` makes it. */
export const lvsgen = () =>
  join(repository, JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).bin.lvsgen);
