/** Which language stands in the terminal, and what is the same in every one. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commands } from "../../../src/commands/definitions.ts";
import { columns } from "../../../src/diagnostics/width.ts";
import { languageFor } from "../../../src/terminal/language.ts";
import { englishIn } from "../language/english-left.ts";
import { misspelt, procedure, run, workplace } from "./command-line.ts";

const here = workplace();

describe("the language of the terminal", () => {
  test.each([
    [[], {}, "en"],
    [[], { LANG: "zh_CN.UTF-8" }, "zh"],
    [[], { LANG: "zh_CN.utf8" }, "zh"],
    [[], { LANG: "en_US.UTF-8", LC_MESSAGES: "zh_CN.UTF-8" }, "zh"],
    [[], { LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
    [[], { LANG: "zh_CN.UTF-8", LC_ALL: "" }, "zh"],
    // Their terminals take other bytes.
    [[], { LANG: "zh_CN" }, "en"],
    [[], { LANG: "zh_CN.GB18030" }, "en"],
    [[], { LANG: "zh_TW.UTF-8" }, "en"],
    [["--language", "zh"], { LANG: "en_US.UTF-8" }, "zh"],
    [["explain", "--language=en"], { LANG: "zh_CN.UTF-8" }, "en"],
    [["build", "--", "--language=zh"], {}, "en"],
    [["--language", "fr"], {}, "en"],
  ] as const)("of %j in %j is %s", (args, env, name) => {
    expect(languageFor(args, env)).toBe(name);
  });
});

describe("findings", () => {
  test("are in Chinese where it is asked for, with the same places and codes", () => {
    here.write("cluster.json", misspelt);
    const [english, chinese] = [here.lvsgen("validate"), here.lvsgen("validate", "--language", "zh")];
    expect(chinese.code).toBe(english.code);
    const places = (text: string): string[] => text.match(/cluster\.json:[0-9]+:[0-9]+/g) ?? [];
    expect(places(chinese.err)).toEqual(places(english.err));
    expect(chinese.err).toMatch(/ 错误\[[A-Z_]+\]：/);
    expect(chinese.err).toMatch(/ = 处理：/);
    expect(chinese.err).toMatch(/^cluster\.json：[0-9]+ 个错误/m);
    expect(english.err).not.toMatch(/\p{Script=Han}/u);
  });

  test("are in English for tools", () => {
    here.write("cluster.json", misspelt);
    expect(here.lvsgen("validate", "--json", "--language", "zh").out).toBe(here.lvsgen("validate", "--json").out);
  });

  test("explain says what they mean", () => {
    const { out, code } = run(["explain", "vip-is-gateway", "--language=zh"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^VIP_IS_GATEWAY（错误）：虚拟 IP 是某台主机的网关\n\n原因\n/);
    const unknown = run(["explain", "VIP_IS_GATEWAI", "--language=zh"]);
    expect(unknown.code).toBe(64);
    expect(unknown.err).toBe("错误：没有代码 VIP_IS_GATEWAI；是不是指 VIP_IS_GATEWAY？\n");
  });

  test("a language that there is not is refused", () => {
    const { code, err } = run(["validate", "--language", "fr"]);
    expect(code).toBe(64);
    expect(err).toContain("en, zh");
  });
});

describe("help", () => {
  test.each(["", ...commands.keys()])("lvsgen %s --help has no English left but names, and fits 80 columns", (name) => {
    const { out, code } = run([...(name === "" ? [] : [name]), "--help", "--language", "zh"]);
    expect(code).toBe(0);
    const lines = out.split("\n");
    expect(lines.filter((line) => columns(line) > 80)).toEqual([]);
    const [usage, ...rest] = lines;
    expect(usage).toMatch(/^用法：lvsgen (?:\w[\w-]* )?\[选项\]/);
    expect(out).not.toMatch(/\[(?:options|command)\]/);
    const examples = rest.findIndex((line) => line.startsWith("示例："));
    const cells = rest.slice(0, examples === -1 ? undefined : examples).flatMap((line) => line.split(/ {2,}/));
    expect(cells.flatMap(englishIn)).toEqual([]);
  });

  test("a misspelt option is refused in Chinese", () => {
    const { err, code } = run(["build", "--forse", "--language", "zh"]);
    expect(code).toBe(64);
    expect(err).toBe("错误：未知的选项 '--forse'\n（是不是指 --force？）\n用 \"lvsgen build --help\" 查看用法。\n");
  });
});

describe("init", () => {
  const network = [
    "--director",
    "lvs1=192.168.80.10/24",
    "--vip",
    "192.168.80.188",
    "--realserver",
    "192.168.80.12/24",
    "--realserver",
    "192.168.80.13/24",
  ];
  const answers = ["--platform", "debian12", "--interface", "eth0", "--port", "80", ...network];

  test.each(["cluster.json", "cluster.yaml"])("says and writes it in Chinese, for a bundle in Chinese: %s", (name) => {
    const { code, out, err } = here.lvsgen("init", ...answers, "-o", name, "--language", "zh");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^${name} 已写入。可以直接生成。\n`));
    expect(out).toContain("调度器，承载 192.168.80.188");
    expect(out.split("\n").filter((line) => columns(line) > 60)).toEqual([]);
    const text = here.read(name);
    expect([...out.split("\n"), ...text.split("\n")].filter((line) => englishIn(line).length > 0)).toEqual([]);
    expect(here.lvsgen("build", name)).toMatchObject({ code: 0, err: "" });
    expect(here.read("out/RUNBOOK.md")).toMatch(/^# .*\p{Script=Han}/mu);
    const english = here.lvsgen("init", ...answers, "-o", "english.json");
    expect([english.code, here.read("english.json")]).toEqual([
      0,
      expect.not.stringMatching(/language|\p{Script=Han}/u),
    ]);
  });

  test("says what is wrong in Chinese, and goes on in it", () => {
    const { code, err } = here.lvsgen("init", ...answers, "--name", "Kgc", "--language", "zh");
    expect(code).toBe(1);
    expect(err).toContain('错误[BAD_FORMAT]："Kgc" 不是有效的集群名称');
    expect(err).toMatch(/ = 处理：写 "kgc"/);
    expect(err.trimEnd()).toMatch(/--language zh$/);
    expect(err.split("\n").flatMap(englishIn)).toEqual([]);
    const missing = here.lvsgen("init", "--port", "0", "--language", "zh");
    expect(missing.err).toBe('错误："0" 不是端口（1 到 65535）\n用 "lvsgen init --help" 查看用法。\n');
  });
});

describe("import", () => {
  const rules = "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 0\n-E -t 192.0.2.9:1\n";

  test("says and writes it in Chinese; tools get English", () => {
    here.write("rules", rules);
    const { code, out, err } = here.lvsgen("import", "rules", "--language", "zh");
    expect(code).toBe(0);
    expect(out).toBe("\ncluster.json 已写入。可以直接生成：lvsgen build cluster.json\n");
    expect(err).toMatch(/^rules：ipvsadm-save 的规则，3 行：2 行采用，1 行无法表达\n/);
    expect(err).toContain("rules:3: 它修改不存在的服务\n");
    expect(err).toContain(" = 处理：查看原意\n");
    const lines = [...err.split("\n"), ...here.read("cluster.json").split("\n")];
    expect(lines.flatMap(englishIn)).toEqual([]);
    const json = (...args: string[]): string => here.lvsgen("import", "rules", "--json", ...args).out;
    expect(json("--language", "zh")).toBe(json());
    const { out: compared } = here.lvsgen("import", "rules", "--check", "--language", "zh");
    expect(compared).toMatch(/^规则：[0-9]+ 项相同/);
    expect(compared.split("\n").flatMap(englishIn)).toEqual([]);
  });

  test("problems with inputs are told in Chinese", () => {
    here.write("nothing", "");
    const { err } = here.lvsgen("import", "nothing", "missing", "--language", "zh");
    expect(err.split("\n").flatMap(englishIn)).toEqual([]);
    expect(err).toMatch(/错误：没有这个文件/);
    const wrong = here.lvsgen("import", "nothing", "--director", "lvs1", "--language", "zh");
    expect(wrong.err).toMatch(
      /^错误：--director lvs1 不是 NAME=ADDRESS\/PREFIX，.*的形式\n用 "lvsgen import --help" 查看用法。\n$/,
    );
  });
});

describe("build and diff", () => {
  test("say in Chinese what they did, with the bytes of English written", () => {
    const [english, chinese] = [
      here.lvsgen("build", procedure, "-o", "en"),
      here.lvsgen("build", procedure, "-o", "zh", "--language", "zh"),
    ];
    expect([english.code, chinese.code]).toEqual([0, 0]);
    expect(chinese.out).toMatch(/^zh：已写入 [0-9]+ 个文件。zh\/RUNBOOK\.md 说明/m);
    expect(chinese.out.split("\n").flatMap(englishIn)).toEqual([]);
    expect(here.read("zh/SHA256SUMS")).toBe(here.read("en/SHA256SUMS"));
    here.write("next.json", readFileSync(procedure, "utf8").replace('"scheduler": "rr"', '"scheduler": "wrr"'));
    const again = here.lvsgen("build", "next.json", "-o", "zh", "--check", "--language", "zh");
    expect(again.out).toMatch(/^zh：已过期（[0-9]+ 个不同/m);
    const { out, code } = here.lvsgen("diff", "zh", "next.json", "--language", "zh");
    expect(code).toBe(2);
    expect(out).toContain("~ 调度算法：rr -> wrr");
    expect(out).toContain("按以下次序执行");
    expect(out.split("\n").flatMap(englishIn)).toEqual([]);
    expect(here.lvsgen("diff", "zh", "next.json", "--json", "--language", "zh").out).not.toMatch(/\p{Script=Han}/u);
  });

  test("problems with files are told in Chinese", () => {
    const { err, code } = here.lvsgen("build", "none.json", "--language", "zh");
    expect(code).toBe(66);
    expect(err).toMatch(/^none\.json：错误：没有这个文件\n {2}= 处理：写出描述文件/);
  });
});
