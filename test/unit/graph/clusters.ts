/** Descriptions of clusters of every kind that a picture may have to show. */
import fc from "fast-check";

export interface Kind {
  readonly mode: "dr" | "tun" | "nat";
  readonly servers: number;
  /** How many kinds of real servers differ by their weight. */
  readonly weights: number;
  readonly directors: number;
  readonly services: number;
  readonly vips: number;
  readonly family: 4 | 6 | "both";
  readonly names: "short" | "long" | "mixed";
  /** Real servers in networks of their own, which only a tunnel reaches. */
  readonly networks: number;
  /** Further interfaces of every director and every second real server, each in a network of its own. */
  readonly legs: number;
  readonly nfs: boolean;
  readonly sorry: boolean;
  readonly foreign: number;
  readonly clients: number;
  readonly marks: boolean;
  readonly local: boolean;
}

export const kinds: fc.Arbitrary<Kind> = fc.record({
  mode: fc.constantFrom("dr", "tun", "nat"),
  servers: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 196 })),
  weights: fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 200 })),
  directors: fc.constantFrom(1, 1, 2, 3, 9),
  services: fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 60 })),
  vips: fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 20 })),
  family: fc.constantFrom<Kind["family"]>(4, 6, "both"),
  names: fc.constantFrom("short", "long", "mixed"),
  networks: fc.constantFrom(1, 1, 2, 3, 40),
  legs: fc.constantFrom(0, 0, 1, 2, 3, 8),
  nfs: fc.boolean(),
  sorry: fc.boolean(),
  foreign: fc.constantFrom(0, 0, 1, 20),
  clients: fc.constantFrom(0, 1, 2, 9),
  marks: fc.boolean(),
  local: fc.boolean(),
});

const long = "a-name-that-somebody-made-very-long-indeed.and-a-domain-of-the-same-kind.example.org";

function nameOf(kind: Kind, role: string, index: number): string {
  if (kind.names === "short") return `${role}${index}`;
  if (kind.names === "long") return `${role}${String(index).padStart(3, "0")}-${long}`;
  return index % 3 === 0
    ? `${role}${index}`
    : index % 3 === 1
      ? `${role}-${index}-x${index}`
      : `${role}${index}.${long}`;
}

/** A description that is accepted. */
export function description(kind: Kind): unknown {
  const { mode, servers, family, clients, services, foreign } = kind;
  const networks = mode === "tun" ? kind.networks : 1;
  const has4 = family !== 6;
  const has6 = family !== 4;
  const directors = kind.directors;
  const place = (network: number, number: number) => ({
    ...(has4 ? { address: `10.${network}.${number >> 8}.${number & 255}/16` } : {}),
    ...(has6
      ? {
          address6: `2001:db8:${(0xa000 + network).toString(16)}:ffff:ffff:ffff:ffff:${(0x1000 + number).toString(16)}/64`,
        }
      : {}),
  });
  const legs = (number: number) => ({
    interfaces: Object.fromEntries(
      Array.from({ length: kind.legs }, (_, leg) => [
        `ens4${leg}`,
        {
          ...(has4 ? { address: `172.16.${leg}.${1 + (number % 250)}/24` } : {}),
          ...(has6 ? { address6: `2001:db8:${(0xb000 + leg).toString(16)}:ffff:ffff::${number.toString(16)}/80` } : {}),
        },
      ]),
    ),
  });
  const way =
    mode === "nat"
      ? {
          ...(has4 ? { gateway: directors > 1 ? "10.0.0.254" : "10.0.0.11" } : {}),
          ...(has6 ? { gateway6: `2001:db8:a000:ffff:ffff:ffff:ffff:${directors > 1 ? "10fe" : "100b"}` } : {}),
        }
      : {};
  const directorNames = Array.from({ length: directors }, (_, index) => nameOf(kind, "lvs", index + 1));
  const serverNames = Array.from({ length: servers }, (_, index) => nameOf(kind, "web", index + 1));
  const clientNames = Array.from({ length: clients }, (_, index) => nameOf(kind, "pc", index + 1));
  const nfs = nameOf(kind, "nfs", 1);
  const sorry = nameOf(kind, "sorry", 1);
  const hosts = Object.fromEntries([
    ...directorNames.map((name, index) => [name, { ...place(0, 11 + index), ...legs(1 + index) }]),
    ...serverNames.map((name, index) => [
      name,
      {
        ...place(index % networks, 300 + index),
        ...way,
        ...(index % 2 === 0 ? legs(20 + index) : {}),
        ...(kind.nfs && index % 2 === 0
          ? { mounts: [{ export: "/srv/网页 & <more>", target: `/var/www/${"x".repeat(60)}` }] }
          : {}),
      },
    ]),
    ...clientNames.map((name, index) => [name, place(mode === "nat" ? 99 : 0, 800 + index)]),
    ...(kind.nfs ? [[nfs, place(0, 900)]] : []),
    ...(kind.sorry ? [[sorry, { ...place(0, 901), ...way }]] : []),
  ]);
  const vip = (index: number): string =>
    family === 6 || (family === "both" && index % 2 === 1)
      ? `2001:db8:a000:ffff:ffff:ffff:ffff:${(0x2000 + (index % kind.vips)).toString(16)}`
      : `10.0.7.${1 + (index % kind.vips)}`;
  const outside = Array.from({ length: foreign }, (_, index) => index);
  return {
    version: 1,
    name: "generated",
    defaults: { platform: "debian12", interface: "ens33", mode },
    hosts,
    directors: directorNames,
    ...(directors > 1 ? { ha: { routerId: 7, ...(mode === "nat" ? gateways(has4, has6) : {}) } } : {}),
    services: Array.from({ length: services }, (_, index) => {
      const address = vip(index);
      const isSix = address.includes(":");
      return {
        name: `service-${index}${kind.names === "long" ? `-${"n".repeat(40)}` : ""}`,
        ...(kind.marks && index === 0
          ? { fwmark: 7, match: [80, 443, 8080].map((port) => ({ vip: address, protocol: "tcp", port })) }
          : { vip: address, port: 1000 + index }),
        ...(index % 3 === 0 ? { persistence: { timeout: 600 } } : {}),
        realservers: [
          ...serverNames.map((host, number) => ({ host, weight: 1 + (number % kind.weights) })),
          ...outside.map((number) => ({
            address: isSix
              ? `2001:db8:a000:ffff:ffff:ffff:ffff:${(0x3000 + number).toString(16)}`
              : `10.0.9.${1 + number}`,
          })),
          ...(kind.local && directors === 1 ? directorNames.map((host) => ({ host })) : []),
        ],
        ...(kind.sorry ? { sorryServer: { host: sorry } } : {}),
      };
    }),
    ...(kind.sorry && directors === 1 ? { ha: {} } : {}),
    ...(kind.nfs ? { nfs: { server: nfs, exports: [{ path: "/srv/网页 & <more>", clients: { "*": ["ro"] } }] } } : {}),
    ...(clients > 0 ? { clients: clientNames } : {}),
  };
}

function gateways(has4: boolean, has6: boolean) {
  return {
    ...(has4 ? { gateway: "10.0.0.254" } : {}),
    ...(has6 ? { gateway6: "2001:db8:a000:ffff:ffff:ffff:ffff:10fe" } : {}),
  };
}
