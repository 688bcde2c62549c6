/** Pools: one list of real servers for several services. */
import { describe, expect, test } from "vitest";
import { serverName } from "../../../src/lvs/table.ts";
import { analysed, findings } from "./site.ts";

const pools = {
  web: [
    { address: "192.168.80.12", weight: 2 },
    { address: "192.168.80.13", upperThreshold: 9 },
  ],
};

async function clusterOf(changes: object) {
  const { cluster, diagnostics } = await analysed(changes);
  if (cluster === null) throw new Error(JSON.stringify(diagnostics, null, 1));
  return cluster;
}

/** `192.168.80.12:80 dr 1` for each. */
async function entriesOf(changes: object): Promise<string[][]> {
  const { services } = await clusterOf(changes);
  return services.map((service) =>
    service.realServers.map((entry) => `${serverName(service, entry)} ${entry.mode} ${entry.weight}`),
  );
}

describe("a pool", () => {
  test("gives its real servers to every service that names it, as one list", async () => {
    const { services } = await clusterOf({
      pools,
      services: [
        { name: "a", vip: "192.168.80.188", port: 80, pool: "web" },
        { name: "b", vip: "192.168.80.189", port: 80, pool: "web" },
      ],
    });
    expect(services.map(({ pool }) => pool)).toEqual(["web", "web"]);
    expect(services[0]?.realServers).toMatchObject([
      { address: { text: "192.168.80.12" }, weight: 2 },
      { address: { text: "192.168.80.13" }, upperThreshold: 9 },
    ]);
    expect(services[1]?.realServers).toBe(services[0]?.realServers);
  });

  test("a service without one has none", async () => {
    const { services } = await clusterOf({
      services: [{ name: "a", vip: "192.168.80.188", port: 80, realservers: pools.web }],
    });
    expect(services[0]?.pool).toBeNull();
  });

  test("has the weight and the mode that a service says, and in its other services its own", async () => {
    const entries = await entriesOf({
      pools: {
        web: [
          { address: "192.168.80.12", weight: 2 },
          { address: "192.168.80.13", mode: "tun" },
        ],
      },
      services: [
        { name: "a", vip: "192.168.80.188", port: 80, pool: "web", weight: 7 },
        { name: "b", vip: "192.168.80.189", port: 80, pool: "web", mode: "dr" },
        { name: "c", vip: "192.168.80.190", port: 80, pool: "web" },
      ],
    });
    expect(entries).toEqual([
      ["192.168.80.12:80 dr 7", "192.168.80.13:80 tun 7"],
      ["192.168.80.12:80 dr 2", "192.168.80.13:80 dr 1"],
      ["192.168.80.12:80 dr 2", "192.168.80.13:80 tun 1"],
    ]);
  });

  test("is one list behind many ports", async () => {
    const { services } = await clusterOf({
      pools,
      services: [{ name: "a", vip: "192.168.80.188", port: "8000-8002", pool: "web" }],
    });
    const [first, ...others] = services.map(({ realServers }) => realServers);
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toBe(first);
  });

  test("has its own port where it can be another than the service's", async () => {
    const entries = await entriesOf({
      pools: { web: [{ address: "192.168.80.12", port: 8080 }] },
      services: [
        { name: "nat", vip: "192.168.80.188", port: 80, mode: "nat", pool: "web" },
        { name: "dr", vip: "192.168.80.189", port: 81, mode: "tun", pool: "web" },
      ],
    });
    expect(entries).toEqual([["192.168.80.12:8080 nat 1"], ["192.168.80.12:81 tun 1"]]);
  });
});

describe("what is wrong with a pool", () => {
  const service = { name: "a", vip: "192.168.80.188", port: 80 };

  test("is said in the pool, with the services that use it", async () => {
    const { diagnostics } = await analysed({
      pools: { web: [{ host: "nobody" }, { address: "192.168.80.13" }] },
      services: ["a", "b", "c", "d", "e"].map((name, index) => ({
        name,
        vip: `192.168.80.18${index}`,
        port: 80,
        pool: "web",
      })),
    });
    expect(diagnostics).toMatchObject([
      {
        code: "UNKNOWN_HOST",
        pointer: "/pools/web/0/host",
        line: 19,
        related: [
          { pointer: "/services/0/pool", message: '"a" uses this pool' },
          { pointer: "/services/1/pool", message: '"b" uses this pool' },
          { pointer: "/services/2/pool", message: '"c" uses this pool, and 2 more do' },
        ],
      },
    ]);
  });

  test("and so is what the schema refuses", async () => {
    const { diagnostics } = await analysed({
      pools: { web: [{ address: "192.168.80.14", wieght: 1 }, { address: "192.168.80.15" }] },
      services: [{ ...service, pool: "web" }],
    });
    expect(diagnostics).toMatchObject([
      { code: "UNKNOWN_KEY", pointer: "/pools/web/0/wieght", related: [{ message: '"a" uses this pool' }] },
    ]);
  });

  test("is said once, though services have it with ports of their own", async () => {
    const said = await findings({
      pools: { web: [{ address: "192.168.80.188" }, { address: "192.168.80.13" }] },
      services: [80, 443].map((port) => ({ name: `s${port}`, vip: "192.168.80.188", port, pool: "web" })),
    });
    expect(said).toEqual(["REAL_SERVER_IS_VIP /pools/web/0/address: 192.168.80.188 is a VIP"]);
  });

  test("a weight of the service is shown at the service", async () => {
    const said = await findings({
      pools,
      services: [{ ...service, scheduler: "rr", pool: "web", weight: 0 }],
    });
    expect(said).toEqual([expect.stringMatching(/^ALL_WEIGHTS_ZERO \/services\/0\/pool: /)]);
  });

  test.each([
    [{ pools, services: [{ ...service, pool: "wbe" }] }, ["UNKNOWN_POOL /services/0/pool"]],
    [{ pools, services: [{ ...service, pool: "mail" }] }, ["UNKNOWN_POOL /services/0/pool", "UNUSED_POOL /pools/web"]],
    [
      { pools, services: [{ ...service, pool: "web", realservers: [{ address: "192.168.80.14" }] }] },
      ["EITHER_OR /services/0/pool"],
    ],
    [{ services: [service] }, ["MISSING_KEY /services/0"]],
    [
      { pools, services: [{ ...service, weight: 2, realservers: [{ address: "192.168.80.14" }] }] },
      ["CONTRADICTING_KEYS /services/0/weight", "UNUSED_POOL /pools/web"],
    ],
    [{ pools: { web: [] }, services: [{ ...service, pool: "web" }] }, ["EMPTY_LIST /pools/web"]],
    [
      { pools: { web: [{ address: "192.168.80.14", weight: -1 }] }, services: [{ ...service, pool: "web" }] },
      ["OUT_OF_RANGE /pools/web/0/weight"],
    ],
    // That a service has too few real servers then, nobody wants to hear.
    [
      {
        pools: { web: [{ address: "192.168.80.14-192.168.80.13" }, { address: "192.168.80.15", weight: 0 }] },
        services: [{ ...service, pool: "web" }],
      },
      ["RANGE_REVERSED /pools/web/0/address"],
    ],
    // In the pool, in order of the text: what the schema refuses and what a rule does.
    [
      {
        pools: { web: [{ address: "192.168.80.14" }, { address: "192.168.80.14" }] },
        services: [{ ...service, pool: "web" }],
      },
      ["DUPLICATE_REAL_SERVER /pools/web/1/address"],
    ],
  ])("%j", async (changes, expected) => {
    const said = (await findings(changes)).map((one) => one.split(":")[0]).sort();
    expect(said).toEqual([...expected].sort());
  });
});
