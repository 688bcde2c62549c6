import type { Address } from "../model.ts";

interface Run {
  readonly before: string;
  readonly after: string;
  /** `3`, `1-2`: counted parts of the names, in the order given. */
  readonly parts: string[];
}

/**
 * Names of hosts in few words, as a description may have them: `web[01-40]`, `web[1-3,7]`, `app1, web2`.
 *
 * @param limit number of comma-separated parts after which the rest is only counted
 */
export function nameRange(names: readonly string[], limit = 4): string {
  const runs: Run[] = [];
  const byShape = new Map<string, Run>();
  const former = new Map<Run, string>();
  for (const name of names) {
    const [, before = name, digits = "", after = ""] = /^(.*?)([0-9]{1,9})([^0-9]*)$/.exec(name) ?? [];
    const shape = `${before} ${after}`;
    const known = digits === "" ? undefined : byShape.get(shape);
    const run = known ?? { before, after, parts: [] };
    if (known === undefined) runs.push(run);
    if (digits === "") continue;
    byShape.set(shape, run);
    if (isNext(former.get(run), digits)) run.parts.push(`${(run.parts.pop() ?? "").split("-")[0]}-${digits}`);
    else run.parts.push(digits);
    former.set(run, digits);
  }
  return someOf(runs.map(runText), limit);
}

/** Whether a range goes on with these digits: 9, 10 and 09, 10 do, 9, 010 does not. */
function isNext(former: string | undefined, digits: string): boolean {
  if (former === undefined || Number(digits) !== Number(former) + 1) return false;
  return former.length === digits.length || !(former.startsWith("0") || digits.startsWith("0"));
}

function runText({ before, after, parts }: Run): string {
  const [only = ""] = parts;
  const isOne = parts.length <= 1 && !only.includes("-");
  return isOne ? `${before}${only}${after}` : `${before}[${someOf(parts, 4, ",")}]${after}`;
}

/** The first of them, and how many there are besides; one that is left over stands as well as its number. */
export function someOf(texts: readonly string[], limit: number, comma = ", "): string {
  if (texts.length <= limit + 1) return texts.join(comma);
  return `${texts.slice(0, limit).join(comma)}${comma}… ${texts.length - limit} more`;
}

/** `10.0.0.11 - 10.0.0.50` of addresses without a gap, `10.0.0.11 … 10.0.0.50` of others. */
export function addressRange(addresses: readonly Address[]): string {
  const [head] = addresses;
  if (head === undefined) return "";
  let [lowest, highest] = [head, head];
  for (const address of addresses) {
    if (address.value < lowest.value) lowest = address;
    if (address.value > highest.value) highest = address;
  }
  if (lowest.value === highest.value) return head.text;
  const isWhole = highest.value - lowest.value === BigInt(addresses.length - 1);
  return `${lowest.text} ${isWhole ? "-" : "…"} ${highest.text}`;
}

/** `1 server`, `40 servers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

const methodNames = { dr: "DR", tun: "TUN", nat: "NAT" } as const;

/** `DR, NAT`, always in the same order. */
export function methodList(modes: Iterable<keyof typeof methodNames>): string {
  const used = new Set(modes);
  return (["dr", "tun", "nat"] as const)
    .filter((mode) => used.has(mode))
    .map((mode) => methodNames[mode])
    .join(", ");
}
