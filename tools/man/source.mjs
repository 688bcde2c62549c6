/** The command tree as help has it, from the source itself: what is new there is in the page too. */
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import { build } from "esbuild";
import { chineseWords } from "./words.mjs";

const entry = `
export { createProgram } from "./src/commands/program.ts";
export { defaultFiles } from "./src/commands/default-file.ts";
export { exitCode, exitMeanings } from "./src/exit-code.ts";
export { partsOf } from "./src/diagnostics/wrap.ts";
export { english } from "./src/language/index.ts";
export { titleTexts } from "./src/language/zh/finding/titles.ts";
export { chinese } from "./src/language/zh/index.ts";
export { schemaPhrases } from "./src/language/zh/schema/index.ts";
`;

/** Commands load their code when they run, and none runs here. */
const withoutCommands = {
  name: "without-commands",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/**
 * @typedef {object} Tree
 * @property {import("commander").Command} program
 * @property {(command: import("commander").Command) => string} afterHelp what help says below the options
 * @property {readonly string[]} defaultFiles
 * @property {readonly { code: number, meaning: string }[]} exits
 */

/**
 * @param {string} root the project
 * @returns {Promise<Record<"en" | "zh", Tree> & { words: ReturnType<typeof chineseWords> }>} the tree with its help in each language,
 *   and the words of the Chinese pages
 */
export async function commandTree(root) {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: "ts" },
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
    plugins: [withoutCommands],
  });
  const loaded = { exports: {} };
  const require = createRequire(import.meta.url);
  compileFunction(outputFiles[0].text, ["module", "exports", "require"])(loaded, loaded.exports, require);
  const { chinese, createProgram, defaultFiles, english, exitCode, exitMeanings } = loaded.exports;
  const exits = Object.entries(exitCode).map(([name, code]) => ({ code, meaning: exitMeanings[name] }));
  const treeIn = (language) => ({ ...helpOf(createProgram, language), defaultFiles, exits });
  return { en: treeIn(english), zh: treeIn(chinese), words: chineseWords(saidBy(loaded.exports)) };
}

/** What the catalogues of help and of the schema have of a text. */
function saidBy({ chinese, partsOf, schemaPhrases, titleTexts }) {
  const known = Object.assign({}, titleTexts, ...schemaPhrases);
  const say = (text) => {
    const said = known[text] ?? chinese.terminal(text);
    // What is no sentence stands in every language as it is.
    return said === text && /^[ -~]*[a-z]{2} [a-z]{2}[ -~]*$/.test(text) ? null : said;
  };
  return { say, partsOf };
}

function helpOf(createProgram, language) {
  let printed = "";
  const output = { write: (text) => (printed += text), columns: null, language };
  const program = createProgram([], { out: output, err: output, isInteractive: false }, () => {});
  const afterHelp = (command) => {
    printed = "";
    command.outputHelp();
    return printed.slice(command.helpInformation().length);
  };
  return { program, afterHelp };
}
