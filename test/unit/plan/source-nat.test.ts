/** Source NAT: its rules for nftables and iptables, beside the marks that the same machinery loads. */
import { describe, expect, test } from "vitest";
import { bundleOf, textOf } from "../scripts/bundle.ts";

const name = "a-name-that-fills-its-32-letters";

const description = {
  version: 1,
  name,
  defaults: { platform: "debian12", interface: "ens33", mode: "nat" },
  hosts: {
    lb: {
      address: "192.168.80.10/24",
      interfaces: { ens34: { address: "10.0.0.1/24", address6: "2001:db8:10::1/64" } },
    },
    app1: {
      address: "10.0.0.12/24",
      address6: "2001:db8:10::12/64",
      gateway: "10.0.0.1",
      gateway6: "2001:db8:10::1",
    },
    app2: { address: "10.0.0.13/24", gateway: "10.0.0.1" },
  },
  directors: ["lb"],
  services: [
    {
      name: "web",
      fwmark: 7,
      match: [{ vip: "192.168.80.188", port: 80 }],
      realservers: [{ host: "app1" }, { host: "app2" }],
    },
  ],
};

const directory = `files/lb/etc/lvsgen/${name}`;
const bundle = await bundleOf({ ...description, sourceNat: ["10.0.0.0/24", "10.0.8.0/21", "2001:db8:10:0::/64"] });
const director = textOf(bundle, "director.sh");

function rulesOf(file: string): string[] {
  return textOf(bundle, `${directory}/${file}`)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /masquerade|return|-A /i.test(line));
}

describe("the rules", () => {
  test("of nftables spare what stays among the networks, and masquerade the rest", () => {
    expect(rulesOf("source-nat.nft")).toEqual([
      "ip daddr 10.0.0.0/24 return",
      "ip daddr 10.0.8.0/21 return",
      'ip saddr 10.0.0.0/24 masquerade comment "source-nat 10.0.0.0/24"',
      'ip saddr 10.0.8.0/21 masquerade comment "source-nat 10.0.8.0/21"',
    ]);
    expect(rulesOf("source-nat6.nft")).toEqual([
      "ip6 daddr 2001:db8:10::/64 return",
      'ip6 saddr 2001:db8:10::/64 masquerade comment "source-nat 2001:db8:10::/64"',
    ]);
  });

  test("of iptables say the same, in a chain whose name fits and is not that of the marks", () => {
    // Cut, with a hash of the whole name: two long names that begin alike are two chains.
    const chain = "LVSGEN-NAT-a-name-that--vhe0";
    expect(chain).toHaveLength(28);
    expect(rulesOf("source-nat.iptables")).toEqual([
      `-A ${chain} -d 10.0.0.0/24 -j RETURN`,
      `-A ${chain} -d 10.0.8.0/21 -j RETURN`,
      `-A ${chain} -s 10.0.0.0/24 -m comment --comment "source-nat 10.0.0.0/24" -j MASQUERADE`,
      `-A ${chain} -s 10.0.8.0/21 -m comment --comment "source-nat 10.0.8.0/21" -j MASQUERADE`,
    ]);
    expect(rulesOf("source-nat6.ip6tables")).toContain(`-A ${chain} -d 2001:db8:10::/64 -j RETURN`);
    expect(textOf(bundle, `${directory}/marks.iptables`)).toContain(":LVSGEN-a-name-that-fill-vhe0");
  });

  test("of nftables have no table of the inet family, which has no nat before Linux 5.2", () => {
    expect(textOf(bundle, `${directory}/source-nat.nft`)).toMatch(/^table ip lvsgen_[a-z0-9_]+_nat\n/);
    expect(textOf(bundle, `${directory}/source-nat6.nft`)).toMatch(/^table ip6 lvsgen_[a-z0-9_]+_nat\n/);
    expect(textOf(bundle, `${directory}/marks.nft`)).toMatch(/^table inet lvsgen_[a-z0-9_]+_director\n/);
  });
});

describe("the director", () => {
  test("has the rules of each family by themselves, so that one that goes is taken away", () => {
    const loaders = [...director.matchAll(/^ *want netfilter (.*)$/gm)].map(([, words]) => words);
    expect(loaders).toEqual([
      `/etc/lvsgen/${name}/load-marks '7 tcp 192.168.80.188 80'`,
      `/etc/lvsgen/${name}/load-source-nat 'source-nat 10.0.0.0/24' 'source-nat 10.0.8.0/21'`,
      `/etc/lvsgen/${name}/load-source-nat6 'source-nat 2001:db8:10::/64'`,
    ]);
  });

  test("brings them back at boot", () => {
    const unit = textOf(bundle, `files/lb/etc/systemd/system/lvsgen-${name}-director.service`);
    expect(unit).toContain(`ExecStart=-/etc/lvsgen/${name}/load-source-nat\n`);
    expect(unit).toContain(`ExecStart=-/etc/lvsgen/${name}/load-source-nat6\n`);
  });

  test("forwards the families of the networks, with or without a service of them", async () => {
    expect(director).toContain("want sysctl net.ipv4.ip_forward 1\n");
    expect(director).toContain("want sysctl net.ipv6.conf.all.forwarding 1\n");
    const without = textOf(await bundleOf(description), "director.sh");
    expect(without).not.toContain("want sysctl net.ipv6.conf.all.forwarding");
    expect(without).not.toContain("Source NAT");
  });
});

test("the loader asks for the kernel where it masquerades alone", () => {
  expect(textOf(bundle, `${directory}/load-source-nat`)).toContain("uname -r");
  expect(textOf(bundle, `${directory}/load-marks`)).not.toContain("uname -r");
});
