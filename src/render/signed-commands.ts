/** Commands of documents as they are typed on hosts that run signed scripts alone. */
import type { Cluster } from "../model.ts";

/** What changes a host; what only reads is typed with bash, in a folder that was verified. */
const changing =
  /\bbash (director|realserver|nfs)\.sh(?! (?:verify|check|status|history|list|show|extract|completion|--help))/g;

/**
 * With `lvsgen-run` where `trust` is described. An uninstall may be that of a former bundle, which lvsgen-run refuses as an old one: it is
 * the copy of what was applied last that takes it off.
 *
 * @param folder of a single host, in which they are typed; null: that of the whole bundle
 */
export function withSignedCommands(text: string, { name, trust }: Cluster, folder: string | null): string {
  if (trust === null) return text;
  const run = folder === null ? "lvsgen-run . " : `lvsgen-run ../.. ${folder}/`;
  const typed = text
    .replaceAll(/\bbash (director|realserver|nfs)\.sh uninstall/g, `bash /etc/lvsgen/${name}/$1.sh uninstall`)
    .replaceAll(changing, `${run}$1.sh`);
  return realigned(typed);
}

/** What commands end with stands in one column of each block. */
function realigned(text: string): string {
  return text.replaceAll(/(?:^ {4,}\S.*? {3,}# .*\n)+/gm, (block) => {
    const lines = block
      .trimEnd()
      .split("\n")
      .map((line) => /^(?<command> +\S.*?) {3,}(?<ends># .*)$/.exec(line)?.groups);
    const width = Math.max(...lines.map((line) => line?.["command"]?.length ?? 0));
    return `${lines.map((line) => `${line?.["command"]?.padEnd(width)}   ${line?.["ends"]}`).join("\n")}\n`;
  });
}
