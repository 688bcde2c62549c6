/** What a host of a lab is, and the text that a person gives for it. */
import { createHash } from "node:crypto";

export interface Card {
  /** `ens33`, `ens34`, … */
  readonly name: string;
  readonly segment: string;
  /** With prefix length; IPv4 and IPv6. */
  readonly addresses: readonly string[];
}

/** The releases of Debian that a host may run. */
export const releases = ["bullseye", "bookworm", "trixie"] as const;

export type Release = (typeof releases)[number];

export interface HostSpec {
  readonly name: string;
  /** What most hosts run if not given. */
  readonly release?: Release;
  readonly cards: readonly Card[];
  /** Default gateways, of either family. */
  readonly gateways?: readonly string[];
  /** MiB; 256 if not given. */
  readonly memory?: number;
}

/** A host's spec with what the lab gives it by its place among the hosts. */
export interface PlacedHost extends HostSpec {
  readonly index: number;
  /** The disk image that its own disk stands on. */
  readonly image: string;
}

export function tapName(host: PlacedHost, card: number): string {
  return `t${host.index}-${card}`;
}

/** Locally administered, told apart by host and card. */
export function macAddress(host: PlacedHost, card: number): string {
  return `02:1a:b0:${hex(card)}:00:${hex(host.index + 1)}`;
}

export function machineId(lab: string, host: PlacedHost): string {
  return createHash("md5").update(`${lab}/${host.name}`).digest("hex");
}

/** One card on the segment `lan`, or one for each of the addresses after `+`: see {@link parseHost}. */
export function hostSpec(name: string, cards: string, ...gateways: readonly string[]): HostSpec {
  return {
    name,
    gateways,
    cards: cards.split("+").map((text, index) => {
      const [addresses = "", segment = "lan"] = text.split("@");
      return { name: `ens${33 + index}`, segment, addresses: addresses.split(",").filter((address) => address !== "") };
    }),
  };
}

/**
 * Reads `NAME[:RELEASE]=ADDRESS/LEN[,…][@SEGMENT][+ADDRESS/LEN[,…]@SEGMENT…][~GATEWAY…]`: every `+` begins another card, a
 * segment is a wire of its own, `lan` where none is given.
 */
export function parseHost(text: string): HostSpec {
  const [, name, wanted, cards, gateways] = /^([a-z][a-z0-9-]*)(?::([a-z]+))?=([^~]*)((?:~[^~]+)*)$/.exec(text) ?? [];
  if (name === undefined || cards === undefined) throw new Error(`not a host: ${text} (NAME=ADDRESS/LEN[@SEGMENT]…)`);
  const release = releases.find((one) => one === wanted);
  if (wanted !== undefined && release === undefined) throw new Error(`${wanted} is none of ${releases.join(", ")}`);
  const spec = hostSpec(name, cards, ...(gateways ?? "").split("~").slice(1));
  return release === undefined ? spec : { ...spec, release };
}

/** The files that make a fresh disk this host: path to text. As Debian's installer leaves them. */
export function provisioning(host: PlacedHost): ReadonlyMap<string, string> {
  return new Map([
    ...host.cards.map(({ name }, index): [string, string] => [
      `/etc/systemd/network/10-${name}.link`,
      `[Match]\nMACAddress=${macAddress(host, index)}\n\n[Link]\nName=${name}\n`,
    ]),
    ["/etc/hostname", `${host.name}\n`],
    ["/etc/hosts", `127.0.0.1\tlocalhost\n127.0.1.1\t${host.name}\n\n::1     localhost ip6-localhost ip6-loopback\n`],
    ["/etc/network/interfaces", interfaces(host)],
  ]);
}

function interfaces(host: HostSpec): string {
  const gateways = new Set(host.gateways ?? []);
  const stanzas = host.cards.flatMap((card) => {
    const lines = card.addresses.map((address) => {
      const inet6 = address.includes(":");
      const gateway = [...gateways].find((candidate) => candidate.includes(":") === inet6);
      if (gateway !== undefined) gateways.delete(gateway);
      return [
        `iface ${card.name} ${inet6 ? "inet6" : "inet"} static`,
        `\taddress ${address}`,
        ...(gateway === undefined ? [] : [`\tgateway ${gateway}`]),
        ...(inet6 ? ["\tdad-attempts 0"] : []),
      ].join("\n");
    });
    return [`auto ${card.name}`, ...(lines.length > 0 ? lines : [`iface ${card.name} inet manual`])];
  });
  return [
    "# This file describes the network interfaces available on your system",
    "# and how to activate them. For more information, see interfaces(5).\n",
    "source /etc/network/interfaces.d/*\n",
    "# The loopback network interface",
    "auto lo",
    "iface lo inet loopback\n",
    "# The primary network interface",
    ...stanzas,
    "",
  ].join("\n");
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
