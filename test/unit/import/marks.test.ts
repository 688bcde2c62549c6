/** Rules of iptables that set marks: those that say an address, a protocol and ports, and nothing else. */
import { describe, expect, test } from "vitest";
import { importText, missesOf } from "./inputs.ts";

const script = (rule: string): string =>
  `#!/bin/sh\niptables ${rule}\nipvsadm -A -f 1 -s rr\nipvsadm -a -f 1 -r 192.0.2.11 -m\n`;

describe("taken", () => {
  test.each([
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1",
    "-w -t mangle -I PREROUTING 1 -d 192.0.2.80/32 -p tcp -m tcp --dport 80 -j MARK --set-mark 0x1",
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp -m multiport --dports 80,443 -j MARK --set-xmark 0x1/0xffffffff",
    "-t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -m comment --comment web -j MARK --set-mark 1",
  ])("%s", async (rule) => {
    const imported = await importText(script(rule));
    expect(imported.misses).toEqual([]);
    expect(imported.facts.marks.map(({ mark, vip }) => `${mark} ${vip}`)).toContain("1 192.0.2.80");
  });
});

describe("told", () => {
  const more = "2: a mark that depends on more than an address, a protocol and ports";
  const less = "2: a mark for traffic that has no address, protocol or port";
  test.each([
    ["-t mangle -D PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING ! -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -d 192.0.2.80 -p tcp ! --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -s 10.0.0.0/8 -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
    ["-t mangle -A PREROUTING -i eth0 -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 1", more],
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
