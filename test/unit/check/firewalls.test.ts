/** What is warned of because of a firewall on a director. */
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";

async function tracked(service: object, director: object = {}): Promise<{ message: string; hint: string }[]> {
  const { diagnostics } = await analyse(
    JSON.stringify({
      version: 1,
      name: "kgc",
      defaults: { platform: "el9", interface: "ens33" },
      hosts: {
        lvs1: { address: "192.168.80.10/24", ...director },
        web1: { address: "192.168.80.12/24" },
        app1: { address: "192.168.80.13/24", gateway: "192.168.80.10" },
      },
      directors: ["lvs1"],
      services: [
        { name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }, { host: "app1" }], ...service },
      ],
    }),
  );
  return diagnostics.filter(({ code }) => code === "TRACKED_WITHOUT_REPLIES");
}

const mixed = { realservers: [{ host: "web1" }, { host: "app1", mode: "nat" }] };

test("a service in NAT and DR: those in DR hang where a firewall drops what is INVALID before it looks at the port", async () => {
  const [found, ...more] = await tracked(mixed);
  expect(more).toEqual([]);
  expect(found?.message).toBe(
    "lvs1 tracks the connections of web because of NAT, and never sees the replies of web1: behind firewalld or ufw on lvs1 no connection to them comes about",
  );
  expect(found?.hint).toContain("a service each, at virtual addresses or ports of their own");
});

test.each([
  ["whose firewall is off", mixed, { firewall: "disable" }],
  ["whose rules are one's own, with IPVS's connections untracked", mixed, { firewall: "keep" }],
  ["with UDP", { ...mixed, protocol: "udp" }, {}],
  ["with one method", { realservers: [{ host: "web1" }, { host: "app1" }] }, {}],
])("none on a director %s", async (_title, service, director) => {
  expect(await tracked(service, director)).toEqual([]);
});

test("what it proposes is warned of no more: a service each", async () => {
  const apart = { realservers: [{ host: "web1" }] };
  expect(await tracked(apart)).toEqual([]);
  expect(await tracked({ realservers: [{ host: "app1", mode: "nat" }] })).toEqual([]);
});

test("own rules with described tracking hang as well", async () => {
  expect(await tracked(mixed, { firewall: "keep", sysctls: { "net.ipv4.vs.conntrack": 1 } })).toHaveLength(1);
});
