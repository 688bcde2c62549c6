/** Clusters of all kinds, for properties. */
import fc from "fast-check";

export const hosts = {
  lvs1: { address: "192.0.2.1/24", address6: "2001:db8::1/64" },
  web1: { address: "192.0.2.11/24", address6: "2001:db8::11/64" },
  web2: { address: "192.0.2.12/24", address6: "2001:db8::12/64" },
  far: { address: "198.51.100.7/24", address6: "2001:db8:9::7/64" },
};

const persistence = fc.option(
  fc.record(
    { timeout: fc.integer({ min: 1, max: 2678400 }), prefix: fc.constantFrom(16, 24, 31, 32) },
    { requiredKeys: ["timeout"] },
  ),
  { nil: undefined },
);

/** Machines that a forwarding method reaches: neighbours in DR, addresses alone in NAT (a host would need its gateway). */
const machines = {
  dr: [{ host: "web1" }, { host: "web2" }, { address: "192.0.2.13" }, { address: "192.0.2.14" }],
  tun: [{ host: "web1" }, { host: "far" }, { address: "10.9.8.7" }, { address: "198.51.100.8" }],
  nat: [{ address: "192.0.2.13" }, { address: "10.9.8.7" }, { address: "172.16.0.255" }],
} as const;
const machines6 = {
  dr: [{ host: "web1" }, { address: "2001:db8::14" }],
  tun: [{ host: "far" }, { address: "2001:db8:8::1" }],
  nat: [{ address: "2001:db8::14" }, { address: "2001:db8:8::1" }],
} as const;

const frontends = fc.constantFrom(
  { vip: "192.0.2.80", protocol: "tcp", port: 80 },
  { vip: "192.0.2.80", protocol: "tcp", port: 443 },
  { vip: "203.0.113.9", protocol: "udp", port: 53 },
  { vip: "10.0.0.255", protocol: "sctp", port: 36412 },
  { vip: "192.0.2.81", protocol: "tcp", port: 0 },
  { vip: "2001:db8::80", protocol: "tcp", port: 80 },
  { fwmark: 1, match: [{ vip: "192.0.2.90", port: 80 }] },
  {
    fwmark: 4294967295,
    match: [
      { vip: "192.0.2.91", port: "8000-8099" },
      { vip: "192.0.2.91", protocol: "udp", port: 53 },
    ],
  },
  { fwmark: 7, match: [{ vip: "2001:db8::90", port: 80 }] },
  { fwmark: 8, match: [{ vip: "192.0.2.92" }] },
  { fwmark: 9, match: [{ vip: "192.0.2.93", protocol: "udp" }] },
);

/** A service, its keys in groups that go together. */
export const service = frontends.chain((frontend) => {
  const { vip = "", port = 1, match } = frontend as { vip?: string; port?: number; match?: readonly { vip: string }[] };
  const isV6 = (match?.[0]?.vip ?? vip).includes(":");
  return fc.constantFrom("dr" as const, "tun" as const, "nat" as const).chain((mode) =>
    fc.record({
      frontend: fc.constant(frontend),
      mode: fc.constant(mode),
      scheduling: fc.constantFrom(
        { scheduler: "rr" },
        { scheduler: "wlc" },
        { scheduler: "sh", schedulerFlags: ["sh-port", "sh-fallback"] },
        { scheduler: "mh", schedulerFlags: ["mh-port"] },
        { scheduler: "sed" },
      ),
      persistence: port === 0 ? fc.constant({ timeout: 360 }) : persistence,
      tunnel:
        mode === "tun"
          ? fc.constantFrom(undefined, { type: "gre" }, { type: "gue", port: 6080, checksum: "full" })
          : fc.constant(undefined),
      realservers: fc.uniqueArray(
        fc.record(
          {
            to: fc.constantFrom<object>(...(isV6 ? machines6 : machines)[mode]),
            weight: fc.constantFrom(0, 1, 7, 65535),
            upperThreshold: fc.constantFrom(0, 100),
            ...(mode === "nat" ? { port: fc.constantFrom(80, 8080) } : {}),
          },
          { requiredKeys: ["to"] },
        ),
        { minLength: 1, maxLength: 3, selector: ({ to }) => JSON.stringify(to) },
      ),
    }),
  );
});
