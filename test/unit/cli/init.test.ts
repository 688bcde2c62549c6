import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { workplace } from "./command-line.ts";

const here = workplace();

const network = {
  "--director": "lvs1=192.168.80.10/24",
  "--vip": "192.168.80.188",
  "--port": "80",
  "--platform": "debian12",
  "--interface": "eth0",
};
const realServers = ["--realserver", "web1=192.168.80.12/24", "--realserver", "web2=192.168.80.13/24"];

function options(changes: Record<string, string> = {}): string[] {
  return [...Object.entries({ ...network, ...changes }).flat(), ...realServers];
}

test("writes a commented description that builds without a finding", () => {
  const { code, out } = here.lvsgen("init", ...options(), "--client", "pc=192.168.80.200/24");
  expect(code).toBe(0);
  expect(out).toContain("cluster.json");
  expect(here.read("cluster.json")).toContain("  // ");
  expect(here.lvsgen("build")).toMatchObject({ code: 0, err: "" });
  expect(existsSync(here.file("out/client-test.sh"))).toBe(true);
});

test.each([
  [
    "IPv6",
    { "--director": "lvs1=2001:db8::1/64", "--vip": "2001:db8::100" },
    ["web1=2001:db8::2/64", "web2=2001:db8::3/64"],
  ],
  ["UDP", { "--protocol": "udp", "--port": "53", "--scheduler": "rr" }, ["a=192.168.80.1/24", "b=192.168.80.2/24"]],
  ["a director that is a real server", {}, ["lvs1=192.168.80.10/24", "web2=192.168.80.13/24"]],
])("what it writes builds: %s", (_name, changes, servers) => {
  const args = [
    ...Object.entries({ ...network, ...changes }).flat(),
    ...servers.flatMap((one) => ["--realserver", one]),
  ];
  expect(here.lvsgen("init", ...args)).toMatchObject({ code: 0, err: "" });
  expect(here.lvsgen("build")).toMatchObject({ code: 0 });
});

test("says that the web server has another name on Debian", () => {
  const { out } = here.lvsgen("init", ...options(), "-o", "-");
  expect(out).toContain("(Apache is apache2 on Debian and Ubuntu)");
});

test("- prints it and writes nothing", () => {
  const { code, out } = here.lvsgen("init", ...options(), "-o", "-");
  expect(code).toBe(0);
  expect(out).toContain('"vip": "192.168.80.188"');
  expect(existsSync(here.file("cluster.json"))).toBe(false);
});

test("does not replace a file unless forced", () => {
  here.write("cluster.json", "mine");
  expect(here.lvsgen("init", ...options()).code).toBe(73);
  expect(here.read("cluster.json")).toBe("mine");
  expect(here.lvsgen("init", ...options(), "--force").code).toBe(0);
  expect(here.lvsgen("validate").code).toBe(0);
});

test("where it cannot write is 73", () => {
  here.write("file", "");
  expect(here.lvsgen("init", ...options(), "-o", "file/cluster.json").code).toBe(73);
});

describe("without a terminal to ask in", () => {
  test("names every option that is missing", () => {
    const { code, err } = here.lvsgen("init", "--vip", "192.168.80.188");
    expect(code).toBe(64);
    for (const option of ["--director", "--realserver", "--port", "--platform", "--interface"]) {
      expect(err).toContain(option);
    }
    expect(err).not.toContain("--vip,");
  });

  test.each([
    ["a director without an address", { "--director": "lvs1" }, "NAME=ADDRESS/PREFIX"],
    ["a port that is none", { "--port": "70000" }, "65535"],
  ])("is 64 for %s", (_name, changes, remedy) => {
    const { code, err } = here.lvsgen("init", ...options(changes));
    expect(code).toBe(64);
    expect(err).toContain(remedy);
  });
});

test.each([
  ["an unknown scheduler", { "--scheduler": "rrr" }, "rrr"],
  ["text that would end a string", { "--name": '"x' }, "name"],
])("answers that would not build are 1, and nothing is written: %s", (_name, changes, word) => {
  const { code, err } = here.lvsgen("init", ...options(changes));
  expect(code).toBe(1);
  expect(err).toContain(word);
  expect(existsSync(here.file("cluster.json"))).toBe(false);
});
