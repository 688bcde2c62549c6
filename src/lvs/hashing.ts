/** Schedulers that hash: how the kernel shares out the places of their table. */
import type { Scheduler } from "../ipvs.ts";
import type { RealServer } from "../model.ts";

/** Places of the table of sh and of dh (`CONFIG_IP_VS_SH_TAB_BITS` and `CONFIG_IP_VS_DH_TAB_BITS` are 8 by default). */
export const hashPlaces = 256;

/** Places of that of mh (`CONFIG_IP_VS_MH_TAB_INDEX` is 12 by default); the kernel takes no real server more (`ip_vs_mh.c`). */
export const maglevPlaces = 4093;

/** Schedulers whose clients stay with their place, also where its real server takes no new connections. */
export const hashing: readonly Scheduler[] = ["sh", "dh", "mh"];

/**
 * How many of the places each real server gets in sh and dh, in their order.
 *
 * The kernel goes round its list until all places are taken; in sh a real server gets as many in a row as its weight (with 0 one), in
 * dh one (`ip_vs_sh_reassign` in `net/netfilter/ipvs/ip_vs_sh.c`, `ip_vs_dh.c`). The last that was added is the first of the list
 * (`list_add_rcu` in `__ip_vs_update_dest`).
 */
export function placesOf(scheduler: "sh" | "dh", realServers: readonly RealServer[]): number[] {
  const places = realServers.map(() => 0);
  for (let left = hashPlaces; left > 0 && realServers.length > 0; )
    for (let index = realServers.length - 1; index >= 0 && left > 0; index--) {
      const wanted = scheduler === "sh" ? Math.max(1, realServers[index]?.weight ?? 1) : 1;
      const got = Math.min(wanted, left);
      places[index] = (places[index] ?? 0) + got;
      left -= got;
    }
  return places;
}
