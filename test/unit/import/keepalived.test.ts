/** keepalived.conf becomes a description that builds the table which keepalived makes. */
import { describe, expect, test } from "vitest";
import { builtRules, errorsOf, importText, importTexts, missesOf, outcomes } from "./inputs.ts";

const service = (inside: string, head = "192.0.2.80 80"): string => `virtual_server ${head} {
  lb_algo wrr
  lb_kind DR
  protocol TCP
${inside}
}
`;
/** A parameter that need not end in white space. */
const braced = (name: string): string => `$\{${name}}`;
const server = "  real_server 192.0.2.11 80 {\n    weight 2\n  }";

describe("the services", () => {
  test("with what they pass on to real servers and checkers", async () => {
    const imported = await importText(`! Configuration File for keepalived
global_defs {
  vrrp_version 3
  lvs_timeouts tcp 900 udp 30
}
virtual_server 192.0.2.80 443 {
  delay_loop 6        # seconds
  lvs_sched mh
  mh-port
  lvs_method DR
  persistence_timeout
  persistence_granularity 255.255.255.0
  protocol tcp
  virtualhost www.example.net
  connect_timeout 4
  sorry_server 192.0.2.99 443
  inhibit_on_failure
  real_server 192.0.2.11 443 {
    weight 3
    uthreshold 100
    lthreshold 50
    SSL_GET {
      url {
        path /health
        status_code 204
      }
      retry 2
    }
  }
  real_server 192.0.2.12 443 {
    inhibit_on_failure
    SSL_GET {
      url {
        path /health
        status_code 204
      }
      retry 2
    }
  }
}
`);
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(`-A -t 192.0.2.80:443 -s mh -p 360 -M 255.255.255.0 -b mh-port
-a -t 192.0.2.80:443 -r 192.0.2.11:443 -g -w 3
-a -t 192.0.2.80:443 -r 192.0.2.12:443 -g -w 1
`);
    expect(imported.text.replaceAll(/\s+/g, " ")).toContain(
      '"check": { "type": "https", "path": "/health", "status": 204, "name": "www.example.net", "verify": false, "interval": 6, "timeout": 4, "retries": 2 }',
    );
    expect(imported.text).toContain('"timeouts": { "tcp": 900, "tcpfin": 0, "udp": 30 }');
    expect(imported.text).toContain('  "ha": {},');
    expect(imported.text).toContain('      "sorryServer": { "address": "192.0.2.99" }');
    expect(missesOf(imported)).toEqual([]);
  });

  test.each([
    [
      "a mask of IPv6",
      "2001:db8::80 80",
      "-A -t [2001:db8::80]:80 -s wrr -p 60 -M 64\n-a -t [2001:db8::80]:80 -r [2001:db8::11]:80 -g -w 1\n",
      "persistence_timeout 60\npersistence_granularity 64\nreal_server 2001:db8::11 80 {\n}",
    ],
    [
      "every port, with the persistence that it needs",
      "192.0.2.80",
      "-A -t 192.0.2.80:0 -s wrr -p 360\n-a -t 192.0.2.80:0 -r 192.0.2.11:0 -g -w 1\n",
      "real_server 192.0.2.11 {\n}",
    ],
    [
      "the port of the service where DR cannot change it",
      "192.0.2.80 80",
      "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n",
      "real_server 192.0.2.11 8080 {\n}",
    ],
    [
      "a real server with a method of its own",
      "192.0.2.80 80",
      "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.11:8080 -m -w 1\n",
      "real_server 192.0.2.11 8080 {\nlvs_method NAT\n}",
    ],
    [
      "a tunnel of GUE",
      "192.0.2.80 80",
      "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 198.51.100.7:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum\n",
      "lb_kind TUN type gue port 6080 csum\nreal_server 198.51.100.7 80 {\n}",
    ],
  ])("%s", async (_name, head, rules, inside) => {
    const imported = await importText(service(inside, head));
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(rules);
  });

  test("of a group, each address and mark for itself", async () => {
    const marks = [{ mark: 5, vip: "192.0.2.90", protocol: "tcp" as const, port: 80 }];
    const text = `virtual_server_group G {
  192.0.2.80-81 80
  192.0.2.84/31 443
  fwmark 5
}
${service(server, "group G").replace("DR", "NAT")}`;
    const imported = await importText(text, { marks });
    expect(errorsOf(imported)).toEqual([]);
    expect((await builtRules(imported)).split("\n").filter((line) => line.startsWith("-A"))).toEqual([
      "-A -t 192.0.2.80:80 -s wrr",
      "-A -t 192.0.2.81:80 -s wrr",
      "-A -t 192.0.2.84:443 -s wrr",
      "-A -t 192.0.2.85:443 -s wrr",
      "-A -f 5 -s wrr",
    ]);
  });

  test("without a protocol are UDP, as keepalived has it, and that is told", async () => {
    const imported = await importText(service(server).replace("protocol TCP\n", "\n"));
    expect(await builtRules(imported)).toContain("-A -u 192.0.2.80:80");
    expect(missesOf(imported)).toContain("1: no protocol: keepalived 2 takes UDP for it");
  });

  test("without a real server are a comment", async () => {
    const imported = await importText(`${service(server)}${service("", "192.0.2.80 81")}`);
    expect(errorsOf(imported)).toEqual([]);
    expect(missesOf(imported)).toContain("8: it has no real server, and keepalived leaves it out".replace("8", "9"));
  });
});

describe("what the parser does before it knows a keyword", () => {
  const rules = "-A -t 192.0.2.80:80 -s wrr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 2\n";

  test.each([
    [
      "parameters, also of several lines and within each other",
      `$NET=192.0.2
$RS= \\
  real_server \${NET}.\${HOST} 80 { \\
    weight $W \\
  }
$HOST=11
$W=2
${service("$RS", `${braced("NET")}.80 80`)}`,
    ],
    [
      "conditions",
      service(
        `@main real_server 192.0.2.11 80 {\n@main weight 2\n@^main weight 7\n@main }\n@backup real_server 192.0.2.99 80 {\n@backup }`,
      ),
    ],
    [
      "braces that stick to words and stand on lines of their own",
      "virtual_server 192.0.2.80 80\n{\nlb_algo wrr\nlb_kind DR\nprotocol TCP\nreal_server 192.0.2.11 80{ weight 2 }\n}\n",
    ],
    [
      "quotes and comments within a line",
      service('real_server "192.0.2.11" 80 { # one\n weight 2 ! two\n notify_up "echo # no comment"\n}'),
    ],
  ])("%s", async (_name, text) => {
    const imported = await importText(text, { id: "main" });
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toBe(rules);
  });

  test("sequences", async () => {
    const imported = await importText(
      service(
        `~SEQ(N, 11, 13) real_server 192.0.2.$N 80 { weight 2 }\n~LST({A, B}, {21, 5}, {22, 6}) real_server 192.0.2.${braced("A")} 80 { weight ${braced("B")} }`,
      ),
    );
    expect((await builtRules(imported)).match(/-r \S+ -g -w \d/g)).toEqual([
      "-r 192.0.2.11:80 -g -w 2",
      "-r 192.0.2.12:80 -g -w 2",
      "-r 192.0.2.13:80 -g -w 2",
      "-r 192.0.2.21:80 -g -w 5",
      "-r 192.0.2.22:80 -g -w 6",
    ]);
  });

  test("includes by pattern, each line with its own file", async () => {
    const includes = {
      "conf.d/a.conf": service(server),
      "conf.d/b.conf": service("  real_server 192.0.2.12 81 {\n    quorum 3\n  }", "192.0.2.80 81"),
    };
    const imported = await importText("include conf.d/*.conf\n", { includes });
    expect(errorsOf(imported)).toEqual([]);
    expect(await builtRules(imported)).toContain("-a -t 192.0.2.80:81 -r 192.0.2.12:81 -g -w 1");
    expect(imported.files.map(({ file }) => file)).toEqual(["input", "conf.d/a.conf", "conf.d/b.conf"]);
  });

  test("an include of itself, of nothing, and of what may not be read", async () => {
    const includes = { "loop.conf": "include loop.conf\n" };
    const imported = await importText(
      "include loop.conf\ninclude none.conf\ninclude /etc/passwd.conf\nglobal_defs {\n}\n",
      { includes },
    );
    expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([
      "input:1 no virtual server is in the inputs, and a description has one at least",
      'input:2 no file is "none.conf"',
      'input:3 "/etc/passwd.conf" was not read: outside',
      "loop.conf:1 loop.conf includes itself",
    ]);
  });

  test.each([
    ["a parameter that stands for two of itself", `$A=$B $B\n$B=$A $A\nglobal_defs {\n router_id $A\n}\n`],
    [
      "parameters that double forty times",
      `${Array.from({ length: 40 }, (_, n) => `$V${n}=\${V${n + 1}}\${V${n + 1}}`).join("\n")}\n$V40=xxxxxxxxxxxxxxxx\nglobal_defs {\n router_id \${V0}\n}\n`,
    ],
    [
      "lines that double forty times",
      `${Array.from({ length: 40 }, (_, n) => `$V${n}= \\\n$V${n + 1} \\\n$V${n + 1}`).join("\n")}\n$V40=x\nglobal_defs {\n$V0\n}\n`,
    ],
    ["a sequence without end", "global_defs {\n~SEQ(N, 1, 4000000000) x $N\n}\n"],
    ["sequences of sequences", "global_defs {\n~SEQ(A, 1, 4000) ~SEQ(B, 1, 4000) ~SEQ(C, 1, 4000) x $A\n}\n"],
    ["braces without end", `global_defs ${"{ a ".repeat(20000)}`],
    ["braces that end nothing", `global_defs {\n${"} ".repeat(20000)}`],
  ])("%s ends soon, and is told", async (_name, text) => {
    const before = performance.now();
    const imported = await importText(text);
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(imported.misses.length).toBeGreaterThan(0);
  });
});

describe("what cannot be carried over", () => {
  test.each([
    ["quorum 7", "lvsgen counts no quorum: the service goes on with what is left"],
    ["quorum_up /usr/local/sbin/up.sh", "lvsgen runs no scripts of others at a change"],
    ["lb_algo loadbalance", '"loadbalance" is nothing that keepalived knows here'],
    ["persistence_timeout 0", '"0" is nothing that keepalived knows here'],
    ["delay_loop 0", "no value that keepalived would take"],
    ["alpha", "lvsgen takes real servers for up until a check fails"],
  ])("%s", async (line, reason) => {
    const imported = await importText(service(`${line}\n${server}`));
    expect(errorsOf(imported)).toEqual([]);
    expect(missesOf(imported)).toEqual([`5: ${reason}`]);
  });

  test("a keyword that keepalived does not know either is ignored with the reason", async () => {
    const imported = await importText(service(`lvs_sync_daemon_inteface eth0\n${server}`));
    expect(outcomes(imported)[4]).toMatch(/^5 ignored: /);
  });

  test("checks that differ: the one that most have is taken", async () => {
    const real = (n: number, port: number) => `real_server 192.0.2.${n} 80 {\nTCP_CHECK {\nconnect_port ${port}\n}\n}`;
    const imported = await importText(service([real(11, 80), real(12, 81), real(13, 80)].join("\n")));
    expect(missesOf(imported)).toContain("11: a service has one check, and input:6 asks something else");
  });

  test("a range too large for services of its own", async () => {
    const imported = await importText(
      `virtual_server_group G {\n10.0.0.0/8 80\n192.0.2.80 80\n}\n${service(server, "group G")}`,
    );
    expect(missesOf(imported)).toContain("2: a range of 16777216 addresses, each a service of its own");
    expect(errorsOf(imported)).toEqual([]);
  });
});

const instance = (inside: string): string => `vrrp_instance VI_1 {
  state MASTER
  interface eth2
  virtual_router_id 51
  priority 150
${inside}
  virtual_ipaddress {
    192.0.2.80/24 dev eth2 label eth2:0
  }
  track_script {
    chk
  }
}
`;

test("a text with a mail address in it is not copied, however it is written, and that is said", async () => {
  const asked = 'HTTP_GET {\n url {\n path /\n regex "boss\\\\x40example"\n }\n }';
  const imported = await importText(service(`real_server 192.0.2.11 80 {\n${asked}\n}`));
  expect(missesOf(imported).join()).toContain("a text with a secret or a mail address in it, which is not copied");
  expect(JSON.stringify([imported.text, imported.lines, imported.misses])).not.toContain("boss");
});

describe("VRRP", () => {
  test("of one director stands as a comment, with its own address taken from it", async () => {
    const imported = await importText(`${instance("  advert_int 1\n  mcast_src_ip 192.0.2.2")}${service(server)}`);
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"lvs1": { "address": "192.0.2.2/24", "alias": 0 }');
    expect(imported.text).toContain('"interface": "eth2"');
    expect(imported.text).toContain('  "ha": {\n    // "routerId": 51,');
    expect(missesOf(imported)).toEqual([
      "1: who the other directors are is not in the inputs",
      "11: lvsgen's failover follows the directors alone",
    ]);
  });

  test("what advertisements of lvsgen's own directors name is no virtual address of a service", async () => {
    const own = `  virtual_ipaddress_excluded {\n    192.0.2.81/32 dev eth2\n  }\n  virtual_ipaddress {\n    169.254.112.51/32 dev lo scope host\n    fe80::70:33/128 dev lo\n  }`;
    const imported = await importText(`${instance(own)}${service(server)}`);
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).not.toMatch(/169\.254|fe80/);
    const signs = imported.lines.filter(({ was }) => /169\.254|fe80/.test(was));
    expect(signs.map(({ outcome }) => outcome)).toEqual(["default", "default"]);
  });

  test("with peers has all directors, by what keepalived takes where nothing is said", async () => {
    const imported = await importText(
      `${instance("  unicast_src_ip 192.0.2.2\n  unicast_peer {\n    192.0.2.3\n    192.0.2.4\n  }")}${service(server)}`,
    );
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"directors": ["lvs1", "lvs2", "lvs3"]');
    expect(imported.text).toContain('"lvs3": { "address": "192.0.2.4/24", "alias": 0 }');
    expect(imported.text.replaceAll(/\/\/.*|\s+/g, "")).toContain(
      '"ha":{"routerId":51,"advertInterval":1,"version":2,"preempt":true,"unicast":true,"sync":false}',
    );
    expect(missesOf(imported)).toEqual(["14: lvsgen's failover follows the directors alone"]);
  });

  test("of a backup whose peer is the master has that one first", async () => {
    const text = instance("  unicast_src_ip 192.0.2.3\n  unicast_peer {\n    192.0.2.2\n  }")
      .replace("MASTER", "BACKUP")
      .replace("150", "90");
    const imported = await importText(`global_defs {\n  router_id lb2\n}\n${text}${service(server)}`);
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"directors": ["lvs2", "lb2"]');
    expect(imported.text).toContain('"lb2": { "address": "192.0.2.3/24", "alias": 0 }');
  });

  test("of two files without addresses is of two directors, and what they disagree on is told", async () => {
    const own = (name: string, state: string, priority: string, interval: number): string =>
      `${instance(`  advert_int ${interval}`).replace("MASTER", state).replace("150", priority).replace("chk", name)}${service(server)}`;
    const imported = await importTexts({
      "b.conf": own("b", "BACKUP", "100", 2),
      "a.conf": own("a", "MASTER", "150", 1),
    });
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"advertInterval": 1,');
    expect(imported.text).toContain('"directors": ["lvs1", "lvs2"]');
    expect(imported.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toContain(
      "b.conf:1 a.conf:1 has another advert_int",
    );
  });

  test("that lvsgen cannot do stands as a comment, with the reason", async () => {
    const text = instance("  advert_int 1\n  unicast_src_ip 192.0.2.2\n  unicast_peer {\n    192.0.2.3\n  }");
    const imported = await importText(`${text}${service(server).replace("DR", "NAT")}`);
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"directors": ["lvs1"]');
    expect(imported.misses.map(({ reason }) => reason)).toContain(
      'the directors cannot agree as described: real servers in NAT lose their gateway with the director that has it: "ha" has no "gateway"',
    );
  });

  test("moves the gateway of real servers in NAT", async () => {
    const text = instance("  advert_int 1\n  unicast_src_ip 192.0.2.2\n  unicast_peer {\n    192.0.2.3\n  }");
    const imported = await importText(
      `${text.replace("label eth2:0\n", "label eth2:0\n    192.0.2.254/24\n")}${service(server).replace("DR", "NAT")}`,
    );
    expect(errorsOf(imported)).toEqual([]);
    expect(imported.text).toContain('"gateway": "192.0.2.254"');
    expect(imported.text).toContain('"directors": ["lvs1", "lvs2"]');
  });
});

test("passwords and addresses of people are nowhere", async () => {
  const imported = await importText(`$MAIL=root@example.org
$SECRET=geheim1
global_defs {
  notification_email {
    acassen
    someone@example.org
    $MAIL
  }
  notification_email_from boss@example.org
  smtp_server 198.51.100.25
}
vrrp_instance V {
  interface eth0
  virtual_router_id 1
  authentication {
    auth_type PASS
    auth_pass geheim2
  }
  authentication {
    auth_pass $SECRET
  }
  virtual_ipaddress {
    192.0.2.80
  }
}
${service(`real_server 192.0.2.11 80 {
  HTTP_GET {
    url {
      path /status?token=geheim3
    }
  }
  MISC_CHECK {
    misc_path "/usr/bin/check --password geheim4 -u user5"
  }
}`)}
SSL {
  password geheim6
  key
}
`);
  const all =
    JSON.stringify(imported.lines) +
    imported.text +
    JSON.stringify(imported.misses) +
    JSON.stringify(imported.assumptions);
  expect(all).not.toMatch(/geheim|acassen|someone|boss|root@|user5|198\.51\.100\.25/);
  expect(imported.lines.every(({ outcome }) => outcome !== undefined)).toBe(true);
});

test("what comments say stays with whoever wrote them", async () => {
  const imported = await importText(
    `# geheim1\n${service(`${server} # geheim2`).replace("lb_algo wrr", "lb_algo wrr ! geheim3")}`,
  );
  expect(JSON.stringify(imported.lines)).not.toContain("geheim");
  expect(imported.lines[0]?.was).toBe("# …");
  expect(imported.lines[2]?.was).toBe("lb_algo wrr");
});
