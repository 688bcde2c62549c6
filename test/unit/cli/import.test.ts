/** `lvsgen import` as its users run it. */
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run, workplace } from "./command-line.ts";

const here = workplace();

const rules =
  "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1\n";

test("writes a description that builds, and says what it did", () => {
  here.write("rules", rules);
  const { code, out, err } = here.lvsgen("import", "rules");
  expect(code).toBe(0);
  expect(out).toContain("cluster.json written. It builds as it is: lvsgen build cluster.json");
  expect(err).toContain("rules: rules of ipvsadm-save, 3 lines: 3 taken");
  expect(err).toContain("--director NAME=ADDRESS/PREFIX");
  expect(here.lvsgen("build")).toMatchObject({ code: 0 });
  expect(here.lvsgen("import", "rules").code).toBe(73);
  expect(here.lvsgen("import", "rules", "--force", "-q")).toMatchObject({ code: 0, err: "" });
});

test("YAML by the end of the name, standard output by -", () => {
  here.write("rules", rules);
  expect(here.lvsgen("import", "rules", "-o", "c.yaml").code).toBe(0);
  expect(here.lvsgen("validate", "c.yaml").code).toBe(0);
  expect(run(["import", "-", "-o", "-"], { cwd: here.path, input: rules }).out).toContain('"vip": "192.0.2.80"');
  expect(existsSync(here.file("cluster.json"))).toBe(false);
});

test("--check compares rule by rule and writes nothing", () => {
  here.write("rules", rules);
  expect(here.lvsgen("import", "rules", "--check")).toMatchObject({ code: 0, out: "rules: 3 the same\n" });
  here.write("rules", rules.replace("192.0.2.12:80 -g", "192.0.2.12:8080 -g"));
  const { code, out } = here.lvsgen("import", "rules", "--check");
  expect(code).toBe(1);
  expect(out).toContain("- -a -t 192.0.2.80:80 -r 192.0.2.12:8080 -g -w 1  (rules:3)");
  expect(existsSync(here.file("cluster.json"))).toBe(false);
});

test("--check says what differs with its place, and what is on purpose with the reason", () => {
  const conf = (priority: number, own: string, peer: string, interval: number): string =>
    `vrrp_instance V {\n interface eth0\n virtual_router_id 9\n priority ${priority}\n advert_int ${interval}\n unicast_src_ip ${own}\n unicast_peer {\n ${peer}\n }\n virtual_ipaddress {\n 192.0.2.80\n }\n}\n`;
  here.write("rules", rules);
  here.write("a.conf", conf(150, "192.0.2.1", "192.0.2.2", 2));
  here.write("b.conf", conf(100, "192.0.2.2", "192.0.2.1", 2));
  const check = ["import", "rules", "a.conf", "b.conf", "--platform", "debian12", "--check"];
  const same = here.lvsgen(...check, "-q");
  // Rules of ipvsadm alone say nothing of checks, which a keepalived of lvsgen makes.
  expect(same.out).toContain("check of tcp 192.0.2.80:80  (rules:1)\n      was nothing, becomes tcp");
  expect(same.out).toContain("VRRP: 16 the same, 2 on purpose\n");
  expect(same.out).toContain("~ priority of vrrp_instance V on lvs1  (a.conf:4)\n      was 150, becomes 254  (line ");
  expect(same.out).toContain("      on purpose: priorities follow the order");
  here.write("b.conf", conf(100, "192.0.2.2", "192.0.2.1", 1));
  const { code, out } = here.lvsgen(...check, "-q");
  expect(code).toBe(1);
  expect(out).toContain(
    "VRRP: 15 the same, 1 differs, 2 on purpose\n  ! advert_int of vrrp_instance V on lvs2  (b.conf:5)\n      was 1, becomes 2  (line ",
  );
  expect(out).toContain('      help: say it as "advertInterval" of "ha"\n');
  const printed = JSON.parse(here.lvsgen(...check, "--json").out).comparison;
  expect(printed.counts).toContainEqual({ topic: "VRRP", same: 15, differs: 1, meant: 2 });
  expect(printed.differences.find((one: { at: string }) => one.at === "/ha/advertInterval")).toMatchObject({
    ...{ topic: "VRRP", verdict: "differs", was: "1", becomes: "2", line: expect.any(Number) },
    ...{ place: { file: "b.conf", line: 5 }, reason: "a.conf:1 has another advert_int" },
  });
});

test("--check of what is on purpose alone is 0", () => {
  here.write(
    "a.conf",
    "virtual_server 192.0.2.80 80 {\n lb_kind DR\n protocol TCP\n sorry_server 127.0.0.1 80\n real_server 192.0.2.11 80 {\n TCP_CHECK {\n }\n }\n}\n",
  );
  const { code, out } = here.lvsgen("import", "a.conf", "--check", "-q");
  expect(out).toContain("sorry servers: 0 the same, 1 on purpose\n");
  expect(code).toBe(0);
});

test("--check of a description that does not build compares what it can, and says what it cannot", () => {
  here.write("rules", `${rules}-A -t web.example.net:80 -s rr\n-a -t web.example.net:80 -r 192.0.2.12:80 -g -w 1\n`);
  const { code, out, err } = here.lvsgen("import", "rules", "--check");
  expect(code).toBe(1);
  expect(err).toMatch(/the description:\d+:\d+: error\[BAD_ADDRESS\]: "web\.example\.net" is a name, not an address/);
  expect(out).toMatch(
    /^rules: 3 the same\nThe description does not build: .*\nnot compared: 1\n {2}\? the service tcp web\.example\.net:80 {2}\(rules:4\): the description has an error there, BAD_ADDRESS at line \d+: /,
  );
  const { comparison, builds } = JSON.parse(here.lvsgen("import", "rules", "--check", "--json").out);
  expect([builds, comparison.builds, comparison.same, comparison.notCompared.length]).toEqual([false, false, 3, 1]);
});

test("--json has every line, and the text where none is written", () => {
  here.write("rules", `${rules}what is this\n`);
  const { code, out } = here.lvsgen("import", "rules", "--json");
  const printed = JSON.parse(out);
  expect(code).toBe(0);
  expect(printed.builds).toBe(true);
  expect(printed.files).toEqual([
    { file: "rules", kind: "ipvsadm-rules", counts: { taken: 3, default: 0, ignored: 1, "not-expressible": 0 } },
  ]);
  expect(printed.ledger).toHaveLength(4);
  expect(printed.ledger[0]).toEqual({
    file: "rules",
    line: 1,
    outcome: "taken",
    reason: "",
    remedy: "",
    was: "-A -t 192.0.2.80:80 -s rr",
  });
  expect(printed.text).toContain('"services"');
  expect(existsSync(here.file("cluster.json"))).toBe(false);
});

test("what is missing is 1, and the description stands there with the error marked", () => {
  here.write("rules", "-A -f 7 -s rr\n-a -f 7 -r 192.0.2.11:0 -g -w 1\n");
  const { code, out, err } = here.lvsgen("import", "rules");
  expect(code).toBe(1);
  expect(out).toContain("It does not build yet");
  expect(err).toContain("--mark 7=VIP:PORT/tcp");
  expect(err).toMatch(/^cluster\.json:\d+:\d+: error\[/m);
  expect(err).not.toContain("imported.json");
  expect(here.read("cluster.json")).toContain("MISSING: what gets the mark 7");
  expect(here.lvsgen("import", "rules", "--force", "--mark", "7=192.0.2.80:80/tcp").code).toBe(0);
});

describe("includes of keepalived.conf", () => {
  const server = (port: number): string =>
    `virtual_server 192.0.2.80 ${port} {\n lb_kind DR\n protocol TCP\n real_server 192.0.2.11 ${port} {\n }\n}\n`;

  test("are read beside the file, also by the path that they have on the host", () => {
    mkdirSync(here.file("conf.d"));
    here.write("conf.d/a.conf", server(80));
    here.write("conf.d/b.conf", server(81));
    here.write("keepalived.conf", "include conf.d/a.conf\ninclude /etc/keepalived/conf.d/[b-z]*.conf\n");
    const { code, err } = here.lvsgen("import", "keepalived.conf");
    expect(code).toBe(0);
    expect(err).toContain("conf.d/b.conf: a keepalived.conf");
    expect(here.read("cluster.json")).toContain('"port": 81');
  });

  test("outside of its folder are not read, by no way", () => {
    writeFileSync(here.file("secret.conf"), `${server(80)}# geheim\n`);
    mkdirSync(here.file("inner"));
    symlinkSync("../secret.conf", here.file("inner/link.conf"));
    here.write("inner/k.conf", `include ../secret.conf\ninclude link.conf\ninclude /etc/passwd\n${server(81)}`);
    const { code, err } = here.lvsgen("import", "inner/k.conf");
    expect(code).toBe(0);
    expect(err.match(/was not read: it lies outside/g)).toHaveLength(3);
    expect(here.read("cluster.json")).not.toContain('"port": 80,');
  });
});

test("a folder with keepalived.conf and what it includes, by the path that it has on the host", () => {
  mkdirSync(here.file("lvs1/etc/keepalived/conf.d"), { recursive: true });
  here.write(
    "lvs1/etc/keepalived/conf.d/a.conf",
    "virtual_server 192.0.2.80 80 {\n lb_kind DR\n protocol TCP\n real_server $NET.11 80 {\n }\n}\n".replace(
      "$NET.",
      "$" + "{NET}.",
    ),
  );
  here.write("lvs1/etc/keepalived/keepalived.conf", "$NET=192.0.2\ninclude /etc/keepalived/conf.d/*.conf\n");
  const { code, out } = here.lvsgen("import", "lvs1", "--json");
  const { files, ledger } = JSON.parse(out);
  expect(code).toBe(0);
  expect(files.map(({ file }: { file: string }) => file)).toEqual([
    "lvs1/etc/keepalived/keepalived.conf",
    "lvs1/etc/keepalived/conf.d/a.conf",
  ]);
  expect(ledger.filter(({ outcome }: { outcome: string }) => outcome === "not-expressible")).toEqual([]);
});

test.each(["empty", "notes"])("a folder in which nothing is known says so: %s", (name) => {
  mkdirSync(here.file(name));
  if (name === "notes") here.write("notes/notes.txt", "remember the milk\n");
  const { code, err, out } = here.lvsgen("import", name, "-o", "-");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain(`${name}: error: holds nothing that can be imported`);
  expect(err).toContain("rules of ipvsadm-save, ");
});

test("a folder of hosts, each with its own files", () => {
  mkdirSync(here.file("all/lvs1/etc"), { recursive: true });
  mkdirSync(here.file("all/web1/etc"), { recursive: true });
  here.write("all/lvs1/etc/ipvsadm.rules", rules);
  here.write("all/lvs1/etc/ifcfg-eth1", "DEVICE=eth1\nIPADDR=192.0.2.1\nPREFIX=24\n");
  here.write("all/lvs1/etc/shadow", "root:geheim:1::::::\n");
  here.write("all/web1/etc/ifcfg-eth1", "DEVICE=eth1\nIPADDR=192.0.2.11\nPREFIX=24\n");
  const { code, out } = here.lvsgen("import", "all", "--json");
  expect(code).toBe(0);
  expect(out).not.toContain("geheim");
  expect(JSON.parse(out).text.replaceAll(/\s+/g, " ")).toContain(
    '"lvs1": { "address": "192.0.2.1/24" }, "web1": { "address": "192.0.2.11/24" }',
  );
});

describe("hostile inputs end soon with a reason", () => {
  test("a hundred megabytes", () => {
    const descriptor = openSync(here.file("large"), "w");
    ftruncateSync(descriptor, 100 * 1024 * 1024);
    closeSync(descriptor);
    const { code, err } = here.lvsgen("import", "large");
    expect(code).toBe(1);
    expect(err).toContain("is larger than what an import reads");
  });

  test("control characters are written out", () => {
    here.write("rules", `${rules}-A -t \u001b[31mx\u0007:80\n`);
    const { out, err } = here.lvsgen("import", "rules");
    expect(out + err).not.toContain("\u001b");
    expect(err).toContain("<U+001B>");
  });

  test.each([
    ["a file that is not there", ["none"], 66, "no such file"],
    ["no file at all", [], 64, "missing required argument"],
    ["an option that says nothing", ["rules", "--director", "lvs1"], 64, "NAME=ADDRESS/PREFIX"],
    ["a mark without traffic", ["rules", "--mark", "7"], 64, "1=192.0.2.1:80/tcp"],
  ])("%s", (_name, args, wanted, text) => {
    here.write("rules", rules);
    const { code, err } = here.lvsgen("import", ...args);
    expect(code).toBe(wanted);
    expect(err).toContain(text);
  });
});

test.each(["build", "validate"])("%s says what such a file is, and names import", (command) => {
  here.write("keepalived.conf", "! Configuration File for keepalived\nvrrp_instance V {\n}\n");
  const { code, err } = here.lvsgen(command, "keepalived.conf");
  expect(code).toBe(1);
  expect(err).toContain("keepalived.conf: error: is a keepalived.conf, not a description");
  expect(err).toContain("lvsgen import keepalived.conf");
});
