import { reasonToForward } from "../lvs/forwarding.ts";
import type { Rule } from "./rule.ts";

/** NAT's replies, and what source NAT lets out, are forwarded packets. */
export const forwardingOff: Rule = (cluster, report) => {
  for (const director of cluster.directors) {
    if (director.forwarding !== "off") continue;
    const why = reasonToForward(cluster, 4) ?? reasonToForward(cluster, 6);
    if (why === null) continue;
    report("FORWARDING_OFF_IN_NAT", {
      pointer: `${director.pointer}/forwarding`,
      message: `${director.name} is to forward nothing, and has to: ${why}`,
      hint: 'leave "forwarding" out: NAT turns it on',
    });
  }
};
