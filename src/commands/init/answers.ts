/** What a first description needs to know. */
export interface Answers {
  readonly name: string;
  readonly platform: string;
  readonly interface: string;
  readonly directors: readonly NamedAddress[];
  readonly vip: string;
  readonly protocol: string;
  readonly port: number;
  readonly mode: string;
  readonly scheduler: string;
  readonly realServers: readonly NamedAddress[];
  /** What the check asks for over HTTP; null: it asks nothing over HTTP. */
  readonly checkPath: string | null;
  /** What every real server gets, in the names of its platform. */
  readonly packages: readonly string[];
  readonly units: readonly string[];
  readonly clients: readonly NamedAddress[];
}

export interface NamedAddress {
  readonly name: string;
  /** With prefix length, such as `192.168.80.10/24`. */
  readonly cidr: string;
}

/** The lists that are asked for host by host, until there are no more. */
export type ListKey = "realServers" | "clients";

/** What nobody needs to be asked for. */
export const defaults = {
  name: "lvs",
  protocol: "tcp",
  mode: "dr",
  scheduler: "wlc",
  checkPath: "/",
  packages: [],
  units: [],
  clients: [],
} as const;

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
  const checkPath = answers.checkPath ?? (isWeb(answers) ? defaults.checkPath : null);
  return { ...defaults, ...answers, checkPath, platform, interface: nic, directors, realServers, vip, port };
}

/** Why no check asks for a path there; null: one can. */
export function pathClash({ protocol, checkPath }: Pick<Partial<Answers>, "protocol" | "checkPath">): string | null {
  if (typeof checkPath !== "string" || (protocol !== "udp" && protocol !== "sctp")) return null;
  return `--check-path: HTTP is asked over tcp, not over ${protocol}; leave the option out, or choose tcp`;
}

const webPorts: readonly number[] = [80, 443, 8080, 8443];

/** Whether a web server is what answers there. */
export function isWeb({ port, protocol = defaults.protocol }: Pick<Partial<Answers>, "port" | "protocol">): boolean {
  return protocol === "tcp" && port !== undefined && webPorts.includes(port);
}
