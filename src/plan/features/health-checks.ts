import { serverName, serviceName } from "../../lvs/table.ts";
import type { Host, Vrrp } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import { serviceView } from "../keepalived/services.ts";
import { signOf, vrrpView } from "../keepalived/vrrp.ts";
import { rootOwned } from "../managed.ts";
import { dropIn } from "../naming.ts";
import type { Resource } from "../resource.ts";
import { configuring } from "../sinks/boot.ts";
import type { Site } from "../site.ts";

const file = "/etc/keepalived/keepalived.conf";

/** keepalived, which asks the real servers whether they serve, and with several directors has the virtual addresses. */
export function healthChecks({ cluster, host, role, carried }: Site): Contribution {
  const { failover, services } = cluster;
  if (failover === null) return {};
  const { platform } = host;
  const { keepalived: can, keepalivedOptions } = platform;
  const directory = `/etc/lvsgen/${cluster.name}`;
  const moves = failover.vrrp !== null;
  const program = (name: string, view: Readonly<Record<string, unknown>>): Resource => ({
    kind: "file",
    path: `${directory}/${name}`,
    content: { template: `files/${name}`, view },
    ...rootOwned,
    mode: "0755",
  });
  const own = failover.vrrp?.instances.flatMap(({ members }) => members.get(host)?.address.text ?? []) ?? [];
  const resources: Resource[] = [
    program("load-table", { rules: platform.paths.ipvsRules, directory, config: file, page: "/run/lvsgen-keepalived" }),
    ...(moves
      ? [
          program("await-addresses", { addresses: [...new Set(own)] }),
          program("drop-addresses", {
            carried: [
              ...carried.map(({ address, device }) => ({ device, address: address.text })),
              ...(failover.vrrp?.instances ?? []).map((instance) => ({ device: "lo", address: signOf(instance) })),
            ],
          }),
        ]
      : []),
    {
      kind: "file",
      path: dropIn("keepalived.service", cluster.name, role),
      content: {
        template: "files/keepalived-unit",
        view: {
          after: ["network-online.target", ...configuring[host.network]].join(" "),
          moves,
          awaits: `${directory}/await-addresses`,
          loads: `${directory}/load-table`,
          drops: `${directory}/drop-addresses`,
        },
      },
      ...rootOwned,
    },
    { kind: "setting", ...keepalivedOptions, value: '"-D -I"' },
    ...carried.map(
      ({ address, device, label }) => ({ kind: "address", vip: address, device, label, moves: true }) as const,
    ),
    {
      kind: "keepalived",
      path: file,
      named: can.processName !== null,
      tested: can.testsFiles,
      keepsZero: can.zeroWeights,
      sorry: services.flatMap((service) =>
        service.sorryServer === null ? [] : [`${serviceName(service)} ${serverName(service, service.sorryServer)}`],
      ),
      removes: services.filter(({ check }) => check.onFailure === "remove").map(serviceName),
      content: {
        template: "files/keepalived",
        marked: true,
        view: {
          cluster: cluster.name,
          host: host.name,
          processName: can.processName === null ? [] : [{ keyword: can.processName }],
          securesScripts: !can.zeroWeights,
          waitsAtStart: can.waitsAtStart,
          vrrp: vrrpView(failover.vrrp, cluster.name, host),
          services: services.map((service) => serviceView(service, can)),
        },
      },
    },
  ];
  resources.push(...peers(failover.vrrp, host));
  const asks = services.some(({ check }) => check.type !== "none");
  return {
    pointer: failover.pointer,
    packages: platform.packages.keepalived,
    // By policy it asks the ports of web servers and a few others alone; a check that is refused here never fails.
    booleans: asks ? ["keepalived_connect_any"] : [],
    resources: { keepalived: resources },
  };
}

/** The other directors, in each family that something moves in. */
function peers(vrrp: Vrrp | null, host: Host): Resource[] {
  return (vrrp?.instances ?? []).flatMap(({ members }) => {
    const own = members.get(host);
    if (own === undefined) return [];
    return [...members]
      .filter(([member]) => member !== host)
      .map(([member, { address }]) => ({
        kind: "peer" as const,
        name: member.name,
        device: own.interface,
        address: address.text,
        others: member.interfaces
          .flatMap(({ addresses }) => addresses.map((cidr) => cidr.address.text))
          .filter((text) => text !== address.text),
      }));
  });
}
