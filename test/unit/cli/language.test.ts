/** Which language stands in the terminal, and what is the same in every one. */
import { describe, expect, test } from "vitest";
import { languageFor } from "../../../src/terminal/language.ts";
import { misspelt, run, workplace } from "./command-line.ts";

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
    expect(out).toMatch(/^VIP_IS_GATEWAY \(错误\)：虚拟 IP 是某台主机的网关\n\n原因\n/);
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
