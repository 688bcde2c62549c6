/**
 * The manual pages, from what help and the schema say: `manPages` for the build, or by hand `node tools/man/index.mjs lvsgen.1 | man -l -`.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dayOf, release } from "../release/index.mjs";
import { clusterPage } from "./cluster-page.mjs";
import { commandPage } from "./command-page.mjs";
import { commandTree } from "./source.mjs";
import { page } from "./troff.mjs";
import { englishWords } from "./words.mjs";

/**
 * @param {string} root the project
 * @returns {Promise<Record<string, string>>} by file name: `lvsgen.1`, `lvsgen-cluster.5`, and the same in Chinese below `zh_CN/`
 */
export async function manPages(root) {
  const { version, epoch } = release(root);
  const day = epoch === null ? "" : dayOf(epoch);
  const { en, zh, words } = await commandTree(root);
  const schema = JSON.parse(await readFile(join(root, "schema", "cluster.schema.json"), "utf8"));
  const head = { day, source: `lvsgen ${version}`, manual: "lvsgen" };
  const command = { name: "lvsgen", section: 1, ...head };
  const cluster = { name: "lvsgen-cluster", section: 5, ...head };
  return {
    "lvsgen.1": page(command, commandPage(en, englishWords)),
    "lvsgen-cluster.5": page(cluster, clusterPage(schema, en.defaultFiles, englishWords)),
    "zh_CN/lvsgen.1": page(command, commandPage(zh, words)),
    "zh_CN/lvsgen-cluster.5": page(cluster, clusterPage(schema, zh.defaultFiles, words)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pages = await manPages(join(dirname(fileURLToPath(import.meta.url)), "..", ".."));
  const asked = pages[process.argv[2]];
  if (asked === undefined) throw new Error(`the pages are ${Object.keys(pages).join(", ")}`);
  process.stdout.write(asked);
}
