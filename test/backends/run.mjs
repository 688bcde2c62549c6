#!/usr/bin/env node
// Runs backends.bats once for each network back end of Debian and prints one TAP stream. Arguments: back ends to run only those.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { container, repository } from "../docker/container.mjs";
import { ensureLayer } from "../docker/layer.mjs";
import { buildScripts, runVariants } from "../docker/variants.mjs";

const here = import.meta.dirname;

/** Back ends, with the word that the description has for them. */
const BACKENDS = {
  ifupdown: "ifupdown",
  ifupdown2: "ifupdown",
  networkmanager: "networkmanager",
  netplan: "netplan",
  networkd: "networkd",
};

const description = readFileSync(join(here, "cluster.json"), "utf8");
const wanted = process.argv.slice(2);
const chosen = Object.keys(BACKENDS).filter((backend) => wanted.length === 0 || wanted.includes(backend));
container("reap");
const image = await ensureLayer("backends", here, (line) => process.stdout.write(`# ${line}\n`));
await runVariants(
  join(here, "backends.bats"),
  chosen,
  async (backend) => {
    const bundle = join(repository, "test/report/backends", BACKENDS[backend]);
    await buildScripts(description.replace("BACKEND", BACKENDS[backend]), bundle);
    return { BACKEND: backend, IMAGE: image, BUNDLE: bundle };
  },
  15 * 60_000,
);
