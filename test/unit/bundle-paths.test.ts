/** What a manifest may list and still be a build's: a planted one would have other files removed. */
import { expect, test } from "vitest";
import { isBundlePath } from "../../src/write/bundle-paths.ts";

test.each([
  "hosts/web1/RUNBOOK.md",
  "hosts/web1/SHA256SUMS",
  "hosts/web1/manifest.json",
  "hosts/web1/realserver.sh",
  "hosts/web1/files/web1/etc/motd",
  "hosts/%63on/parts/%63on/etc/fstab",
])("a build makes %s", (path) => {
  expect(isBundlePath(path)).toBe(true);
});

test.each([
  "hosts",
  "hosts/web1",
  "hosts/RUNBOOK.md",
  "hosts//RUNBOOK.md",
  "hosts/../RUNBOOK.md",
  "hosts/./RUNBOOK.md",
  "hosts/web1/../RUNBOOK.md",
  "hosts/web1/mine",
  "hosts/web1/files/web1",
  "hosts/web1/files/../etc/motd",
  "hosts/web1/hosts/web2/RUNBOOK.md",
  // These stand once, for all hosts.
  "hosts/web1/OPERATIONS.md",
  "hosts/web1/topology.svg",
  "hosts/web1/SHA256SUMS.sig",
  "hosts/web1/SHA256SUMS.signed",
  "hosts/web1/SHA256SUMS.rsa",
])("no build makes %s", (path) => {
  expect(isBundlePath(path)).toBe(false);
});
