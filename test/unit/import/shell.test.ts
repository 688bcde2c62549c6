/** Scripts: what is run when they bring the table up, and what only looks so. */
import { describe, expect, test } from "vitest";
import { builtRules, importText, missesOf, outcomes } from "./inputs.ts";

const web = "ipvsadm -A -t 192.0.2.80:80 -s rr\nipvsadm -a -t 192.0.2.80:80 -r 192.0.2.11:80 -m -w 1\n";
const rules = "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -m -w 1\n";

describe("what is no part that stops", () => {
  test.each([
    ["a function on one line", `stop() { ipvsadm -C; }\n${web}`],
    ["a function without parentheses", `function stop {\n  ipvsadm -C\n}\n${web}`],
    ["a function that loads", `flush_and_load() {\n  ipvsadm -C\n${web}}\nflush_and_load\n`],
    ["a label with another one", `${web}case $1 in\nstop|force-stop)\n  ipvsadm -C\n  ;;\nesac\n`],
    ["a function behind the services", `${web}function stop {\n  ipvsadm -C\n}\n`],
    ["a shift of bits", `MAX=$((1 << 4))\n${web}`],
    ["a here-string", `read x <<< word\n${web}`],
    ["a comment", `# cat <<END\n${web}`],
    ["a variable for one command", web.replaceAll("ipvsadm", "LC_ALL=C ipvsadm")],
  ])("%s", async (_name, text) => {
    const imported = await importText(`#!/bin/bash\n${text}`);
    expect(imported.misses).toEqual([]);
    expect(await builtRules(imported)).toBe(rules);
  });
});

test("a loop within a loop does not end the one around it", async () => {
  const imported = await importText(
    `#!/bin/sh\nipvsadm -A -t 192.0.2.80:80 -s rr\nfor rs in 192.0.2.11 192.0.2.12; do\n  while false; do\n    sleep 1\n  done\n  ipvsadm -a -t 192.0.2.80:80 -r $rs:80 -m -w 1\ndone\n`,
  );
  expect(imported.misses).toEqual([]);
  expect(await builtRules(imported)).toBe(`${rules}-a -t 192.0.2.80:80 -r 192.0.2.12:80 -m -w 1\n`);
});

test("a service that is added where the script seems to stop is told", async () => {
  const imported = await importText(`#!/bin/sh\n${web}stop() {\n  ipvsadm -A -t 192.0.2.81:80\n}\n`);
  expect(missesOf(imported)).toEqual(["5: it adds to the table where the script seems to stop"]);
});

test("what a later line takes away is told at its own line", async () => {
  const other = "ipvsadm -A -t 192.0.2.81:80\n";
  const imported = await importText(
    `#!/bin/sh\n${other}ipvsadm -D -t 192.0.2.81:80\n${other}ipvsadm -C\n${web}ipvsadm -a -t 192.0.2.80:80 -r 192.0.2.12 -m\nipvsadm -d -t 192.0.2.80:80 -r 192.0.2.12\n`,
  );
  expect(missesOf(imported)).toEqual([
    "2: line 3 takes it away again",
    "4: line 5 takes it away again",
    "8: line 9 takes it away again",
  ]);
  expect(await builtRules(imported)).toBe(rules);
});

test.each([
  "sudo -n ipvsadm -A -t 192.0.2.81:80",
  "timeout 5 /sbin/ipvsadm -A -t 192.0.2.81:80",
  "ip netns exec lb ipvsadm -A -t 192.0.2.81:80",
  "sh -c 'ipvsadm -A -t 192.0.2.81:80'",
  'ssh lvs2 "ipvsadm --clear; true"',
  'echo "-A -t 192.0.2.81:80" | ipvsadm-restore',
  "ipvsadm-restore < /etc/ipvsadm.rules",
  "ipvsadm -R < /etc/ipvsadm.rules",
  "cat rules | sudo -n ipvsadm-restore",
])("a call by way of another command is told: %s", async (line) => {
  const imported = await importText(`#!/bin/sh\n${web}${line}\n`);
  expect(imported.misses.map(({ place }) => place.line)).toEqual([4]);
});

test.each([
  "[ -x /sbin/ipvsadm ] || exit 1",
  "yum -y install ipvsadm",
  "systemctl enable ipvsadm",
  "ipvsadm-save -n > /tmp/x",
])("what names ipvsadm and changes nothing: %s", async (line) => {
  expect((await importText(`#!/bin/sh\n${web}${line}\n`)).misses).toEqual([]);
});

test("a call in a here-document is told", async () => {
  const imported = await importText(`#!/bin/sh\n${web}ssh lvs2 <<END\nipvsadm -C\nhostname\nEND\n`);
  expect(outcomes(imported).slice(4, 6)).toEqual([
    "5 not-expressible: a call of ipvsadm that another command reads",
    "6 ignored: what another command reads",
  ]);
});
