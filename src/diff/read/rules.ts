/** The IPVS table that a director gets, from its rules and thresholds: the text of `ipvsadm-save -n` as lvsgen writes it. */
import type { Declared } from "../snapshot.ts";

export interface TableServer {
  /** `192.0.2.11:80` */
  readonly name: string;
  /** Without its port. */
  readonly address: string;
  /** `-g`, `-i` or `-m`. */
  readonly method: string;
  readonly weight: number;
  /** How packets are wrapped; empty for other methods, and where an ipvsadm does not say it. */
  readonly tunnel: string;
  /** Upper and lower; 0 for none. */
  readonly thresholds: readonly [number, number];
}

export interface TableService {
  /** `-t 192.0.2.80:80`, `-f 7 -6` */
  readonly key: string;
  readonly scheduler: string;
  /** Seconds; null: none. */
  readonly persistence: number | null;
  /** The client mask as ipvsadm has it; empty for one client. */
  readonly mask: string;
  readonly engine: string;
  readonly onePacket: boolean;
  readonly flags: string;
  readonly servers: ReadonlyMap<string, TableServer>;
}

export type Table = ReadonlyMap<string, TableService>;

/** The table of one director; empty where it has none. */
export function readTable(declared: readonly Declared[]): Table {
  const thresholds = readThresholds(textOf(declared, "thresholds"));
  const services = new Map<string, TableService & { readonly servers: Map<string, TableServer> }>();
  for (const line of textOf(declared, "table").split("\n")) {
    const { verb, key, rest } = readRule(line);
    if (verb === "-A") services.set(key, serviceOf(key, rest));
    else if (verb === "-a") {
      const server = serverOf(key, rest, thresholds);
      services.get(key)?.servers.set(server.name, server);
    }
  }
  return services;
}

function textOf(declared: readonly Declared[], kind: string): string {
  return declared.find((one) => one.kind === kind)?.text ?? "";
}

/** `-t 192.0.2.80:80`, `-f 7`, `-f 7 -6`: the words of a rule that name its service, and those behind them. */
function readRule(line: string): { verb: string; key: string; rest: readonly string[] } {
  const [verb = "", option = "", name = "", ...rest] = line.split(" ");
  const isSix = rest[0] === "-6";
  return { verb, key: `${option} ${name}${isSix ? " -6" : ""}`, rest: isSix ? rest.slice(1) : rest };
}

function after(words: readonly string[], option: string): string | null {
  const at = words.indexOf(option);
  return at < 0 ? null : (words[at + 1] ?? "");
}

function serviceOf(key: string, words: readonly string[]) {
  const persistence = after(words, "-p");
  return {
    key,
    scheduler: after(words, "-s") ?? "",
    persistence: persistence === null ? null : Number(persistence),
    mask: after(words, "-M") ?? "",
    engine: after(words, "--pe") ?? "",
    onePacket: words.includes("-o"),
    flags: after(words, "-b") ?? "",
    servers: new Map<string, TableServer>(),
  };
}

function serverOf(key: string, words: readonly string[], thresholds: ReadonlyMap<string, readonly [number, number]>) {
  const [, name = "", method = ""] = words;
  return {
    name,
    address: addressOf(name),
    method,
    weight: Number(after(words, "-w") ?? 0),
    tunnel: words.slice(5).join(" "),
    thresholds: thresholds.get(`${key} ${name}`) ?? ([0, 0] as const),
  };
}

function readThresholds(text: string): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  for (const line of text.split("\n")) {
    const { key, rest } = readRule(line);
    if (rest[0] === "-r") found.set(`${key} ${rest[1]}`, [Number(after(rest, "-x")), Number(after(rest, "-y"))]);
  }
  return found;
}

/** `192.0.2.11` of `192.0.2.11:80`, `fd00::11` of `[fd00::11]:80`. */
export function addressOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(":")).replace(/^\[|\]$/g, "");
}

/** The address of a service; null for a mark, whose addresses stand in its rules. */
export function vipOf(key: string): string | null {
  const [option = "", name = ""] = key.split(" ");
  return option === "-f" ? null : addressOf(name);
}

const protocols: Readonly<Record<string, string>> = { "-t": "tcp", "-u": "udp", "--sctp-service": "sctp" };

/** `tcp 192.0.2.80:80`, `mark 7`, `mark 7 (IPv6)` */
export function keyTitle(key: string): string {
  const [option = "", name = "", six] = key.split(" ");
  return option === "-f"
    ? `mark ${name}${six === undefined ? "" : " (IPv6)"}`
    : `${protocols[option] ?? option} ${name}`;
}
