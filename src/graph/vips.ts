/** Virtual addresses and the services behind them. */
import { modesOf } from "../lvs/modes.ts";
import type { HealthCheck, MarkMatch, RealServer, Service } from "../model.ts";
import { networkText } from "../net.ts";
import type { Marked } from "./marks.ts";
import { counted, methodList, someOf } from "./names.ts";
import type { Mark, ServiceRow, VipBlock } from "./picture.ts";
import type { ServerGroup } from "./servers.ts";

export interface Vips {
  readonly blocks: readonly VipBlock[];
  /** What is not drawn; null: nothing. */
  readonly more: string | null;
}

const mostBlocks = 8;
const mostServices = 24;
/** How many services of one address are drawn while there are others. */
const mostOfOne = 8;

/** One block for each set of addresses that a service has, in the order of the services. */
export function vipBlocks(services: readonly Service[], groups: readonly ServerGroup[], marked: Marked): Vips {
  const byVips = new Map<string, Service[]>();
  for (const service of services) {
    const key = service.vips.map(({ text }) => text).join();
    const together = byVips.get(key);
    if (together === undefined) byVips.set(key, [service]);
    else together.push(service);
  }
  const targets = targetsOf(groups);
  const blocks: VipBlock[] = [];
  let drawn = 0;
  const room = byVips.size === 1 ? mostServices : mostOfOne;
  for (const together of [...byVips.values()].slice(0, mostBlocks)) {
    const shown = together.slice(0, Math.min(room, mostServices - drawn));
    const [first] = shown;
    if (first === undefined) break;
    drawn += shown.length;
    blocks.push({
      title: someOf(
        first.vips.map(({ text }) => text),
        3,
      ),
      services: shown.map((service) => serviceRow(service, marked.service(service))),
      ...targets(together),
    });
  }
  const left = services.length - drawn;
  const addresses = byVips.size - blocks.length;
  const at = addresses > 0 ? ` at ${addresses} more VIP${addresses === 1 ? "" : "s"}` : "";
  return { blocks, more: left > 0 ? `… ${counted(left, "more service")}${at}` : null };
}

/** Where packets for these services go, by the number of the group. */
function targetsOf(
  groups: readonly ServerGroup[],
): (services: readonly Service[]) => Pick<VipBlock, "targets" | "spares"> {
  const byService = new Map<
    Service,
    { readonly group: number; readonly entry: RealServer; readonly isSpare: boolean }[]
  >();
  for (const [group, { uses }] of groups.entries()) {
    for (const { services, entry, isSpare } of uses) {
      for (const service of services) {
        const known = byService.get(service);
        if (known === undefined) byService.set(service, [{ group, entry, isSpare }]);
        else known.push({ group, entry, isSpare });
      }
    }
  }
  return (services) => {
    const modes = new Map<number, Set<RealServer["mode"]>>();
    const spares = new Set<number>();
    for (const service of services) {
      for (const { group, entry, isSpare } of byService.get(service) ?? []) {
        if (isSpare) spares.add(group);
        else {
          const used = modes.get(group);
          if (used === undefined) modes.set(group, new Set([entry.mode]));
          else used.add(entry.mode);
        }
      }
    }
    const targets = new Map([...modes].map(([group, used]) => [group, methodList(used)]));
    return { targets, spares: [...spares].filter((group) => !targets.has(group)) };
  };
}

function serviceRow(service: Service, mark: Mark | undefined): ServiceRow {
  return {
    port: portText(service),
    name: mark === undefined ? service.name : `${service.name} (${mark})`,
    scheduler: service.scheduler,
    methods: methodList(modesOf(service)),
    servers: counted(service.realServers.length, "real server"),
    notes: notesOf(service),
  };
}

function portText({ frontend }: Service): string {
  if (frontend.kind === "fwmark") return `mark ${frontend.mark}`;
  return frontend.port === 0 ? `${frontend.protocol} every port` : `${frontend.protocol} ${frontend.port}`;
}

function notesOf(service: Service): string[] {
  const { pool, frontend, schedulerFlags, persistence, persistenceEngine, onePacket, tunnel, mss, sorryServer } =
    service;
  const usesTunnel = modesOf(service).has("tun");
  return [
    ...(pool === null ? [] : [`pool ${pool}`]),
    ...(frontend.kind === "fwmark"
      ? [
          someOf(
            frontend.matches.map((match) => matchText(match, service)),
            4,
          ),
        ]
      : []),
    ...(schedulerFlags.length > 0 ? [schedulerFlags.join(", ")] : []),
    ...(persistence === null ? [] : [`persistence ${persistence.timeout} s${maskText(service)}`]),
    ...(persistenceEngine === null ? [] : [`persistence by ${persistenceEngine}`]),
    ...(onePacket ? ["one packet"] : []),
    ...(usesTunnel && tunnel.type !== "ipip" ? [tunnelText(service)] : []),
    ...(usesTunnel && mss !== null ? [`mss ${mss}`] : []),
    ...(sorryServer === null ? [] : [`sorry server ${sorryServer.host?.name ?? sorryServer.address.text}`]),
    ...(service.check.type === "none" ? [] : [`check ${checkText(service.check)}`]),
  ];
}

function maskText({ persistence, family }: Service): string {
  const all = family === 4 ? 32 : 128;
  return persistence === null || persistence.prefix === all ? "" : ` per /${persistence.prefix}`;
}

/** `IP in IP`, `GRE`, `GUE, UDP port 6080`. */
export function tunnelText({ tunnel: { type, port } }: Service): string {
  if (type === "ipip") return "IP in IP";
  return port === null ? type.toUpperCase() : `${type.toUpperCase()}, UDP port ${port}`;
}

function checkText({ type, port }: HealthCheck): string {
  return port === null ? type : `${type} port ${port}`;
}

function matchText({ vip, protocol, ports, source, interface: device }: MarkMatch, { vips }: Service): string {
  const range = ports === null ? "every port" : ports[0] === ports[1] ? `${ports[0]}` : `${ports[0]}-${ports[1]}`;
  const from = source === null ? "" : ` from ${networkText(source)}`;
  const by = device === null ? "" : ` by ${device}`;
  const at = vips.length > 1 ? `${vip.text} ` : "";
  return `${at}${protocol === null ? "" : `${protocol} `}${range}${from}${by}`;
}
