/** Rules that give marks: matches in, the rules of nftables and of iptables out, in the order in which they are tried. */
import { describe, expect, test } from "vitest";
import { bundleOf, textOf } from "../scripts/bundle.ts";

const vip = "192.168.80.188";
const other = "2001:db8::188";

type Match = Readonly<Record<string, unknown>>;

async function rulesOf(...services: readonly (readonly Match[])[]): Promise<Record<"nft" | "iptables", string[]>> {
  const bundle = await bundleOf({
    version: 1,
    name: "kgc",
    defaults: { platform: "debian12", interface: "ens33", firewall: "keep" },
    hosts: {
      lb: {
        address: "192.168.80.10/24",
        address6: "2001:db8::10/64",
        interfaces: { ens34: { address: "10.0.0.10/24" } },
      },
      web1: { address: "192.168.80.12/24", address6: "2001:db8::12/64" },
      web2: { address: "192.168.80.13/24", address6: "2001:db8::13/64" },
    },
    directors: ["lb"],
    services: services.map((match, index) => ({
      name: `s${index}`,
      fwmark: index + 1,
      match,
      realservers: [{ host: "web1" }, { host: "web2" }],
    })),
  });
  const lines = (file: string, pattern: RegExp): string[] => {
    const found = bundle.files.find(({ path }) => path === `files/lb/etc/lvsgen/kgc/${file}`);
    const text = found?.chunks.join("") ?? "";
    return text.split("\n").flatMap((line) => pattern.exec(line)?.[1] ?? []);
  };
  return {
    nft: lines("marks.nft", /^ {4}(.* comment .*)$/),
    iptables: [...lines("marks.iptables", /^-A LVSGEN-kgc (.*)$/), ...lines("marks.ip6tables", /^-A LVSGEN-kgc (.*)$/)],
  };
}

describe("a match is", () => {
  test.each<[string, Match, string, string]>([
    [
      "a port, of tcp",
      { vip, port: 80 },
      `ip daddr ${vip} tcp dport 80 meta mark set 1 comment "1 tcp ${vip} 80"`,
      `-d ${vip} -p tcp -m tcp --dport 80 -m comment --comment "1 tcp ${vip} 80" -j MARK --set-mark 1`,
    ],
    [
      "every port of a protocol",
      { vip, protocol: "tcp" },
      `ip daddr ${vip} meta l4proto tcp meta mark set 1 comment "1 tcp ${vip} all"`,
      `-d ${vip} -p tcp -m comment --comment "1 tcp ${vip} all" -j MARK --set-mark 1`,
    ],
    [
      "port 0 of a protocol, which is every port",
      { vip, protocol: "sctp", port: 0 },
      `ip daddr ${vip} meta l4proto sctp meta mark set 1 comment "1 sctp ${vip} all"`,
      `-d ${vip} -p sctp -m comment --comment "1 sctp ${vip} all" -j MARK --set-mark 1`,
    ],
    [
      "every packet",
      { vip },
      `ip daddr ${vip} meta mark set 1 comment "1 all ${vip} all"`,
      `-d ${vip} -m comment --comment "1 all ${vip} all" -j MARK --set-mark 1`,
    ],
    [
      "what comes from a network",
      { vip, port: "8000-8099", source: "10.0.0.0/8" },
      `ip saddr 10.0.0.0/8 ip daddr ${vip} tcp dport 8000-8099 meta mark set 1 comment "1 tcp ${vip} 8000-8099 10.0.0.0/8"`,
      `-s 10.0.0.0/8 -d ${vip} -p tcp -m tcp --dport 8000:8099 -m comment --comment "1 tcp ${vip} 8000-8099 10.0.0.0/8" -j MARK --set-mark 1`,
    ],
    [
      "what comes from a network of IPv6",
      { vip: other, protocol: "udp", port: 53, source: "2001:DB8:0::/33" },
      `ip6 saddr 2001:db8::/33 ip6 daddr ${other} udp dport 53 meta mark set 1 comment "1 udp ${other} 53 2001:db8::/33"`,
      `-s 2001:db8::/33 -d ${other} -p udp -m udp --dport 53 -m comment --comment "1 udp ${other} 53 2001:db8::/33" -j MARK --set-mark 1`,
    ],
    [
      "what comes from a network whose first address begins with colons",
      { vip: other, source: "::/3" },
      `ip6 saddr ::/3 ip6 daddr ${other} meta mark set 1 comment "1 all ${other} all ::/3"`,
      `-s ::/3 -d ${other} -m comment --comment "1 all ${other} all ::/3" -j MARK --set-mark 1`,
    ],
    [
      "what comes in by an interface",
      { vip, port: 80, interface: "ens34" },
      `iifname "ens34" ip daddr ${vip} tcp dport 80 meta mark set 1 comment "1 tcp ${vip} 80 ens34"`,
      `-d ${vip} -i ens34 -p tcp -m tcp --dport 80 -m comment --comment "1 tcp ${vip} 80 ens34" -j MARK --set-mark 1`,
    ],
    [
      "all of it at once",
      { vip, protocol: "udp", source: "10.0.0.0/8", interface: "ens34" },
      `iifname "ens34" ip saddr 10.0.0.0/8 ip daddr ${vip} meta l4proto udp meta mark set 1 comment "1 udp ${vip} all 10.0.0.0/8 ens34"`,
      `-s 10.0.0.0/8 -d ${vip} -i ens34 -p udp -m comment --comment "1 udp ${vip} all 10.0.0.0/8 ens34" -j MARK --set-mark 1`,
    ],
  ])("%s", async (_, match, nft, iptables) => {
    expect(await rulesOf([match])).toEqual({ nft: [nft], iptables: [iptables] });
  });
});

describe("the mark that stays is that of the last rule, so that last stands", () => {
  const marksIn = (rules: readonly string[]): number[] =>
    rules.map((rule) => Number(/comment "([0-9]+) /.exec(rule)?.[1]));
  const all: Match = { vip };
  const tcp: Match = { vip, protocol: "tcp" };
  const web: Match = { vip, port: 80 };
  const inside: Match = { ...web, source: "10.0.0.0/8" };
  const nearer: Match = { ...web, source: "10.1.0.0/16" };
  const byNic: Match = { ...nearer, interface: "ens34" };
  test.each<[string, readonly (readonly Match[])[], readonly number[]]>([
    ["what has nothing in common as it is written", [[{ vip, port: 443 }], [web]], [1, 2]],
    ["the port beside every port", [[web], [tcp]], [2, 1]],
    ["the protocol beside every packet", [[tcp], [all]], [2, 1]],
    ["the network beside the port from anywhere", [[inside], [web]], [2, 1]],
    ["the smaller network", [[nearer], [inside]], [2, 1]],
    ["the interface", [[byNic], [nearer]], [2, 1]],
    ["each of them", [[byNic], [nearer], [inside], [web], [tcp], [all]], [6, 5, 4, 3, 2, 1]],
    ["each of them, as they are written", [[all], [tcp], [web], [inside], [nearer], [byNic]], [1, 2, 3, 4, 5, 6]],
    ["the narrower of two of one VIP, whatever others have", [[web], [{ vip: "192.168.80.189" }], [all]], [2, 3, 1]],
  ])("%s", async (_, services, marks) => {
    const { nft, iptables } = await rulesOf(...services);
    expect(marksIn(nft)).toEqual(marks);
    expect(marksIn(iptables)).toEqual(marks);
  });
});

test("the longest comment fits", async () => {
  const bundle = await bundleOf({
    version: 1,
    name: "kgc",
    defaults: { platform: "debian12", interface: "ens33-abcdefghi", firewall: "keep" },
    hosts: {
      lb: { address6: "2001:db80:aaaa:bbbb:cccc:dddd:eeee:1111/64" },
      web1: { address6: "2001:db80:aaaa:bbbb:cccc:dddd:eeee:1112/64" },
      web2: { address6: "2001:db80:aaaa:bbbb:cccc:dddd:eeee:1113/64" },
    },
    directors: ["lb"],
    services: [
      {
        name: "long",
        fwmark: 4294967295,
        match: [
          {
            vip: "2001:db80:aaaa:bbbb:cccc:dddd:eeee:1188",
            protocol: "sctp",
            port: "50000-50100",
            source: "2001:db80:ffff:ffff:ffff:ffff:ffff:ffff/128",
            interface: "ens33-abcdefghi",
          },
        ],
        realservers: [{ host: "web1" }, { host: "web2" }],
      },
    ],
  });
  const [, comment = ""] = / comment "(.*)"/.exec(textOf(bundle, "files/lb/etc/lvsgen/kgc/marks.nft")) ?? [];
  expect(comment).toHaveLength(127);
});
