/** Files that an include names and that are not read are told, each for itself. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { includesBeside } from "../../../src/commands/import/includes.ts";
import { analyse } from "../../../src/compile.ts";
import { importInputs, noOptions } from "../../../src/import/index.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "import-"));
  mkdirSync(join(folder, "given/conf.d"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, "given/keepalived.conf");

test("matches outside of the folder", async () => {
  writeFileSync(join(folder, "elsewhere.conf"), "vrrp_version 3\n");
  writeFileSync(join(folder, "given/conf.d/a.conf"), "\n");
  symlinkSync(join(folder, "elsewhere.conf"), join(folder, "given/conf.d/b.conf"));
  const imported = await importInputs(
    [{ file: file(), text: "global_defs {\n}\ninclude conf.d/*.conf\n", folder: null }],
    noOptions,
    includesBeside([file()]),
    (text, name) => analyse(text, { file: name }),
  );
  expect(imported.misses.map(({ place, reason }) => `${place.line}: ${reason}`)).toContain(
    `3: ${join(folder, "given/conf.d/b.conf")} was not read: it lies outside of the folder of the file that is imported`,
  );
});

test("more matches than an include reads", () => {
  for (let index = 0; index < 1003; index++) writeFileSync(join(folder, `given/conf.d/${index + 1000}.conf`), "\n");
  const found = includesBeside([file()]).find("conf.d/*.conf", file());
  if (!("leftOut" in found)) throw new Error("all of them are read");
  expect(found.files).toHaveLength(1000);
  expect(found.leftOut.map(({ file: one }) => one.slice(-9))).toEqual(["2000.conf", "2001.conf", "2002.conf"]);
});
