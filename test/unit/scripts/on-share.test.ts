/** What is described below a mount point is written on the share alone: a record of it means nothing else. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bash, bundleOf, inDirectory, run, textOf, writeBundle } from "./bundle.ts";

const page = "/srv/www/index.html";
const description = {
  version: 1,
  name: "shop",
  defaults: { platform: "el7", interface: "ens33", mode: "dr" },
  hosts: {
    lvs1: { address: "10.0.0.1/24" },
    web1: {
      address: "10.0.0.2/24",
      directories: [{ path: "/srv/www/pages" }, { path: "/srv/data" }],
      mounts: [{ source: "10.0.0.9:/shop", target: "/srv/www" }],
      files: [
        { path: page, content: "shop\n" },
        { path: "/srv/www2", content: "beside it\n" },
        { path: "/srv/linked/page.html", content: "linked\n" },
      ],
    },
  },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.80", port: 80, realservers: [{ host: "web1" }] }],
};
const bundle = await bundleOf(description);
/** The same without the mount, as no image knows of it. */
const unmounted = structuredClone(description) as { hosts: { web1: { mounts?: unknown } } };
delete unmounted.hosts.web1.mounts;
const former = await bundleOf(unmounted);
const script = textOf(bundle, "realserver.sh");

test("a directory below a mount point comes after the mount, and no other does", () => {
  const order = [...script.matchAll(/^ +want (directory|mount|file) (\/srv\S*)/gm)].map(([, ...words]) =>
    words.join(" "),
  );
  expect(order).toEqual([
    "directory /srv/data",
    "directory /srv/www",
    "mount /srv/www",
    "directory /srv/www/pages",
    `file ${page}`,
    "file /srv/www2",
    "file /srv/linked/page.html",
  ]);
});

describe("in an image", () => {
  function image(use: (path: (of: string) => string, said: (...words: string[]) => ReturnType<typeof run>) => void) {
    inDirectory((directory) => {
      const path = (of: string) => join(directory, "root", of);
      writeBundle(bundle, directory);
      for (const [of, text] of [
        ["/etc/os-release", 'ID="centos"\nVERSION_ID="7"\n'],
        ["/etc/rc.d/rc.local", "#!/bin/bash\n"],
      ] as const) {
        mkdirSync(dirname(path(of)), { recursive: true });
        writeFileSync(path(of), text);
      }
      use(path, (...words) =>
        run(
          directory,
          "realserver.sh",
          ...words,
          "--root",
          "root",
          "--host",
          "web1",
          ...(words[0] === "check" ? [] : ["--wait", "100"]),
        ),
      );
    });
  }

  test("what a script without the mount has written there goes with an uninstall", () => {
    inDirectory((directory) => {
      const path = (of: string) => join(directory, "root", of);
      mkdirSync(path("/etc"), { recursive: true });
      writeFileSync(path("/etc/os-release"), 'ID="centos"\nVERSION_ID="7"\n');
      mkdirSync(path("/etc/rc.d"), { recursive: true });
      writeFileSync(path("/etc/rc.d/rc.local"), "#!/bin/bash\n");
      const go = (...words: string[]) =>
        run(directory, "realserver.sh", ...words, "--root", "root", "--host", "web1", "--wait", "100");
      writeBundle(former, directory);
      expect(go("apply").status).toBe(0);
      expect(readFileSync(path(page), "utf8")).toBe("shop\n");
      writeBundle(bundle, directory);
      expect(go("uninstall")).toMatchObject({ status: 0, stderr: "" });
      expect(existsSync(path(page))).toBe(false);
      expect(existsSync(path("/var/lib/lvsgen"))).toBe(false);
    });
  });

  test("it is left out, and told", () => {
    image((path, said) => {
      const told = `left out: file ${page} lies on the share of /srv/www, which an image does not have; the apply on the host writes it\n`;
      const { status, stdout, stderr } = said("check");
      expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
      expect(stdout).toContain(told);
      expect(stdout).not.toContain(`pending  file ${page}`);
      const applied = said("apply");
      expect(applied).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining(told) });
      expect(applied.stdout).toContain("left out: directory /srv/www/pages lies on");
      expect(existsSync(path("/srv/www"))).toBe(true);
      expect(existsSync(path(page)) || existsSync(path("/srv/www/pages"))).toBe(false);
      expect(readFileSync(path("/srv/www2"), "utf8")).toBe("beside it\n");
      expect(said("check")).toMatchObject({ status: 0, stdout: expect.stringContaining(told) });
      expect(said("uninstall").status).toBe(0);
      expect(existsSync(path("/srv/www"))).toBe(false);
    });
  });

  test("by whatever path it leads there", () => {
    image((path, said) => {
      mkdirSync(path("/srv/www"), { recursive: true });
      symlinkSync("www", path("/srv/linked"));
      expect(said("apply")).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("left out: file /srv/linked/page.html lies on the share of /srv/www,"),
      });
      expect(existsSync(path("/srv/www/page.html"))).toBe(false);
    });
  });

  test("a record of the host's own says nothing of what lies in the image", () => {
    image((path, said) => {
      expect(said("apply").status).toBe(0);
      const generation = path("/var/lib/lvsgen/shop/realserver/generations/0001");
      writeFileSync(
        generation,
        readFileSync(generation, "utf8").replace(
          /end\n$/,
          `mount\t/srv/www\t=absent\t.\nfile\t${page}\t=absent\t.\nend\n`,
        ),
      );
      writeFileSync(path(page), "local\n");
      expect(said("apply").status).toBe(0);
      expect(readFileSync(path(page), "utf8")).toBe("local\n");
      const kept = `kept     file ${page}  (it lies on the share of /srv/www, which an image does not have)\n`;
      expect(said("rollback", "--dry-run", "--to", "0").stdout).toContain(kept);
      expect(said("rollback", "--to", "0").stdout).toContain(kept);
      expect(readFileSync(path(page), "utf8")).toBe("local\n");
    });
  });
});

/** What `check --only KINDS` is refused for; `mounted` is what the kernel says of /srv/www. */
function refused(only: string, mounted: string): string {
  return inDirectory((directory) => {
    writeFileSync(
      join(directory, "runtime"),
      script.replace(/^.*?\n# Part 3 of 3[^\n]*\n/s, "").replace(/main "\$@"\n$/, ""),
    );
    const program = `set -Eeuo pipefail; shopt -s extglob
source ./runtime
cluster=shop role=realserver host=web1 script=realserver.sh only=$1 mounted=$2
load_mounts() { mount_of=(); [[ ! $mounted ]] || mount_of[/srv/www]=$mounted; }
resources() {
  want directory /srv/www - - -
  want mount /srv/www nfs 10.0.0.9:/shop ro
  want block /etc/fstab end <<<'10.0.0.9:/shop /srv/www nfs ro 0 0'
  want file ${page} - - - <<<shop
  want mode ${page}.sh 0755
}
resources
refuse_on_share
echo through`;
    const { stdout, stderr } = spawnSync(bash, ["-c", program, "bash", only, mounted], {
      cwd: directory,
      encoding: "utf8",
    });
    return stdout + stderr;
  });
}

describe("where --only leaves the share out", () => {
  const away = [
    `failed   file ${page}  (it lies on the share of /srv/www, which is not mounted)`,
    "realserver.sh: what lies on a share is written there alone, and not to the directory below it",
    "realserver.sh: Nothing was changed. Mount the share along with it: --only file,mount",
    "",
  ].join("\n");

  test.each([
    ["nothing is mounted there", "file", "", away],
    ["something else is", "file", "nfs4 10.0.0.9:/other", away],
    ["it is mounted, however it is", "file", "nfs4 10.0.0.9:/shop", "through\n"],
    ["it is mounted along", "file,mount", "", "through\n"],
    ["nothing below it is asked for", "block", "", "through\n"],
    ["the mount point itself is", "directory", "", "through\n"],
    [
      "every kind with a path counts",
      "mode",
      "",
      away.replace(` file ${page}`, ` mode ${page}.sh`).replace("file,", "mode,"),
    ],
  ])("%s", (_, only, mounted, said) => {
    expect(refused(only, mounted)).toBe(said);
  });
});
