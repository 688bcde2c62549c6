#!/usr/bin/env node
// Runs firewalls.bats once for each firewall of Debian and prints one TAP stream.
//   run.mjs [--turn] [FIREWALL…]      FIREWALLs: only those. --turn: two of the four, those of this commit's turn (test/run/turn.mjs)
import { join } from "node:path";
import { parseArgs } from "node:util";
import { container, repository } from "../docker/container.mjs";
import { ensureLayer } from "../docker/layer.mjs";
import { buildScripts, runVariants } from "../docker/variants.mjs";
import { isEvery, turnOfCommit } from "../run/turn.mjs";
import { DESCRIPTIONS } from "./descriptions.mjs";

const here = import.meta.dirname;
const bundles = join(repository, "test/report/firewalls");

/** Those of a turn stand together: one that has a program of its own and one that is rules alone. */
const TURNS = [
  ["firewalld", "nftables"],
  ["ufw", "iptables"],
];

const { values, positionals: wanted } = parseArgs({ options: { turn: { type: "boolean" } }, allowPositionals: true });
const turn = values.turn && !isEvery() ? turnOfCommit(TURNS.length) : undefined;
const chosen = (turn === undefined ? TURNS.flat() : TURNS[turn]).filter(
  (firewall) => wanted.length === 0 || wanted.includes(firewall),
);
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
if (turn !== undefined)
  process.stdout.write(
    `## turn ${turn} of ${TURNS.length} (from 0): ${chosen.join(" and ")}, in the other turn the others\n`,
  );
