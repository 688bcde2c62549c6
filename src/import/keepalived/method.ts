import type { Mode, Tunnel } from "../../ipvs.ts";
import { ipip } from "../facts.ts";
import type { Value } from "../ipvsadm/values.ts";
import { quotable } from "../secrets.ts";
import type { Word } from "../word.ts";

export interface Method {
  readonly mode: Mode;
  readonly tunnel: Tunnel;
}

const modes: ReadonlyMap<string, Mode> = new Map([
  ["NAT", "nat"],
  ["DR", "dr"],
  ["TUN", "tun"],
]);

/** `lb_kind TUN type gue port 6080 csum` */
export function readMethod(words: readonly Word[]): Value<Method> {
  const [first, ...rest] = words.map(({ text }) => text);
  const mode = modes.get(first ?? "");
  if (mode === undefined)
    return {
      reason: `"${quotable(first ?? "")}" is no forwarding method, and keepalived takes NAT`,
      remedy: 'write DR, NAT or TUN in capitals, or say "mode" in the description',
    };
  let type: Tunnel["type"] = "ipip";
  let port: number | null = null;
  let checksum: Tunnel["checksum"] = "none";
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    if (word === "type" && (rest[index + 1] === "ipip" || rest[index + 1] === "gue" || rest[index + 1] === "gre")) {
      index++;
      type = rest[index] as Tunnel["type"];
    } else if (word === "port" && /^[0-9]{1,5}$/.test(rest[index + 1] ?? "")) {
      index++;
      port = Number(rest[index]);
    } else if (word === "nocsum") checksum = "none";
    else if (word === "csum") checksum = "full";
    else if (word === "remcsum") checksum = "remote";
    else
      return { reason: `"${quotable(word ?? "")}" is nothing of a tunnel`, remedy: 'say "tunnel" in the description' };
  }
  if ((type === "gue") !== (port !== null))
    return { reason: "a tunnel of GUE has a port, and no other", remedy: 'say "tunnel" in the description' };
  return { value: { mode, tunnel: type === "ipip" ? ipip : { type, port, checksum } } };
}
