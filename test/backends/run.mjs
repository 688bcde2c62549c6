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
/** The same director with a second one: its VIPs move, and keepalived has them. */
const moving = description
  .replace('"web1": {', '"lvs2": { "address": "192.168.80.11/24", "address6": "fd00:80::11/64" },\n    "web1": {')
  .replace('"directors": ["lvs1"]', '"directors": ["lvs1", "lvs2"],\n  "ha": { "routerId": 80 }');
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
    await buildScripts(moving.replace("BACKEND", BACKENDS[backend]), join(bundle, "moving"));
    return { BACKEND: backend, IMAGE: image, BUNDLE: bundle };
  },
  40 * 60_000,
);
