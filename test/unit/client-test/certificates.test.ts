import { expect, test } from "vitest";
import { clusterOf, scriptText } from "./script.ts";

const ca = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
const service = (name: string, port: number, check: Readonly<Record<string, unknown>>) => ({
  name,
  vip: "127.0.1.88",
  port,
  realservers: [{ host: "web1" }, { host: "web2" }],
  check: { type: "https", ...check },
});
const declared = (...services: readonly unknown[]) =>
  scriptText(clusterOf(services)).match(/^ {2}(?:authority|host_name|trust|service) .*$/gm);

test("an authority that several checks have stands in the script once", () => {
  expect(
    declared(
      service("a", 1, { ca: `\r\n${ca.replaceAll("\n", "\r\n")}\r\n`, name: "a.example.org" }),
      service("b", 2, { ca: `${ca}\n` }),
      service("c", 3, { ca: `${ca}\n${ca}` }),
    ),
  ).toEqual([
    "  authority 1 <<'END'",
    "  authority 2 <<'END'",
    "  service a dr wlc",
    "  host_name a.example.org",
    "  trust 1",
    "  service b dr wlc",
    "  trust 1",
    "  service c dr wlc",
    "  trust 2",
  ]);
});

test("without one, the machine's own are trusted, or nobody is asked", () => {
  expect(declared(service("a", 1, {}), service("b", 2, { verify: true }), service("c", 3, { verify: false }))).toEqual([
    "  service a dr wlc",
    "  trust system",
    "  service b dr wlc",
    "  trust system",
    "  service c dr wlc",
    "  trust none",
  ]);
});

test("a name is for http as well, and nothing is said of certificates there", () => {
  expect(declared(service("a", 1, { type: "http", name: "a.example.org" }))).toEqual([
    "  service a dr wlc",
    "  host_name a.example.org",
  ]);
});
