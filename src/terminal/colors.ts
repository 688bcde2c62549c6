import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/**
 * Whether to colour what goes to a stream. `--no-color` and `--color` decide; then a non-empty `NO_COLOR`
 * (https://no-color.org), then `FORCE_COLOR` (https://force-color.org; `0` and `false` mean no); then whether it is
 * a terminal that can.
 */
function wantsColor(isTerminal: boolean, args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (args.includes("--no-color")) return false;
  if (args.includes("--color")) return true;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}

export function colorsFor(isTerminal: boolean, args: readonly string[], env: NodeJS.ProcessEnv): Colors {
  return pc.createColors(wantsColor(isTerminal, args, env));
}
