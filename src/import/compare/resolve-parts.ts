/** What can be compared of a description: all of one that builds, else what the compiler resolves in spite of its errors. */
import { isError } from "../../diagnostics/index.ts";
import { plainValue } from "../../draft/draft.ts";
import type { FoundService } from "../facts.ts";
import type { Examine, Imported } from "../imported.ts";
import { type BuiltParts, type Fault, faultsByPlace } from "./parts.ts";

/** Addresses of documentation (RFC 5737, RFC 3849), which nobody has: nothing that is compared depends on them. */
const nobody = { 4: "203.0.113.254", 6: "2001:db8:ffff::fffe" } as const;

interface Value {
  name?: string;
  services?: { fwmark?: number; match?: object[]; realservers?: { host?: string }[] }[];
}

/** @returns why nothing can be compared, where too little is left of it */
export async function resolveParts(
  { cluster, diagnostics, facts, description }: Imported,
  examine: Examine,
): Promise<BuiltParts | { readonly why: string }> {
  const nothing = {
    faults: new Map<string, Fault>(),
    standIns: new Set<string>(),
    hostsOf: new Map<string, string[]>(),
  };
  if (cluster !== null) return { ...nothing, cluster, pointerOf: () => null };
  const errors = diagnostics.filter(isError);
  const value = plainValue(description.top) as Value;
  const pointerOf = pointers(facts.services, description.top);
  const families = new Map(facts.services.map((service) => [pointerOf(service), familyOf(service)]));
  const hostsOf = new Map<string, string[]>();
  const standIns = new Set<string>();
  for (const [index, service] of (value.services ?? []).entries()) {
    const pointer = `/services/${index}`;
    hostsOf.set(
      pointer,
      (service.realservers ?? []).flatMap(({ host }) => host ?? []),
    );
    if (service.match?.length !== 0) continue;
    // What gets a mark is no part of its rules, and the compiler resolves no mark without it.
    service.match = [{ vip: nobody[families.get(pointer) ?? 4], protocol: "tcp", port: index + 1 }];
    standIns.add(pointer);
  }
  // Labels of VIPs alone have the name of the cluster.
  if (errors.some(({ pointer }) => pointer === "/name")) value.name = standIn.name;
  if (value.services?.length === 0) {
    standIns.add("/services/0");
    value.services.push({ ...standIn } as NonNullable<Value["services"]>[number]);
  }
  const { resolved, unresolved, diagnostics: found } = await examine(JSON.stringify(value), "imported.json");
  if (resolved === null)
    return { why: errors.map(({ code, message, line }) => `${code} at line ${line}: ${message}`).join("; ") };
  const byPointer = new Map(errors.map((one) => [one.pointer, one]));
  const inside = new Map(found.filter(isError).map((one) => [one.pointer, one]));
  const faults = unresolved
    // What is wrong with a stand-in is wrong with nothing that is compared.
    .filter((pointer) => !standIns.has(/^(.*)\/match(?:\/|$)/.exec(pointer)?.[1] ?? ""))
    .map((pointer): Fault => {
      // Where it stands in the text that people see is known of that text alone.
      const here = byPointer.get(pointer);
      const { code, message } = here ?? inside.get(pointer) ?? errors[0] ?? unknown;
      return { code, message, pointer, line: here?.line ?? 0 };
    });
  return { cluster: resolved, faults: faultsByPlace(faults), standIns, hostsOf, pointerOf };
}

const unknown = { code: "WRONG_TYPE", message: "it cannot be read" } as const;

const standIn = {
  ...{ name: "stand-in", vip: nobody[4], protocol: "tcp", port: 1, mode: "nat", scheduler: "rr" },
  realservers: [{ address: "203.0.113.253" }],
};

function familyOf({ frontend }: FoundService): 4 | 6 {
  return frontend.kind === "fwmark" ? frontend.family : 4;
}

/** Each service that was read has an entry in the draft, in the same order; pointers count those that are no comments. */
function pointers(
  services: readonly FoundService[],
  top: Imported["description"]["top"],
): (service: FoundService) => string | null {
  const list = top.members.find(({ key }) => key === "services")?.value;
  const items = list?.kind === "list" ? list.items : [];
  const found = new Map<FoundService, string>();
  let index = 0;
  for (const [at, service] of services.entries())
    if (items[at]?.off === false) found.set(service, `/services/${index++}`);
  return (service) => found.get(service) ?? null;
}
