/** Which traffic gets the marks of services. */
import type { MarkMatch } from "../../model.ts";
import { networkText, parseAddress, parseCidr } from "../../net.ts";
import type { Facts, FoundMark } from "../facts.ts";
import type { Teller } from "./difference.ts";
import { type BuiltParts, frontendText, type Pair } from "./parts.ts";

export function compareMarks(
  { marks, services }: Pick<Facts, "marks" | "services">,
  pairs: readonly Pair[],
  { standIns }: Pick<BuiltParts, "standIns">,
  teller: Teller,
): void {
  const byMark = new Map<number, FoundMark[]>();
  for (const mark of marks) {
    const same = byMark.get(mark.mark);
    if (same === undefined) byMark.set(mark.mark, [mark]);
    else same.push(mark);
  }
  for (const { found, built } of pairs) {
    const { frontend } = found;
    if (frontend.kind !== "fwmark" || built.frontend.kind !== "fwmark") continue;
    const name = frontendText(frontend);
    if (standIns.has(built.pointer)) {
      teller.leave(
        `which traffic gets the ${name}`,
        `no input says it: --mark ${frontend.mark}=VIP:PORT/tcp`,
        found.place,
      );
      continue;
    }
    const at = `${built.pointer}/match`;
    const matches = new Map(built.frontend.matches.map((match) => [builtText(match), match]));
    const read = new Set<string>();
    for (const mark of byMark.get(frontend.mark) ?? []) {
      if ((parseAddress(mark.vip)?.family ?? built.family) !== built.family) continue;
      const was = foundText(mark);
      const becomes = matches.has(was) ? was : null;
      read.add(was);
      const remedy = 'say it in "match" of the service';
      teller.compare("marks", { what: `traffic of ${name}`, place: mark.place, was, becomes, at, remedy });
    }
    for (const [becomes, { pointer }] of matches) {
      if (read.has(becomes)) continue;
      teller.differs("marks", {
        ...{ what: `traffic of ${name}`, place: null, was: null, becomes, at: pointer },
        remedy: 'take it out of "match" of the service',
      });
    }
  }
  const served = new Set(services.flatMap(({ frontend }) => (frontend.kind === "fwmark" ? [frontend.mark] : [])));
  for (const mark of marks)
    if (!served.has(mark.mark))
      teller.meant("marks", {
        ...{ what: `traffic of mark ${mark.mark}`, place: mark.place, was: foundText(mark), becomes: null },
        ...{ at: "/services", reason: "no service has the mark: its rule stays with the firewall that has it" },
        remedy: "add the service where there is to be one",
      });
}

function foundText({ vip, protocol, port, source, interface: nic }: FoundMark): string {
  const [first = "0", last = first] = String(port).split("-");
  const network =
    source === null ? null : parseCidr(source.includes("/") ? source : `${source}/${source.includes(":") ? 128 : 32}`);
  return text({
    vip: parseAddress(vip)?.text ?? vip,
    protocol,
    ports: Number(first) === 0 ? null : [Number(first), Number(last)],
    source: network === null ? source : networkText(network),
    nic,
  });
}

function builtText({ vip, protocol, ports, source, interface: nic }: MarkMatch): string {
  return text({ vip: vip.text, protocol, ports, source: source === null ? null : networkText(source), nic });
}

interface Match {
  readonly vip: string;
  readonly protocol: string | null;
  readonly ports: readonly [number, number] | null;
  readonly source: string | null;
  readonly nic: string | null;
}

function text({ vip, protocol, ports, source, nic }: Match): string {
  const port = ports === null ? "every port" : ports[0] === ports[1] ? `port ${ports[0]}` : `ports ${ports.join("-")}`;
  return [
    `${protocol ?? "whatever"} to ${vip}`,
    port,
    ...(source === null ? [] : [`from ${source}`]),
    ...(nic === null ? [] : [`by ${nic}`]),
  ].join(", ");
}
