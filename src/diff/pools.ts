/** What a change of a pool does to the services that use it, told once. */
import type { Change, Subject } from "./change.ts";

/** Changes of real servers that are the same in several services of a pool as one, where the first of them stood. */
export function joinedByPool(changes: readonly Change[]): readonly Change[] {
  const alike = new Map<
    string,
    { readonly all: Change[]; readonly services: Set<string>; readonly texts: Set<string> }
  >();
  const inOrder = changes.map((change) => {
    const key = poolKey(change);
    if (key === null) return change;
    const known = alike.get(key) ?? { all: [], services: new Set(), texts: new Set() };
    const isFirst = known.all.length === 0;
    alike.set(key, known);
    known.all.push(change);
    known.services.add(keyOf(change.subject));
    known.texts.add(`${change.what}\n${change.was}\n${change.becomes}`);
    return isFirst ? known : null;
  });
  return inOrder.flatMap((one) => {
    if (one === null) return [];
    if (!("all" in one)) return [one];
    const { all, services, texts } = one;
    const [first] = all;
    const subject = first?.subject;
    if (first === undefined || subject?.kind !== "service" || subject.pool === undefined || services.size < 2)
      return all;
    const ofPool: Subject = { kind: "pool", name: subject.pool, services: services.size };
    return [{ ...(texts.size === 1 ? first : withoutPorts(first)), subject: ofPool }];
  });
}

function keyOf(subject: Subject): string {
  return subject.kind === "service" ? subject.key : "";
}

/** The same for what is the same but for the port of the service; null: it is not about a pool. */
function poolKey(change: Change): string | null {
  const { subject, rule } = change;
  if (subject.kind !== "service" || subject.pool === undefined || !rule.startsWith("server")) return null;
  const { action, what, was, becomes, verdict, why } = withoutPorts(change);
  return [subject.pool, rule, action, what, was, becomes, verdict, why].join("\n");
}

/** A port of the real server's own stays: it tells two of one machine apart. */
function withoutPorts(change: Change): Change {
  const { what, was, becomes, subject } = change;
  const port = subject.kind === "service" ? /:([0-9]+)$/.exec(subject.key)?.[1] : undefined;
  const bare = (text: string): string => withoutPort(text, port);
  return { ...change, what: bare(what), was: was && bare(was), becomes: becomes && bare(becomes) };
}

/** `web1 (192.0.2.11)` of `web1 (192.0.2.11:80)` and 80. */
function withoutPort(text: string, port: string | undefined): string {
  return text.replace(/:([0-9]+)(?=\)?$)/, (all, own: string) => (own === port ? "" : all));
}
