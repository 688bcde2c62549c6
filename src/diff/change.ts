import type { Judgement, Verdict } from "./verdict.ts";

/** The roles that have a script which changes hosts. */
export type ScriptRole = "director" | "realserver" | "nfs";

/** What a change is about: the cluster as a whole, a service, or hosts. */
export type Subject =
  | { readonly kind: "cluster" }
  /** `key` as ipvsadm names it, `-t 192.0.2.80:80`; `title` for people; `pool`: what its real servers are from, before and after. */
  | { readonly kind: "service"; readonly key: string; readonly title: string; readonly pool?: string }
  /** Several services of a pool. */
  | { readonly kind: "pool"; readonly name: string; readonly services: number }
  /** `role` is null where it is about the host in whatever role. */
  | { readonly kind: "hosts"; readonly names: readonly string[]; readonly role: ScriptRole | null };

/** One thing that differs, with what it does to connections. */
export interface Change {
  /** The rule that judged it: stable, for tools. */
  readonly rule: string;
  readonly subject: Subject;
  readonly action: "added" | "removed" | "changed";
  /** In the words of the field: `scheduler`, `real server web3`. */
  readonly what: string;
  /** Null: there was nothing. */
  readonly was: string | null;
  /** Null: there is nothing any more. */
  readonly becomes: string | null;
  readonly verdict: Verdict;
  readonly why: string;
}

/** A change whose action follows from what was and what becomes of it. */
export function change(
  rule: string,
  subject: Subject,
  what: string,
  [was, becomes]: readonly [string | null, string | null],
  judgement: Judgement,
): Change {
  const action = was === null ? "added" : becomes === null ? "removed" : "changed";
  return { rule, subject, action, what, was, becomes, ...judgement };
}
