/**
 * Node's own modules for child processes and terminals are loaded when someone needs them: two dependencies load them at each
 * start for what lvsgen does not do. Each alone gains nothing, for the other loads most of the same modules.
 *
 * Gain: 2 to 3 % of the processor time of a small build (`bench.mjs`, 81 rounds: 131 ms with it, 134 ms without).
 * `LVSGEN_WITHOUT=late-streams` builds without it.
 */
import { readFile } from "node:fs/promises";

export function lateStreams() {
  return [lateChildProcess(), lateStandardOutput()];
}

/** commander loads `child_process` for commands that are programs of their own; lvsgen has none. */
function lateChildProcess() {
  return {
    name: "late-child-process",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        importer.includes("commander") ? { path: "child_process", namespace: "late" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "late" }, () => ({
        contents: 'exports.spawn = (...args) => require("node:child_process").spawn(...args);',
      }));
    },
  };
}

/** picocolors looks for a terminal when it is loaded, which opens standard output; lvsgen looks itself (src/terminal/). */
function lateStandardOutput() {
  const look = "(p.stdout || {}).isTTY";
  return {
    name: "late-standard-output",
    setup({ onLoad }) {
      onLoad({ filter: /node_modules[\\/]picocolors[\\/]picocolors\.js$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes(look)) throw new Error(`picocolors no longer has ${look}`);
        return { contents: source.replace(look, "false"), loader: "js" };
      });
    },
  };
}
