/** Which of two matches takes what: the relation that errors, the order of rules and the client's test are made of. */
import { expect, test } from "vitest";
import { covers, isNarrower, meet, type Selector } from "../../../src/lvs/match.ts";
import { parseAddress, parseCidr } from "../../../src/net.ts";

function match(text: string): Selector {
  const [protocol, ports, source, nic, vip = "192.0.2.80"] = text
    .split(" ")
    .map((word) => (word === "-" ? null : word));
  const [first, last = first] = (ports ?? "").split("-").map(Number);
  return {
    vip: parseAddress(vip ?? "192.0.2.80") as NonNullable<ReturnType<typeof parseAddress>>,
    protocol: (protocol ?? null) as Selector["protocol"],
    ports: ports == null ? null : [first ?? 0, last ?? 0],
    source: source == null ? null : parseCidr(source),
    interface: nic ?? null,
  };
}

const anything = "- - - -";

test.each<[string, string, "apart" | "same scope" | "narrower" | "crossing"]>([
  ["tcp 80 - -", "tcp 80 - -", "same scope"],
  ["tcp 80 - -", "tcp 79-81 - -", "same scope"],
  ["tcp 80-90 - -", "tcp 85-95 - -", "same scope"],
  [anything, anything, "same scope"],
  ["tcp 80 - -", "tcp 81 - -", "apart"],
  ["tcp 80 - -", "udp 80 - -", "apart"],
  ["tcp 80 - -", "tcp 80 - - 192.0.2.81", "apart"],
  ["tcp 80 10.0.0.0/8 -", "tcp 80 11.0.0.0/8 -", "apart"],
  ["tcp 80 10.0.0.0/8 -", "tcp 80 2001:db8::/32 -", "apart"],
  ["tcp 80 - eth0", "tcp 80 - eth1", "apart"],
  ["tcp 80 - -", "tcp - - -", "narrower"],
  ["tcp - - -", anything, "narrower"],
  ["udp 53 10.1.0.0/16 eth0", anything, "narrower"],
  ["tcp 80 10.1.0.0/16 -", "tcp 80 10.0.0.0/8 -", "narrower"],
  ["tcp 80 10.0.0.0/8 eth0", "tcp 80 10.0.0.0/8 -", "narrower"],
  ["tcp 80 10.0.0.0/8 -", "tcp 79-81 - -", "narrower"],
  ["tcp 79-81 10.0.0.0/8 -", "tcp 80 - -", "crossing"],
  ["tcp 80 - -", "tcp - 10.0.0.0/8 -", "crossing"],
  ["tcp 80 10.0.0.0/8 -", "tcp 80 - eth0", "crossing"],
  ["tcp - - -", "- - - eth0", "crossing"],
])("%s beside %s: %s", (one, other, relation) => {
  const [a, b] = [match(one), match(other)];
  expect([meet(a, b), meet(b, a)]).toEqual([relation !== "apart", relation !== "apart"]);
  expect([isNarrower(a, b), isNarrower(b, a)]).toEqual([relation === "narrower", false]);
  if (relation === "crossing") expect([covers(a, b), covers(b, a)]).toEqual([false, false]);
});
