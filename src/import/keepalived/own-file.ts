/** A keepalived.conf that lvsgen wrote: its comments have the names that keepalived has no words for. */
import type { Ledger } from "../ledger.ts";
import { lineOf } from "../place.ts";
import { type Input, linesOf } from "../reading.ts";

export interface OwnFile {
  readonly host: string;
  readonly cluster: string;
  /** Names of services by the line of their virtual server. */
  readonly services: ReadonlyMap<number, string>;
}

const head = /^# keepalived of (\S{1,253}) in the cluster ([a-z0-9-]{1,63})\. lvsgen writes this file whole/;
const service = /^# ([A-Za-z0-9._-]{1,128})(?:: a real server is out after [0-9]+ s at most)?$/;

/** Null: somebody else wrote it. */
export function readOwnFile({ file, text }: Input, ledger: Ledger): OwnFile | null {
  const lines = linesOf(text);
  const match = /^# lvsgen-[0-9a-f]{8}$/.test(lines[0] ?? "") ? head.exec(lines[1] ?? "") : null;
  if (match === null) return null;
  ledger.taken(lineOf(file, 2));
  const services = new Map<number, string>();
  for (const [index, line] of lines.entries()) {
    const name = service.exec(line)?.[1];
    if (name === undefined || !lines[index + 1]?.startsWith("virtual_server ")) continue;
    services.set(index + 2, name);
    ledger.taken(lineOf(file, index + 1));
  }
  return { host: match[1] ?? "", cluster: match[2] ?? "", services };
}
