/** What scripts of a description in Chinese say: Chinese on a terminal that shows it, and to everybody else the bytes of an English script. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import type { LanguageName } from "../../../src/language/index.ts";
import { englishIn } from "../language/english-left.ts";
import { bash, run, syntaxIsFine, textOf, writeBundle } from "./bundle.ts";

const description = readFileSync("examples/kgc.json", "utf8");
const scripts = ["director.sh", "realserver.sh", "nfs.sh", "client-test.sh", "doctor.sh", "fetch-packages.sh"];

let directory = "";
const inLanguage = (language: LanguageName): string => join(directory, language);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "lvsgen-spoken-"));
  for (const language of ["en", "zh"] as const) {
    const { bundle } = await compile(description.replace("{", `{ "language": "${language}",`));
    if (!bundle) throw new Error("examples/kgc.json is not compiled");
    writeBundle(bundle, inLanguage(language));
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const chinese = { LC_ALL: undefined, LC_CTYPE: undefined, LANG: "zh_CN.UTF-8", TERM: "xterm" };

/** What a person sees who runs it in a terminal. */
function onTerminal(
  words: string,
  environment: Readonly<Record<string, string | undefined>> = {},
  language: LanguageName = "zh",
) {
  const { status, stdout, stderr } = spawnSync("script", ["-qec", `${bash} ${words}`, "/dev/null"], {
    cwd: inLanguage(language),
    encoding: "utf8",
    // script(1) hands the words to SHELL, which some places do not set; bash's own quoting stands in them.
    env: { ...process.env, SHELL: "/bin/bash", NO_COLOR: "1", ...chinese, ...environment },
  });
  expect(stderr).toBe("");
  return { status, text: stdout.replaceAll("\r\n", "\n") };
}

const inPipe = (words: string) => run(inLanguage("en"), ...(words.split(" ") as [string, ...string[]]));
const han = /\p{Script=Han}/u;
const check = (script: string, host: string) => `${script} check --root ${directory}/root --host ${host}`;

beforeAll(() => mkdirSync(join(directory, "root")));

describe("on a terminal that shows Chinese", () => {
  test.each(scripts)("%s explains itself in Chinese, in 80 columns", (script) => {
    const { status, text } = onTerminal(`${script} --help`);
    expect(status).toBe(0);
    expect(text).toMatch(/^\S+：.*kgc/u);
    expect(text).toMatch(/^选项$/mu);
    // Commands, and the name of a format.
    const names = ["sudo bash", "FILE completion", "unified diff"];
    const left = text.split(/\n| {2,}/).flatMap(englishIn);
    expect(left.filter((words) => !names.includes(words))).toEqual([]);
    const columns = (line: string): number => [...line].reduce((sum, one) => sum + (one > "\u2e7f" ? 2 : 1), 0);
    const lines = text.split("\n");
    expect(lines.filter((line) => columns(line) > 80)).toEqual([]);
    expect(lines.filter((line) => /^ *[，。；：、）]/u.test(line))).toEqual([]);
    // The second column begins where the English one does.
    const begins = (shown: string): readonly number[] =>
      [...shown.matchAll(/^( {2}--[a-z-]+(?: [A-Z,.]+)? +)\S/gm)].map(([, first = ""]) => first.length);
    expect(begins(text)).toEqual(begins(inPipe(`${script} --help`).stdout));
  });

  test("a report's note is Chinese; result, kind, name and the closing line are what they are", () => {
    const { status, text } = onTerminal(check("realserver.sh", "web1"));
    const english = inPipe(check("realserver.sh", "web1"));
    expect(status).toBe(english.status);
    expect(text).toContain("realserver.sh: 本机是未知系统，描述的是 el7：继续执行\n");
    const lines = (shown: string): readonly string[] =>
      shown.split("\n").filter((line) => /^(?:pending|ok|changed)/.test(line));
    expect(lines(text)).toEqual(lines(english.stdout));
    expect(text).toMatch(/^realserver web1: ok=[0-9]+ pending=[0-9]+ failed=0$/m);
  });

  test("a failure and its remedy", () => {
    expect(onTerminal("director.sh apply --blah").text).toBe(
      "director.sh: 未知选项 --blah\ndirector.sh: 参见：bash director.sh --help\n",
    );
    expect(onTerminal("director.sh drain").text).toContain("drain 带一个参数 NAME，而不是 0 个");
    expect(onTerminal("realserver.sh list --host web9").text).toContain("此处没有描述主机 web9，但描述了 web1 web2");
  });

  test("what is put together of several texts", () => {
    const { text } = onTerminal("client-test.sh list");
    expect(text).toContain("web (dr): 20 个请求; rr 轮流使用真实服务器");
    expect(text).toContain("  真实服务器 web1 192.168.80.12，权重 1");
  });

  test("nothing that a message holds reaches the terminal raw", () => {
    writeFileSync(join(inLanguage("zh"), "raw"), "");
    const { text } = onTerminal(`director.sh list --host $'a\\e[31m\\u202eb'`);
    expect(text).toMatch(/此处没有描述主机 a<U\+001B>\[31m<U\+202E>b，/u);
  });
});

describe("the bytes of an English script", () => {
  const asked = [
    "director.sh --help",
    "client-test.sh list",
    "fetch-packages.sh --help",
    "doctor.sh --bla",
    "realserver.sh apply --to 3",
  ];

  test.each([
    ["TERM=linux", { TERM: "linux" }],
    ["LC_ALL=C", { LC_ALL: "C" }],
    ["LC_CTYPE=POSIX", { LC_CTYPE: "POSIX" }],
    ["a locale of another encoding", { LANG: "zh_CN.GB18030" }],
    ["no locale", { LANG: undefined }],
    ["LVSGEN_LANGUAGE=en", { LVSGEN_LANGUAGE: "en" }],
  ])("on a terminal with %s", (_, environment) => {
    for (const words of asked) {
      const shown = onTerminal(words, environment);
      expect(shown).toEqual(onTerminal(words, {}, "en"));
      expect(shown.text).not.toMatch(han);
    }
  });

  test("in a pipe", () => {
    for (const words of [...asked, check("director.sh", "lvs1"), check("nfs.sh", "web2")]) {
      const [script = "", ...rest] = words.split(" ");
      expect(run(inLanguage("zh"), script, ...rest)).toEqual(run(inLanguage("en"), script, ...rest));
    }
  });

  test("with --json, on a terminal too", () => {
    const { text } = onTerminal(`${check("director.sh", "lvs1")} --json`);
    expect(text).toContain('"event":"summary"');
    expect(text).not.toMatch(han);
  });

  test("in a script of a description in English, wherever it runs", () => {
    for (const script of scripts) {
      expect(onTerminal(`${script} --help`, {}, "en").text).not.toMatch(han);
      expect(readFileSync(join(inLanguage("en"), script), "utf8")).not.toMatch(han);
    }
  });
});

/** What a function of the file says in the terminal's place: the texts of a catalogue, without the rest of a script. */
function said(
  catalogue: string,
  texts: readonly string[],
): { readonly lines: readonly string[]; readonly seconds: number } {
  const program = `set -Eeuo pipefail; export LC_ALL=C; json=''
split_words() { read -r -d '' -a words <<<"$1" || :; }
source templates/zh/runtime/spoken.sh; speaks_chinese=yes
${catalogue}
while IFS= read -r -d '' text; do said=''; [[ $catalogue_read ]] || { catalogue_read=yes; catalogue; }
  translate "$text" 0 || said=$text; printf '%s\\n' "$said"; done`;
  const begin = performance.now();
  const { status, stdout, stderr } = spawnSync(bash, ["-c", program], {
    input: texts.map((text) => `${text}\0`).join(""),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return { lines: stdout.split("\n").slice(0, -1), seconds: (performance.now() - begin) / 1000 };
}

describe("a text", () => {
  const own = (): string => {
    const script = readFileSync(join(inLanguage("zh"), "director.sh"), "utf8");
    return /^catalogue\(\) \{\n.*?\n\}\n/ms.exec(script)?.[0] ?? "";
  };

  test.each([
    ["a message within a message", "cannot write /etc/x: cannot make /tmp/y", "无法写入 /etc/x：无法创建 /tmp/y"],
    ["a note behind a name", "/etc/x  (not described: left alone)", "/etc/x  (未被描述：保持不动)"],
    [
      "a count in a message behind a name",
      "web: 20 requests to 192.0.2.1 are answered",
      "web：对 192.0.2.1 的 20 个请求得到应答",
    ],
    ["what nobody has translated", "quite another thing happened", "quite another thing happened"],
    [
      "a value without a blank before it",
      "went along with it, and does not come back: eth0 eth1",
      "随之消失且未恢复：eth0 eth1",
    ],
    ["a value that is nothing", "reads NUL", "reads NUL"],
    ["signs of patterns", "cannot write /etc/*[a]\\{1}$(id): no", "无法写入 /etc/*[a]\\{1}$(id)：no"],
    [
      "several generations",
      "undoing generation 3 of 2026-01-02 03:04:05, generation 2 of 2026-01-01 00:00:00: 4 thing(s) go back to what they were",
      "撤销 2026-01-02 03:04:05 的第 3 代、2026-01-01 00:00:00 的第 2 代：4 项内容恢复为原来的状态",
    ],
    [
      "a signal",
      "ended by SIGTERM; generation 12 holds what was changed: apply again, or rollback",
      "被 SIGTERM 结束；第 12 代保存了已更改的内容：再次 apply，或者 rollback",
    ],
    [
      "what a runbook quotes",
      "last change: generation 3 (interrupted: apply again, or rollback)",
      "last change: generation 3（已中断：再次 apply，或者 rollback）",
    ],
  ])("%s", (_, english, expected) => {
    expect(said(own(), [english]).lines).toEqual([expected]);
  });

  test("that nests without end is said as far as it goes, at once", () => {
    const { lines, seconds } = said(own(), [`${"cannot write x: ".repeat(100)}end`, "cannot write ".repeat(20_000)]);
    expect(lines[0]).toMatch(/^无法写入 x：无法写入 x：.*end$/u);
    expect(lines[1]).toBe("cannot write ".repeat(20_000));
    expect(seconds).toBeLessThan(5);
  });

  test("10,000 times take no millisecond each", () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `not described: left alone`.padEnd(25 + (at % 7)));
    const { lines, seconds } = said(own(), names);
    expect(new Set(lines.map((line) => line.trimEnd()))).toEqual(new Set(["未被描述：保持不动"]));
    expect(seconds).toBeLessThan(10);
  });
});

test("bash takes the scripts, and their heads and manifest name their own runtime", async () => {
  const { bundle } = await compile(description.replace("{", '{ "language": "zh",'));
  if (!bundle) throw new Error("not compiled");
  const { runtimes, runtimeFiles } = JSON.parse(textOf(bundle, "manifest.json")) as {
    readonly runtimes: readonly {
      readonly script: string;
      readonly sha256: string;
      readonly files: readonly string[];
    }[];
    readonly runtimeFiles: Readonly<Record<string, string>>;
  };
  for (const { script, sha256, files } of runtimes) {
    const text = textOf(bundle, script);
    expect(text).toContain(`\nlvsgen_runtime=${sha256} `);
    expect(text).toMatch(
      new RegExp(`^# Part 3 of 3: the runtime, the same in every ${script} that speaks Chinese\\.$`, "m"),
    );
    expect(files).toEqual(expect.arrayContaining(["zh/spoken.sh"]));
    expect(files).not.toContain("engine/spoken.sh");
    for (const file of files) expect(runtimeFiles[file]).toMatch(/^[0-9a-f]{64}$/);
    syntaxIsFine(join(inLanguage("zh"), script));
  }
});
