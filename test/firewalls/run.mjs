#!/usr/bin/env node
// Runs firewalls.bats once for each firewall of Debian and prints one TAP stream. Arguments: firewalls to run only those.
import { join } from "node:path";
import { container, repository } from "../docker/container.mjs";
import { ensureLayer } from "../docker/layer.mjs";
import { buildScripts, runVariants } from "../docker/variants.mjs";
import { DESCRIPTIONS } from "./descriptions.mjs";

const here = import.meta.dirname;
const bundles = join(repository, "test/report/firewalls");

const FIREWALLS = ["firewalld", "ufw", "nftables", "iptables"];

const wanted = process.argv.slice(2);
const chosen = FIREWALLS.filter((firewall) => wanted.length === 0 || wanted.includes(firewall));
container("reap");
for (const [name, description] of Object.entries(DESCRIPTIONS))
  await buildScripts(JSON.stringify(description), join(bundles, name));
const image = await ensureLayer("firewalls", here, (line) => process.stdout.write(`# ${line}\n`));
await runVariants(
  join(here, "firewalls.bats"),
  chosen,
  (firewall) => ({ FIREWALL: firewall, IMAGE: image, BUNDLES: bundles }),
  40 * 60_000,
);
