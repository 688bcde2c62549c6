/** What a change of a pool does is told once, for all services that use it. */
import { expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { groupsOf, markdownOf } from "../../../src/diff/index.ts";
import { readSince } from "../../../src/diff/since/read.ts";
import { english } from "../../../src/language/index.ts";
import { bundleText, compared, type Description, web } from "./sides.ts";

/** Three services of one pool, two of them by a list of ports, and one with real servers of its own. */
function shop(): Description {
  const one = web();
  one.pools = { web: [{ host: "web1", weight: 2 }, { host: "web2" }] };
  one.services = [
    { name: "shop", vip: "10.0.0.100", port: [80, 443], pool: "web" },
    { name: "mail", vip: "10.0.0.101", port: 80, pool: "web" },
    { name: "own", vip: "10.0.0.102", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] },
  ];
  return one;
}

/** `pool web, in 3 services: weight of web1 (10.0.0.11)` */
async function told(from: Description, to: Description): Promise<string[]> {
  const { changes } = await compared(from, to);
  return groupsOf(changes.filter(({ rule }) => rule.startsWith("server"))).flatMap(({ title, alike }) =>
    alike.flatMap(({ shown }) => shown.map(({ what, was, becomes }) => `${title}: ${what}: ${was} -> ${becomes}`)),
  );
}

test("a weight and a real server of a pool", async () => {
  const next = shop();
  next.pools.web[0].weight = 3;
  next.pools.web.push({ host: "web3" });
  expect(await told(shop(), next)).toEqual([
    "pool web, in 3 services: real server web3 (10.0.0.13): null -> dr, weight 1",
    "pool web, in 3 services: weight of web1 (10.0.0.11): 2 -> 3",
  ]);
});

test("a service that overrides what changed is not among them", async () => {
  const [from, next] = [shop(), shop()];
  for (const one of [from, next]) one.services[1].weight = 7;
  next.pools.web[0].weight = 3;
  next.pools.web.push({ host: "web3" });
  expect(await told(from, next)).toEqual([
    "pool web, in 2 services: real server web3 (10.0.0.13): null -> dr, weight 1",
    "pool web, in 2 services: weight of web1 (10.0.0.11): 2 -> 3",
    "service mail (tcp 10.0.0.101:80): real server web3 (10.0.0.13:80): null -> dr, weight 7",
  ]);
});

test("what one service alone changes is told of that service", async () => {
  const next = shop();
  next.services[1].weight = 7;
  expect(await told(shop(), next)).toEqual([
    "service mail (tcp 10.0.0.101:80): weight of web1 (10.0.0.11:80): 2 -> 7",
    "service mail (tcp 10.0.0.101:80): weight of web2 (10.0.0.12:80): 1 -> 7",
  ]);
});

test("services that come to a pool are none that a pool changed for", async () => {
  const from = shop();
  from.services[0] = {
    name: "shop",
    vip: "10.0.0.100",
    port: [80, 443],
    realservers: [{ host: "web1" }, { host: "web2" }],
  };
  expect(await told(from, shop())).toEqual([
    "service shop-80 (tcp 10.0.0.100:80): weight of web1 (10.0.0.11:80): 1 -> 2",
    "service shop-443 (tcp 10.0.0.100:443): weight of web1 (10.0.0.11:443): 1 -> 2",
  ]);
});

test("tools get each service, with its pool", async () => {
  const next = shop();
  next.pools.web[1].weight = 5;
  const { changes } = await compared(shop(), next);
  expect(changes.filter(({ rule }) => rule === "server-weight").map(({ subject }) => subject)).toEqual([
    { kind: "service", key: "-t 10.0.0.100:80", title: "shop-80 (tcp 10.0.0.100:80)", pool: "web" },
    { kind: "service", key: "-t 10.0.0.100:443", title: "shop-443 (tcp 10.0.0.100:443)", pool: "web" },
    { kind: "service", key: "-t 10.0.0.101:80", title: "mail (tcp 10.0.0.101:80)", pool: "web" },
  ]);
});

test("the manifest says which services are of a pool", async () => {
  const { files } = await bundleText(shop());
  const { services } = JSON.parse(files.get("manifest.json") ?? "");
  expect(services).toEqual([
    { name: "shop-80", key: "-t 10.0.0.100:80", pool: "web" },
    { name: "shop-443", key: "-t 10.0.0.100:443", pool: "web" },
    { name: "mail", key: "-t 10.0.0.101:80", pool: "web" },
    { name: "own", key: "-t 10.0.0.102:80" },
  ]);
});

test("a merge request and a runbook have it once", async () => {
  const next = shop();
  next.pools.web.push({ host: "web3" });
  const text = markdownOf(await compared(shop(), next), ["a", "b"], english);
  expect(text).toContain("### `pool web, in 3 services`");
  expect(text.match(/`real server web3/g)).toHaveLength(1);

  const former = (await bundleText(shop())).files;
  const { bundle } = await compile(JSON.stringify(next), {
    former: { manifest: former.get("manifest.json") ?? "", files: () => former },
  });
  const textOf = (path: string) => bundle?.files.find((file) => file.path === path)?.chunks.join("") ?? "";
  expect(textOf("RUNBOOK.md")).toContain("pool web, in 3 services");
  // What a bundle keeps of it can be read again.
  expect(readSince(textOf("manifest.json"))).toMatchObject({
    groups: expect.arrayContaining([expect.objectContaining({ subject: { kind: "pool", name: "web", services: 3 } })]),
  });
});

test("two entries of one machine are told apart by the ports that they have of their own", async () => {
  const two = (services: number, weight: number): Description => {
    const one = web();
    one.pools = {
      web: [
        { host: "web1", port: 8080, weight },
        { host: "web1", port: 8081, weight },
      ],
    };
    one.services = Array.from({ length: services }, (_, index) => ({
      name: `s${index}`,
      vip: `10.0.0.${101 + index}`,
      port: 80,
      mode: "nat",
      pool: "web",
    }));
    for (const name of ["web1", "web2"]) one.hosts[name].gateway = "10.0.0.1";
    return one;
  };
  expect(await told(two(1, 1), two(1, 2))).toEqual([
    "service s0 (tcp 10.0.0.101:80): weight of web1 (10.0.0.11:8080): 1 -> 2",
    "service s0 (tcp 10.0.0.101:80): weight of web1 (10.0.0.11:8081): 1 -> 2",
  ]);
  expect(await told(two(2, 1), two(2, 2))).toEqual([
    "pool web, in 2 services: weight of web1 (10.0.0.11:8080): 1 -> 2",
    "pool web, in 2 services: weight of web1 (10.0.0.11:8081): 1 -> 2",
  ]);
});
