import { add, type DraftList, list, plain } from "../../draft/draft.ts";
import { type Family, parseAddress } from "../../net.ts";
import type { Facts } from "../facts.ts";

/** What gets a mark, as the inputs say it; a comment that it is missing where they do not. */
export function matchesOf(mark: number, family: Family, { marks }: Facts): DraftList {
  const matches = list();
  const found = marks.filter((one) => one.mark === mark && (parseAddress(one.vip)?.family ?? family) === family);
  const said = new Set<string>();
  for (const { vip, protocol, port, source, interface: nic } of found) {
    const match = {
      vip,
      protocol: protocol ?? undefined,
      port: port === 0 ? undefined : port,
      source: source ?? undefined,
      interface: nic ?? undefined,
    };
    // Each director has the rule.
    const text = JSON.stringify(match);
    if (!said.has(text)) add(matches, plain(match));
    said.add(text);
  }
  if (found.length > 0) return matches;
  matches.after.push(
    `MISSING: what gets the mark ${mark} stands in rules of the firewall. Such as { "vip": "192.0.2.1", "protocol": "tcp", "port": 80 }`,
  );
  return matches;
}
