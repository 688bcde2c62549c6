/** Addresses, routes and what the network of a host is expected to be. */
import { ends, harmless, interrupts, reached, unknown } from "../verdict.ts";
import { type KindRule, plainly, told } from "./rule.ts";

/** `192.0.2.80/32 ens33 LABEL`, `… moves` where keepalived has it. */
const address: KindRule = (difference, { isServed, wasServed, wasGateway }) => {
  const { name, was, becomes, role } = difference;
  const what = `virtual address ${name}`;
  const say = (rule: string, judgement: Parameters<typeof told>[3]) => [told(rule, what, difference, judgement)];
  if (was === null) return say("vip-added", wasServed(name) ? broughtBack : role === "director" ? answered : quiet);
  if (becomes === null && role === "director" && wasGateway(name)) return say("vip-removed", leading);
  if (becomes === null)
    return say("vip-removed", isServed(name) ? (role === "director" ? unanswered : refused) : unused);
  const [[, oldDevice, oldLabel], [, device, label]] = [was.words, becomes.words];
  if (oldDevice !== device)
    return say(
      "vip-interface",
      role === "director" ? movedHere : oldDevice === "lo" ? movedOut : device === "lo" ? movedIn : rewrapped,
    );
  if (oldLabel === "moves" || label === "moves") return say("vip-moves", withFailover);
  return say("vip-label", was.words[0] === becomes.words[0] ? relabelled : remasked);
};

const answered = harmless(
  "the director answers for it from then on; nobody else on the segment may have it (doctor.sh asks)",
);
const quiet = harmless("the real server takes packets for it and stays silent about it; before that it is silenced");
const broughtBack = harmless("it was served before, and this host has it from then on as well");
const unanswered = interrupts("a service is still at it, and this director does not answer for it any more");
const refused = ends(
  "a service is still at it: packets that a director sends here are not taken any more, and its connections end here (the directors come first, and send nobody new there by the time that its script runs)",
);
const leading = interrupts(
  "real servers have it as their default route until their own scripts have run: until then they answer nobody beyond their own network, sessions on them included",
);
const unused = harmless("no service needs it here any more: what that ended is said there");
const movedHere = interrupts(
  "it is put on the new interface, neighbours are told by ARP, and it is taken off the former one: clients wait for as long as they take to hear it",
);
const movedOut = harmless(
  "it is put on the new interface before it is taken off lo: what comes for it is taken all the while, wrapped or not",
);
const movedIn = harmless(
  "the directors come first, and send nothing wrapped any more by the time that its script runs: before that it would end what comes so",
);
const rewrapped = interrupts(
  "the directors come first, and wrap in the new way what is taken in the former one until its script has run",
);
const withFailover = interrupts(
  "it changes between the host, which has it for good, and keepalived, which has it on one director at a time: it is off for a moment (docs/failover.md: up to 4 s)",
);
const relabelled = harmless(
  "the alias that ifconfig shows; the live address stays as it is, and has the label from its next coming up",
);
const remasked = interrupts(
  "the address with the right mask is put on before the wrong one is taken off; a connected route changes with it",
);

const route: KindRule = (difference) => {
  const { name, becomes, was } = difference;
  const isVip = /^[0-9a-f.:]+\/(?:32|128)$/.test(name);
  if (isVip)
    return [
      told("vip-route", `route to ${name}`, difference, harmless("it goes with the virtual address, on lo alone")),
    ];
  const judgement = was === null ? reached(rerouted) : becomes === null ? reached(unrouted) : reached(rerouted);
  return [told("default-route", `route ${name}`, difference, judgement)];
};

const rerouted = "whatever this host answers leaves another way at once, connections to the host itself too";
const unrouted =
  "it goes back to the route of before the first apply, and with it what this host answers, connections to the host itself too";

const expectation = (what: string): KindRule => {
  const asked = harmless("verify proves it; apply changes nothing because of it");
  return plainly("expectation", what, { added: asked, removed: asked, changed: asked });
};

export const network = {
  backend: plainly("backend", "what has to configure this host's network", {
    added: harmless("it is asked before anything changes; where it is otherwise the script ends with 69"),
    removed: harmless("it is not asked any more"),
    changed: harmless("it is asked before anything changes; where it is otherwise the script ends with 69"),
  }),
  networkd: plainly("networkd", "networkd's drop-in of", {
    added: unknown("networkd reads it at its next restart or reconfiguration"),
    removed: unknown("networkd reads it at its next restart or reconfiguration"),
    changed: unknown("networkd reads it at its next restart or reconfiguration"),
  }),
  address,
  route,
  uplink: plainly("uplink", "way out of replies from", {
    added: ends(
      "replies of running connections leave another way at once; where a router on the way keeps state, they end",
    ),
    removed: ends(
      "replies of running connections leave by the default route at once; where a router on the way keeps state, they end",
    ),
    changed: ends(
      "replies of running connections leave another way at once; where a router on the way keeps state, they end",
    ),
  }),
  answer: expectation("answer on the host itself:"),
  peer: expectation("other director"),
  gateway: expectation("gateway"),
  listener: expectation("something that listens at"),
} as const;
