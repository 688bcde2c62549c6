/** `files/` has whole files, `parts/` what lvsgen owns of files of somebody else's, and the manifest says which is which. */
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { platforms } from "../../../src/platform/index.ts";
import { web } from "../diff/sides.ts";
import { textOf } from "../scripts/bundle.ts";

interface Listed {
  readonly path: string;
  readonly host?: string;
  readonly target?: string;
  readonly owns?: string;
}

async function bundleOn(platform: string) {
  const one = web();
  one.defaults.platform = platform;
  Object.assign(one.defaults, { selinux: "permissive" });
  one.hosts.store = { address: "10.0.0.20/24" };
  one.nfs = { server: "store", exports: [{ path: "/srv/www", clients: { "10.0.0.0/24": ["ro"] } }] };
  one.realserver = { mounts: [{ export: "/srv/www", target: "/var/www/html" }] };
  one.hosts.web1.files = [{ path: "/srv/a:b", content: "x\n" }];
  const { bundle } = await compile(JSON.stringify(one));
  if (bundle === null) throw new Error("not accepted");
  const { files } = JSON.parse(textOf(bundle, "manifest.json")) as { readonly files: readonly Listed[] };
  return { bundle, files };
}

/** Files of the system that no program may have to itself. */
const shared = /^\/etc\/(?:fstab|rc\.d\/rc\.local|selinux\/config|network\/interfaces|exports|default\/.*|rc\.local)$/;

describe.each(Object.keys(platforms))("%s", (platform) => {
  test("a file of the system's is a part, every other one is whole", async () => {
    const { files, bundle } = await bundleOn(platform);
    const owned = files.filter(({ owns }) => owns !== undefined);
    expect(owned.length).toBeGreaterThan(10);
    for (const { path, target = "", owns } of owned) {
      expect([path.split("/")[0], owns], path).toEqual(shared.test(target) ? ["parts", "part"] : ["files", "whole"]);
      const text = textOf(bundle, path);
      if (target === "/etc/fstab")
        expect(text).toMatch(/^# BEGIN lvsgen web realserver\n[\s\S]*# END lvsgen web realserver\n$/);
    }
    expect(owned.some(({ owns }) => owns === "part")).toBe(true);
    expect(owned).toContainEqual(
      expect.objectContaining({ path: "files/web1/srv/a%3Ab", host: "web1", target: "/srv/a:b", owns: "whole" }),
    );
  });
});

test("every path below files/ and parts/ is listed with its place, and nothing else is", async () => {
  const { files } = await bundleOn("el7");
  for (const { path, host, target, owns } of files)
    expect(
      [host, target, owns].every((one) => (one !== undefined) === path.includes("/")),
      path,
    ).toBe(true);
});
