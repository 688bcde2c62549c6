import type { Voice } from "./directors.ts";

/** The number that labels of VIPs count from on each interface (`eth0:0`, `eth0:1`); null where they do not. */
export function aliasOf(voice: Voice | undefined): number | null {
  const next = new Map<string, number>();
  let start: number | null = null;
  for (const { address, device, label } of (voice?.instances ?? []).flatMap(({ vips }) => vips)) {
    if (address.includes(":") || device === null || label === undefined) continue;
    const number = label.startsWith(`${device}:`) ? label.slice(device.length + 1) : "";
    if (!/^(?:0|[1-9][0-9]{0,2})$/.test(number)) return null;
    const expected: number = next.get(device) ?? start ?? Number(number);
    if (Number(number) !== expected) return null;
    start ??= expected;
    next.set(device, expected + 1);
  }
  return start;
}
