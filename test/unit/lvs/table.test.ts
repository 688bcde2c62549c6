import fc from "fast-check";
import { expect, test } from "vitest";
import { ipvsRules } from "../../../src/lvs/table.ts";
import type { Address, RealServer, Service } from "../../../src/model.ts";
import { parseAddress } from "../../../src/net.ts";

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`no address: ${text}`);
  return parsed;
}

const methods = { dr: "-g", tun: "-i", nat: "-m" } as const;

/** Lines entry by entry, from nothing that is shared or joined; entries stand in the order of the table already. */
function plainly({ frontend, realServers, tunnel }: Service, printsTunnelType: boolean): string {
  if (frontend.kind !== "address") throw new Error("a service by its address");
  const at = (one: Address, port: number): string =>
    one.family === 6 ? `[${one.text}]:${port}` : `${one.text}:${port}`;
  const name = `-t ${at(frontend.vip, frontend.port)}`;
  const type = printsTunnelType ? ` --tun-type ${tunnel.type}` : "";
  const lines = realServers.map(
    ({ address: own, port, mode, weight }) =>
      `-a ${name} -r ${at(own, port ?? frontend.port)} ${methods[mode]} -w ${weight}${mode === "tun" ? type : ""}\n`,
  );
  return `-A ${name} -s rr\n${lines.join("")}`;
}

function service(vip: string, port: number, realServers: readonly RealServer[]): Service {
  const own = address(vip);
  return {
    frontend: { kind: "address", vip: own, port, protocol: "tcp" },
    family: own.family,
    scheduler: "rr",
    schedulerFlags: [],
    persistence: null,
    persistenceEngine: null,
    onePacket: false,
    tunnel: { type: "ipip", port: null, checksum: "none" },
    realServers,
  } as unknown as Service;
}

const setting = fc.record({
  weight: fc.constantFrom(1, 3),
  mode: fc.constantFrom("dr" as const, "tun" as const, "nat" as const),
  port: fc.constantFrom(null, null, 8080),
});

const list = fc
  .tuple(fc.boolean(), fc.array(setting, { maxLength: 6 }), fc.constantFrom(4 as const, 6 as const))
  .map(([isUniform, settings, family]) => ({
    family,
    realServers: settings.map((own, index): RealServer => {
      const { weight, mode, port } = isUniform ? (settings[0] ?? own) : own;
      const text = family === 4 ? `10.0.0.${index + 1}` : `fd00::${index + 1}`;
      return { host: null, address: address(text), port, weight, mode, upperThreshold: 0, lowerThreshold: 0 };
    }),
  }));

test("the rules are those of each entry by itself, whatever services share a list", () => {
  fc.assert(
    fc.property(
      list,
      fc.uniqueArray(fc.constantFrom(80, 443, 8080, 9000), { minLength: 1 }),
      fc.boolean(),
      ({ family, realServers }, ports, printsTunnelType) => {
        const vip = family === 4 ? "192.0.2.1" : "2001:db8::1";
        const services = [...ports].sort((a, b) => a - b).map((port) => service(vip, port, realServers));
        expect(ipvsRules(services, printsTunnelType).join("")).toBe(
          services.map((one) => plainly(one, printsTunnelType)).join(""),
        );
        // The same list, asked for another kind of ipvsadm.
        expect(ipvsRules([...services], !printsTunnelType).join("")).toBe(
          services.map((one) => plainly(one, !printsTunnelType)).join(""),
        );
      },
    ),
    { numRuns: 300 },
  );
});
