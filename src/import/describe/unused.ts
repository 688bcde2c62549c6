import type { Facts } from "../facts.ts";
import type { Ledger } from "../ledger.ts";

/** Addresses and marks that commands of scripts bring, and that no service has. */
export function tellUnused({ services, vips, marks, hosts }: Facts, ledger: Ledger): void {
  const addresses = new Set(marks.map(({ vip }) => vip));
  const numbers = new Set<number>();
  for (const { frontend } of services) {
    if (frontend.kind === "address") addresses.add(frontend.vip);
    else numbers.add(frontend.mark);
  }
  const lines = new Set(ledger.files().map(({ file }) => file));
  for (const { address, place } of [...vips, ...hosts.flatMap((host) => host.vips)])
    if (!addresses.has(address))
      ledger.missed(
        place,
        `no service is on ${address}`,
        "let the network configuration of the host bring it, or add a service",
      );
  for (const { mark, place } of marks)
    if (!numbers.has(mark) && lines.has(place.file))
      ledger.missed(place, `no service has the mark ${mark}`, "add the service, or leave the rule with the firewall");
}

/** Real servers without a weight in what a director printed while it ran. */
export function countIdle({ services }: Facts, ledger: Ledger): number {
  const printed = new Set(ledger.files().flatMap(({ file, kind }) => (kind.startsWith("ipvsadm-") ? [file] : [])));
  let count = 0;
  for (const { servers } of services)
    for (const { weight, place } of servers) if (weight === 0 && printed.has(place.file)) count++;
  return count;
}
