/** Rules, listings and scripts of ipvsadm become a description that builds the same table. */
import { describe, expect, test } from "vitest";
import { builtRules, errorsOf, importText, importTexts, missesOf, outcomes } from "./inputs.ts";

const web = `-A -t 192.0.2.80:80 -s wrr
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 3
`;

describe("rules of ipvsadm-save -n", () => {
  test.each([
    ["DR", web],
    [
      "NAT on another port",
      "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 10.0.0.1:8080 -m -w 1\n-a -t 192.0.2.80:80 -r 10.0.0.2:8080 -m -w 0\n",
    ],
    [
      "TUN of another network",
      "-A -u 192.0.2.53:53 -s sh -b sh-fallback,sh-port\n-a -u 192.0.2.53:53 -r 198.51.100.7:53 -i -w 1 --tun-type ipip\n",
    ],
    [
      "GUE",
      "-A -t 192.0.2.80:443 -s mh -b mh-fallback,mh-port\n-a -t 192.0.2.80:443 -r 198.51.100.7:443 -i -w 5 --tun-type gue --tun-port 6080 --tun-csum\n",
    ],
    ["IPv6", "-A -t [2001:db8::80]:80 -s wlc\n-a -t [2001:db8::80]:80 -r [2001:db8::11]:80 -g -w 1\n"],
    [
      "persistence with a mask",
      "-A -t 192.0.2.80:0 -s rr -p 600 -M 255.255.255.0\n-a -t 192.0.2.80:0 -r 192.0.2.11:0 -g -w 1\n",
    ],
    ["SIP", "-A -u 192.0.2.80:5060 -s rr -p 60 --pe sip -o\n-a -u 192.0.2.80:5060 -r 192.0.2.11:5060 -g -w 1\n"],
    [
      "SCTP",
      "-A --sctp-service 192.0.2.80:36412 -s rr\n-a --sctp-service 192.0.2.80:36412 -r 192.0.2.11:36412 -g -w 1\n",
    ],
    [
      "real servers of several networks",
      "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 10.1.2.3:80 -g -w 1\n-a -t 192.0.2.80:80 -r 10.1.9.9:80 -g -w 1\n-a -t 192.0.2.80:80 -r 10.200.0.1:80 -g -w 1\n",
    ],
    [
      "a real server at the edge of a network",
      "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 10.1.2.255:80 -g -w 1\n-a -t 192.0.2.80:80 -r 10.1.3.0:80 -g -w 1\n",
    ],
    [
      "an old ipvsadm, which names no type of tunnel",
      "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 198.51.100.7:80 -i -w 1\n",
    ],
  ])("%s: the same rules, every line taken", async (_name, rules) => {
    const imported = await importText(rules);
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(rules);
    expect(imported.lines.every(({ outcome }) => outcome === "taken")).toBe(true);
  });

  test("a firewall mark needs what it is for, and says so at its place", async () => {
    const rules = "-A -f 7 -s rr\n-a -f 7 -r 192.0.2.11:0 -g -w 1\n";
    const bare = await importText(rules);
    expect(errorsOf(bare)).toEqual([expect.stringContaining("EMPTY_LIST")]);
    expect(missesOf(bare)).toEqual(["1: which traffic gets the mark 7 is not in the inputs"]);
    const marks = [{ mark: 7, vip: "192.0.2.80", protocol: "tcp" as const, port: 80 }];
    const told = await importText(rules, { marks });
    expect(errorsOf(told)).toEqual([]);
    expect(await builtRules(told)).toBe(rules);
  });

  test("names are asked for, and taken once they are told", async () => {
    const rules = "-A -t www.example.net:http -s rr\n-a -t www.example.net:http -r web1:www -g -w 1\n";
    const bare = await importText(rules);
    expect(errorsOf(bare).length).toBeGreaterThan(0);
    expect(bare.misses.map(({ remedy }) => remedy)).toContain(
      "say what it stands for: --resolve www.example.net=ADDRESS",
    );
    const told = await importText(rules, {
      resolve: new Map([
        ["www.example.net", "192.0.2.80"],
        ["web1", "192.0.2.11"],
      ]),
    });
    expect(await builtRules(told)).toBe("-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n");
  });

  test("order, long options, clusters and what is left out are read as ipvsadm reads them", async () => {
    const imported = await importText(`
# /etc/ipvsadm.rules
--add-service --tcp-service 192.0.2.80:80 --scheduler=rr -p
-at 192.0.2.80:80 -w2 -r 192.0.2.11
-a -r 192.0.2.12 -t 192.0.2.80:80 --masquerading
-E -t 192.0.2.80:80 -p600 -s wrr
-e -t 192.0.2.80:80 -r 192.0.2.12 -g -w 4
-a -t 192.0.2.80:80 -r 192.0.2.13 -x 100 -y 50
-d -t 192.0.2.80:80 -r 192.0.2.11
--set 900 120 300
-Z
`);
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(`-A -t 192.0.2.80:80 -s wrr -p 600
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 4
-a -t 192.0.2.80:80 -r 192.0.2.13:80 -g -w 1
`);
    expect(imported.text).toContain('"upperThreshold": 100, "lowerThreshold": 50');
    expect(imported.text).toContain('"timeouts": { "tcp": 900, "tcpfin": 120, "udp": 300 }');
    expect(outcomes(imported)).toContain("2 ignored: a comment");
  });

  test.each([
    ["-A -t 192.0.2.81:80 -s rrr", "the scheduler rrr is none of the kernel's"],
    ["-A -t 192.0.2.81:80 --frobnicate", "ipvsadm has no option --frobnicate"],
    ["-a -t 192.0.2.99:80 -r 192.0.2.11", "it is about a service that is not there"],
    ["-A -t 192.0.2.300:80", '"192.0.2.300" is no address'],
    ["-A -t 192.0.2.80:nosuch", 'the port "nosuch" has no number'],
    ["-A -t 192.0.2.81:80 -p 300 -M 255.0.255.0", "the client mask 255.0.255.0 is no prefix"],
    ["--start-daemon master --mcast-interface eth0", "the daemon that synchronises connections belongs to failover"],
    ["what is this", "it names no service"],
  ])("%s is told", async (line, reason) => {
    const imported = await importText(`${web}${line}\n`);
    const [last] = imported.misses.filter(({ place }) => place.line === 4);
    if (line !== "what is this") expect(last?.reason).toBe(reason);
    expect(imported.lines.at(-1)?.outcome).toBe(line === "what is this" ? "ignored" : "not-expressible");
  });

  test("in DR a port of its own never had an effect", async () => {
    const imported = await importText("-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:8080 -g -w 1\n");
    expect(errorsOf(imported)).toEqual([]);
    expect(missesOf(imported)).toEqual(["2: DR leaves the port as it is: port 8080 of 192.0.2.11 never had an effect"]);
    expect(imported.misses[0]?.remedy).toContain("where it does not, it never served");
  });

  test("what the compiler refuses is a comment, and the rest builds", async () => {
    const imported = await importText(`${web}-A -t 192.0.2.80:0 -s rr\n-a -t 192.0.2.80:0 -r 192.0.2.11:0 -g -w 1\n`);
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain("NOT TAKEN: port 0, every port, needs persistence");
    expect(await builtRules(imported)).toBe(web);
  });
});

describe("listings of ipvsadm -L -n", () => {
  const listing = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  192.0.2.80:80 wrr persistent 300 mask 255.255.255.0
  -> 192.0.2.11:80                Route   1      0          0
  -> 192.0.2.12:80                Route   3      12         4
UDP  192.0.2.80:53 rr ops
  -> 10.0.0.2:53                  Masq    1      0          0
`;
  const limits = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn
  -> RemoteAddress:Port
TCP  192.0.2.80:80 wrr persistent 300 mask 255.255.255.0
  -> 192.0.2.11:80                100        50         0          0
`;

  test("give the table", async () => {
    const imported = await importText(listing);
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(`-A -t 192.0.2.80:80 -s wrr -p 300 -M 255.255.255.0
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 3
-A -u 192.0.2.80:53 -s rr -o
-a -u 192.0.2.80:53 -r 10.0.0.2:53 -m -w 1
`);
  });

  test.each([
    ["in a file of their own", { limits, table: listing }],
    ["in the same file", { both: `${limits}${listing}` }],
  ])("give thresholds that stand before the table, %s", async (_name, texts) => {
    const imported = await importTexts(texts as Record<string, string>);
    expect(imported.misses).toEqual([]);
    expect(imported.text).toContain('"upperThreshold": 100, "lowerThreshold": 50');
  });

  test("give thresholds and time-outs", async () => {
    const imported = await importTexts({ table: listing, limits, times: "Timeout (tcp tcpfin udp): 600 60 30\n" });
    expect(imported.misses).toEqual([]);
    expect(imported.text).toContain('"upperThreshold": 100, "lowerThreshold": 50');
    expect(imported.text).toContain('"timeouts": { "tcp": 600, "tcpfin": 60, "udp": 30 }');
  });
});

describe("scripts that call ipvsadm", () => {
  const script = `#!/bin/bash
# LVS director
VIP=192.0.2.80
RIP1=192.0.2.11; RIP2="192.0.2.12"
case "$1" in
start)
  ifconfig eth1:0 $VIP broadcast $VIP netmask 255.255.255.255 up
  echo 1 > /proc/sys/net/ipv4/ip_forward
  /sbin/ipvsadm -C
  /sbin/ipvsadm -A -t \${VIP}:80 -s rr && sleep 1
  for rip in $RIP1 $RIP2; do
    ipvsadm -a -t $VIP:80 \\
      -r $rip:80 -g -w 1
  done
  ;;
stop)
  ipvsadm -C
  ;;
esac
`;

  test("give what they do, with variables and loops", async () => {
    const imported = await importText(script);
    expect(imported.misses).toEqual([]);
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(`-A -t 192.0.2.80:80 -s rr
-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1
-a -t 192.0.2.80:80 -r 192.0.2.12:80 -g -w 1
`);
    expect(imported.text).toContain('"interface": "eth1"');
  });

  test("lines of a tutorial with their prompts, marks, and a here-document", async () => {
    const imported =
      await importText(`[root@lvs ~]# iptables -t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 80 -j MARK --set-mark 9
[root@lvs ~]# ipvsadm -A -f 9 -s rr
ipvsadm -R <<EOF
-a -f 9 -r 192.0.2.11:0 -g -w 1
EOF
ipvsadm -a -f 9 -r $(cat server) -g
`);
    expect(missesOf(imported)).toEqual(['6: "$(cat" is known only when the script runs']);
    expect(await builtRules(imported)).toBe("-A -f 9 -s rr\n-a -f 9 -r 192.0.2.11:0 -g -w 1\n");
  });
});

test("two directors that say the same are one; what they say otherwise is told", async () => {
  const imported = await importTexts({ lvs1: web, lvs2: web.replace("-w 3", "-w 0").replace("-s wrr", "-s wlc") });
  expect(await builtRules(imported)).toBe(web);
  expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([
    "lvs2:1 lvs1:1 has other options for this service",
    "lvs2:3 lvs1:3 has another weight or forwarding method",
  ]);
});

test("a script of a real server beside that of the director changes nothing of where the director has the VIP", async () => {
  const real =
    "#!/bin/sh\nifconfig lo:0 192.0.2.80 netmask 255.255.255.255\necho 1 >/proc/sys/net/ipv4/conf/lo/arp_ignore\n";
  const imported = await importTexts({ real, rules: web });
  expect(errorsOf(imported)).toEqual([]);
  expect(imported.text).not.toContain("vipInterface");
  expect(await builtRules(imported)).toBe(web);
});

test("weight 0 of a table is kept, and said", async () => {
  const imported = await importText(web.replace("-w 3", "-w 0"));
  expect(imported.assumptions.map(({ what }) => what)).toContain("weight 0 of 1 real server");
});

test("a service without a real server is a comment", async () => {
  const imported = await importText(`${web}-A -t 192.0.2.81:80 -s rr\n`);
  expect(errorsOf(imported)).toEqual([]);
  expect(missesOf(imported)).toEqual(["4: it has no real server, and a service of the description has one at least"]);
});

test("what a script brings beside the table is told", async () => {
  const script = `#!/bin/sh\nip addr add 198.51.100.5/24 dev eth9\niptables -t mangle -A PREROUTING -d 192.0.2.80 -p tcp --dport 81 -j MARK --set-mark 4\n${web
    .replaceAll(/^/gm, "ipvsadm ")
    .trimEnd()
    .replace(/ipvsadm $/, "")}\n`;
  const imported = await importText(script);
  expect(missesOf(imported)).toEqual(["2: no service is on 198.51.100.5", "3: no service has the mark 4"]);
  expect(await builtRules(imported)).toBe(web);
});

test("two inputs that say other times", async () => {
  const imported = await importTexts({ a: `${web}--set 900 120 300\n`, b: "--set 900 120 60\n" });
  expect(imported.misses.map(({ reason }) => reason)).toEqual(["a:4 says other times"]);
});

test("a real server in DR that stands in NAT as well gets no script, and that is told", async () => {
  const table = (...servers: readonly string[]): string =>
    `-A -t 192.0.2.80:80 -s rr\n-A -t 192.0.2.80:81 -s rr\n${servers.map((one) => `-a ${one}\n`).join("")}`;
  const dr = ["-t 192.0.2.80:80 -r 192.0.2.11:80 -g", "-t 192.0.2.80:80 -r 192.0.2.12:80 -g"];
  const told = async (text: string): Promise<string[]> =>
    (await importText(text)).assumptions.map(({ what }) => what).filter((what) => what.startsWith("no script"));
  expect(await told(table(...dr, "-t 192.0.2.80:81 -r 192.0.2.11:80 -m"))).toEqual(["no script for 192.0.2.11"]);
  expect(await told(table(...dr, "-t 192.0.2.80:81 -r 192.0.2.13:80 -m"))).toEqual([]);
  expect(await told(table(...dr, "-t 192.0.2.80:81 -r 192.0.2.11:81 -g"))).toEqual([]);
});
