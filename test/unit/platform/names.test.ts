import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { platforms } from "../../../src/platform/index.ts";
import { platformMeant } from "../../../src/platform/names.ts";

describe("a system by the name that people give it", () => {
  test.each([
    ["centos7", "el7"],
    ["CentOS 7.9.2009", "el7"],
    ["centos-stream-9", "el9"],
    ["rhel8", "el8"],
    ["Red Hat Enterprise Linux 9.4", "el9"],
    ["rocky9", "el9"],
    ["AlmaLinux 8", "el8"],
    ["ol7", "el7"],
    ["Anolis OS 8.8", "anolis8"],
    ["openEuler 22.03", "openeuler22"],
    ["openEuler-20.03-LTS-SP4", "openeuler20"],
    ["Kylin", null],
    ["Kylin V10", "kylin10"],
    ["银河麒麟V10", "kylin10"],
    ["统信 20", "uos20"],
    ["UOS Server 20", "uos20"],
    ["bullseye", "debian11"],
    ["Debian GNU/Linux 13", "debian13"],
    ["trixie", "debian13"],
    ["Ubuntu 24.04 LTS", "ubuntu24"],
    ["jammy", "ubuntu22"],
  ] as const)("%s is %s", (text, platform) => {
    const meant = platformMeant(text);
    if (platform === null) expect(meant).toEqual({ versions: ["kylin10"] });
    else expect(meant).toEqual({ platform });
  });

  test("each platform is called by its own name", () => {
    for (const name of Object.keys(platforms)) expect(platformMeant(name)).toEqual({ platform: name });
  });

  test.each([
    ["centos6", ["el7", "el8", "el9"]],
    ["debian10", ["debian11", "debian12", "debian13"]],
    ["ubuntu 20.04", ["ubuntu22", "ubuntu24"]],
    ["sles15", []],
    ["Fedora 40", []],
    ["Windows Server 2022", []],
  ])("%s is no platform, and not another one", (text, others) => {
    expect(platformMeant(text)).toEqual({ unsupported: text, others });
  });

  test.each(["debain12", "x", "", "7"])("%j is no name of a system", (text) => {
    expect(platformMeant(text)).toBeNull();
  });
});

describe("in a description", () => {
  const described = (platform: string): string =>
    JSON.stringify({
      version: 1,
      name: "lan",
      defaults: { platform, interface: "ens33" },
      hosts: {
        lvs1: { address: "10.0.0.10/24" },
        web1: { address: "10.0.0.12/24" },
        web2: { address: "10.0.0.13/24" },
      },
      directors: ["lvs1"],
      services: [{ name: "web", vip: "10.0.0.188", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] }],
    });

  test.each([
    ["rocky9", 'write "el9", as this system is called here'],
    ["debian10", "no scripts are made for debian10; of its kind there is debian11, debian12, debian13"],
    ["sles15", `no scripts are made for sles15; there is ${Object.keys(platforms).join(", ")}`],
    ["photon 5", `no scripts are made for photon 5; there is ${Object.keys(platforms).join(", ")}`],
    ["CentOS", "write its version as well: el7, el8, el9"],
    ["Kylin", "write its version as well: kylin10"],
    ["debain12", 'did you mean "debian12"?'],
    ["debain14", `one of: ${Object.keys(platforms).join(", ")}`],
  ])("%s is one finding, with what to write", async (platform, hint) => {
    const { diagnostics } = await analyse(described(platform));
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([["NOT_ONE_OF", hint]]);
  });
});
