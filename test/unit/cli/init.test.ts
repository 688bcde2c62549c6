import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
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

test("names the warnings that its answers leave", () => {
  const outside = options({ "--vip": "10.20.31.100" });
  const { code, out, err } = here.lvsgen("init", ...outside);
  expect(code).toBe(0);
  expect(err).toContain("warning[VIP_OUTSIDE_SUBNETS]: ");
  expect(err).toContain("= help: ");
  expect(err).not.toMatch(/cluster\.json:/);
  expect(out).toContain("It builds, with 1 warning.");
  expect(out).toContain("lvsgen explain VIP_OUTSIDE_SUBNETS");
  expect(out).not.toContain("as it is");
  const printed = here.lvsgen("init", ...outside, "-o", "-");
  expect(printed.err).toContain("VIP_OUTSIDE_SUBNETS");
  expect(printed.out).not.toContain("VIP_OUTSIDE_SUBNETS");
});

test("says that the web server has another name on Debian", () => {
  const { out } = here.lvsgen("init", ...options(), "-o", "-");
  expect(out).toContain("(Apache is apache2 on Debian and Ubuntu)");
});

test("- prints it and writes nothing", () => {
  const { code, out } = here.lvsgen("init", ...options(), "-o", "-");
  expect(code).toBe(0);
  expect(out).toContain('"vip": "192.168.80.188"');
  expect(out).toContain('// "$schema"');
  expect(readdirSync(here.path)).toEqual([]);
});

test("a name that ends in .yaml or .yml makes it YAML, with the same comments and values", () => {
  expect(here.lvsgen("init", ...options(), "--package", "nginx").code).toBe(0);
  const json = here.read("cluster.json");
  for (const name of ["cluster.yaml", "other.YML"]) {
    const { code, out } = here.lvsgen("init", ...options(), "--package", "nginx", "-o", name);
    expect(code).toBe(0);
    expect(out).toContain(`lvsgen build ${name}`);
    const yaml = here.read(name);
    expect(yaml.split("\n")[0]).toBe("# yaml-language-server: $schema=cluster.schema.json");
    const { $schema, ...value } = parse(json, [], { allowTrailingComma: true });
    expect($schema).toBe("./cluster.schema.json");
    expect(parseYaml(yaml)).toEqual(value);
    const comments = (text: string, mark: string): string[] =>
      text.split("\n").flatMap((line) => (line.trim().startsWith(mark) ? [line.trim().slice(mark.length)] : []));
    const own = [" yaml-language-server: $schema=cluster.schema.json", "", " Editors complete and check from it."];
    const withoutOwn = (all: string[]): string[] => all.filter((one) => !own.includes(one));
    // What is commented out ends as its language has it.
    const plain = (all: string[]): string[] => withoutOwn(all).map((one) => one.replace(/,$/, ""));
    expect(plain(comments(yaml, "#"))).toEqual(plain(comments(json, "//")));
    expect(here.lvsgen("build", name, "-o", `out-${name}`)).toMatchObject({ code: 0, err: "" });
  }
});

test("what is commented out can be taken as it stands", () => {
  expect(here.lvsgen("init", ...options()).code).toBe(0);
  const text = here.read("cluster.json").replace(/^ {2}\/\/ ("(?:realserver|clients)":)/gm, "  $1");
  here.write("cluster.json", text.replace('"web1": {', '"pc": { "address": "192.168.80.200/24" },\n    "web1": {'));
  expect(here.lvsgen("build")).toMatchObject({ code: 0 });
  expect(existsSync(here.file("out/client-test.sh"))).toBe(true);
});

describe("the schema beside it", () => {
  const schema = "cluster.schema.json";

  test("is what lvsgen schema prints, and the description names it", () => {
    expect(here.lvsgen("init", ...options()).code).toBe(0);
    expect(here.read(schema)).toBe(here.lvsgen("schema").out);
    expect(here.read("cluster.json")).toContain('"$schema": "./cluster.schema.json"');
  });

  test("stays where it is there already", () => {
    here.write(schema, here.lvsgen("schema").out);
    const { mtimeMs } = statSync(here.file(schema));
    expect(here.lvsgen("init", ...options())).toMatchObject({ code: 0, err: "" });
    expect(statSync(here.file(schema)).mtimeMs).toBe(mtimeMs);
  });

  test.each(["cluster.json", "cluster.yaml"])(
    "is not written over something else, with --force neither: %s",
    (name) => {
      here.write(schema, "mine");
      const { code, err } = here.lvsgen("init", ...options(), "--force", "-o", name);
      expect(code).toBe(0);
      expect(err).toContain(schema);
      expect(here.read(schema)).toBe("mine");
      expect(here.read(name)).not.toMatch(/^ *"\$schema"|yaml-language-server/m);
    },
  );

  test.each([schema, `./${schema}`, "CLUSTER.schema.json"])("is no description: -o %s is 64", (name) => {
    const { code, err } = here.lvsgen("init", ...options(), "--force", "-o", name);
    expect(code).toBe(64);
    expect(err).toContain(`${schema} is the name of the schema`);
    expect(readdirSync(here.path)).toEqual([]);
  });

  test("stands in the directory of the description", () => {
    mkdirSync(here.file("site"));
    expect(here.lvsgen("init", ...options(), "-o", "site/web.json").code).toBe(0);
    expect(readdirSync(here.file("site")).sort()).toEqual([schema, "web.json"]);
  });
});

test("packages, units and the path of the check come from options", () => {
  const more = ["--package", "nginx", "--unit", "nginx", "--check-path", "/health"];
  expect(here.lvsgen("init", ...options(), ...more).code).toBe(0);
  const value = parse(here.read("cluster.json"), [], { allowTrailingComma: true });
  expect(value.realserver).toEqual({ packages: ["nginx"], units: ["nginx"] });
  expect(value.services[0].check).toEqual({ type: "http", path: "/health" });
});

describe("a path that the check asks for", () => {
  const check = (...more: string[]): unknown => {
    const { out } = here.lvsgen("init", ...options(), ...more, "--check-path", "/health", "-o", "-");
    return parse(out, [], { allowTrailingComma: true }).services[0].check;
  };

  test.each([
    ["8081", "http"],
    ["9443", "https"],
  ])("makes it HTTP on any port of TCP: %s", (port, type) => {
    expect(check("--port", port)).toEqual({ type, path: "/health" });
  });

  test.each(["udp", "sctp"])("is refused for %s, which no check asks over", (protocol) => {
    const { code, err } = here.lvsgen("init", ...options(), "--protocol", protocol, "--check-path", "/health");
    expect(code).toBe(64);
    expect(err).toContain(`--check-path: HTTP is asked over tcp, not over ${protocol}`);
    expect(readdirSync(here.path)).toEqual([]);
  });
});

test("takes an address alone, and full-width characters", () => {
  const changes = { "--director": "192.168.80.10\uff0f24", "--vip": "192\u3002168\u300280\u3002188" };
  expect(here.lvsgen("init", ...options(changes))).toMatchObject({ code: 0, err: "" });
  expect(here.read("cluster.json")).toContain('"lvs1": { "address": "192.168.80.10/24" }');
});

test.each([
  ["dr", "192.168.80.188", "replies from the VIP, not through lvs1"],
  ["nat", "192.168.80.188", "replies through lvs1, the gateway"],
])("shows the way of the packets in %s, and what comes next", (mode, vip, reply) => {
  const { out } = here.lvsgen("init", ...options({ "--vip": vip }), "--mode", mode);
  expect(out).toContain(`asks ${vip}:80/tcp`);
  expect(out).toContain("+--> web2  192.168.80.13");
  expect(out).toContain(reply);
  expect(out).toMatch(/lvsgen validate\n.*lvsgen build\n.*lvsgen graph -o topology\.svg\n/);
});

test("the next commands name the description where another one stands beside it", () => {
  here.write("cluster.yml", "");
  const { out } = here.lvsgen("init", ...options());
  expect(out).toMatch(/lvsgen validate cluster\.json\n.*lvsgen build cluster\.json\n.*lvsgen graph cluster\.json -o /);
});

test("the picture has 60 columns at most, and counts what it has no room for", () => {
  const servers = Array.from({ length: 12 }, (_, index) => [
    "--realserver",
    `2001:db8:1111:2222:3333:4444:5555:${index + 10}/64`,
  ]);
  const director = `${"long-name".repeat(6)}=2001:db8:1111:2222:3333:4444:5555:1/64`;
  const answers = { ...network, "--director": director, "--vip": "2001:db8:1111:2222:3333:4444:5555:100" };
  const { code, out } = here.lvsgen("init", ...Object.entries(answers).flat(), ...servers.flat());
  expect(code).toBe(0);
  expect(out.split("\n").filter((line) => line.length > 60)).toEqual([]);
  expect(out).toContain("and 4 more");
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

  test("does not wait for answers that nobody can give", () => {
    for (const option of ["--ask", "--more-realservers", "--more-clients"]) {
      const { code, err } = here.lvsgen("init", ...options(), option);
      expect(code).toBe(64);
      expect(err).toContain(`${option}: there is no terminal to ask in`);
    }
  });

  test.each([
    ["a director without an address", { "--director": "lvs1" }, "NAME=ADDRESS/PREFIX"],
    ["a port that is none", { "--port": "70000" }, "65535"],
    ["a director without a prefix length", { "--director": "lvs1=192.168.80.10" }, "the prefix length is missing"],
    ["a name of two machines", { "--director": "web1=192.168.80.10/24" }, "web1 is 192.168.80.10/24 already"],
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
  // No line of a file that does not exist, and the command that goes on.
  expect(err).not.toMatch(/cluster\.json:|^ *[0-9]+ \|/m);
  expect(err).toContain("lvsgen init --ask");
  expect(readdirSync(here.path)).toEqual([]);
});
