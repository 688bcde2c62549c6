/** The command tree as help has it, from the source itself: what is new there is in the page too. */
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import { build } from "esbuild";

const entry = `
export { createProgram } from "./src/commands/program.ts";
export { defaultFiles } from "./src/commands/default-file.ts";
export { exitCode, exitMeanings } from "./src/exit-code.ts";
export { english } from "./src/language/index.ts";
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
 * @param {string} root the project
 * @returns {Promise<{ program: import("commander").Command, afterHelp: (command: import("commander").Command) => string,
 *   defaultFiles: readonly string[], exits: readonly { code: number, meaning: string }[] }>}
 *   afterHelp: what help says below the options
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
  const { createProgram, defaultFiles, english, exitCode, exitMeanings } = loaded.exports;

  let printed = "";
  const output = { write: (text) => (printed += text), columns: null, language: english };
  const program = createProgram([], { out: output, err: output, isInteractive: false }, () => {});
  const afterHelp = (command) => {
    printed = "";
    command.outputHelp();
    return printed.slice(command.helpInformation().length);
  };
  const exits = Object.entries(exitCode).map(([name, code]) => ({ code, meaning: exitMeanings[name] }));
  return { program, afterHelp, defaultFiles, exits };
}
