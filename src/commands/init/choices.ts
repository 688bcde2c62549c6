/** What choices mean, in a few words; the lines fit a terminal of 60 columns. */
import schema from "../../../schema/cluster.schema.json" with { type: "json" };
import { type Platform, type PlatformName, platforms } from "../../platform/index.ts";
import type { Answers } from "./answers.ts";

export interface Choice {
  readonly value: string;
  /** In English, or a name. */
  readonly meaning: string;
}

export function platformChoices(): readonly Choice[] {
  return labelled(Object.values(platforms).map(({ name, title }) => [name, rebuilds[name] ?? title] as const));
}

/** Systems that people know by other names than the one whose rebuilds they are. */
const rebuilds: Partial<Readonly<Record<PlatformName, string>>> = {
  el8: "RHEL 8, Rocky, AlmaLinux, CentOS 8",
  el9: "RHEL 9, Rocky, AlmaLinux",
};

export function modeChoices(): readonly Choice[] {
  return labelled(explained(schema.$defs.mode));
}

/** Those that the system's ipvsadm can. */
export function protocolChoices(answers: Partial<Answers>): readonly Choice[] {
  const sctp = platformOf(answers)?.limits.sctpServices ?? true;
  return labelled(explained(schema.$defs.protocol).filter(([name]) => sctp || name !== "sctp"));
}

/** Those that the system's kernel has. */
export function schedulerChoices(answers: Partial<Answers>): readonly Choice[] {
  const missing: readonly string[] = platformOf(answers)?.limits.missingSchedulers ?? [];
  return labelled(explained(schema.$defs.scheduler).filter(([name]) => !missing.includes(name)));
}

/** The web server that everybody knows there. */
export function webServer(answers: Partial<Answers>): string {
  return platformOf(answers)?.packageManager === "apt" ? "apache2" : "httpd";
}

function platformOf({ platform = "" }: Partial<Answers>): Platform | null {
  return Object.hasOwn(platforms, platform) ? platforms[platform as PlatformName] : null;
}

interface Explained {
  readonly enum: readonly string[];
  readonly enumDescriptions: readonly string[];
}

/** The values of a key, with what editors show beside them too. */
function explained({
  enum: names,
  enumDescriptions,
}: Explained): readonly (readonly [name: string, meaning: string])[] {
  return names.map((name, at) => [name, enumDescriptions[at] ?? ""]);
}

function labelled(rows: readonly (readonly [name: string, meaning: string])[]): readonly Choice[] {
  return rows.map(([value, meaning]) => ({ value, meaning }));
}
