/** What choices mean, in a few words; the lines fit a terminal of 60 columns. */
import { type Platform, type PlatformName, platforms } from "../../platform/index.ts";
import type { Answers } from "./answers.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function platformChoices(): readonly Choice[] {
  return labelled(Object.values(platforms).map(({ name, title }) => [name, title] as const));
}

export function modeChoices(): readonly Choice[] {
  return labelled([
    ["dr", "replies straight to the client; same segment"],
    ["tun", "replies straight to the client; any network"],
    ["nat", "replies go through the director"],
  ]);
}

/** Those that the system's ipvsadm can. */
export function protocolChoices(answers: Partial<Answers>): readonly Choice[] {
  const sctp = platformOf(answers)?.limits.sctpServices ?? true;
  return labelled([
    ["tcp", "connections, such as of the web"],
    ["udp", "datagrams, such as of DNS or syslog"],
    ...(sctp ? [["sctp", "associations, such as of telephony"] as const] : []),
  ]);
}

const schedulers = {
  rr: "each real server in turn",
  wrr: "in turn, by weight",
  lc: "the one with the fewest connections",
  wlc: "the fewest connections for its weight",
  lblc: "one for each address asked (caches)",
  lblcr: "several for each address asked (caches)",
  dh: "by a hash of the address asked for",
  sh: "by a hash of the client's address",
  sed: "the shortest expected delay",
  nq: "one that is idle, else as sed",
  fo: "the highest weight alone, until it is gone",
  ovf: "the highest weight until it is full",
  mh: "by a hash that hardly moves (Maglev)",
  twos: "the better of two picked at random",
} as const;

/** Those that the system's kernel has. */
export function schedulerChoices(answers: Partial<Answers>): readonly Choice[] {
  const missing: readonly string[] = platformOf(answers)?.limits.missingSchedulers ?? [];
  return labelled(Object.entries(schedulers).filter(([name]) => !missing.includes(name)));
}

/** The web server that everybody knows there. */
export function webServer(answers: Partial<Answers>): string {
  return platformOf(answers)?.packageManager === "apt" ? "apache2" : "httpd";
}

function platformOf({ platform = "" }: Partial<Answers>): Platform | null {
  return Object.hasOwn(platforms, platform) ? platforms[platform as PlatformName] : null;
}

function labelled(rows: readonly (readonly [name: string, meaning: string])[]): readonly Choice[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([value, meaning]) => ({ value, label: `${value.padEnd(width)}  ${meaning}` }));
}
