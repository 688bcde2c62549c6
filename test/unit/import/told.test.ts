/** What an import leaves out is told at its own line, and what it takes is in the description. */
import { describe, expect, test } from "vitest";
import { builtRules, importText, importTexts, missesOf } from "./inputs.ts";

const rules = "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n";

test.each(["old", "bak", "orig", "rpmsave", "rpmnew", "dpkg-dist", "swp", "bak.2024"])(
  "a backup in a folder is not read: .%s",
  async (end) => {
    const imported = await importTexts({
      "lvs1/etc/ipvsadm.rules": rules,
      [`lvs1/etc/ipvsadm.rules.${end}`]: "-A -t 192.0.2.81:80\n-a -t 192.0.2.81:80 -r 192.0.2.11\n",
    });
    expect(imported.skipped).toEqual([`lvs1/etc/ipvsadm.rules.${end}`]);
    expect(imported.facts.services).toHaveLength(1);
  },
);

test("a backup that is named by itself is read", async () => {
  expect((await importTexts({ "rules.bak": rules })).facts.services).toHaveLength(1);
});

test("a second address of an interface from another file is a further one", async () => {
  const imported = await importTexts({
    rules,
    "web1/ifcfg-ens3": "DEVICE=ens3\nIPADDR=192.0.2.11\nPREFIX=24\n",
    "web1/ifcfg-ens3-more": "DEVICE=ens3\nIPADDR=198.51.100.11\nPREFIX=24\n",
  });
  expect(imported.text.replaceAll(/\s+/g, " ")).toContain('"addresses": ["198.51.100.11/24"]');
});

test("an address of an alias that no service is on", async () => {
  const imported = await importTexts({
    rules,
    "web1/ifcfg-ens3": "DEVICE=ens3\nIPADDR=192.0.2.11\nPREFIX=24\n",
    "web1/ifcfg-lo:0": "DEVICE=lo:0\nIPADDR=192.0.2.80\nPREFIX=32\n",
    "web1/ifcfg-lo:1": "DEVICE=lo:1\nIPADDR=192.0.2.99\nPREFIX=32\n",
  });
  expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([
    "web1/ifcfg-lo:1:2 no service is on 192.0.2.99",
  ]);
});

describe("a line that ipvsadm does not take", () => {
  test.each([
    ["-A -t 192.0.2.81:80 extra -s rr", "a word that belongs to no option"],
    ["-A -t 192.0.2.81:80 -s rr -s wrr", "-s stands twice on the line"],
    ["-A -t 192.0.2.81:80 -u 192.0.2.81:80", "a second service on the line"],
    ["-a -t 192.0.2.80:80 -r 192.0.2.12:80 -r 192.0.2.13:80", "-r stands twice on the line"],
  ])("%s", async (line, reason) => {
    const imported = await importText(`${rules}${line}\n`);
    expect(missesOf(imported)).toEqual([`3: ${reason}`]);
    expect(await builtRules(imported)).toBe(rules);
  });
});

test("real servers of a service that became a comment", async () => {
  const imported = await importText(`${rules}-A -f 7 -s rr\n-a -f 7 -r 192.0.2.11 -g\n-a -f 7 -r 192.0.2.12 -g\n`);
  expect(missesOf(imported)).toEqual([
    "3: which traffic gets the mark 7 is not in the inputs",
    "4: its service, or it, stands in the description as a comment",
    "5: its service, or it, stands in the description as a comment",
  ]);
});

describe("a bracket is taken where what it stands for is", () => {
  const outcomes = async (text: string): Promise<string[]> => {
    const { lines } = await importText(text);
    // The first line is about the whole of it.
    return lines.slice(1).map(({ outcome, was }) => `${outcome}: ${was}`);
  };
  const server = (...check: string[]): string =>
    ["virtual_server 192.0.2.80 80 {", "lb_kind DR", "real_server 192.0.2.11 80 {", "TCP_CHECK {", ...check].join("\n");

  test("and not where it stands beside what is not", async () => {
    expect(await outcomes(`${server("connect_timeout 3", "delay_before_retry 3 } } }")}\n`)).toEqual([
      "taken: lb_kind DR",
      "taken: real_server 192.0.2.11 80 {",
      "taken: TCP_CHECK {",
      "taken: connect_timeout 3",
      "ignored: delay_before_retry 3 } } }",
    ]);
  });

  test("nor where its block begins on such a line", async () => {
    const globals = "global_defs {\nnotification_email {\na@example.net\n}\nvrrp_version 3\n}\n";
    expect((await outcomes(globals)).map((one) => one.split(":")[0])).toEqual([
      "ignored",
      "ignored",
      "ignored",
      "taken",
      "taken",
    ]);
  });

  test.each([
    ["1", "default"],
    ["3", "ignored"],
  ])("delay_before_retry %s: %s, for lvsgen waits a second", async (value, outcome) => {
    const { lines } = await importText(`${server(`delay_before_retry ${value}`, "}\n}\n}")}\n`);
    expect(lines[4]).toMatchObject({ outcome, reason: "lvsgen waits a second before it asks again" });
  });
});
