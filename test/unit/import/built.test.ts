/** A key that stands as a comment because lvsgen does not build it yet: the day that it does, this says so. */
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { built, type LaterKey } from "../../../src/import/built.ts";

const description = {
  version: 1,
  name: "later",
  defaults: { platform: "el9", interface: "eth0" },
  hosts: { lvs1: { address: "192.0.2.1/24" } },
  directors: ["lvs1"],
  services: [
    { name: "web", vip: "192.0.2.80", port: 80, realservers: [{ address: "192.0.2.11" }], check: { type: "tcp" } },
  ],
};
const [service] = description.services;

/** The same with a key that may not be built. */
const uses: Readonly<Record<LaterKey, object>> = {
  ha: { ...description, ha: {} },
  sorryServer: { ...description, ha: {}, services: [{ ...service, sorryServer: { address: "192.0.2.99" } }] },
  onFailure: { ...description, ha: {}, services: [{ ...service, check: { type: "tcp", onFailure: "remove" } }] },
  sysctls: { ...description, hosts: { lvs1: { address: "192.0.2.1/24", sysctls: { "vm.swappiness": "10" } } } },
  addresses: { ...description, hosts: { lvs1: { address: "192.0.2.1/24", addresses: ["198.51.100.1/24"] } } },
};

test("the description builds without any of them", async () => {
  expect((await analyse(JSON.stringify(description))).cluster).not.toBeNull();
});

test.each(Object.entries(uses))("%s is in src/import/built.ts what the compiler makes of it", async (key, text) => {
  const { cluster } = await analyse(JSON.stringify(text));
  expect(cluster !== null).toBe(built[key as LaterKey]);
});
