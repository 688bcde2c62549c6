/** A keepalived.conf that lvsgen wrote, imported and built again, is the same byte for byte, and so are the rules. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { descriptions, text } from "../../keepalived/descriptions.ts";
import { comparisonOf, linesOf } from "./compare-files.ts";
import { errorsOf, importTexts } from "./inputs.ts";
import { type Built, build, interfacesOf, marksOf } from "./keepalived-files.ts";

/** @param knowsHosts whether the directors' own files come along, or their keepalived.conf alone */
async function again(built: Built, platform: string, knowsHosts: boolean) {
  const files = [...built.files];
  const texts = knowsHosts
    ? [
        ...files.map(([host, conf]) => [`${host}/etc/keepalived/keepalived.conf`, conf] as const),
        ...interfacesOf(built.cluster),
      ]
    : files.map(([host, conf]) => [`${host}.conf`, conf] as const);
  const imported = await importTexts(Object.fromEntries(texts), { platform, marks: marksOf(built.cluster) });
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([]);
  // Not even on purpose: lvsgen did all of it before. Files of ifupdown say where the addresses are, on any platform.
  const compared = await comparisonOf(imported);
  expect(linesOf(compared).filter((line) => !line.startsWith("~ network back end of "))).toEqual([]);
  expect(compared.notCompared).toEqual([]);
  const second = await build(imported.text);
  expect(second?.rules).toBe(built.rules);
  for (const [host, conf] of files) expect(second?.files.get(host)).toBe(conf);
  expect(second?.files.size).toBe(files.length);
}

/** What a director's keepalived.conf does not say: networks of interfaces that VRRP does not speak by, and an address of IPv4 beside. */
const needsHosts = ["the VIP on lo, and on a NIC of its own", "IPv6"];

describe.each([
  ["by its files alone", false, ["debian12", "el7"]],
  ["with the directors' own", true, ["debian13", "el8"]],
])("%s", (_name, knowsHosts, platforms) => {
  test.each(descriptions.filter(([name]) => knowsHosts || !needsHosts.includes(name)))(
    "%s",
    async (_description, _needed, parts) => {
      let count = 0;
      for (const platform of platforms) {
        const built = await build(text(platform, parts));
        if (built === null) continue;
        count++;
        await again(built, platform, knowsHosts);
      }
      expect(count).toBeGreaterThan(0);
    },
  );
});

test.each(readdirSync("examples").filter((name) => name.endsWith(".json")))(
  "examples/%s with health checks",
  async (name) => {
    const example = readFileSync(`examples/${name}`, "utf8");
    const written = example.includes('"ha"') ? example : example.replace('"directors"', '"ha": {}, "directors"');
    const built = await build(written);
    if (built === null) throw new Error("it does not build");
    await again(built, built.cluster.directors[0]?.platform.name ?? "", false);
  },
);

test("an address of IPv4 that connections are told by, and that no file has, is asked for", async () => {
  const built = await build(
    text("debian12", { services: [{ name: "web", vip: "fd00:80::188", port: 80, realservers: [{ host: "web1" }] }] }),
  );
  const imported = await importTexts(Object.fromEntries(built?.files ?? []), { platform: "debian12" });
  expect(imported.misses.map(({ reason }) => reason)).toEqual([
    "the directors tell each other of connections by IPv4, and no input says such an address of theirs",
  ]);
});
