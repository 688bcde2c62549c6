import { describe, expect, test } from "vitest";
import { type Judged, judge } from "./judge.ts";

const weights = (...numbers: readonly number[]) => ({
  realservers: numbers.map((weight, index) => ({ host: `web${index + 1}`, weight })),
});
const rr = { scheduler: "rr" };
const wrr = (...numbers: readonly number[]) => ({ scheduler: "wrr", ...weights(...numbers) });

/** Who answered, in order: `"01"` ten times is 20 answers of web1 and web2 in turn; `?` is nobody known. */
const turns = (order: string, times: number) => order.repeat(times);

describe("what each scheduler looks like", () => {
  const table: readonly [string, Readonly<Record<string, unknown>>, string][] = [
    ["rr", rr, turns("01", 10)],
    ["rr, begun in the middle", { ...rr, ...weights(1, 1, 1) }, turns("201", 7)],
    ["rr in a number of requests that is no whole round", rr, "01010"],
    ["rr takes weights for 1", { ...rr, ...weights(5, 1) }, turns("01", 10)],
    ["rr with other clients between", rr, turns("0110010111", 2)],
    ["rr over more real servers than requests", { ...rr, ...weights(1, 1, 1) }, "12"],
    ["wrr", wrr(3, 1), turns("0001", 5)],
    ["wrr, begun in the middle", wrr(3, 1), turns("0100", 5)],
    ["wrr with a common divisor", wrr(40, 20), turns("001", 7)],
    ["wrr in less than a round", wrr(10, 5), "0000001"],
    ["lc", { scheduler: "lc" }, "00011111110001010010"],
    ["wlc", { scheduler: "wlc", ...weights(3, 1) }, turns("00010", 4)],
    ["sed", { scheduler: "sed", ...weights(4, 1) }, turns("00001", 4)],
    ["nq", { scheduler: "nq", ...weights(4, 1) }, turns("01000", 4)],
    ["twos", { scheduler: "twos" }, turns("0110", 5)],
    ["sh", { scheduler: "sh" }, turns("1", 20)],
    ["sh by port", { scheduler: "sh", schedulerFlags: ["sh-port"] }, turns("01100", 4)],
    ["mh", { scheduler: "mh", ...weights(1, 200) }, turns("0", 20)],
    ["mh by port", { scheduler: "mh", schedulerFlags: ["mh-port"] }, turns("01100", 4)],
    ["dh", { scheduler: "dh" }, turns("0", 20)],
    ["lblc", { scheduler: "lblc" }, turns("1", 20)],
    ["lblcr that moved once", { scheduler: "lblcr" }, turns("0", 9) + turns("1", 11)],
    ["fo", { scheduler: "fo", ...weights(1, 5) }, turns("1", 20)],
    ["fo, one of equals", { scheduler: "fo", ...weights(1, 5, 5) }, turns("2", 20)],
    ["ovf", { scheduler: "ovf", ...weights(1, 5) }, turns("1", 20)],
    ["ovf that overflows", { scheduler: "ovf", ...weights(1, 5) }, turns("110", 7)],
    ["persistence", { ...rr, persistence: {} }, turns("1", 20)],
    ["persistence at a real server drained since", { ...rr, persistence: {}, ...weights(1, 0) }, turns("1", 20)],
    ["weight 0", { ...rr, ...weights(1, 0) }, turns("0", 20)],
    ["one real server alone", weights(1), turns("0", 20)],
  ];
  test.each(table)("%s", async (_, service, answers) => {
    expect(await judge(service, answers)).toMatchObject({ known: "ok", shared: "ok" });
  });
});

describe("what it must not look like", () => {
  const table: readonly [string, Readonly<Record<string, unknown>>, string][] = [
    ["rr that sticks", rr, turns("1", 20)],
    ["rr that sticks, seen in few requests", rr, turns("1", 10)],
    ["rr that follows weights", rr, turns("00001", 12)],
    ["rr that leaves one of three out", { ...rr, ...weights(1, 1, 1) }, turns("01", 12)],
    ["wrr with the weights exchanged", wrr(1, 3), turns("0001", 5)],
    ["wrr that takes turns", wrr(9, 1), turns("01", 20)],
    ["wlc that leaves one out", { scheduler: "wlc" }, turns("0", 20)],
    ["sed that is even", { scheduler: "sed", ...weights(9, 1) }, turns("01", 20)],
    ["sh that takes turns", { scheduler: "sh" }, turns("01", 10)],
    ["mh that strays once", { scheduler: "mh" }, `${turns("0", 19)}1`],
    ["dh that takes turns", { scheduler: "dh" }, turns("01", 10)],
    ["lblc that takes turns", { scheduler: "lblc" }, turns("01", 10)],
    ["fo at the lower weight", { scheduler: "fo", ...weights(1, 5) }, turns("0", 20)],
    ["fo that takes turns among equals", { scheduler: "fo" }, turns("01", 10)],
    ["ovf that never takes the first", { scheduler: "ovf", ...weights(1, 5) }, turns("0", 20)],
    ["persistence that does not persist", { ...rr, persistence: {} }, turns("0001", 5)],
  ];
  test.each(table)("%s", async (_, service, answers) => {
    expect(await judge(service, answers)).toMatchObject({ known: "ok", shared: "failed" });
  });
});

describe("answers that tell more", () => {
  const table: readonly [string, Readonly<Record<string, unknown>>, string, Judged][] = [
    [
      "a server with weight 0 answers",
      { ...rr, ...weights(1, 0) },
      turns("00001", 4),
      { known: "failed", shared: "failed" },
    ],
    ["somebody unknown answers", rr, turns("01?", 7), { known: "failed", shared: "ok" }],
    ["nobody known answers", rr, turns("?", 20), { known: "failed", shared: "skipped" }],
    ["nobody answers", rr, "", { known: "skipped", shared: "skipped" }],
    [
      "a threshold may turn clients away",
      { ...rr, realservers: [{ host: "web1", upperThreshold: 5 }, { host: "web2" }] },
      turns("1", 20),
      { known: "ok", shared: "skipped" },
    ],
  ];
  test.each(table)("%s", async (_, service, answers, verdict) => {
    expect(await judge(service, answers)).toEqual(verdict);
  });
});
