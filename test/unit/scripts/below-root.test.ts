/** `apply --root DIR`, on what stands in an image: what is left alone, what is in the way, and what can be typed then. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundleOf, inDirectory, run, writeBundle } from "./bundle.ts";

const bundle = await bundleOf({
  version: 1,
  name: "shop",
  defaults: { platform: "el7", interface: "ens33", mode: "dr", selinux: "permissive" },
  hosts: { lvs1: { address: "10.0.0.1/24" }, web1: { address: "10.0.0.2/24" } },
  directors: ["lvs1"],
  services: [{ name: "web", vip: "10.0.0.80", port: 80, realservers: [{ host: "web1" }] }],
});

interface Image {
  /** What a command of realserver.sh says of it. Another run on this machine is waited for. */
  readonly said: (...words: readonly string[]) => { status: number | null; stdout: string; stderr: string };
  readonly read: (path: string) => string;
}

/** An image of EL7 with these files. */
function image(files: Readonly<Record<string, string>>, use: (image: Image) => void): void {
  inDirectory((directory) => {
    writeBundle(bundle, directory);
    const all = { "/etc/os-release": 'ID="centos"\nVERSION_ID="7"\n', "/etc/rc.d/rc.local": "#!/bin/bash\n", ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(directory, "r d", path)), { recursive: true });
      writeFileSync(join(directory, "r d", path), text);
    }
    use({
      said: (...words) =>
        run(
          directory,
          "realserver.sh",
          ...words,
          "--root",
          "r d",
          "--host",
          "web1",
          ...(words[0] === "check" ? [] : ["--wait", "100"]),
        ),
      read: (path) => readFileSync(join(directory, "r d", path), "utf8"),
    });
  });
}

describe("SELinux, described as permissive", () => {
  test.each([
    ["SELINUX=enforcing\n", "SELINUX=permissive\n"],
    // The next boot would turn it on, and label every file anew.
    ["# off\nSELINUX=disabled\n", "# off\nSELINUX=disabled\n"],
    ["SELINUX=disabled\nSELINUX=enforcing\n", "SELINUX=permissive\nSELINUX=permissive\n"],
  ])("%j", (before, after) => {
    image({ "/etc/selinux/config": before }, ({ said, read }) => {
      expect(said("apply").status).toBe(0);
      expect(read("/etc/selinux/config")).toBe(after);
      expect(said("check").stdout).toContain("ok       setting /etc/selinux/config SELINUX\n");
      expect(said("uninstall").status).toBe(0);
      expect(read("/etc/selinux/config")).toBe(before);
    });
  });
});

describe("a rotation of lvsgen's logs that is there already", () => {
  const own = "/etc/logrotate.d/lvsgen";
  const ofTheSite = "/var/log/lvsgen/*.log {\n  weekly\n}\n";

  test("in the file's place is named, taken over by --adopt, and given back", () => {
    image({ [own]: ofTheSite }, ({ said, read }) => {
      const { status, stderr } = said("apply");
      expect({ status, stderr }).toMatchObject({
        status: 69,
        stderr: expect.stringContaining(`file ${own}  (it is there, and lvsgen did not write it)`),
      });
      expect(stderr).toMatch(/bash realserver\.sh --root \/\S+\/r\\ d --host web1 apply --adopt\n/);
      expect(read(own)).toBe(ofTheSite);
      expect(said("apply", "--adopt").status).toBe(0);
      expect(read(own)).not.toBe(ofTheSite);
      expect(said("uninstall").status).toBe(0);
      expect(read(own)).toBe(ofTheSite);
    });
  });

  test.each(["/etc/logrotate.d/site", "/etc/logrotate.conf"])("in %s is named by its line", (path) => {
    image({ [path]: `# /var/log/lvsgen/ too\n${ofTheSite}` }, ({ said }) => {
      const { status, stderr } = said("apply");
      expect({ status, stderr }).toMatchObject({
        status: 69,
        stderr: expect.stringContaining(`line 2 of ${path} names lvsgen's logs as well`),
      });
    });
  });

  test.each(["/etc/logrotate.d/site.rpmsave", "/etc/logrotate.d/others"])("is none in %s", (path) => {
    const text = path.endsWith("others") ? "/var/log/lvsgen.log /var/log/*.log {\n}\n" : ofTheSite;
    image({ [path]: text }, ({ said }) => expect(said("apply").status).toBe(0));
  });
});

test("what can be typed then is about the image, and not about the host that it is made on", () => {
  image({}, ({ said }) => {
    const typed = /to go back: sudo bash realserver\.sh --root \/\S+\/r\\ d --host web1 rollback --to (?:0\n|NUMBER;)/;
    expect(said("apply").stdout).toMatch(typed);
    expect(said("history").stdout).toMatch(typed);
    expect(said("rollback", "--to", "0").status).toBe(0);
  });
});
