import { createCollector } from "../diagnostics/collector.ts";
import type { Code, Diagnostic } from "../diagnostics/index.ts";
import type { Host } from "../model.ts";
import { type Claim, runtimePaths } from "./claim.ts";
import { claimsOf } from "./kinds/index.ts";
import { type Script, sectionsByHost } from "./script.ts";
import type { Section } from "./want.ts";

/** A claim with what in the description makes it. */
interface Owned {
  readonly claim: Claim;
  /** The name as it is written, which may be a symbolic link to the one that is claimed. */
  readonly written: string;
  readonly pointer: string;
  /** Whether the description says so itself; else it is lvsgen's own. */
  readonly described: boolean;
}

/**
 * Two owners of one file, address, route, sysctl or unit of a host: each apply would change back what the one before has
 * done, and the second of two applies would not be without changes. Exact, for it looks at what the scripts bring about.
 */
export function collisions(scripts: readonly Script[]): Diagnostic[] {
  const { report, collected } = createCollector();
  const directoriesAbove = directoryReader();
  for (const [host, sections] of sectionsByHost(scripts)) {
    const owned = ownedOf(host, sections);
    const pairs = [...inOnePlace(owned), ...belowFiles(owned, directoriesAbove)];
    if (pairs.length === 0) continue;
    const known = new Set<string>();
    for (const [a, b] of pairs) {
      const [later, earlier] = a.described && !b.described ? [a, b] : [b, a];
      // A unit that is stopped and disabled collides twice with one that is to run.
      const pair = JSON.stringify([later.claim.name, later.pointer, earlier.pointer]);
      if (known.has(pair)) continue;
      known.add(pair);
      const { code, message, hint } = finding(later, earlier);
      const part = isHost(later.pointer, host) ? "key" : "value";
      report(code, { pointer: later.pointer, part, message, hint, related: related(later, earlier, host) });
    }
  }
  return collected();
}

function ownedOf(host: Host, sections: readonly Section[]): Owned[] {
  const owned = runtimeOwned(host);
  for (const { wants } of sections) {
    for (const { resource, pointer } of wants) {
      const { described = false } = resource;
      for (const claim of claimsOf(resource)) {
        owned.push({ claim: named(claim, host), written: claim.name, pointer, described });
      }
    }
  }
  return owned;
}

function runtimeOwned({ pointer }: Host): Owned[] {
  return runtimePaths.map((name) => ({
    claim: { kind: "file", name, part: null },
    written: name,
    pointer,
    described: false,
  }));
}

/** A path by the name that the system itself gives it, where it ships a symbolic link. */
function named(claim: Claim, { platform }: Host): Claim {
  if (claim.kind !== "file" && claim.kind !== "directory") return claim;
  for (const link in platform.links) {
    if (!claim.name.startsWith(link)) continue;
    const rest = claim.name.slice(link.length);
    if (rest === "" || rest.startsWith("/")) return { ...claim, name: `${platform.links[link]}${rest}` };
  }
  return claim;
}

type Pair = readonly [Owned, Owned];

/** For each claim the first one of the same thing that it cannot stand beside. */
function inOnePlace(owned: readonly Owned[]): Pair[] {
  const places = { path: new Map(), address: new Map(), route: new Map(), sysctl: new Map(), unit: new Map() };
  /** The owners of what has several, by the first of them; of those that want the same, one stands for all. */
  const shared = new Map<Owned, Owned[]>();
  const pairs: Pair[] = [];
  for (const one of owned) {
    const { kind, name } = one.claim;
    const owners: Map<string, Owned> = places[kind === "file" || kind === "directory" ? "path" : kind];
    const first = owners.get(name);
    if (first === undefined) {
      owners.set(name, one);
      continue;
    }
    const others = shared.get(first) ?? [first];
    const other = others.find((earlier) => collide(earlier, one));
    if (other !== undefined) pairs.push([other, one]);
    if (!others.some((earlier) => wantsTheSame(earlier, one))) others.push(one);
    shared.set(first, others);
  }
  return pairs;
}

function wantsTheSame({ claim: a, described }: Owned, { claim: b, ...other }: Owned): boolean {
  const stateOf = (claim: Claim): string | null => ("state" in claim ? claim.state : null);
  const partOf = (claim: Claim): string | null => ("part" in claim ? claim.part : null);
  return a.kind === b.kind && described === other.described && partOf(a) === partOf(b) && stateOf(a) === stateOf(b);
}

function collide({ claim: a, described }: Owned, { claim: b, ...other }: Owned): boolean {
  // A kernel setting that lvsgen makes itself: what it is to be may change with the next version.
  if (a.kind === "sysctl" && described !== other.described) return true;
  if (a.kind === "directory" || b.kind === "directory") return a.kind !== b.kind;
  if (a.part === null || b.part === null) return true;
  return a.part === b.part && a.state !== b.state;
}

/** A file has nothing below it. Where the description says both, `check` has found it. */
function belowFiles(owned: readonly Owned[], directoriesAbove: (path: string) => readonly string[]): Pair[] {
  const files = new Map<string, Owned>();
  for (const one of owned) if (one.claim.kind === "file") files.set(one.claim.name, one);
  const pairs: Pair[] = [];
  for (const one of owned) {
    const { kind, name } = one.claim;
    if (kind !== "file" && kind !== "directory") continue;
    for (const directory of directoriesAbove(name)) {
      const file = files.get(directory);
      if (file !== undefined && !(file.described && one.described)) pairs.push([file, one]);
    }
  }
  return pairs;
}

/** The directories above a path, the nearest first. Hosts have mostly the same paths: each is taken apart once. */
function directoryReader(): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (path) => {
    const read = known.get(path);
    if (read !== undefined) return read;
    const above: string[] = [];
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) above.push(path.slice(0, end));
    known.set(path, above);
    return above;
  };
}

function finding(
  { claim, written, described }: Owned,
  other: Owned,
): { readonly code: Code; readonly message: string; readonly hint: string } {
  if (claim.kind === "directory" || (claim.kind === "file" && claim.part === null)) {
    const path = written === claim.name ? written : `${written}, a symbolic link to ${claim.name},`;
    if (!described || other.described)
      return { code: "PATH_CONFLICT", message: `${path} has two owners`, hint: "keep one of the two" };
    return {
      code: "PATH_OWNED_BY_LVSGEN",
      message: `${path} is a file that lvsgen writes itself`,
      hint: "take it out, and describe with other keys what it is meant to do",
    };
  }
  if (claim.kind === "sysctl" && described && !other.described)
    return {
      code: "SYSCTL_OWNED_BY_LVSGEN",
      message: `${claim.name} is a kernel setting that lvsgen makes itself`,
      hint: "take it out, and describe with other keys what it is meant to do",
    };
  const wanted = "state" in other.claim ? other.claim.state : "";
  return {
    code: "RESOURCE_CONFLICT",
    message: `the ${claim.kind} ${claim.name} would be ${claim.state} here and ${wanted} for another entry`,
    hint: "keep one of the two",
  };
}

function related(one: Owned, other: Owned, host: Host): { pointer: string; part?: "key"; message: string }[] {
  if (other.pointer === one.pointer) return [];
  const ofLvsgen = one.described && !other.described;
  const written = one.claim.kind === "sysctl" ? "lvsgen sets it because of this" : "lvsgen writes it because of this";
  const message = ofLvsgen && (one.claim.kind === "file" || one.claim.kind === "sysctl") ? written : "the other one";
  return [{ pointer: other.pointer, message, ...(isHost(other.pointer, host) ? { part: "key" } : {}) }];
}

function isHost(pointer: string, host: Host): boolean {
  return pointer === host.pointer;
}
