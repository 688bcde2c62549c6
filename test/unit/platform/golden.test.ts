/**
 * What a build puts on the hosts of the procedure's cluster, for every system and every back end: one file in test/golden for
 * each content, headed by the files that have it and the builds that make them. So a change of a template or a table is one
 * changed line in one file, and a file that splits or joins says for whom. `npx vitest run test/unit/platform -u` writes them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import type { NetworkBackend, PlatformName } from "../../../src/model.ts";
import { platforms } from "../../../src/platform/index.ts";
import { goldenFiles, type Made } from "./golden.ts";

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

/** Two directors, on a system whose keepalived may be too old to look into the body of an answer. */
function failover(platform: PlatformName): string {
  const text = readFileSync(join(examples, "failover.json"), "utf8").replace(
    `"platform": "debian12"`,
    `"platform": "${platform}"`,
  );
  return platforms[platform].keepalived.bodies ? text : text.replace(`"body": "kgc", `, "");
}

/** With a timer that asks its scripts. */
function monitored(platform: PlatformName): string {
  return procedure(platform).replace('"version": 1,', '"version": 1, "monitoring": {},');
}

/** Where scripts want to be signed, with a key for each way of verifying. */
function trusting(platform: PlatformName): string {
  const keys = [ed25519, rsa].map((key) => JSON.stringify(key)).join(", ");
  return procedure(platform).replace('"version": 1,', `"version": 1, "trust": { "allowedSigners": [${keys}] },`);
}
const ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjWlpUvCZCvEqzv0DqB2DynSMSzs7vA9Vk17KnN6PKJ release@example.org";
const rsa =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC54fPKYZNuvmVlOaanKe2Jwj3WjZTy0VnhqwTSbu6OpvNcaYiiwTA6iM0gssTiPSxAvbeSHHpVvLRNSBAk55/lvGEiUl5fNs5bbk6F4sVl1TeY+pDtRrrkPc/esCaXbKc9yHzg8MmJ+2Wz4ddgU1yUdunpB45Wz+LLIpLHNwkTvFBcFErW8cQmjLzXhIzmDXXzzEUB0T+KNywJHQ6ldtvVdNSnFrfw/OuIsm3kqMzF16Nv0+ffuVUE551XB/Bnbw9lurPto1nGMI5nFWrElcLafLzsFu1KzcN/iyYwRS/Z9lzd1VurLziDh4VNkbqRkjwIiAzJPPcijKOggHK0O8aTjY8jsB9l/dIi00NfglqiGUoQ0wiRZ662b9PLLnhdM9tNL3/wG+rlRa0+GEL01ZomyTxNbx2vViegjPkKEtqd0l6eHNd5E4V495f1B82Ql8lXrV1EhaNZnsq/Xw6hN8yMCv/T6+WcmacOO6hyPucdGHtQOb6/kleMIdfVBIth2RE= release@example.org";

const descriptions: readonly (readonly [name: string, text: string])[] = [
  ...(Object.keys(platforms) as PlatformName[]).map((name) => [name, procedure(name)] as const),
  ["el8-ifcfg", procedure("el8", "ifcfg")],
  ["debian12-networkmanager", procedure("debian12", "networkmanager")],
  ["debian12-netplan", procedure("debian12", "netplan")],
  ["debian12-networkd", procedure("debian12", "networkd")],
  ["mixed", readFileSync(join(import.meta.dirname, "mixed.json"), "utf8")],
  ...(["el7", "el8", "el9", "kylin10", "debian12", "debian13"] as const).map(
    (name) => [`failover-${name}`, failover(name)] as const,
  ),
  ["monitoring-el7", monitored("el7")],
  ["monitoring-debian12", monitored("debian12")],
  ["trust-el7", trusting("el7")],
  ["trust-debian12", trusting("debian12")],
];

const builds = await Promise.all(
  descriptions.map(async ([name, text]) => {
    const { bundle, diagnostics } = await compile(text);
    const artifacts = (bundle?.files ?? []).filter(({ path }) => /^(?:files|parts)\//.test(path));
    const made = artifacts.map(({ path, chunks }): Made => ({ build: name, path, content: chunks.join("") }));
    return { name, diagnostics, made };
  }),
);

test.each(builds)("$name builds without an error", ({ diagnostics, made }) => {
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(made).not.toEqual([]);
});

describe("the files on the hosts", () => {
  const files = goldenFiles(builds.flatMap(({ made }) => made));

  test.each([...files])("%s", async (name, text) => {
    await expect(text).toMatchFileSnapshot(join(golden, name));
  });

  test("are all that is kept", () => {
    const entries = readdirSync(golden, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const kept = entries.map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(golden.length + 1)
        .split(sep)
        .join("/"),
    );
    // Of those that are left over, `git rm` takes leave.
    expect(kept.filter((name) => !files.has(name))).toEqual([]);
  });
});
