/** The text that an import writes, in both languages, whatever the inputs have in them. */
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { detect, foreignTo } from "../../../src/import/index.ts";
import { builtRules, errorsOf, importText, importTexts } from "./inputs.ts";

const keepalived = `vrrp_instance V {
  interface eth0
  virtual_router_id 7
}
virtual_server 192.0.2.80 80 {
  lb_kind DR
  protocol TCP
  sorry_server 192.0.2.99 80
  real_server 192.0.2.11 80 {
    TCP_CHECK {
    }
  }
  real_server 127.0.0.1 80 {
  }
}
virtual_server 192.0.2.80 81 {
  lb_kind DR
  protocol TCP
}
`;

test("YAML says the same as JSON with comments", async () => {
  const json = await importText(keepalived);
  const yaml = await importText(keepalived, { language: "yaml" });
  expect(errorsOf(yaml)).toEqual([]);
  expect(await builtRules(yaml, "cluster.yaml")).toBe(await builtRules(json));
  const [a, b] = await Promise.all([analyse(json.text), analyse(yaml.text, { file: "cluster.yaml" })]);
  expect(b.cluster?.services).toEqual(a.cluster?.services);
  expect(yaml.text).toContain('"ha": {}');
});

test("the text that is printed is the one that was examined", async () => {
  for (const options of [{}, { language: "yaml" as const }]) {
    const imported = await importText(keepalived, options);
    const { diagnostics } = await analyse(imported.text, {
      file: options.language === undefined ? "cluster.json" : "cluster.yaml",
    });
    expect(diagnostics.map(({ code, pointer }) => `${code} ${pointer}`).sort()).toEqual(
      imported.diagnostics.map(({ code, pointer }) => `${code} ${pointer}`).sort(),
    );
  }
});

test("what was not taken stands at its place with the reason", async () => {
  const { text } = await importText(keepalived);
  expect(text).toContain(
    '// NOT TAKEN: 127.0.0.1 is the director itself: write { "host": … } with its name\n        // { "address": "127.0.0.1" }',
  );
  expect(text).toContain("// NOT TAKEN: it has no real server, and keepalived leaves it out");
});

test("what was not taken can be taken out of its comment", async () => {
  const last = "-A -f 1 -s wlc\n-a -f 1 -r 192.0.2.11:0 -g -w 1\n";
  const { text } = await importText(`-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g\n${last}`);
  const mended = text.replaceAll(/^( +)\/\/ (?=[ {}\]])/gm, "$1");
  const { diagnostics } = await analyse(mended);
  expect(mended).toMatch(/^ *"fwmark": 1,$/m);
  expect(diagnostics.map(({ code }) => code)).not.toContain("SYNTAX_ERROR");
});

test("characters that nobody sees reach neither the text nor the ledger raw", async () => {
  const hostile =
    "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r \u001b[31mweb\u0007\u202e:80 -g\n-A -t \u0000:1\n\u001b]0;title\u0007\n";
  const imported = await importTexts({ "\u001b[2Jname": hostile });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
  expect(imported.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(imported.lines).toHaveLength(4);
});

test.each([
  ["an empty file", "", "is empty"],
  ["a file of something else", "Dear reader,\nthis is a letter.\n", "is nothing that can be imported"],
  [
    "DPVS",
    "! Configuration\nlocal_address_group laddr_g1 {\n 192.168.100.200 dpdk1\n}\nvirtual_server 10.0.0.1 80 {\n}\n",
    "is a keepalived.conf of DPVS, which cannot be imported",
  ],
  [
    "Piranha",
    "serial_no = 40\nprimary = 10.0.0.1\nvirtual web {\n active = 1\n}\n",
    "is an lvs.cf of Piranha, which cannot be imported",
  ],
])("%s is refused with the reason", async (_name, text, message) => {
  const imported = await importText(text);
  expect(imported.refusals.map((refusal) => refusal.message)).toEqual([message]);
  expect(imported.refusals.map(({ line }) => line)).toEqual([text.startsWith("!") ? 2 : 1]);
});

test.each([
  ["{}", null],
  ["// a description\n{}", null],
  ["version: 1\nname: x\nhosts: {}\n", null],
  ["-A -t 192.0.2.80:80 -s rr\n", "ipvsadm-rules"],
  ["# rules\n\n-A -t 192.0.2.80:80\n", "ipvsadm-rules"],
  ["IP Virtual Server version 1.2.1 (size=4096)\n", "ipvsadm-list"],
  ["#!/bin/sh\nipvsadm -C\n", "shell"],
  ["checktimeout=3\nvirtual=192.0.2.80:80\n", "ldirectord"],
  ["! x\nvrrp_instance V {\n}\n", "keepalived"],
  ["ab: 1\n\tc: 2\n", null],
  ["127.0.0.1 localhost\n::1 localhost\n", "hosts"],
  ["network:\n  version: 2\n  ethernets: {}\n", "netplan"],
])("%j as a description is %s", (text, kind) => {
  expect(foreignTo(text, "cluster.yaml")).toBe(kind);
  if (kind !== null) expect(detect(text, "x")).toEqual({ kind });
});
