import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { isEvery, turnOfCommit } from "../run/turn.mjs";
import type { Proof } from "./bench.ts";
import { hostDown } from "./channel.ts";
import { quote } from "./command.ts";
import type { Host } from "./host.ts";
import { Lab, reap, tearDown } from "./lab.ts";
import { inside } from "./network.ts";
import { play } from "./play.ts";
import { allProofs } from "./proofs/index.ts";
import { prove } from "./runner.ts";
import { shell } from "./shell.ts";
import { parseHost } from "./spec.ts";

const usage = `lab: hosts with real kernels (User-Mode Linux) on one machine

  lab up HOST …                    make and boot hosts; HOST is
                                   NAME=ADDRESS/LEN[,…][@SEGMENT][+ADDRESS/LEN@SEGMENT …][~GATEWAY …]
  lab up FILE [--apply]            the hosts of a description, with its bundle in /root/out; --apply: and its scripts
                                   run in the runbook's order
  lab shell HOST                   a terminal on a host; Ctrl-] leaves it
  lab exec HOST [--timeout S] -- COMMAND [ARGUMENT …]
                                   one word: a shell line; several: run as they are
  lab sh HOST [SCRIPT]             run a bash script (default: standard input)
  lab put HOST FILE-OR-DIRECTORY PATH
  lab get HOST PATH FILE-OR-DIRECTORY
  lab kill HOST …                  power cut; the disk stays
  lab start HOST …                 boot from its own disk
  lab reboot HOST …                clean reboot
  lab reset HOST …                 power cut, fresh disk, boot
  lab ns -- COMMAND …              run a command on the wires (tcpdump -ni br-lan)
  lab status | lab log HOST | lab down
  lab prove [PROOF …] [--keep] [--all] [--turn]
                                   what lvsgen promises, by its scripts on hosts of a lab of its own; --all:
                                   those as well that take long; --turn: those that have their turn in this commit

Before the verb: --name LAB (default: default). In the environment: LVSGEN_LAB_DIR (images, default
/var/cache/lvsgen-lab), LVSGEN_LAB_KERNEL (trixie, forky or installed).
`;

type Verb = (lab: Lab, words: string[]) => Promise<number>;

const verbs: Readonly<Record<string, Verb>> = {
  async exec(lab, [name = "", ...words]) {
    const timeout = words[0] === "--timeout" ? Number(words.splice(0, 2)[1]) : 86_400;
    if (words[0] === "--") words.shift();
    return follow(lab.host(name), words.length === 1 ? String(words[0]) : words.map(quote).join(" "), timeout);
  },
  async shell(lab, [name = ""]) {
    return shell(lab.host(name));
  },
  async sh(lab, [name = "", script]) {
    return follow(lab.host(name), readFileSync(script ?? 0, "utf8"), 86_400);
  },
  async put(lab, [name = "", from = "", to = ""]) {
    await lab.host(name).put(from, to);
    return 0;
  },
  async get(lab, [name = "", from = "", to = ""]) {
    await lab.host(name).get(from, to);
    return 0;
  },
  async kill(lab, names) {
    await Promise.all(names.map((name) => lab.host(name).cut()));
    return 0;
  },
  async start(lab, names) {
    await bootAll(names.map((name) => lab.host(name)));
    return 0;
  },
  async reset(lab, names) {
    const hosts = names.map((name) => lab.host(name));
    for (const host of hosts) await host.cut().then(() => rm(host.disk, { force: true }));
    await bootAll(hosts);
    return 0;
  },
  async reboot(lab, names) {
    for (const name of names) say(`${name} back after ${(await lab.host(name).reboot()).toFixed(1)} s`);
    return 0;
  },
  async ns(lab, words) {
    const [program, args] = inside(lab.name, ...words.slice(words[0] === "--" ? 1 : 0));
    return spawnSync(program, args, { stdio: "inherit" }).status ?? hostDown;
  },
  async status(lab) {
    for (const host of lab.hosts) {
      const state = host.running() ? (host.bootId() === "" ? "booting" : "up") : "down";
      const cards = host.spec.cards.map(
        (card, index) => `${card.name}=${card.addresses.join(",")}@${card.segment} ${host.mac(index)}`,
      );
      process.stdout.write(`${[host.name, state, host.leader()?.pid ?? "-", ...cards].join("\t")}\n`);
    }
    return 0;
  },
  async log(lab, [name = ""]) {
    process.stdout.write(await lab.host(name).consoleText());
    return 0;
  },
};

function say(text: string): void {
  process.stderr.write(`lab: ${text}\n`);
}

function follow(host: Host, script: string, timeout: number): Promise<number> {
  const sink = (stream: "out" | "err", text: string): void => {
    (stream === "out" ? process.stdout : process.stderr).write(text);
  };
  return host.run(script, { timeout, follow: sink }).then(({ code }) => code);
}

/** The proofs that are wanted, in their groups. */
function chosen(groups: readonly (readonly Proof[])[], isWanted: (proof: Proof) => boolean): Proof[][] {
  return groups.map((proofs) => proofs.filter(isWanted)).filter((proofs) => proofs.length > 0);
}

/** Which are wanted by the words of `prove`: those of these names; where none is given, all that do not take long, or all. */
function wantedBy(words: readonly string[], known: readonly Proof[]): (proof: Proof) => boolean {
  const names = words.filter((word) => !word.startsWith("--"));
  const unknown = names.filter((wanted) => !known.some(({ name }) => name === wanted));
  if (unknown.length > 0) throw new Error(`no proof ${unknown}; there are ${known.map(({ name }) => name).join(" ")}`);
  if (names.length > 0) return ({ name }) => names.includes(name);
  if (words.includes("--all")) return () => true;
  if (!words.includes("--turn") || isEvery()) return ({ long }) => long === undefined;
  const now = turnOfCommit(2);
  return ({ long, turn = now }) => long === undefined && turn === now;
}

/** What another commit's turn proves. */
function otherTurn(words: readonly string[], known: readonly Proof[]): string | undefined {
  if (!words.includes("--turn") || isEvery()) return undefined;
  const now = turnOfCommit(2);
  const others = known.filter(({ turn = now }) => turn !== now).map(({ name }) => name);
  return `turn ${now} of 2 (from 0); in the other one: ${others.join(", ")}`;
}

async function bootAll(hosts: readonly Host[]): Promise<void> {
  const start = performance.now();
  for (const host of hosts) await host.boot();
  await Promise.all(
    hosts.map(async (host) => {
      await host.up();
      say(`${host.name} up after ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }),
  );
}

async function main(words: string[]): Promise<number> {
  const name = words[0] === "--name" ? String(words.splice(0, 2)[1]) : "default";
  const [verb, ...rest] = words;
  await reap();
  if (verb === "up") {
    const [file, ...others] = rest.filter((word) => word !== "--apply");
    if (file !== undefined && others.length === 0 && !file.includes("=")) {
      await play({ name, file, apply: rest.includes("--apply"), boot: bootAll, say });
      return 0;
    }
    const specs = rest.map(parseHost);
    const lab = (await Lab.open(name)) ?? (await Lab.create(name, null));
    await bootAll(await lab.add(...specs));
    return 0;
  }
  if (verb === "prove") {
    const groups = allProofs();
    const known = groups.flat();
    const remark = otherTurn(rest, known);
    const proofs = chosen(groups, wantedBy(rest, known));
    return (await prove("proofs", proofs, { keep: rest.includes("--keep"), remark })) ? 0 : 1;
  }
  if (verb === "down") {
    await tearDown(name);
    return 0;
  }
  const run = verb === undefined ? undefined : verbs[verb];
  if (run === undefined) {
    process.stdout.write(usage);
    return verb === undefined || verb === "help" ? 0 : 64;
  }
  const lab = await Lab.open(name);
  if (lab === null) throw new Error(`no lab ${name}: begin with up`);
  return run(lab, rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // Of a proof where it happened counts; who works by hand needs what is wrong alone.
  if (!(error instanceof Error) || process.argv.includes("prove")) throw error;
  say(error.message);
  process.exitCode = 1;
}
