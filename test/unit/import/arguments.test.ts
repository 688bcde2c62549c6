/** What `--mark` says of the traffic that gets a mark. */
import { expect, test } from "vitest";
import { readArguments } from "../../../src/commands/import/arguments.ts";

test.each([
  ["1=192.0.2.1:80/tcp", { mark: 1, vip: "192.0.2.1", protocol: "tcp", port: 80 }],
  ["1=192.0.2.1:80", { mark: 1, vip: "192.0.2.1", protocol: "tcp", port: 80 }],
  ["1=[2001:db8::1]:8000-8010/udp", { mark: 1, vip: "2001:db8::1", protocol: "udp", port: "8000-8010" }],
  ["1=192.0.2.1/sctp", { mark: 1, vip: "192.0.2.1", protocol: "sctp", port: 0 }],
  ["1=[2001:db8::1]", { mark: 1, vip: "2001:db8::1", protocol: null, port: 0 }],
  ["1=192.0.2.1", { mark: 1, vip: "192.0.2.1", protocol: null, port: 0 }],
])("%s", (text, mark) => {
  expect(readArguments({ mark: [text] })).toMatchObject({ kind: "read", options: { marks: [mark] } });
});

test.each(["1=192.0.2.1:", "1=192.0.2.1:80-", "1=192.0.2.1/icmp", "1=2001:db8::1", "1=", "192.0.2.1"])(
  "%s is told",
  (text) => {
    const { kind, message } = readArguments({ mark: [text] }) as { kind: string; message: string };
    expect(kind).toBe("wrong");
    expect(message).toContain(`--mark ${text} is not MARK=VIP:PORT/tcp`);
  },
);
