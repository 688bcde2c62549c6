/** Hosts as a runbook names them: those of the description, and those that have left it. */
import type { LeftHost } from "../../diff/since/record.ts";
import type { Cluster, Host } from "../../model.ts";

export interface NamedHost {
  readonly name: string;
  /** `192.168.80.12, el7`; empty where nothing is known. */
  readonly about: string;
}

/** Finds a host by its name. */
export type HostBook = (name: string) => NamedHost;

export function hostBook({ hosts }: Cluster, left: readonly LeftHost[]): HostBook {
  const book = new Map<string, NamedHost>();
  for (const { name, interfaces } of left) book.set(name, { name, about: interfaces.join(", ") });
  for (const host of hosts)
    book.set(host.name, { name: host.name, about: [mainAddress(host), host.platform.name].join(", ") });
  return (name) => book.get(name) ?? { name, about: "" };
}

export function mainAddress({ address, address6 }: Host): string {
  return (address ?? address6)?.address.text ?? "";
}

/** `web1, web2 and 6 more`: a list of a thousand helps nobody. */
export function names(all: readonly string[]): string {
  return all.length > 9 ? `${all.slice(0, 8).join(", ")} and ${all.length - 8} more` : all.join(", ");
}

/** What the chapter about secrets says; null where none of these hosts has any. */
export function secretsView(
  hosts: readonly Host[],
): { readonly hosts: string; readonly one: boolean; readonly file: string } | null {
  const having = hosts.filter(({ files }) => files.some(({ secret }) => secret)).map(({ name }) => name);
  const [first] = having;
  if (first === undefined) return null;
  return { hosts: names(having), one: having.length === 1, file: `secrets-${having.length === 1 ? first : "HOST"}` };
}
