import type { FoundHost } from "../facts.ts";
import type { NamedCidr } from "../options.ts";
import type { PlannedHost } from "./planned.ts";

interface NamedHost {
  readonly name: string;
  readonly cidrs: readonly string[];
}

/** A host may be given once for each family. */
export function byName(given: readonly NamedCidr[]): NamedHost[] {
  const hosts: { name: string; cidrs: string[] }[] = [];
  for (const { name, cidr } of given) {
    const same = hosts.find((one) => one.name === name && !one.cidrs.some((other) => isSix(other) === isSix(cidr)));
    if (same === undefined) hosts.push({ name, cidrs: [cidr] });
    else same.cidrs.push(cidr);
  }
  return hosts;
}

function isSix(cidr: string): boolean {
  return cidr.includes(":");
}

/** A host that an option names. */
export function fromOption(
  { name, cidrs }: NamedHost,
  role: PlannedHost["role"],
  nic: string,
  found: FoundHost | null,
): PlannedHost {
  const address = { name: nic, address: cidrs.find((one) => !isSix(one)) ?? null, address6: cidrs.find(isSix) ?? null };
  return { name, role, assumed: null, interfaces: [address], gateways: [], found };
}
