import type { Change, Subject } from "./change.ts";

/** What is the same on several hosts, or on several directors, is told once; then as a reader goes: cluster, services, hosts. */
export function joined(changes: readonly Change[]): readonly Change[] {
  const byText = new Map<string, { readonly first: Change; readonly names: Set<string> }>();
  for (const change of changes) {
    const names = change.subject.kind === "hosts" ? change.subject.names : [];
    const { subject, ...rest } = change;
    const key = JSON.stringify([subject.kind === "hosts" ? subject.role : subject, rest]);
    const known = byText.get(key);
    if (known === undefined) byText.set(key, { first: change, names: new Set(names) });
    else for (const name of names) known.names.add(name);
  }
  const all = [...byText.values()].map(({ first, names }): Change => {
    const { subject } = first;
    return subject.kind === "hosts" ? { ...first, subject: { ...subject, names: [...names] } } : first;
  });
  return order.flatMap((kind) => all.filter(({ subject }) => subject.kind === kind));
}

const order: readonly Subject["kind"][] = ["cluster", "pool", "service", "hosts"];
