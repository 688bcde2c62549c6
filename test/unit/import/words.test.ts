/** Words of inputs that JavaScript's objects have names for. */
import { expect, test } from "vitest";
import { importText } from "./inputs.ts";

test.each([
  [
    "a flag of ipvsadm",
    (word: string) => `-A -t 192.0.2.80:80 -s sh -b ${word}\n-a -t 192.0.2.80:80 -r 192.0.2.11:80\n`,
  ],
  [
    "a method in a listing",
    (word: string) => `IP Virtual Server version 1.2.1\nTCP  192.0.2.80:80 rr\n  -> 192.0.2.11:80 ${word} 1 0 0\n`,
  ],
  ["a protocol in a listing", (word: string) => `IP Virtual Server version 1.2.1\n${word}  192.0.2.80:80 rr\n`],
  ["an option in a listing", (word: string) => `IP Virtual Server version 1.2.1\nTCP  192.0.2.80:80 rr ${word} 3\n`],
  [
    "a method of keepalived",
    (word: string) => `virtual_server 192.0.2.80 80 {\n  lb_kind ${word}\n  protocol TCP\n}\n`,
  ],
  ["a method of ldirectord", (word: string) => `virtual=192.0.2.80:80\n  real=192.0.2.11:80 ${word}\n`],
  ["a fallback of ldirectord", (word: string) => `virtual=192.0.2.80:80\n  fallback=192.0.2.11:80 ${word}\n`],
])("%s", async (_name, text) => {
  for (const word of ["constructor", "toString", "__proto__", "valueOf"]) {
    const { misses } = await importText(text(word));
    expect(misses.map(({ reason }) => reason).join()).not.toMatch(/function|native|object/);
    expect(misses.length).toBeGreaterThan(0);
  }
});
