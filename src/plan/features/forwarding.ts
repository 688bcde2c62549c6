import { reasonToForward } from "../../lvs/forwarding.ts";
import type { Cluster, Family, Host } from "../../model.ts";
import type { Contribution, Setting } from "../contribution.ts";
import { interfaceKey, sysctlFile } from "../naming.ts";
import type { Resource } from "../resource.ts";
import type { Site } from "../site.ts";

/**
 * Whether the director forwards, and that it sends no ICMP redirects: a client that follows one goes past it. DR and TUN need no
 * forwarding and do not mind it, and the host may route for containers, a VPN or machines behind it: unless the description says
 * so, or NAT needs it, that stays as it is.
 */
export function forwarding({ cluster, host, role, placements, carried }: Site): Contribution {
  const own = host.interfaces.map(({ name }) => name);
  const devices = [...new Set([...own, ...[...placements, ...carried].map(({ device }) => device)])];
  const switches = ([4, 6] as const).flatMap((family) => forwardingOf(cluster, host, family));
  const routes6 = switches.some(({ key, value }) => key === keys[6] && value === "1");
  return {
    resources: {
      advertised: routes6
        ? host.interfaces.map(
            ({ name }): Resource => ({
              kind: "advertised",
              device: name,
              path: sysctlFile(cluster.name, `${role}-${name}`),
            }),
          )
        : [],
    },
    settings: [
      ...switches,
      // The effective value is all OR the interface's: both have to be 0 (ip-sysctl.rst).
      ...["all", "default", ...devices.filter((name) => name !== "lo")].map((device) => ({
        key: interfaceKey("ipv4", device, "send_redirects"),
        value: "0",
        why: "No ICMP redirects: a client that learns a real server's address by one goes past the director.",
      })),
    ],
  };
}

const keys = { 4: "net.ipv4.ip_forward", 6: "net.ipv6.conf.all.forwarding" } as const;

function forwardingOf(cluster: Cluster, host: Host, family: Family): Setting[] {
  const key = keys[family];
  const why = reasonToForward(cluster, family);
  if (why !== null) return [{ key, value: "1", why: `${why[0]?.toUpperCase()}${why.slice(1)}.` }];
  const hasFamily = host.interfaces.some(({ addresses }) => addresses.some(({ address }) => address.family === family));
  if (!hasFamily || host.forwarding === "keep") return [];
  return host.forwarding === "on"
    ? [{ key, value: "1", why: "Described: this host forwards packets." }]
    : [
        {
          key,
          value: "0",
          why: "Described: this host forwards no packets. In DR and TUN replies go straight to the clients.",
        },
      ];
}
