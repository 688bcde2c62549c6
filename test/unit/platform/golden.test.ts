/**
 * What a build puts on the hosts of the procedure's cluster, for every system and every back end. A change of a template or
 * a table shows here as a diff to review: `npx vitest run test/unit/platform -u` writes it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import type { NetworkBackend, PlatformName } from "../../../src/model.ts";
import { platforms } from "../../../src/platform/index.ts";

const golden = join(import.meta.dirname, "..", "..", "golden");
const examples = join(import.meta.dirname, "..", "..", "..", "examples");

function procedure(platform: PlatformName, network?: NetworkBackend): string {
  const [file, theirs] =
    platforms[platform].packageManager === "apt" ? ["kgc-debian12.json", "debian12"] : ["kgc.json", "el7"];
  const chosen = network === undefined ? "" : `, "network": "${network}"`;
  return readFileSync(join(examples, file), "utf8").replace(
    `"platform": "${theirs}"`,
    `"platform": "${platform}"${chosen}`,
  );
}

const builds: readonly (readonly [name: string, text: string])[] = [
  ...(Object.keys(platforms) as PlatformName[]).map((name) => [name, procedure(name)] as const),
  ["el8-ifcfg", procedure("el8", "ifcfg")],
  ["debian12-networkmanager", procedure("debian12", "networkmanager")],
  ["debian12-netplan", procedure("debian12", "netplan")],
  ["debian12-networkd", procedure("debian12", "networkd")],
  ["mixed", readFileSync(join(golden, "mixed.json"), "utf8")],
];

describe.each(builds)("%s", async (name, text) => {
  const { bundle, diagnostics } = await compile(text);
  const artifacts = (bundle?.files ?? []).filter(({ path }) => path.startsWith("files/"));

  test("builds without an error", () => {
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(artifacts).not.toEqual([]);
  });

  test.each(artifacts.map(({ path, chunks }) => [path, chunks.join("")] as const))("%s", async (path, content) => {
    await expect(content).toMatchFileSnapshot(join(golden, name, path));
  });

  test("nothing else", () => {
    const folder = join(golden, name);
    const kept = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
    const files = kept
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join("/"),
      );
    expect(files.sort()).toEqual(artifacts.map(({ path }) => path).sort());
  });
});
