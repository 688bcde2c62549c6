import { expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";

interface Entry {
  readonly code: string;
  readonly reason: string;
  readonly pointer?: string;
}

/** Two services with a real server each, and what is acknowledged. */
async function found(acknowledge: readonly Entry[], more: object = {}) {
  const service = (name: string, vip: string) => ({ name, vip, port: 80, realservers: [{ host: "web1" }] });
  const text = JSON.stringify({
    version: 1,
    name: "kgc",
    defaults: { platform: "el7", interface: "ens33" },
    hosts: { lvs1: { address: "192.168.80.10/24" }, web1: { address: "192.168.80.12/24" } },
    directors: ["lvs1"],
    services: [service("web", "192.168.80.188"), service("tls", "192.168.80.189")],
    acknowledge,
    ...more,
  });
  const { diagnostics } = await analyse(text);
  return diagnostics.map(({ code, pointer, acknowledged }) => [code, pointer, acknowledged]);
}

const single = "SINGLE_REAL_SERVER";
const of = (index: number) => `/services/${index}/realservers`;

test("nothing is acknowledged that nobody names", async () => {
  expect(await found([])).toEqual([
    [single, of(0), undefined],
    [single, of(1), undefined],
  ]);
});

test("without a pointer all of a code are, with one those there and within", async () => {
  expect(await found([{ code: single, reason: "more in May" }])).toEqual([
    [single, of(0), "more in May"],
    [single, of(1), "more in May"],
  ]);
  expect(await found([{ code: single, reason: "more in May", pointer: "/services/1" }])).toEqual([
    [single, of(0), undefined],
    [single, of(1), "more in May"],
  ]);
  expect(await found([{ code: single, reason: "more in May", pointer: "/services/1/realservers/0" }])).toEqual([
    [single, of(0), undefined],
    [single, of(1), undefined],
    ["STALE_ACKNOWLEDGEMENT", "/acknowledge/0", undefined],
  ]);
});

test("of several entries the nearest counts, wherever it stands", async () => {
  const wide = { code: single, reason: "wide" };
  const near = { code: single, reason: "near", pointer: "/services/1" };
  for (const entries of [
    [wide, near],
    [near, wide],
  ])
    expect(await found(entries)).toEqual([
      [single, of(0), "wide"],
      [single, of(1), "near"],
    ]);
});

test("a warning that is inherited is acknowledged where it is shown", async () => {
  const defaults = { platform: "el7", interface: "ens33", firewall: "disable" };
  const off = { code: "FIREWALL_OFF", reason: "a firewall stands in front", pointer: "/defaults/firewall" };
  const all = await found([off, { code: single, reason: "more in May" }], { defaults });
  expect(all[0]).toEqual(["FIREWALL_OFF", "/defaults/firewall", "a firewall stands in front"]);
  expect(all.map(([, , reason]) => reason)).not.toContain(undefined);
});

test("beside an error nobody knows what is stale", async () => {
  const stale = { code: "FIREWALL_OFF", reason: "a firewall stands in front" };
  expect((await found([stale])).map(([code]) => code)).toContain("STALE_ACKNOWLEDGEMENT");
  const codes = (await found([stale], { directors: ["lvs9"] })).map(([code]) => code);
  expect(codes).toContain("UNKNOWN_HOST");
  expect(codes).not.toContain("STALE_ACKNOWLEDGEMENT");
});
