import { expect, test } from "vitest";
import { exportFile } from "../../../src/plan/naming.ts";

test.each([
  ["/opt/kgc", "192.168.80.0/24", "lvsgen-opt-kgc@192.168.80.0-24.exports"],
  ["/opt/kgc", "*", "lvsgen-opt-kgc.exports"],
  ["/opt/kgc", "*.example.com", "lvsgen-opt-kgc@\\x2a.example.com.exports"],
  ["/opt/kgc", "@web", "lvsgen-opt-kgc@\\x40web.exports"],
  ["/opt-kgc", "2001:db8::/64", "lvsgen-opt\\x2dkgc@2001:db8::-64.exports"],
  ["/srv/é x", "host", "lvsgen-srv-\\xc3\\xa9\\x20x@host.exports"],
])("the file of the export of %s for %s is %s", (path, client, name) => {
  expect(exportFile(path, client)).toBe(`/etc/exports.d/${name}`);
});

test("a name that a directory cannot hold is shortened, and still one of its own", () => {
  const paths = ["a", "b"].map((end) => `/${"long/".repeat(60)}${end}`);
  const names = paths.map((path) => exportFile(path, "*").replace("/etc/exports.d/", ""));
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(247);
  expect(new Set(names).size).toBe(2);
});
