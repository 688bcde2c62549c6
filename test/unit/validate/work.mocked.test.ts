/** A faulty value costs no more than its one finding. */
import { beforeEach, expect, test, vi } from "vitest";
import { validate } from "../../../src/validate/index.ts";
import { describe } from "../../../src/validate/schema-errors.ts";

vi.mock("../../../src/validate/schema-errors.ts", async (original) => {
  const actual = await original<typeof import("../../../src/validate/schema-errors.ts")>();
  return { ...actual, describe: vi.fn(actual.describe) };
});

const described = vi.mocked(describe);

beforeEach(() => {
  described.mockClear();
});

test("a text that breaks several keywords of the schema is described once", () => {
  const directories = [{ path: `/a${" ".repeat(2000)}b/..` }];
  const { diagnostics } = validate({
    version: 1,
    name: "kgc",
    hosts: { lvs1: { address: "192.168.80.10/24" } },
    directors: ["lvs1"],
    services: [{ name: "web", vip: "192.168.80.188", port: 80, realservers: [{ address: "192.168.80.12" }] }],
    realserver: { directories },
  });
  expect(diagnostics.map(({ pointer }) => pointer)).toEqual(["/realserver/directories/0/path"]);
  expect(described).toHaveBeenCalledTimes(1);
});
