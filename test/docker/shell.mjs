#!/usr/bin/env node
// Runs a command in a fresh guest, for trying a script by hand:
//   node test/docker/shell.mjs el7|debian12|debian12-bare HOST [--scripts DIR] [-- COMMAND…]
// DIR (default out/) stands read-only at /media/usb. HOST is one of the example cluster: it gets that host's address on ens33.
// Without COMMAND: a login shell where there is a terminal, else what comes on standard input. The guest goes away at the end.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { container, repository } from "./container.mjs";
import { dockerClient } from "./engine.mjs";
import { ensureImage, TARGETS } from "./image.mjs";

const ADDRESSES = {
  lvs1: "192.168.80.10/24",
  web1: "192.168.80.12/24",
  web2: "192.168.80.13/24",
  pc: "192.168.80.200/24",
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scripts: { type: "string", default: resolve(repository, "out") } },
});
const [target, host, ...command] = positionals;
const address = ADDRESSES[host];
if (!TARGETS.includes(target) || address === undefined) {
  process.stderr.write(
    `usage: shell.mjs ${TARGETS.join("|")} ${Object.keys(ADDRESSES).join("|")} [--scripts DIR] [-- COMMAND…]\n`,
  );
  process.exit(64);
}

const image = await ensureImage(target, (line) => process.stderr.write(`${line}\n`));
const id = container(
  "start",
  image,
  host,
  "--nic",
  `ens33=${address}`,
  "--mount",
  `${resolve(values.scripts)}:/media/usb`,
);
try {
  const terminal = process.stdin.isTTY && command.length === 0;
  const flags = terminal ? ["-it"] : ["-i"];
  const { status } = spawnSync(
    dockerClient(),
    ["exec", ...flags, "-w", "/media/usb", id, ...(command.length > 0 ? command : ["bash"])],
    { stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} finally {
  container("rm", id);
}
