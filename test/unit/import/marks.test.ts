/** Rules of iptables that set marks: those that say addresses, an interface, a protocol and ports, and nothing else. */
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { errorsOf, importText, missesOf } from "./inputs.ts";

const script = (rule: string): string =>
  `#!/bin/sh\niptables ${rule}\nipvsadm -A -f 1 -s rr\nipvsadm -a -f 1 -r 192.0.2.11 -m\n`;

describe("taken", () => {
  test.each([
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1",
    "-w -t mangle -I PREROUTING 1 -d 192.0.2.80/32 -p tcp -m tcp --dport 80 -j MARK --set-mark 0x1",
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp -m multiport --dports 80,443 -j MARK --set-xmark 0x1/0xffffffff",
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -m comment --comment web -j MARK --set-mark 1",
    "-t mangle -A PREROUTING -d 192.0.2.80 -p 6 -j MARK --set-mark 1",
  ])("%s", async (rule) => {
    const imported = await importText(script(rule));
    expect(imported.misses).toEqual([]);
    expect(imported.facts.marks.map(({ mark, vip }) => `${mark} ${vip}`)).toContain("1 192.0.2.80");
  });
});

test.each([
  ["-d 192.0.2.80 -p tcp", { vip: "192.0.2.80", protocol: "tcp" }],
  ["-d 192.0.2.80", { vip: "192.0.2.80" }],
  ["-d 192.0.2.80 -p all", { vip: "192.0.2.80" }],
  ["-s 10.1.2.3/255.0.0.0 -d 192.0.2.80", { vip: "192.0.2.80", source: "10.0.0.0/8" }],
  ["-s 10.1.2.3 -d 192.0.2.80", { vip: "192.0.2.80", source: "10.1.2.3/32" }],
  ["-s 0.0.0.0/0 -d 192.0.2.80", { vip: "192.0.2.80" }],
  [
    "-i eth1 --source 10.0.0.0/8 -d 192.0.2.80 -p udp --dport 53",
    { vip: "192.0.2.80", protocol: "udp", port: 53, source: "10.0.0.0/8", interface: "eth1" },
  ],
])("%s is a match of as much", async (rule, match) => {
  const imported = await importText(script(`-t mangle -A PREROUTING ${rule} -j MARK --set-mark 1`));
  expect(imported.misses).toEqual([]);
  expect(errorsOf(imported)).toEqual([]);
  expect(parse(imported.text).services).toMatchObject([{ fwmark: 1, match: [match] }]);
});

describe("the order of rules", () => {
  const two = (first: string, second: string): string =>
    `#!/bin/sh\niptables -t mangle ${first} -j MARK --set-mark 1\niptables -t mangle ${second} -j MARK --set-mark 2\n` +
    [1, 2].map((mark) => `ipvsadm -A -f ${mark} -s rr\nipvsadm -a -f ${mark} -r 192.0.2.1${mark} -m\n`).join("");
  const all = "-d 192.0.2.80 -p tcp --dport 80";
  const some = `${all} -s 10.0.0.0/8`;
  const told = (mark: number, line: number): string[] => [
    `${line}: a later rule gives all of this the mark ${mark}; in the description the narrower one wins, which is this`,
  ];
  test.each([
    ["the narrower last", `-A PREROUTING ${all}`, `-A PREROUTING ${some}`, []],
    ["the narrower first", `-A PREROUTING ${some}`, `-A PREROUTING ${all}`, told(2, 2)],
    ["the narrower put before", `-A PREROUTING ${all}`, `-I PREROUTING ${some}`, told(1, 3)],
    ["the narrower put before, by number", `-A PREROUTING ${all}`, `-I PREROUTING 1 ${some}`, told(1, 3)],
    ["others", `-A PREROUTING ${some}`, `-A PREROUTING -d 192.0.2.81 -p tcp --dport 80`, []],
  ])("%s", async (_, first, second, misses) => {
    expect(missesOf(await importText(two(first, second)))).toEqual(misses);
  });
});

describe("told", () => {
  const more = "2: a mark that depends on more than addresses, an interface, a protocol and ports";
  const less = "2: a mark, an address or a protocol that the description has no words for";
  test.each([
    ["-t mangle -D PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING ! -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp ! --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING ! -s 10.0.0.0/8 -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p icmp -j MARK --set-mark 1", less],
    ["-t mangle -A PREROUTING -s 10.0.0.0/8 -j MARK --set-mark 1", less],
    [
      "-t mangle -A PREROUTING -s 10.0.0.1,10.0.0.2 -d 192.0.2.80 -j MARK --set-mark 1",
      '2: the source "10.0.0.1,10.0.0.2" is not one network',
    ],
    [
      "-t mangle -A PREROUTING -s fd00::/8 -d 192.0.2.80 -j MARK --set-mark 1",
      '2: the source "fd00::/8" is not one network',
    ],
    [
      "-t mangle -A PREROUTING -i eth+ -d 192.0.2.80 -j MARK --set-mark 1",
      '2: the interface "eth+" is not one by name',
    ],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp -m multiport --sports 1 --dports 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -m state --state NEW -j MARK --set-mark 1", more],
    ["-t mangle -A OUTPUT -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --or-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1/0xff", less],
    ["-t mangle -A PREROUTING -d 192.0.2.0/24 -p tcp --dport 80 -j MARK --set-mark 1", less],
    ["-t mangle -A PREROUTING -d 192.0.2.80 --dport 80 -j MARK --set-mark 1", less],
  ])("%s", async (rule, reason) => {
    const imported = await importText(script(rule));
    expect(missesOf(imported)[0]).toBe(reason);
    expect(imported.facts.marks).toEqual([]);
  });
});
