import type { Address, Family, Host, Served } from "../../model.ts";
import type { Contribution } from "../contribution.ts";
import type { Site } from "../site.ts";
import { nicsOf } from "./served-ports.ts";

/** As the header of the outer packet has it; `ipip` of /etc/protocols is another one. */
const protocolNumbers = { ipip: 4, sixInFour: 41, gre: 47 } as const;

/**
 * A real server's firewall lets the director's tunnel packets through, and nobody else's: whoever may send them can have any packet
 * come out of the tunnel. GUE packets are UDP, and its port is opened with that (`gue`).
 */
export function tunnelPackets({ cluster, host, served }: Site): Contribution {
  const tunnelled = served.filter(({ service, modes }) => service.tunnel.type !== "gue" && modes.includes("tun"));
  return {
    openings: tunnelled.flatMap((one) => {
      const devices = nicsOf(host, one);
      const senders = cluster.directors.filter((director) => director !== host).flatMap(addressesOf);
      return outerFamilies(one).flatMap((outer) =>
        numbersOf(one).flatMap((number) =>
          senders
            .filter(({ family }) => family === outer)
            .map(({ text }) => ({ what: `protocol ${number} from ${text}`, devices })),
        ),
      );
    }),
  };
}

function outerFamilies({ addresses }: Served): Family[] {
  return [...new Set(addresses.map(({ family }) => family))];
}

function numbersOf({ service: { tunnel, vips } }: Served): number[] {
  if (tunnel.type === "gre") return [protocolNumbers.gre];
  const inner = vips.map(({ family }) => (family === 4 ? protocolNumbers.ipip : protocolNumbers.sixInFour));
  return [...new Set(inner)];
}

/** Which of them the kernel takes is its routing's choice. */
function addressesOf({ interfaces }: Host): Address[] {
  return interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address));
}
