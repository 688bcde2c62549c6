import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";

interface Described {
  readonly platform?: string;
  readonly network?: string;
  readonly interface?: string;
  readonly service?: Readonly<Record<string, unknown>>;
  readonly directors?: readonly string[];
  readonly ha?: Readonly<Record<string, unknown>>;
}

/** Artifacts of a small cluster by path below `files/`. */
async function artifacts({
  platform = "debian12",
  network,
  interface: nic = "ens33",
  service = {},
  directors = ["lvs1"],
  ha,
}: Described) {
  const { bundle, diagnostics } = await compile(
    JSON.stringify({
      version: 1,
      name: "lan",
      defaults: { platform, interface: nic, ...(network === undefined ? {} : { network }) },
      hosts: {
        lvs1: { address: "10.0.0.10/24", address6: "fd00::10/64" },
        ...(directors.includes("lvs2") ? { lvs2: { address: "10.0.0.11/24", address6: "fd00::11/64" } } : {}),
        web1: { address: "10.0.0.12/24", address6: "fd00::12/64" },
      },
      directors,
      ...(ha === undefined ? {} : { ha }),
      services: [
        { name: "four", vip: "10.0.0.188", port: 80, realservers: [{ host: "web1" }], ...service },
        { name: "six", vip: "fd00::188", port: 80, realservers: [{ host: "web1" }], ...service },
      ],
      realserver: { units: ["httpd"] },
    }),
  );
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const files = new Map((bundle?.files ?? []).map(({ path, chunks }) => [path, chunks.join("")]));
  return (path: string): string => files.get(`files/${path}`) ?? `no ${path}`;
}

describe("NICs", () => {
  test("ifupdown adds to the interface, and never keeps it from coming up", async () => {
    const file = await artifacts({});
    const commands = file("lvs1/etc/network/interfaces.d/lvsgen-lan-director")
      .split("\n")
      .filter((line) => line.includes("up ip"));
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(command).toMatch(/ (?:replace) .* dev ens33 .*\|\| true$/);
  });

  test.each([
    ["bond0", "bonds"],
    ["br-lan", "bridges"],
    ["ens33.100", "vlans"],
    ["enp1s0", "ethernets"],
  ])("netplan defines %s under %s", async (nic, type) => {
    const file = await artifacts({ platform: "ubuntu24", interface: nic });
    expect(file("lvs1/etc/netplan/90-lvsgen-lan-director.yaml")).toContain(
      `  ${type}:\n    ${nic}:\n      addresses:\n`,
    );
  });

  test("networkd's IPv6 VIP is no source of the host's own connections", async () => {
    const file = await artifacts({ network: "networkd" });
    expect(file("lvs1/etc/systemd/network/lvsgen-lan-director-ens33.conf")).toContain(
      "Address=fd00::188/128\nPreferredLifetime=0\nDuplicateAddressDetection=none\n",
    );
  });

  test("NetworkManager's dispatcher starts the unit that holds the addresses", async () => {
    const file = await artifacts({ platform: "el9" });
    expect(file("lvs1/etc/NetworkManager/dispatcher.d/50-lvsgen-lan-director")).toMatch(
      /ens33:up \| ens33:reapply\)\n.*restart lvsgen-lan-director\.service/,
    );
    const unit = file("lvs1/etc/systemd/system/lvsgen-lan-director.service");
    expect(unit).toContain("replace 10.0.0.188/32 dev ens33 label ens33:lan\n");
    expect(unit).toContain("replace fd00::188/128 dev ens33 nodad preferred_lft 0\n");
  });

  test("an IPv6 address is no alias of an ifcfg file", async () => {
    const file = await artifacts({ platform: "el7" });
    expect(file("lvs1/etc/sysconfig/network-scripts/ifcfg-ens33%3Alan")).toContain("IPADDR=10.0.0.188\nPREFIX=32\n");
    expect(file("lvs1/etc/systemd/system/lvsgen-lan-director.service")).toContain("replace fd00::188/128 dev ens33");
  });
});

describe("NICs on which keepalived has addresses come and go", () => {
  const ha = {
    directors: ["lvs1", "lvs2"],
    ha: { routerId: 80 },
  };

  test("networkd leaves them", async () => {
    const file = await artifacts({ network: "networkd", ...ha });
    const text = file("lvs1/etc/systemd/network/lvsgen-lan-director-ens33.conf");
    expect(text).toContain("[Network]\nKeepConfiguration=static\n");
    expect(text).not.toContain("Address=");
  });

  test("netplan has networkd leave them", async () => {
    const file = await artifacts({ platform: "ubuntu24", ...ha });
    const text = file("lvs1/etc/netplan/90-lvsgen-lan-director.yaml");
    expect(text).toMatch(/ens33:\n {6}#.*\n {6}critical: true\n$/);
  });

  test("others take nothing off, and without failover nothing comes and goes", async () => {
    for (const network of ["ifupdown", "networkmanager"])
      expect((await artifacts({ network, ...ha }))("lvs1/etc/network/interfaces.d/lvsgen-lan-director")).toMatch(
        /^no /,
      );
    const file = await artifacts({ network: "networkd" });
    expect(file("lvs1/etc/systemd/network/lvsgen-lan-director-ens33.conf")).not.toContain("KeepConfiguration");
  });
});

describe("lo", () => {
  test.each([
    ["debian12", "netplan"],
    ["debian12", "networkd"],
    ["debian12", "networkmanager"],
    ["el8", "ifcfg"],
  ])("on %s with %s comes up by a unit, before what serves there", async (platform, network) => {
    const file = await artifacts({ platform, network });
    const unit = file("web1/etc/systemd/system/lvsgen-lan-realserver.service");
    expect(unit).toContain("Before=httpd.service\n");
    expect(unit).toContain("-4 address replace 10.0.0.188/32 dev lo label lo:lan scope host\n");
    expect(unit).toContain("-4 route replace 10.0.0.188/32 dev lo scope link\n");
    expect(unit).toContain("-6 address replace fd00::188/128 dev lo nodad preferred_lft 0\n");
    expect(unit).toContain("RemainAfterExit=yes\n");
  });

  test("is never handed to NetworkManager, netplan or networkd, which would take it from others", async () => {
    for (const network of ["networkmanager", "netplan", "networkd"]) {
      const file = await artifacts({ network });
      expect(file("web1/etc/netplan/90-lvsgen-lan-realserver.yaml")).toMatch(/^no /);
      expect(file("web1/etc/systemd/network/lvsgen-lan-realserver-lo.conf")).toMatch(/^no /);
    }
  });
});

test.each([
  ["el7", "-i -w 1\n"],
  ["el9", "-i -w 1 --tun-type ipip\n"],
])("the table of %s is what its ipvsadm prints", async (platform, line) => {
  const file = await artifacts({ platform, service: { mode: "tun" } });
  expect(file("lvs1/etc/sysconfig/ipvsadm")).toContain(`-a -t 10.0.0.188:80 -r 10.0.0.12:80 ${line}`);
});
