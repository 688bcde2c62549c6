import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { describedHosts } from "../../lab/described.ts";
import { stepsOf } from "../../lab/proofs/bundle.ts";
import { bundleOf, textOf } from "../scripts/bundle.ts";

async function described(text: string) {
  const { cluster, diagnostics } = await analyse(text);
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return describedHosts(cluster);
}

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../examples/${name}.json`, import.meta.url)), "utf8");

test("hosts of one network share a wire, and a director with two legs is on both", async () => {
  const { hosts, router } = await described(example("nat"));
  const cards = Object.fromEntries(
    hosts.map(({ name, cards }) => [name, cards.map((card) => [card.name, card.segment, ...card.addresses].join(" "))]),
  );
  expect(cards).toEqual({
    lb: ["ens33 lan 192.168.80.10/24", "ens34 lan2 10.0.0.1/24"],
    app1: ["ens33 lan2 10.0.0.12/24"],
    app2: ["ens33 lan2 10.0.0.13/24"],
    pc: ["ens33 lan 192.168.80.200/24"],
  });
  expect(hosts.find(({ name }) => name === "app1")).toMatchObject({ gateways: ["10.0.0.1"], release: "bookworm" });
  expect(router).toBeNull();
});

const apart = {
  version: 1,
  name: "far",
  defaults: { platform: "debian13", interface: "eth0" },
  hosts: {
    lvs1: { address: "192.168.80.10/24", gateway: "192.168.80.1" },
    web1: { address: "192.168.80.12/24", gateway: "192.168.80.1" },
    router: { address: "10.1.0.14/24", gateway: "10.1.0.1" },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ host: "web1" }] }],
  clients: ["router"],
};

test("gateways that are no hosts are a router's, with a card on each of their wires", async () => {
  const { hosts, router } = await described(JSON.stringify(apart));
  expect(router).toBe("lab-router");
  expect(hosts.at(-1)).toEqual({
    name: "lab-router",
    cards: [
      { name: "ens33", segment: "lan", addresses: ["192.168.80.1/24"] },
      { name: "ens34", segment: "lan2", addresses: ["10.1.0.1/24"] },
    ],
  });
  expect(hosts[0]).toMatchObject({ release: "trixie", cards: [{ name: "eth0" }] });
});

test("a platform that guests cannot run is refused with what to write", async () => {
  await expect(described(example("kgc"))).rejects.toThrow(/lvs1 is el7, .*"platform": "debian12"/);
});

test("the order of the scripts is read from a runbook in whatever language", async () => {
  const steps = async (language: string) =>
    stepsOf(textOf(await bundleOf({ ...apart, language }), "RUNBOOK.md")).map(
      ({ host, script }) => `${script} ${host}`,
    );
  const english = await steps("en");
  expect(english).toEqual(["realserver.sh web1", "director.sh lvs1", "client-test.sh router"]);
  expect(await steps("zh")).toEqual(english);
});
