/** Inputs with slips in them: no exception, every line accounted for, and a description that the compiler can read. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { comparisonOf } from "./compare-files.ts";
import { importText } from "./inputs.ts";

const samples: Readonly<Record<string, string>> = {
  rules:
    "-A -t 192.0.2.80:80 -s wrr -p 300 -M 255.255.255.0\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n-A -f 3 -s mh -b mh-port\n-a -f 3 -r [2001:db8::1]:80 -i -w 1 --tun-type gue --tun-port 6080\n--set 1 2 3\n",
  listing:
    "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\nTCP  192.0.2.80:80 wrr persistent 300\n  -> 192.0.2.11:80                Route   1      0          0\nFWM  7 IPv6 rr\n  -> [2001:db8::1]:0              Tunnel  1      0          0\n",
  script:
    "#!/bin/sh\nVIP=192.0.2.80\nfor r in 11 12; do\n  ipvsadm -a -t $VIP:80 -r 192.0.2.$r -g \\\n    -w 2\ndone\nipvsadm -A -t $VIP:80 -s rr; ip addr add $VIP/32 dev lo\niptables -t mangle -A PREROUTING -d $VIP -p tcp --dport 80:90 -j MARK --set-mark 0x1\nipvsadm -R <<EOF\n-A -f 1\nEOF\n",
  keepalived: `$A=192.0.2\nglobal_defs {\n  router_id x\n}\n~SEQ(N, 1, 3) include none\${N}.conf\nvrrp_instance V {\n  interface eth0\n  @main priority 100\n  virtual_ipaddress {\n    \${A}.80/24 dev eth0\n  }\n}\nvirtual_server_group G {\n  \${A}.80-82 80\n  fwmark 3\n}\nvirtual_server group G {\n  lb_kind TUN type gre\n  protocol TCP\n  sorry_server \${A}.9 80\n  real_server \${A}.11 80 {\n    weight 3\n    HTTP_GET {\n      url {\n        path "/x y"\n        status_code 200-299 301\n      }\n    }\n  }\n}\n`,
  ldirectord:
    'checkinterval=5\nfallback=127.0.0.1:80\nvirtual=192.0.2.80:80\n\treal=192.0.2.11->192.0.2.13:80 gate 5 "/a", "b" l:1 u:9\n\tservice=http\n\treceive="x"\n\tnetmask=255.255.255.0\nvirtual6=[2001:db8::80]:53\n\treal6=[2001:db8::1]:53 masq\n\tchecktype=connect\n',
  ifcfg:
    'DEVICE="eth0"\nBOOTPROTO=static\nIPADDR=192.0.2.11\nNETMASK=255.255.255.0\nGATEWAY=192.0.2.1\nIPV6ADDR=2001:db8::1/64\n',
  interfaces:
    "auto eth0\niface eth0 inet static\n  address 192.0.2.11/24\n  gateway 192.0.2.1\n  up ip addr add 192.0.2.80/32 dev lo\n",
  netplan:
    "network:\n  version: 2\n  ethernets:\n    eth0:\n      addresses: [192.0.2.11/24]\n      routes:\n        - to: default\n          via: 192.0.2.1\n",
  keyfile: "[connection]\nid=x\ntype=ethernet\n[ipv4]\naddress1=192.0.2.11/24,192.0.2.1\nmethod=manual\n",
  exports: '/srv/www 192.0.2.0/24(ro,sync) \\\n  *(ro)\n"/srv/a b" -rw x y(ro)\n',
  fstab: "192.0.2.1:/srv /mnt nfs ro,vers=4 0 0\n/dev/sda1 / ext4 defaults 0 1\n",
  sysctl: "net.ipv4.ip_forward = 1\nvm.swappiness=10\n",
};

const inserted = fc.constantFrom(
  "{",
  "}",
  '"',
  "'",
  "\\",
  "$",
  `$\{A}`,
  "~SEQ(",
  "@",
  "#",
  "!",
  "\n",
  " ",
  "\t",
  "\0",
  "\u001b",
  "\u202e",
  "-",
  "->",
  "=",
  "[",
  "]",
  ":",
  "/",
  "0",
  "99999999999",
  "ipvsadm",
  "é",
  "\ud800",
  "<<EOF\n",
  "for x in a; do\n",
);

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 3, 20),
  insert: fc.array(inserted, { maxLength: 3 }).map((parts) => parts.join("")),
});

/** Findings about what the import writes rather than about what it was given. */
const structural: readonly string[] = [
  "SYNTAX_ERROR",
  "DUPLICATE_KEY",
  "UNKNOWN_KEY",
  "WRONG_TYPE",
  "NOT_ONE_OF",
  "OUT_OF_RANGE",
  "REPEATED_ITEM",
];

test.each(Object.entries(samples))("%s", async (_name, sample) => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { maxLength: 4 }), async (mutations) => {
      let text = sample;
      for (const { at, remove, insert } of mutations) {
        const index = Math.floor(at * text.length);
        text = text.slice(0, index) + insert + text.slice(index + remove);
      }
      const imported = await importText(text);
      const lines = text.split(/\r\n|\n|\r/);
      if (lines.at(-1) === "") lines.pop();
      if (imported.files.length > 0) expect(imported.lines).toHaveLength(lines.length);
      else expect(imported.refusals).toHaveLength(1);
      for (const { outcome, reason, remedy } of imported.lines) {
        if (outcome !== "taken") expect(reason).not.toBe("");
        if (outcome === "not-expressible") expect(remedy).not.toBe("");
      }
      // Whatever came of it is compared, and what could not be is said with the reason.
      if (imported.files.length > 0) {
        const compared = await comparisonOf(imported);
        expect(compared.builds).toBe(imported.cluster !== null);
        for (const { why } of compared.notCompared) expect(why).not.toBe("");
      }
      // What the compiler says is about values, never about the language: the text itself is whole.
      const { diagnostics } = await analyse(imported.text);
      expect(diagnostics.filter(({ code }) => structural.includes(code)).map(({ message }) => message)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
