/**
 * What the same job takes people's other means: keeping a director's table as a file describes it, in the guest of `scripts`. lvsgen's script
 * beside a careful script written by hand (compares the table with the file; where they differ, clears it and loads the file) and an Ansible
 * playbook as roles have it (copies the file; its handler clears the table and loads it). Of each: a run that has nothing to do, and one that
 * has one weight to change; how often it writes to the table for that, and whether the table is empty meanwhile.
 *
 *   npm run bench -- peers [--counts 100,1000,10000] [--rounds N] [--json]
 *
 * Times are seconds of a processor, of all processes that took part. It judges nothing.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { container } from "../test/docker/container.mjs";
import { ensureLayer } from "../test/docker/layer.mjs";
import { thresholdTable } from "./clusters.mjs";
import { median } from "./measure.mjs";
import { buildBundle, secondsOf, stopwatch } from "./stopwatch.mjs";

const { values: options } = parseArgs({
  options: {
    counts: { type: "string", default: "100,1000,10000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean" },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "lvsgen-bench-"));

/** What somebody writes who thinks of a second run: `ipvsadm -C` and all rules anew, where the table is not what the file says. */
const byHand = `#!/bin/bash
set -euo pipefail
rules=$1
cmp -s <(sort "$rules") <(ipvsadm -S -n | sort) && exit
ipvsadm -C
ipvsadm -R < "$rules"
`;

/** The tasks of a role for ipvsadm, with its file as it comes and its table by a handler. */
const playbook = (rules) =>
  JSON.stringify([
    {
      hosts: "localhost",
      connection: "local",
      gather_facts: false,
      tasks: [
        {
          name: "rules",
          "ansible.builtin.copy": { src: rules, dest: "/etc/ipvsadm.rules", mode: "0644" },
          notify: "load",
        },
      ],
      handlers: [{ name: "load", "ansible.builtin.shell": "ipvsadm -C && ipvsadm -R < /etc/ipvsadm.rules" }],
    },
  ]);

/** Stands before ipvsadm where writes are counted: keeps the lines that change the table. */
const counter = `#!/bin/bash
case $1 in
  -R | --restore) tee -a /run/writes | /usr/sbin/ipvsadm.counted "$@" ;;
  -C | --clear | -[ADEade] | --add-* | --edit-* | --delete-*) printf '%s\\n' "$*" >> /run/writes; exec /usr/sbin/ipvsadm.counted "$@" ;;
  *) exec /usr/sbin/ipvsadm.counted "$@" ;;
esac
`;

/** How many writes to the table the words make, and whether one of them clears it. */
function writesOf(guest, words) {
  const inGuest = (line, ...args) => container("exec", guest, "bash", "-c", line, "bench", ...args);
  inGuest(
    "mv /usr/sbin/ipvsadm /usr/sbin/ipvsadm.counted && install -m 755 /media/usb/counter /usr/sbin/ipvsadm && : > /run/writes",
  );
  inGuest('"$@" > /dev/null', ...words);
  inGuest("mv /usr/sbin/ipvsadm.counted /usr/sbin/ipvsadm");
  const lines = container("exec", guest, "cat", "/run/writes").split("\n");
  return { writes: lines.length, isCleared: lines.some((line) => /^(?:-C|--clear)/.test(line)) };
}

/** Of a table of so many entries: seconds by means and run, and what each means writes for one weight. */
function measure(guest, count) {
  const bundle = (changed) =>
    buildBundle(scratch, thresholdTable("debian12", 1, count, changed), `${count}-${changed}`);
  const [plain, changed] = [bundle(false), bundle(true)];
  const run = (...words) => secondsOf(container("exec", guest, "bash", "-c", stopwatch, "bench", ...words));
  const rules = (one) => `/media/usb/${one.name}.rules`;
  for (const one of [plain, changed]) {
    // The rules as the kernel prints them, without thresholds, which ipvsadm -S leaves out.
    container(
      "exec",
      guest,
      "bash",
      "-c",
      `bash ${one.script} apply --drain 0 >/dev/null && ipvsadm -S -n > /root/${one.name}.rules`,
    );
    writeFileSync(
      join(scratch, `${one.name}.rules`),
      `${container("exec", guest, "cat", `/root/${one.name}.rules`)}\n`,
    );
    writeFileSync(join(scratch, `${one.name}.yml`), playbook(rules(one)));
  }
  const means = {
    "lvsgen's script": (one) => ["bash", one.script, "apply", "--drain", "0"],
    "a script by hand": (one) => ["bash", "/media/usb/by-hand.sh", rules(one)],
    Ansible: (one) => ["ansible-playbook", "-i", "localhost,", `/media/usb/${one.name}.yml`],
  };
  return Object.entries(means).map(([name, words]) => {
    run(...words(plain));
    const change = [];
    const nothing = [];
    for (let round = 0; round < Number(options.rounds); round++) {
      change.push(run(...words(changed)));
      nothing.push(run(...words(changed)));
      run(...words(plain));
    }
    const written = writesOf(guest, words(changed));
    return { count, name, nothing: median(nothing), change: median(change), ...written };
  });
}

function print(results) {
  const columns = ["entries", "by", "nothing to do", "one weight", "kernel writes for it", "table empty meanwhile"];
  const rows = results.map(({ count, name, nothing, change, writes, isCleared }) => [
    String(count),
    name,
    `${nothing.toFixed(2)} s`,
    `${change.toFixed(2)} s`,
    String(writes),
    isCleared ? "yes" : "no",
  ]);
  const widths = columns.map((head, index) => Math.max(head.length, ...rows.map((cells) => cells[index].length)));
  for (const cells of [columns, ...rows])
    console.log(
      cells
        .map((cell, index) => cell.padEnd(widths[index]))
        .join("  ")
        .trimEnd(),
    );
  console.log(
    "\nSeconds of a processor. lvsgen's apply looks at all that the role has besides the table (files, units, settings, addresses,",
  );
  console.log(
    "thresholds); the script by hand at the table alone; the playbook at the file alone, whatever the kernel holds.",
  );
}

const directory = fileURLToPath(new URL("ansible", import.meta.url));
const image = await ensureLayer("bench-ansible", directory, (line) => console.error(line));
const guest = container("start", image, "lvs1", "--nic", "ens33=10.0.0.1/8", "--mount", `${scratch}:/media/usb`);
try {
  writeFileSync(join(scratch, "by-hand.sh"), byHand);
  writeFileSync(join(scratch, "counter"), counter);
  const results = options.counts.split(",").flatMap((count) => {
    console.error(`${count} entries …`);
    return measure(guest, Number(count));
  });
  if (options.json) console.log(JSON.stringify({ results }, null, 2));
  else print(results);
} finally {
  container("rm", guest);
  rmSync(scratch, { recursive: true, force: true });
}
