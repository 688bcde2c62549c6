import { carries } from "../lvs/match.ts";
import { modesOf } from "../lvs/modes.ts";
import type { Service } from "../model.ts";
import type { Report, Rule } from "./rule.ts";

/** What ipvsadm refuses or the kernel bends silently (ipvsadm(8), `--tun-type`). */
export const tunnelMismatches: Rule = ({ services }, report) => {
  for (const service of services) mismatch(service, report);
};

function mismatch(service: Service, report: Report): void {
  const { pointer, tunnel } = service;
  const { type, port, checksum } = tunnel;
  const place = `${pointer}/tunnel`;
  if (type !== "ipip" && !modesOf(service).has("tun")) {
    report("TUNNEL_MISMATCH", {
      pointer: place,
      part: "key",
      message: "a tunnel is described, and no real server is in tun",
      hint: 'write "mode": "tun", or take "tunnel" out',
      related: [{ pointer: `${pointer}/mode`, message: "the mode" }],
    });
  } else if (type !== "ipip" && wrapsSix(service)) {
    report("TUNNEL_MISMATCH", {
      pointer: `${place}/type`,
      message: `lvsgen builds ${type} for IPv4 alone`,
      hint: 'use "ipip" with IPv6',
    });
  } else if (type === "gue" && port === null) {
    report("TUNNEL_MISMATCH", {
      pointer: place,
      part: "key",
      message: "GUE needs the UDP port of the real servers",
      hint: 'add "port": 6080',
    });
  } else if (type !== "gue" && port !== null) {
    report("TUNNEL_MISMATCH", {
      pointer: `${place}/port`,
      part: "key",
      message: `${type} has no port`,
      hint: 'take "port" out, or write "type": "gue"',
    });
  } else if (checksum !== "none" && type !== "gue") {
    // gre0 drops packets that carry a checksum (ip_tunnel_rcv in net/ipv4/ip_tunnel.c): its own flags have none.
    report("TUNNEL_MISMATCH", {
      pointer: `${place}/checksum`,
      message:
        type === "gre"
          ? "the real servers' gre0 takes packets without a checksum alone"
          : `${type} has no checksum of its own`,
      hint: 'take "checksum" out, or write "type": "gue"',
    });
  }
}

function wrapsSix({ vips, realServers }: Service): boolean {
  return (
    vips.some(({ family }) => family === 6) ||
    realServers.some(({ mode, address }) => mode === "tun" && address.family === 6)
  );
}

/** Segments need room for headers that are put before them alone. */
export const segmentsWithoutTunnel: Rule = ({ services }, report) => {
  for (const { mss, pointer, realServers, frontend } of services) {
    if (mss === null) continue;
    const carriesTcp =
      frontend.kind === "address"
        ? frontend.protocol === "tcp"
        : frontend.matches.some((match) => carries(match, "tcp"));
    if (carriesTcp && realServers.some(({ mode }) => mode === "tun")) continue;
    report("MSS_WITHOUT_TUNNEL", {
      pointer: `${pointer}/mss`,
      part: "key",
      message: carriesTcp ? "a segment size is described, and no real server is in tun" : "only TCP has a segment size",
      hint: carriesTcp ? 'write "mode": "tun", or take "mss" out' : 'take "mss" out',
    });
  }
};
