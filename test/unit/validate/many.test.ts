import { expect, test } from "vitest";
import { validate } from "../../../src/validate/index.ts";

test("more faults than a call takes arguments are told, and what is left is looked at", () => {
  const realservers = Array.from({ length: 200_000 }, () => ({ address: "10.0.0.1", weight: "heavy" }));
  const { config, diagnostics, incomplete } = validate({
    version: 1,
    name: "c",
    defaults: { platform: "el7", interface: "eth0" },
    hosts: { lvs1: { address: "10.0.0.9/24" } },
    directors: ["lvs1"],
    services: [{ name: "s", vip: "10.0.0.2", port: 80, realservers }],
  });
  expect(config?.services[0]?.realservers).toHaveLength(realservers.length);
  expect(incomplete).toHaveLength(2 * realservers.length);
  expect(diagnostics).toHaveLength(1000);
  expect(diagnostics.at(-1)?.message).toContain("(and 199000 more findings like this)");
});
