import type { FoundService } from "../facts.ts";

/** A name that only it has: the wished one, or with a number behind it. */
export function uniqueNames(): (wished: string) => string {
  const taken = new Map<string, number>();
  return (wished) => {
    const count = (taken.get(wished.toLowerCase()) ?? 0) + 1;
    taken.set(wished.toLowerCase(), count);
    return count === 1 ? wished : `${wished.slice(0, 55)}.${count}`;
  };
}

/** `192-168-80-188`, `fd00--1`. */
export function dashed(address: string): string {
  return address.replaceAll(/[.:]/g, "-").replace(/-$/, "-0").replace(/^-/, "0-");
}

/** What the input calls a service, or its protocol and port, with the VIP before it where there are several. */
export function serviceLabel({ label, frontend }: FoundService, hasOneVip: boolean): string {
  const own =
    label
      ?.replaceAll(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .replace(/-+$/, "")
      .slice(0, 55) ?? "";
  if (own !== "") return own;
  if (frontend.kind === "fwmark") return `mark-${frontend.mark}${frontend.family === 6 ? "-ipv6" : ""}`;
  const { vip, protocol, port } = frontend;
  const what = `${protocol}-${port === 0 ? "all" : port}`;
  return hasOneVip
    ? what
    : `${dashed(vip)
        .slice(0, 45)
        .replace(/^[^A-Za-z0-9]+/, "")}-${what}`;
}

/** A host that nobody names. */
export function hostLabel(address: string): string {
  return `rs-${dashed(address)}`;
}
