/** What our values are called for who comes from another program, as `words.ts` has it of keys. */
import { bare, own } from "./words.ts";

const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Forwarding method": {
    gate: "dr",
    gatewaying: "dr",
    route: "dr",
    droute: "dr",
    directrouting: "dr",
    direct: "dr",
    ipip: "tun",
    tunnel: "tun",
    tunneling: "tun",
    tunnelling: "tun",
    masq: "nat",
    masquerade: "nat",
    masquerading: "nat",
  },
  Scheduler: {
    roundrobin: "rr",
    weightedroundrobin: "wrr",
    leastconnection: "lc",
    leastconnections: "lc",
    leastconn: "lc",
    weightedleastconnection: "wlc",
    weightedleastconnections: "wlc",
    destinationhash: "dh",
    sourcehash: "sh",
    iphash: "sh",
    maglev: "mh",
  },
  Type: {
    tcpcheck: "tcp",
    connect: "tcp",
    udpcheck: "udp",
    httpget: "http",
    sslget: "https",
    negotiate: "http",
    off: "none",
  },
};

/** What a value of another program is called in a description, null where it is none that is known; of any value without `choices`. */
export function valueFor(text: string, title: string, choices?: readonly string[]): string | null {
  const lower = text.trim().toLowerCase();
  if (choices?.includes(lower) === true) return lower;
  const known = own(values[title] ?? {}, bare(text));
  return known !== null && choices?.includes(known) !== false ? known : null;
}

/** The titles that are known here. */
export const valueTitles: readonly string[] = Object.keys(values);
