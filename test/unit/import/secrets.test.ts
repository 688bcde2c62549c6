/** Passwords, keys and addresses of persons reach neither the description nor the report, whatever a line looks like. */
import { describe, expect, test } from "vitest";
import { shown } from "../../../src/import/secrets.ts";
import { importText, importTexts } from "./inputs.ts";

const rules = "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n";

const service = (inside: string): string =>
  `virtual_server 192.0.2.80 80 {\n  lb_kind DR\n  protocol TCP\n${inside}\n  real_server 192.0.2.11 80 {\n  }\n}\n`;

describe("of a host's own files", () => {
  test.each([
    ["a key of the kernel", "sysctl.d/x.conf", "vm.swappiness = 10\nnet.ipv4.tcp_fastopen_key = hunter2\n"],
    ["a secret of the kernel", "sysctl.d/x.conf", "net.ipv6.conf.all.stable_secret = hunter2\n"],
    ["an account of a mount", "fstab", "192.0.2.9:/srv /mnt nfs username=hunter2,password=hunter2 0 0\n"],
    ["an account of an export", "exports", "/srv 192.0.2.0/24(rw,username=hunter2) \\\n  *(password=hunter2)\n"],
    ["a mount by another program", "fstab", "hunter2:/srv /mnt fuse.sshfs defaults 0 0\n"],
    [
      "a key of a wireless network",
      "ifcfg-wlan0",
      "DEVICE=wlan0\nIPADDR=192.0.2.11\nPREFIX=24\nKEY=hunter2\nKEY1=s:hunter2\n",
    ],
    ["an option that nobody knows", "ifcfg-ppp0", "DEVICE=ppp0\nIPADDR=192.0.2.11\nPREFIX=24\nPIN=hunter2\n"],
    [
      "a key in interfaces",
      "interfaces",
      "iface wlan0 inet static\n  address 192.0.2.11/24\n  wireless-key hunter2\n  up iwconfig wlan0 key hunter2\n  down curl -u a:hunter2\n",
    ],
    [
      "a flow map of netplan",
      "01.yaml",
      "network:\n  version: 2\n  wifis: {wlan0: {access-points: {net: {key: hunter2}}}}\n",
    ],
    [
      "a flow map below a device",
      "01.yaml",
      "network:\n  version: 2\n  ethernets:\n    eth0: {auth: {key: hunter2}}\n",
    ],
    [
      "a block scalar of netplan",
      "01.yaml",
      "network:\n  version: 2\n  ethernets:\n    eth0:\n      auth:\n        password: |\n          hunter2\n",
    ],
    [
      "a scalar on the next line",
      "01.yaml",
      "network:\n  version: 2\n  ethernets:\n    eth0:\n      password:\n        hunter2\n",
    ],
  ])("%s", async (_name, file, text) => {
    const imported = await importTexts(
      { rules, [`web1/${file}`]: text },
      { realServers: [{ name: "web1", cidr: "192.0.2.11/24" }] },
    );
    expect(imported.files).toHaveLength(2);
    expect(JSON.stringify([imported.lines, imported.misses, imported.text])).not.toMatch(/hunter2/);
  });

  test("plain settings of netplan are shown", async () => {
    const text =
      "network:\n  version: 2\n  ethernets:\n    eth0:\n      mtu: 9000\n      addresses:\n        - 192.0.2.11/24\n";
    const { lines } = await importTexts({ rules, "web1/01.yaml": text });
    expect(lines.slice(2).map(({ was }) => was)).toEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line) => line.trim()),
    );
  });
});

test.each([
  ["a variable", "MYSQL_PWD=hunter2"],
  ["an account", "curl -u a:hunter2 http://192.0.2.9/"],
  ["an account on the next line", "curl \\\n  -u a:hunter2"],
  ["a here-document", "mysql <<END\nhunter2\nEND"],
])("of a script: %s", async (_name, text) => {
  const imported = await importText(`#!/bin/sh\nipvsadm -A -t 192.0.2.80:80\n${text}\n`);
  expect(JSON.stringify(imported.lines)).not.toMatch(/hunter2/);
});

test.each([
  ["a parameter that goes on", `$PW=\\\n  hunter2\n${service("")}`],
  ["a keyword with its value", service("  auth_pass=hunter2")],
  ["a value in place of a keyword", service("  x {\n  hunter2\n }")],
  ["an address of a person", service("  hunter2@example.org")],
  ["an address as a protocol", service("  protocol hunter2@example.org")],
])("of keepalived.conf: %s", async (_name, text) => {
  const imported = await importText(text);
  expect(JSON.stringify([imported.lines, imported.misses])).not.toMatch(/hunter2/);
});

test("reasons quote no values", async () => {
  const imported = await importText(service("  lb_algo hunter2"));
  expect(imported.misses.map(({ reason }) => reason)).toEqual(['"…" is nothing that keepalived knows here']);
});

// A pattern that goes back over what it has read takes seconds for each of them, and the test would not come to its end.
test.each(["apikey", "apikey "])("a line of keys is read once: %j", (key) => {
  const line = key.repeat(640 / key.length);
  for (let index = 0; index < 1000; index += 1) expect(shown(`${line}${index}`, "shell")).not.toBe("");
});
