import { expect, test } from "vitest";
import { addressRange, nameRange, someOf } from "../../../src/graph/names.ts";
import { parseAddress } from "../../../src/net.ts";

const numbered = (before: string, from: number, to: number, width = 0, after = ""): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${before}${String(from + index).padStart(width, "0")}${after}`);

test.each<[readonly string[], string]>([
  [["web"], "web"],
  [["web1"], "web1"],
  [["web1", "web2"], "web[1-2]"],
  [numbered("web", 1, 40, 2), "web[01-40]"],
  [numbered("web", 8, 12), "web[8-12]"],
  [["web09", "web10", "web11"], "web[09-11]"],
  [["web9", "web010"], "web[9,010]"],
  [["web1", "web2", "web3", "web7"], "web[1-3,7]"],
  [["web2", "web1"], "web[2,1]"],
  [numbered("web", 1, 3, 0, ".example.org"), "web[1-3].example.org"],
  [["web1.a", "web1.b"], "web1.a, web1.b"],
  [["rs-10-0-0-2", "rs-10-0-0-3", "rs-10-0-1-2"], "rs-10-0-0-[2-3], rs-10-0-1-2"],
  [["app", "web1", "app"], "app, web1, app"],
  [["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, … 3 more"],
  [["w1", "w3", "w5", "w7", "w9", "w11"], "w[1,3,5,7,… 2 more]"],
  [["web12345678901", "web12345678902"], "web12[345678901-345678902]"],
])("%j is %s", (names, expected) => {
  expect(nameRange(names)).toBe(expected);
});

test.each([
  [["10.0.0.1"], "10.0.0.1"],
  [["10.0.0.3", "10.0.0.1", "10.0.0.2"], "10.0.0.1 - 10.0.0.3"],
  [["10.0.0.1", "10.0.0.9"], "10.0.0.1 … 10.0.0.9"],
  [["fd00::1", "fd00::2"], "fd00::1 - fd00::2"],
  [["10.0.0.1", "10.0.0.1"], "10.0.0.1"],
])("addresses %j are %s", (texts, expected) => {
  expect(addressRange(texts.flatMap((text) => parseAddress(text) ?? []))).toBe(expected);
});

test("one that is left over is named", () => {
  expect(someOf(["a", "b", "c"], 2)).toBe("a, b, c");
  expect(someOf(["a", "b", "c", "d"], 2)).toBe("a, b, … 2 more");
});
