import { modesOf } from "../lvs/modes.ts";
import type { Cluster, Host, Service } from "../model.ts";
import type { Platform } from "../platform/index.ts";
import { distinctEntries } from "./entries.ts";
import { machineName, machinePointer } from "./places.ts";
import type { Rule } from "./rule.ts";

interface DirectorOf {
  readonly director: Host;
  readonly platform: Platform;
  readonly service: Service;
}

/** The table is the director's: what its kernel and its ipvsadm cannot do, no real server can make up for. */
function pairs({ directors, services }: Cluster): DirectorOf[] {
  return directors.flatMap((director) =>
    services.map((service) => ({ director, platform: director.platform, service })),
  );
}

function platformPlace({ pointer, name }: Host, { title }: Platform): { pointer: string; message: string }[] {
  return [{ pointer: `${pointer}/platform`, message: `${name} runs ${title}` }];
}

/** Each scheduler is a module of the kernel. */
export const missingSchedulers: Rule = (cluster, report) => {
  for (const { director, platform, service } of pairs(cluster)) {
    if (!platform.limits.missingSchedulers.includes(service.scheduler)) continue;
    report("SCHEDULER_NOT_ON_PLATFORM", {
      pointer: `${service.pointer}/scheduler`,
      message: `the kernel of ${platform.title} has no scheduler ${service.scheduler}`,
      hint: `use another scheduler, or another system on ${director.name}`,
      related: platformPlace(director, platform),
    });
  }
};

/** A service by SCTP port needs an ipvsadm that knows how to name it. */
export const missingProtocols: Rule = (cluster, report) => {
  for (const { director, platform, service } of pairs(cluster)) {
    const { frontend, pointer } = service;
    if (platform.limits.sctpServices || frontend.kind !== "address" || frontend.protocol !== "sctp") continue;
    report("PROTOCOL_NOT_ON_PLATFORM", {
      pointer: `${pointer}/protocol`,
      message: `ipvsadm ${platform.limits.ipvsadm.join(".")} of ${platform.title} knows no SCTP services`,
      hint: `use another system on ${director.name}, or a firewall mark`,
      related: platformPlace(director, platform),
    });
  }
};

/** GRE and GUE came after IPIP: an older kernel takes them for IPIP without a word. */
export const missingTunnels: Rule = (cluster, report) => {
  for (const { director, platform, service } of pairs(cluster)) {
    const { tunnel, pointer } = service;
    if (platform.limits.tunnelTypes.includes(tunnel.type) || !modesOf(service).has("tun")) continue;
    report("TUNNEL_NOT_ON_PLATFORM", {
      pointer: `${pointer}/tunnel/type`,
      message: `the kernel of ${platform.title} wraps packets in IPIP alone, not in ${tunnel.type.toUpperCase()}`,
      hint: `write "type": "ipip", or use another system on ${director.name}`,
      related: platformPlace(director, platform),
    });
  }
};

/** Real servers of the other family came with Linux 3.18. */
export const missingMixedFamilies: Rule = (cluster, report) => {
  const [director] = cluster.directors.filter(({ platform }) => !platform.limits.mixedFamilies);
  if (director === undefined) return;
  const { platform } = director;
  for (const { realServer, service, index } of distinctEntries(cluster)) {
    if (realServer.mode !== "tun" || realServer.address.family === service.family) continue;
    report("MIXED_FAMILIES_NOT_ON_PLATFORM", {
      pointer: machinePointer(service, index),
      message: `${platform.title} cannot forward IPv${service.family} to the IPv${realServer.address.family} address of ${machineName(realServer)}`,
      hint: `use real servers with IPv${service.family}, or another system on ${director.name}`,
      related: platformPlace(director, platform),
    });
  }
};

/** A back end that a system does not have makes nothing last. */
export const missingBackends: Rule = ({ hosts }, report) => {
  for (const host of hosts) {
    const { network, platform } = host;
    if (platform.network.possible.includes(network)) continue;
    report("NETWORK_NOT_ON_PLATFORM", {
      pointer: `${host.pointer}/network`,
      message: `${platform.title} has no ${network}`,
      hint: `write one of ${platform.network.possible.join(", ")}, or leave it out`,
      related: platformPlace(host, platform),
    });
  }
};
