/** For which processors a guest's kernel needs a library before it. */
import { expect, test } from "vitest";
import { hasLargerState } from "../../lab/registers.ts";

const cpuinfo = (flags: string): string => `processor\t: 0\nflags\t\t: ${flags}\nbugs\t\t: amx_tile\n`;

test.each([
  ["fpu sse2 avx512f pku", false],
  ["fpu avx512f amx_bf16 amx_tile amx_int8", true],
  ["fpu avx512f apx", true],
])("%s", (flags, larger) => {
  expect(hasLargerState(cpuinfo(flags))).toBe(larger);
});

test("another architecture has no such line", () => {
  expect(hasLargerState("processor\t: 0\nFeatures\t: fp asimd\n")).toBe(false);
});
