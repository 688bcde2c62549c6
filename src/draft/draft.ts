/** A description on its way: values with the comments that stand above them, some of them only as comments themselves. */
import type { Say } from "../language/index.ts";

export type Draft = DraftObject | DraftList | DraftScalar;

export interface DraftScalar {
  readonly kind: "scalar";
  value: string | number | boolean;
}

export interface DraftObject {
  readonly kind: "object";
  readonly members: Member[];
  /** Comments behind the last member. */
  readonly after: string[];
  /** On one line where there are no comments in it. */
  readonly inline: boolean;
}

export interface DraftList {
  readonly kind: "list";
  readonly items: Item[];
  readonly after: string[];
  readonly inline: boolean;
}

interface Commented {
  readonly comments: string[];
  /** Only as a comment: the compiler would not take it. */
  off: boolean;
  /** An empty line stands before it. */
  gap?: boolean;
}

export interface Item extends Commented {
  value: Draft;
}

export interface Member extends Item {
  readonly key: string;
}

export function scalar(value: string | number | boolean): DraftScalar {
  return { kind: "scalar", value };
}

export function object(inline = false): DraftObject {
  return { kind: "object", members: [], after: [], inline };
}

export function list(inline = false): DraftList {
  return { kind: "list", items: [], after: [], inline };
}

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** A value that needs no comments within. */
export function plain(value: Plain): Draft {
  if (Array.isArray(value)) {
    const items = list(true);
    for (const one of value) add(items, plain(one));
    return items;
  }
  if (typeof value === "object") {
    const members = object(true);
    for (const [key, one] of Object.entries(value)) if (one !== undefined) set(members, key, plain(one));
    return members;
  }
  return scalar(value as string | number | boolean);
}

export function set(target: DraftObject, key: string, value: Draft, ...comments: readonly string[]): Member {
  const member: Member = { key, value, comments: [...comments], off: false };
  target.members.push(member);
  return member;
}

export function add(target: DraftList, value: Draft, ...comments: readonly string[]): Item {
  const item: Item = { value, comments: [...comments], off: false };
  target.items.push(item);
  return item;
}

/** What a JSON pointer of the compiler points to, counting only what is not a comment; the way from the top. */
export function wayTo(top: DraftObject, pointer: string): (Member | Item)[] {
  const way: (Member | Item)[] = [];
  let at: Draft = top;
  for (const token of pointer
    .split("/")
    .slice(1)
    .map((one) => one.replaceAll("~1", "/").replaceAll("~0", "~"))) {
    let next: Member | Item | undefined;
    if (at.kind === "object") next = at.members.find(({ key, off }) => key === token && !off);
    else if (at.kind === "list") next = at.items.filter(({ off }) => !off)[Number(token)];
    if (next === undefined) break;
    way.push(next);
    at = next.value;
  }
  return way;
}

/** What the compiler reads of a draft: the value without its comments, and without what is one. */
export function plainValue(draft: Draft): unknown {
  switch (draft.kind) {
    case "scalar":
      return draft.value;
    case "list":
      return draft.items.filter(({ off }) => !off).map(({ value }) => plainValue(value));
    case "object":
      return Object.fromEntries(
        draft.members.filter(({ off }) => !off).map(({ key, value }) => [key, plainValue(value)]),
      );
  }
}

/** All comments of a draft. */
export function commentsOf(draft: Draft): readonly string[] {
  if (draft.kind === "scalar") return [];
  const parts: readonly Item[] = draft.kind === "object" ? draft.members : draft.items;
  return [...parts.flatMap(({ comments, value }) => [...comments, ...commentsOf(value)]), ...draft.after];
}

/** The same draft with its comments in another language. */
export function saidDraft<D extends Draft>(draft: D, say: Say): D {
  if (draft.kind === "scalar") return draft;
  const item = <I extends Item>(one: I): I => ({
    ...one,
    value: saidDraft(one.value, say),
    comments: one.comments.map(say),
  });
  const after = draft.after.map(say);
  return draft.kind === "object"
    ? { ...draft, after, members: draft.members.map(item) }
    : { ...draft, after, items: draft.items.map(item) };
}
