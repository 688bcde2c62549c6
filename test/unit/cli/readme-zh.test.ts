/** README.zh.md says what README.md does, and shows what lvsgen prints. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faultsOf } from "../language/typography.ts";
import { workplace } from "./command-line.ts";

const here = workplace();
const root = join(import.meta.dirname, "../../..");
const [english, chinese] = ["README.md", "README.zh.md"].map((name) => readFileSync(join(root, name), "utf8"));
const blocksOf = (text = ""): string[] =>
  [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);

test("it leads to the same pages", () => {
  const links = (text = ""): string[] => [
    ...new Set([...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link)),
  ];
  const own = ["README.md", "docs/glossary.zh.md"];
  expect(
    links(chinese)
      .filter((link) => !own.includes(link))
      .sort(),
  ).toEqual(
    links(english)
      .filter((link) => link !== "README.zh.md")
      .sort(),
  );
});

test("it has the same commands", () => {
  const commands = (text = ""): string[] =>
    blocksOf(text)
      .flatMap((block) => block.split("\n"))
      .filter((line) => /^(?:lvsgen|bash|npm|ipvsadm-save) /.test(line))
      .map((line) => line.replace(/ +#.*/, ""));
  expect(commands(chinese)).toEqual(commands(english));
});

test("it is set as Chinese is", () => {
  const prose = (chinese ?? "").replaceAll(/^```[a-z]*\n[\s\S]*?^```$/gm, "").replaceAll(/\]\([^)]*\)/g, "]");
  const lines = prose.split("\n").map((line) => line.replaceAll(/`[^`]*`/g, "`A`"));
  expect(lines.filter((line) => faultsOf(line).length > 0)).toEqual([]);
});

test("its findings and its difference are what lvsgen prints", () => {
  const blocks = blocksOf(chinese);
  const described = blocks.find((block) => block.startsWith("{")) ?? "";
  here.write("old.json", described);
  expect(here.lvsgen("build", "old.json", "--language", "zh").code).toBe(0);
  const wrong = described.replace(
    '[{ "host": "web1" }, { "host": "web2" }]',
    '[{ "host": "web1", "port": 8080 }, { "host": "wbe2" }]',
  );
  here.write("cluster.json", wrong);
  const found = blocks.find((block) => block.startsWith("cluster.json:")) ?? "nothing";
  expect(here.lvsgen("validate", "--language", "zh").err).toContain(found);
  here.write("cluster.json", described.replace(', { "host": "web2" }', ""));
  const { out } = here.lvsgen("diff", "old.json", "cluster.json", "--language", "zh");
  const shown = blocks.find((block) => block.startsWith("$ lvsgen diff")) ?? "";
  // Without the command, which names a revision of git, and where it is cut.
  for (const part of shown.split("\n").slice(2).join("\n").split("…\n")) expect(out).toContain(part);
});
