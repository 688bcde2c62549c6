/** Connections that outlive the exchange of their real server's entry. */
import type { Advice } from "./advice.ts";

/** What apply prints of connections of the former way that stay, and what is done about them. */
export const silentOnes: Advice = {
  text: 'apply may print "N connection(s) of the former way of forwarding are left", on a backup nearly always: they have sent nothing in these seconds. Go on. Only where clients then get "no route to host", and ip neigh on the director has the virtual address as FAILED, there',
  command: "ip route flush cache",
  after:
    ", once more where it comes back. Where that does not last: drain the real server that ipvsadm -Lnc has them at, which are those with the least time left, until they are gone, or, where nobody else serves, go back.",
  apart: [],
};
