/** What hosts need carried to them: the plan, `lvsgen packages`, and the declarations of fetch-packages.sh. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { plan } from "../../src/plan/index.ts";
import { run } from "./cli/command-line.ts";
import { bundleOf, textOf } from "./scripts/bundle.ts";

const mixed = {
  version: 1,
  name: "mix",
  defaults: { interface: "eth0" },
  hosts: {
    d1: { address: "10.0.0.1/24", platform: "debian12", packages: ["tcpdump"] },
    r1: { address: "10.0.0.2/24", platform: "el7" },
    r2: { address: "10.0.0.3/24", platform: "debian12", packages: ["nginx", "curl"] },
    r3: { address: "10.0.0.4/24", platform: "el7" },
  },
  directors: ["d1"],
  services: [{ name: "web", vip: "10.0.0.9", port: 80, realservers: [{ host: "r1" }, { host: "r2" }, { host: "r3" }] }],
  realserver: { packages: ["httpd"] },
};

async function packagesOf(description: object) {
  const { cluster, diagnostics } = await analyse(JSON.stringify(description));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (cluster === null) throw new Error("no cluster");
  return plan(cluster).packages;
}

describe("the plan", () => {
  test("is by platform and role; hosts that need the same stand together", async () => {
    const found = (await packagesOf(mixed)).map(({ platform, needs, hosts, packages }) => ({
      platform: platform.name,
      needs,
      hosts,
      packages,
    }));
    expect(found).toEqual([
      {
        platform: "debian12",
        needs: [
          { role: "director", hosts: ["d1"], packages: ["ipvsadm", "tcpdump"] },
          { role: "realserver", hosts: ["r2"], packages: ["httpd", "nginx", "curl"] },
        ],
        hosts: ["d1", "r2"],
        packages: ["ipvsadm", "tcpdump", "httpd", "nginx", "curl"],
      },
      {
        platform: "el7",
        needs: [{ role: "realserver", hosts: ["r1", "r3"], packages: ["httpd"] }],
        hosts: ["r1", "r3"],
        packages: ["httpd"],
      },
    ]);
  });

  test("is what the scripts want, package by package", async () => {
    const bundle = await bundleOf(mixed);
    const wanted = new Set(
      ["director.sh", "realserver.sh"].flatMap((path) =>
        [...textOf(bundle, path).matchAll(/^ *want package (\S+)$/gm)].map(([, name]) => name),
      ),
    );
    const planned = (await packagesOf(mixed)).flatMap(({ packages }) => packages);
    expect(new Set(planned)).toEqual(wanted);
  });

  test("has nothing of a platform whose hosts need none", async () => {
    const { realserver: _, ...bare } = mixed;
    expect((await packagesOf(bare)).map(({ platform }) => platform.name)).toEqual(["debian12"]);
  });
});

describe("fetch-packages.sh", () => {
  test("names every platform with its package manager, releases, hosts and packages", async () => {
    const script = textOf(await bundleOf(mixed), "fetch-packages.sh");
    expect(script).toContain("\n  platform debian12 apt 'debian:12*'\n");
    expect(script).toContain("\n  hosts debian12 d1 r2\n");
    expect(script).toContain("\n  packages debian12 ipvsadm tcpdump httpd nginx curl\n");
    expect(script).toContain("\n  hosts el7 r1 r3\n");
    expect(script).toContain("\n  packages el7 httpd\n");
  });

  test("is in the manifest, the checksums and the runbook", async () => {
    const bundle = await bundleOf(mixed);
    for (const path of ["manifest.json", "SHA256SUMS", "RUNBOOK.md"]) {
      expect(textOf(bundle, path), path).toContain("fetch-packages.sh");
    }
  });
});

describe("the source of packages", () => {
  test.each(["repository", "carried", "installed"])("%s is a line that a reviewer reads", async (source) => {
    const bundle = await bundleOf({ ...mixed, packages: { source } });
    for (const path of ["director.sh", "realserver.sh"]) {
      expect(textOf(bundle, path), path).toContain(`\npackage_source=${source}\n`);
    }
  });
});

describe("lvsgen packages", () => {
  const here = (...args: string[]) => run(["packages", "examples/kgc.json", ...args]);

  test("lists platform, role, hosts and packages", () => {
    const { code, out } = here();
    expect(code).toBe(0);
    expect(out).toMatch(/^ +el7 +director +lvs1 +ipvsadm$/m);
    expect(out).toMatch(/^ +realserver +web1, web2 +nfs-utils rpcbind httpd$/m);
  });

  test("--json is one object", () => {
    const { code, out } = here("--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      problems: [],
      platforms: [
        {
          platform: "el7",
          packageManager: "yum",
          packages: ["ipvsadm", "nfs-utils", "rpcbind", "httpd"],
          roles: [
            { role: "director", hosts: ["lvs1"], packages: ["ipvsadm"] },
            { role: "realserver", hosts: ["web1", "web2"] },
            { role: "nfs", hosts: ["web2"] },
          ],
        },
      ],
    });
  });

  test("errors in the description are 1, a missing file is 66", () => {
    expect(run(["packages", "-", "--json"], { input: "{}" })).toMatchObject({ code: 1 });
    const { code, out } = run(["packages", "--json", "missing.json"]);
    expect(code).toBe(66);
    expect(JSON.parse(out)).toMatchObject({ problems: [{ code: "NO_SUCH_FILE" }], platforms: [] });
  });
});
