/** What brings a file to a guest: several may bring the same one at once. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyCommand } from "../../lab/copy.ts";

const shell = (command: string) => promisify(execFile)("bash", ["-c", command]);

let here = "";
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), "lvsgen-copy-"));
});
afterEach(() => {
  rmSync(here, { recursive: true });
});

test("two at once, again and again", async () => {
  const to = join(here, "run/steady.pl");
  for (const name of ["put-1", "put-2"]) writeFileSync(join(here, name), "text\n");
  const [one, other] = ["put-1", "put-2"].map((name) => copyCommand(join(here, name), to));
  // From one shell, so that both begin in the same moment.
  await shell(`for ((round = 0; round < 200; round++)); do
    rm -rf ${here}/run; { ${one}; } & { ${other}; } || exit; wait $! || exit
  done`);
  expect(readFileSync(to, "utf8")).toBe("text\n");
  expect(readdirSync(join(here, "run"))).toEqual(["steady.pl"]);
}, 60_000);

test("a directory is copied into the one that is there", async () => {
  for (const name of ["put-1", "there"]) mkdirSync(join(here, name));
  writeFileSync(join(here, "put-1/new"), "new");
  writeFileSync(join(here, "there/old"), "old");
  symlinkSync("new", join(here, "put-1/link"));
  await shell(copyCommand(join(here, "put-1"), join(here, "there")));
  expect(readdirSync(join(here, "there")).sort()).toEqual(["link", "new", "old"]);
});
