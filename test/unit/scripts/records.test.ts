// A journal is text that somebody else may have written (an image's): nothing of a record is run.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, inDirectory } from "./bundle.ts";

const library = join(import.meta.dirname, "../../../templates/runtime");

test.each([
  [
    "the mode of a directory",
    'have=absent; make_parents() { :; }; reach() { at=$PWD leaf=d; }; shared=; directory_set /d "directory $mode - -"',
  ],
  ["the mode of a file", 'have="file 0644 0 0 root root"; state="file $mode - -"; text=x; same_rights'],
  ["a mode", "have=0644; state=$mode; mode_same /f"],
])("%s", (_name, line) => {
  inDirectory((directory) => {
    mkdirSync(join(directory, "d"));
    const program = `set -Eeuo pipefail; for file in engine/{text,output,words,kinds,path,files,rights} kinds/{file,directory,mode}; do source "$1/$file.sh"; done
      root=$PWD mutating='' log_descriptor='' lacking=1; mode='0+BASH_VERSINFO[$(>ran)]'; ${line} || :`;
    const { stderr } = spawnSync(bash, ["-c", program, "test", library], { cwd: directory, encoding: "utf8" });
    expect({ ran: existsSync(join(directory, "ran")), stderr }).toEqual({ ran: false, stderr: "" });
  });
});
