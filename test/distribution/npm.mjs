/** npm's package by the command of docs/install.md, with a Node, without a network and with an empty cache. */
import { join } from "node:path";
import { commandOf } from "./page.mjs";

export function npm({ root, release, scratch, shell }) {
  const prefix = join(scratch, "npm");
  const env = { ...process.env, npm_config_prefix: prefix, npm_config_cache: join(scratch, "npm-cache") };
  return [
    [
      "npm installs its package, and what it installs builds the example",
      () => {
        shell(commandOf(root, "npm install"), { cwd: release, env });
        shell(`${prefix}/bin/lvsgen build --quiet --no-since examples/kgc.json -o ${scratch}/by-npm`);
        shell(`diff -r out ${scratch}/by-npm`);
      },
    ],
  ];
}
