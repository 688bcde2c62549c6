import { hostCidr, interfaceNear } from "../lvs/placement.ts";
import { isTunnelDevice } from "../lvs/tunnel.ts";
import type { Host } from "../model.ts";
import { parseAddress, sameAddress } from "../net.ts";
import type { Claim } from "./claim.ts";
import type { Need } from "./need.ts";
import type { Content, Resource } from "./resource.ts";
import type { Artifact, Want } from "./want.ts";

/** What a kind of resource means outside the shell runtime: one entry a kind is all that this side has to know of it. */
interface Kind<R> {
  /** `expect` is proved by `verify`, and `apply` does not bring it about. */
  readonly verb: "want" | "expect";
  /** The words after the kind. */
  readonly words: (resource: R) => readonly string[];
  /** The text that a `want` carries besides its words. */
  readonly body?: (resource: R) => Content;
  /** The file that it leaves on the host. */
  readonly artifact?: (resource: R) => Artifact;
  /** What `doctor.sh` asks the host because of it. */
  readonly needs?: (resource: R, host: Host) => readonly Need[];
  /** What of the host is its own. */
  readonly claims?: (resource: R) => readonly Claim[];
}

/** What the unit of nftables loads at boot: the first that is there keeps the open ports (templates/lib/firewall.sh). */
const nftablesFiles = ["/etc/nftables.conf", "/etc/sysconfig/nftables.conf"];

type Of<K extends Resource["kind"]> = Extract<Resource, { readonly kind: K }>;

const kinds: { readonly [K in Resource["kind"]]: Kind<Of<K>> } = {
  package: {
    verb: "want",
    words: ({ name }) => [name],
    needs: ({ name }) => [{ kind: "package", names: [name] }],
  },
  module: {
    verb: "want",
    words: ({ name }) => [name],
    needs: ({ name }) => [{ kind: "module", names: [name] }],
  },
  sysctl: {
    verb: "want",
    words: ({ key, value }) => [key, value],
    needs: ({ key, value }) => [{ kind: "sysctl", key, value }],
    claims: ({ key, value }) => [{ kind: "sysctl", name: key, part: "value", state: value }],
  },
  directory: {
    verb: "want",
    words: ({ path, mode, owner, group }) => [path, mode ?? "-", owner ?? "-", group ?? "-"],
    claims: ({ path }) => [{ kind: "directory", name: path }],
  },
  file: {
    verb: "want",
    words: ({ path, mode, owner, group }) => [path, mode ?? "-", owner ?? "-", group ?? "-"],
    body: ({ content }) => content,
    artifact: ({ path, content }) => ({ path, content }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  },
  block: {
    verb: "want",
    words: ({ path, place }) => [path, place],
    body: ({ content }) => content,
    artifact: ({ path, content }) => ({ path, content, framed: true }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: "block", state: "" }],
  },
  setting: {
    verb: "want",
    words: ({ path, key, value }) => [`${path} ${key}`, value],
    artifact: ({ path, key, value }) => ({ path, content: { text: `${key}=${value}\n` } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path, key, value }) => [{ kind: "file", name: path, part: key, state: value }],
  },
  mode: {
    verb: "want",
    words: ({ path, mode }) => [path, mode],
    claims: ({ path, mode }) => [{ kind: "file", name: path, part: "mode", state: mode }],
  },
  backend: {
    verb: "want",
    words: ({ name, words }) => [name, ...words],
    needs: ({ name, words }) => [{ kind: "backend", words: [name, ...words] }],
  },
  networkd: { verb: "want", words: ({ device }) => [device] },
  address: {
    verb: "want",
    words: ({ vip, device, label }) => [hostCidr(vip), device, ...(label === null ? [] : [label])],
    needs: ({ vip, device }, host) => {
      // On the NIC that carries the VIP, else on the one whose network it lies in; a VIP that is routed here is on no wire.
      const wire = device === "lo" || isTunnelDevice(device) ? interfaceNear(host, vip) : device;
      return wire === null ? [] : [{ kind: "vip", address: vip.text, device: wire }];
    },
    claims: ({ vip, device, label }) => [
      { kind: "address", name: hostCidr(vip), part: device, state: label ?? "without a label" },
    ],
  },
  route: {
    verb: "want",
    words: ({ destination, words }) => [destination, ...words],
    claims: ({ destination, words }) => [{ kind: "route", name: destination, part: "way", state: words.join(" ") }],
  },
  mount: {
    verb: "want",
    words: ({ target, type, source, options }) => [target, type, source, options.join(",") || "defaults"],
    needs: ({ server }, host) => (server === null || isOwn(host, server) ? [] : [{ kind: "nfs", server }]),
  },
  export: { verb: "want", words: ({ client, path, options }) => [client, path, options.join(",")] },
  unit: {
    verb: "want",
    words: ({ name, enabled, active }) => [
      name,
      side(enabled, "enabled", "disabled"),
      side(active, "active", "inactive"),
    ],
    needs: ({ name, enabled, active }) =>
      enabled === true || active === true ? [{ kind: "unit", names: [name] }] : [],
    claims: ({ name, enabled, active }) => [
      ...(enabled === null
        ? []
        : [{ kind: "unit", name, part: "at boot", state: enabled ? "enabled" : "disabled" } as const]),
      ...(active === null ? [] : [{ kind: "unit", name, part: "now", state: active ? "active" : "inactive" } as const]),
    ],
  },
  table: {
    verb: "want",
    words: ({ path }) => [path],
    body: ({ rules }) => ({ chunks: rules }),
    artifact: ({ path, rules }) => ({ path, content: { chunks: rules } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  },
  thresholds: {
    verb: "want",
    words: ({ path }) => [path],
    body: ({ lines }) => ({ text: lines }),
    artifact: ({ path, lines }) => ({ path, content: { text: lines } }),
    needs: ({ path }) => [{ kind: "file", path }],
    claims: ({ path }) => [{ kind: "file", name: path, part: null }],
  },
  timeouts: { verb: "want", words: ({ seconds }) => ["ipvs", ...seconds.map(String)] },
  fou: { verb: "want", words: ({ port }) => [String(port), "gue"] },
  netfilter: { verb: "want", words: ({ loader, ids }) => [loader, ...ids] },
  firewall: {
    verb: "want",
    words: ({ port }) => [port, "open"],
    needs: ({ port }, { firewall }) => [{ kind: "firewall", policy: firewall, ports: [port] }],
    claims: () => nftablesFiles.map((name) => ({ kind: "file", name, part: "open ports", state: "" })),
  },
  selinux: { verb: "want", words: ({ mode }) => ["mode", mode] },
  boolean: {
    verb: "want",
    words: ({ name }) => [name, "on"],
    needs: ({ name }, { selinux }) => [{ kind: "selinux", policy: selinux, booleans: [name] }],
  },
  gateway: { verb: "expect", words: ({ address, not }) => [...(not ? ["not"] : []), address] },
  listener: { verb: "expect", words: ({ protocol, port }) => [protocol, String(port)] },
};

/** The table has for each kind what takes a resource of that kind. */
function kindOf<R extends Resource>(resource: R): Kind<R> {
  return kinds[resource.kind] as unknown as Kind<R>;
}

/**
 * A resource as a script declares it.
 *
 * @param pointer what in the description brings it about
 */
export function wantOf(resource: Resource, pointer: string): Want {
  const kind = kindOf(resource);
  return {
    verb: kind.verb,
    words: [resource.kind, ...kind.words(resource)],
    body: kind.body?.(resource) ?? null,
    artifact: kind.artifact?.(resource) ?? null,
    resource,
    pointer,
  };
}

/** What `doctor.sh` asks a host because of a resource. */
export function needsOf(resource: Resource, host: Host): readonly Need[] {
  return kindOf(resource).needs?.(resource, host) ?? [];
}

/** What of a host is a resource's own. */
export function claimsOf(resource: Resource): readonly Claim[] {
  return kindOf(resource).claims?.(resource) ?? [];
}

function side(wanted: boolean | null, yes: string, no: string): string {
  return wanted === null ? "-" : wanted ? yes : no;
}

function isOwn(host: Host, name: string): boolean {
  const address = parseAddress(name);
  if (address === null) return false;
  return host.interfaces.some(({ addresses }) => addresses.some((cidr) => sameAddress(cidr.address, address)));
}
