import { hostCidr, interfaceNear } from "../../lvs/placement.ts";
import { isTunnelDevice } from "../../lvs/tunnel.ts";
import type { Address } from "../../model.ts";
import { expected, wanted } from "./kind.ts";

export const network = {
  /** The network back end that has to be in charge of this host: `ifcfg`, `ifupdown` or `networkd` with interfaces, or `netplan` with type and interface. */
  backend: wanted<{
    readonly name: "ifcfg" | "ifupdown" | "netplan" | "networkd";
    readonly words: readonly string[];
  }>({
    words: ({ name, words }) => [name, ...words],
    needs: ({ name, words }) => [{ kind: "backend", words: [name, ...words] }],
  }),
  /** A link to a drop-in, in the directory of the .network file that configures the device. */
  networkd: wanted<{ readonly device: string }>({ words: ({ device }) => [device] }),
  /** `label` is the alias that ifconfig shows (`ens33:0`). */
  address: wanted<{
    readonly vip: Address;
    readonly device: string;
    readonly label: string | null;
    /** keepalived puts it there and takes it off. */
    readonly moves?: true;
  }>({
    words: ({ vip, device, label, moves }) => [
      hostCidr(vip),
      device,
      ...(moves ? ["moves"] : label === null ? [] : [label]),
    ],
    needs: ({ vip, device }, host) => {
      // On the NIC that carries the VIP, else on the one whose network it lies in; a VIP that is routed here is on no wire.
      const wire = device === "lo" || isTunnelDevice(device) ? interfaceNear(host, vip) : device;
      return wire === null ? [] : [{ kind: "vip", address: vip.text, device: wire }];
    },
    claims: ({ vip, device, label, moves }) => [
      { kind: "address", name: hostCidr(vip), part: device, state: moves ? "moves" : (label ?? "without a label") },
    ],
  }),
  /** `words` as ip-route(8) prints them after the destination. */
  route: wanted<{ readonly destination: string; readonly words: readonly string[] }>({
    words: ({ destination, words }) => [destination, ...words],
    claims: ({ destination, words }) => [{ kind: "route", name: destination, part: "way", state: words.join(" ") }],
  }),
  /** Policy routing: what comes from the VIP is routed by a table of its own, whose default route is `words`. */
  uplink: wanted<{ readonly vip: Address; readonly table: number; readonly words: readonly string[] }>({
    words: ({ vip, table, words }) => [vip.text, String(table), ...words],
    claims: ({ vip, words }) => [{ kind: "route", name: `from ${vip.text}`, part: "way", state: words.join(" ") }],
  }),
  /**
   * A request that is made to an address of the host on the host itself: by http, else a connection. `status` is what an answer has to have
   * (`204`, `200-399`); null: anything that is HTTP.
   */
  answer: expected<{
    readonly protocol: "tcp" | "udp";
    readonly address: Address;
    readonly port: number;
    readonly http: { readonly path: string; readonly status: string | null; readonly name: string | null } | null;
  }>({
    words: ({ protocol, address, port, http }) => [
      protocol,
      address.text,
      String(port),
      ...[http?.path, http?.status, http?.name].filter((word) => word != null),
    ],
    // At its own address it is answered by what listens anywhere.
    needs: ({ protocol, address, port }, host) =>
      host.interfaces.some(({ addresses }) => addresses.some((own) => own.address.text === address.text))
        ? []
        : [{ kind: "answer", protocol, address: address.text, port }],
  }),
  /** Another director, which takes over: by the address that it speaks VRRP by, on this host's interface, and its others. */
  peer: expected<{
    readonly name: string;
    readonly device: string;
    readonly address: string;
    readonly others: readonly string[];
  }>({
    words: ({ name, device, address, others }) => [name, device, address, ...others],
  }),
  /** What `verify` proves and `apply` does not bring about. */
  gateway: expected<{
    readonly address: string;
    readonly not: boolean;
    /** The way that is asked for in place of the default route, by addresses. */
    readonly way: { readonly to: string; readonly from: string } | null;
  }>({
    words: ({ address, not, way }) => [
      ...(not ? ["not"] : []),
      address,
      ...(way === null ? [] : ["to", way.to, "from", way.from]),
    ],
  }),
};
