import type { Cluster, Family } from "../../model.ts";
import type { Contribution, Setting } from "../contribution.ts";
import { interfaceKey } from "../naming.ts";
import type { Site } from "../site.ts";

/** Whether the director is a router, and that it sends no ICMP redirects: a client that follows one goes past it. */
export function forwarding({ cluster, host, placements }: Site): Contribution {
  const why = { 4: reason(cluster, 4), 6: reason(cluster, 6) };
  const devices = [...new Set([...host.interfaces.map(({ name }) => name), ...placements.map(({ device }) => device)])];
  return {
    settings: [
      why[4] === null ? noRouter : { key: "net.ipv4.ip_forward", value: "1", why: why[4] },
      ...(why[6] === null ? [] : [{ key: "net.ipv6.conf.all.forwarding", value: "1", why: why[6] }]),
      // The effective value is all OR the interface's: both have to be 0 (ip-sysctl.rst).
      ...["all", "default", ...devices.filter((name) => name !== "lo")].map((device) => ({
        key: interfaceKey("ipv4", device, "send_redirects"),
        value: "0",
        why: "No ICMP redirects: a client that learns a real server's address by one goes past the director.",
      })),
    ],
  };
}

const noRouter: Setting = {
  key: "net.ipv4.ip_forward",
  value: "0",
  why: "DR and TUN: replies go from the real servers straight to the clients, so this is no router.",
};

/** Why packets of a family are forwarded, or null. */
function reason({ services, sourceNat }: Cluster, family: Family): string | null {
  // Services may share one list of a million entries.
  const lists = [...new Set(services.map(({ realServers }) => realServers))];
  const natted = lists.map((list) => list.find(({ mode }) => mode === "nat")?.address.family);
  if (natted.includes(family)) return "NAT: the real servers' replies are forwarded to the clients.";
  const isInner = sourceNat.some(({ network }) => network.address.family === family);
  return isInner ? "Source NAT: what machines behind the director begin is forwarded." : null;
}
