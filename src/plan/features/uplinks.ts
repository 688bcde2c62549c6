import { interfaceNear } from "../../lvs/placement.ts";
import type { Address, Host, Uplink } from "../../model.ts";
import { sameAddress, specialRange } from "../../net.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";

/** Replies from a VIP leave by its own uplink: a provider drops what comes from another one's addresses (ip-rule(8), RFC 2827). */
export function uplinks({ host, placements }: Site): Contribution {
  const ways = host.uplinks.flatMap((uplink) =>
    uplink.vips
      .filter(({ address }) => placements.some(({ vip }) => sameAddress(vip, address)))
      .map(({ address, pointer }) => ({
        vip: address,
        table: tableOf(address),
        words: wordsOf(host, uplink),
        pointer,
      })),
  );
  return {
    resources: { uplinks: ways.map((way) => ({ kind: "uplink", ...way })) },
    boot: {
      commands: ways.flatMap(({ vip, table, words }) => {
        const ip = `/sbin/ip -${vip.family}`;
        return [
          `${ip} route replace default ${words.join(" ")} table ${table}`,
          // A second rule like the first is none that anyone wants: older kernels take it.
          `${ip} rule del from ${vip.text} lookup ${table}`,
          `${ip} rule add from ${vip.text} lookup ${table}`,
        ];
      }),
    },
  };
}

function wordsOf(host: Host, { gateway, interface: device }: Uplink): string[] {
  const onLink = interfaceNear(host, gateway) === null && specialRange(gateway) !== "link-local";
  return ["via", gateway.text, "dev", device, ...(onLink ? ["onlink"] : [])];
}

/**
 * The table of a VIP has the VIP's own number, so that no two clusters meet in one: its 32 bits, of IPv6 the last 32 (the tables of
 * the families are apart). Below 256 are those of the system (rtnetlink(7)).
 */
function tableOf({ value }: Address): number {
  return Number(BigInt.asUintN(32, value)) + (BigInt.asUintN(32, value) < 256n ? 256 : 0);
}
