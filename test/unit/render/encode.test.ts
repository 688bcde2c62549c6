import { expect, test } from "vitest";
import { parse } from "yaml";
import { encoders } from "../../../src/render/encode/index.ts";

const encode = (name: string, ...values: readonly unknown[]): string => {
  const encoder = encoders[name];
  if (encoder === undefined) throw new Error(`no encoder ${name}`);
  return encoder(...values);
};

test.each([
  ["unitText", ["100 % sure"], "100 %% sure"],
  ["unitWords", ["a\\x2db.mount network-online.target"], "a\\x2db.mount network-online.target"],
  ["unitCommand", ['/bin/sh -c "exec /sbin/ipvsadm -R </etc/x"'], '/bin/sh -c "exec /sbin/ipvsadm -R </etc/x"'],
  ["unitMount", ["/var/中文/html", "u.mount"], "RequiresMountsFor=/var/中文/html"],
  ["unitMount", ["/mnt/a b", "mnt-a\\x20b.mount"], "Requires=mnt-a\\x20b.mount\nAfter=mnt-a\\x20b.mount"],
  ["unitMount", ["/mnt/100%", "mnt-100\\x25.mount"], "Requires=mnt-100\\x25.mount\nAfter=mnt-100\\x25.mount"],
  ["unitMount", ["/mnt/a\\b", "mnt-a\\x5cb.mount"], "Requires=mnt-a\\x5cb.mount\nAfter=mnt-a\\x5cb.mount"],
  ["fstabField", ["nas:/a b\\c#d"], "nas:/a\\040b\\134c#d"],
  ["exportsPath", ['/srv/a b\\c#d"e'], "/srv/a\\040b\\134c\\043d\\042e"],
  [
    "exportsClients",
    [
      [
        { client: "*", options: ["ro", "fsid=1"] },
        { client: "@g", options: [] },
      ],
    ],
    "*(ro,fsid=1) @g",
  ],
  ["yamlKey", ["ens33"], "ens33"],
  ["yamlKey", ["bond0.80"], "bond0.80"],
  ["yamlKey", ["no"], '"no"'],
  ["yamlKey", ["1e3"], '"1e3"'],
  ["yamlText", ["10.0.0.1/32"], '"10.0.0.1/32"'],
  ["ruleComment", ["7 tcp 2001:db8::1 80-90"], '"7 tcp 2001:db8::1 80-90"'],
  ["ifaceCommand", ["-4 address replace 10.0.0.1/32 dev lo"], "-4 address replace 10.0.0.1/32 dev lo"],
  ["sysctlKey", ["net/ipv4/conf/bond0.80/rp_filter"], "net/ipv4/conf/bond0.80/rp_filter"],
  ["keepalivedWord", ["::1"], "::1"],
  ["keepalivedWords", [["TUN", "type", "gue"]], "TUN type gue"],
  ["keepalivedPath", ['/~a?b=c#d!e"f$g{h}\\'], "/~a?b=c%23d%21e%22f%24g%7Bh%7D%5C"],
  ["keepalivedPattern", ['a.b "c"\r\n$d\\é'], '"a\\\\x2eb \\\\x22c\\\\x22\\\\x0d\\\\x0a\\\\x24d\\\\x5c\\\\xc3\\\\xa9"'],
  ["markdownText", ["a_b*<c>`d`"], "a\\_b\\*\\<c\\>\\`d\\`"],
])("%s(%j) is %j", (name, values, expected) => {
  expect(encode(name, ...values)).toBe(expected);
});

test.each(["\r", "\n", "\0", "\u001b", "\u0085", "\u2028"])("no encoder lets %j through as it is", (character) => {
  for (const name of Object.keys(encoders).filter(
    (one) =>
      !one.startsWith("yaml") && one !== "exportsClients" && one !== "keepalivedPattern" && one !== "markdownChanges",
  )) {
    expect(() => encode(name, `/a${character}b`, `/a${character}b`), name).toThrow(/cannot hold/);
  }
  expect(() => encode("exportsClients", [{ client: `a${character}`, options: [] }])).toThrow(/cannot hold/);
  expect(() => encode("exportsClients", [{ client: "*", options: [`a${character}`] }])).toThrow(/cannot hold/);
  const told = { rule: "r", action: "changed", what: `a${character}b`, was: `a${character}|b`, becomes: null } as const;
  const alike = [{ verdict: "none", why: `a${character}b`, more: 0, shown: [told] }] as const;
  const subject = { kind: "service", key: "k", title: `a${character}b` } as const;
  const table = encode("markdownChanges", [{ subject, alike }]);
  expect(table.replaceAll("\n", "").includes(character)).toBe(false);
  expect(table.trim().split("\n")).toHaveLength(5);
  expect(parse(`${encode("yamlKey", `a${character}`)}: ${encode("yamlText", character)}`)).toEqual({
    [`a${character}`]: character,
  });
});

test.each([
  ["keepalivedWord", "a b"],
  ["keepalivedWord", "$A"],
  ["keepalivedWord", "a#b"],
  ["keepalivedWord", "{"],
  ["keepalivedWords", "~SEQ(a)"],
  ["keepalivedComment", "a$b"],
  ["keepalivedPath", `/${"a".repeat(1000)}`],
  ["keepalivedPattern", ".".repeat(250)],
  ["unitText", "a\\"],
  ["unitWords", "a.service %i"],
  ["unitWords", "a.service\\"],
  ["unitWords", "a;b"],
  ["unitCommand", "/bin/true $HOME"],
  ["unitCommand", "/bin/true ; /bin/false"],
  ["unitCommand", "/bin/true %n"],
  ["unitCommand", "true"],
  ["exportsPath", "srv"],
  ["fstabField", ""],
  ["fstabField", "#a"],
  ["ruleWord", "accept;"],
  ["ruleWord", "a b"],
  ["ruleWord", ":PREROUTING"],
  ["ruleComment", 'a" accept'],
  ["ruleComment", "a".repeat(128)],
  ["ifaceCommand", "link set $(x)"],
  ["ifaceName", "a b"],
  ["ifaceText", "a\\"],
  ["sysctlKey", "-net"],
  ["sysctlKey", "a = b"],
  ["sysctlValue", "1\nx"],
  ["moduleName", "ip_vs;x"],
  ["markdownCode", "a`b"],
])("%s refuses %j", (name, value) => {
  expect(() => encode(name, value, value)).toThrow(/cannot hold/);
});
