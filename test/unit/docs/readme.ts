/** How the blocks of the README are proved. */
import { join } from "node:path";
import { parse as parseJsonc } from "jsonc-parser";
import { expect } from "vitest";
import {
  areKnown,
  builds,
  checkout,
  commandsIn,
  imports,
  onWorkstation,
  type Proof,
  succeeds,
  textOf,
} from "./deeds.ts";

/** By page, and by how each block begins. */
export const readmeProofs: Readonly<Record<string, Readonly<Record<string, Proof>>>> = {
  "README.md": {
    "lvsgen build cluster.json": () => areKnown("README.md", "lvsgen build cluster.json"),
    "npm start": { by: "test/run/start.mjs", says: "npm start" },
    "npm run lab": { by: "docs/tutorial.md", says: "npm run lab -- up" },
    "{": () => builds(parseJsonc(textOf("README.md", "{"))),
    "ipvsadm-save -n": () => imports(commandsIn(textOf("README.md", "ipvsadm-save -n"))),
    "$ lvsgen diff": () =>
      onWorkstation(async (here) => {
        const described = textOf("README.md", "{");
        here.write("old.json", described);
        here.write("cluster.json", described.replace(', { "host": "web2" }', ""));
        const printed = await succeeds(here, "lvsgen diff old.json cluster.json", [2]);
        const shown = textOf("README.md", "$ lvsgen diff").split("\n").slice(2).join("\n").split("…\n");
        for (const part of shown) expect(printed).toContain(part);
      }),
    "cluster.json:20": () =>
      onWorkstation(async (here) => {
        const [list, wrong] = [
          '[{ "host": "web1" }, { "host": "web2" }]',
          '[{ "host": "web1", "port": 8080 }, { "host": "wbe2" }]',
        ];
        here.write("cluster.json", textOf("README.md", "{").replace(list, wrong));
        expect(await succeeds(here, "lvsgen validate", [1])).toContain(textOf("README.md", "cluster.json:20"));
      }),
    "director.sh realserver.sh": () =>
      onWorkstation(async (here) => {
        const printed = await succeeds(
          here,
          `lvsgen build --quiet --per-host '${join(checkout, "test/fixtures/valid/everything.json")}' && cd out && find . -type f`,
        );
        const kind = (path: string): string =>
          path
            .replace(/^\.\//, "")
            .replace(/^hosts\/.*/, "hosts/HOST/")
            .replace(/^(files|parts)\/.*/, "$1/HOST/PATH");
        const shown = textOf("README.md", "director.sh realserver.sh")
          .split("\n")
          // What a signature adds is proved with it.
          .filter((line) => !line.startsWith("SHA256SUMS.signed "))
          .flatMap((line) =>
            line
              .replace(/ {2,}.*/, "")
              .replace(/ one script per role$/, "")
              .split(" "),
          );
        expect(shown.sort()).toEqual([...new Set(printed.trim().split("\n").map(kind))].sort());
      }),
  },
  "README.zh.md": Object.fromEntries(
    [
      "lvsgen build",
      "npm start",
      "npm run lab",
      "{",
      "ipvsadm-save",
      "$ lvsgen diff",
      "cluster.json:",
      "director.sh",
    ].map((start) => [start, { by: "test/unit/cli/readme-zh.test.ts", says: "it has the same commands" }]),
  ),
};
