import type { FoundService } from "../facts.ts";

/** The forwarding method that the input says for all, or that most real servers have. */
export function modeOf({ mode, servers }: FoundService): "dr" | "tun" | "nat" {
  if (mode !== null) return mode;
  const count = { dr: 0, tun: 0, nat: 0 };
  for (const { mode, off } of servers) if (off === null) count[mode]++;
  const [first] = servers;
  if (count.dr + count.tun + count.nat === 0) return first?.mode ?? "dr";
  return count.nat > count.dr && count.nat >= count.tun ? "nat" : count.tun > count.dr ? "tun" : "dr";
}
