import type { InitOptions } from "./options.ts";

/** What a first description needs to know. */
export interface Answers {
  readonly name: string;
  readonly platform: string;
  readonly interface: string;
  readonly directors: readonly NamedAddress[];
  readonly realServers: readonly NamedAddress[];
  readonly clients: readonly NamedAddress[];
  readonly vip: string;
  readonly protocol: string;
  readonly port: number;
  readonly mode: string;
  readonly scheduler: string;
}

export interface NamedAddress {
  readonly name: string;
  /** With prefix length, such as `192.168.80.10/24`. */
  readonly cidr: string;
}

/** What nobody needs to be asked for. */
export const defaults = { name: "lvs", protocol: "tcp", mode: "dr", scheduler: "wlc" } as const;

export type OptionReading =
  | { readonly kind: "answers"; readonly answers: Partial<Answers> }
  | { readonly kind: "wrong"; readonly message: string };

/** What the options of the command line answer already. */
export function fromOptions(options: InitOptions): OptionReading {
  const lists = { directors: options.director, realServers: options.realserver, clients: options.client };
  const hosts: Record<string, readonly NamedAddress[]> = {};
  for (const [key, texts] of Object.entries(lists)) {
    if (texts === undefined) continue;
    const named = texts.map(parseNamedAddress);
    const wrong = named.indexOf(null);
    if (wrong >= 0)
      return {
        kind: "wrong",
        message: `${JSON.stringify(texts[wrong])} is not NAME=ADDRESS/PREFIX, such as web1=192.168.80.12/24`,
      };
    hosts[key] = named.filter((host) => host !== null);
  }
  const port = options.port === undefined ? undefined : parsePort(options.port);
  if (port === null) return { kind: "wrong", message: `${JSON.stringify(options.port)} is not a port (1 to 65535)` };
  const { name, platform, interface: nic, vip, protocol, mode, scheduler } = options;
  return {
    kind: "answers",
    answers: given({ name, platform, interface: nic, vip, protocol, mode, scheduler, port, ...hosts }),
  };
}

/** `web1=192.168.80.12/24`, or null. Whether the parts are right is for the compiler to say. */
export function parseNamedAddress(text: string): NamedAddress | null {
  const [, name, cidr] = /^([^=\s]+)=([0-9A-Fa-f:.]+\/[0-9]+)$/.exec(text) ?? [];
  return name === undefined || cidr === undefined ? null : { name, cidr };
}

export function parsePort(text: string): number | null {
  const port = /^[1-9][0-9]{0,4}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}

/** The options that still have to be given, as they are spelt. */
export function missingOptions(answers: Partial<Answers>): readonly string[] {
  const needed: readonly (readonly [keyof Answers, string])[] = [
    ["platform", "--platform"],
    ["interface", "--interface"],
    ["directors", "--director"],
    ["realServers", "--realserver"],
    ["vip", "--vip"],
    ["port", "--port"],
  ];
  return needed.filter(([key]) => answers[key] === undefined).map(([, option]) => option);
}

/** The answers with the defaults; null while something is missing. */
export function complete(answers: Partial<Answers>): Answers | null {
  const { platform, interface: nic, directors, realServers, vip, port } = answers;
  if (platform === undefined || nic === undefined || directors === undefined) return null;
  if (realServers === undefined || vip === undefined || port === undefined) return null;
  const { clients = [], ...rest } = answers;
  return { ...defaults, ...rest, platform, interface: nic, directors, realServers, clients, vip, port };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the keys that are undefined. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
