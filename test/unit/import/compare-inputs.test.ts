/** What an import changes with reason, what it loses, and what can be compared where its description does not build. */
import { describe, expect, test } from "vitest";
import { analyse } from "../../../src/compile.ts";
import { compareImported, isSame } from "../../../src/import/index.ts";
import { compared, comparisonOf, differing, linesOf, site } from "./compare-files.ts";
import { errorsOf, importTexts } from "./inputs.ts";

const server = (address: string, inner = "TCP_CHECK {\n}"): string => `real_server ${address} 80 {\n${inner}\n}\n`;
const virtual = (vip: string, ...inner: readonly string[]): string =>
  `virtual_server ${vip} 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n${inner.join("")}}\n`;
const rules = "-A -t 192.0.2.80:80 -s rr\n-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1\n";
const conf1 = site["lvs1/etc/keepalived/keepalived.conf"] ?? "";
const conf2 = site["lvs2/etc/keepalived/keepalived.conf"] ?? "";
const name1 = "lvs1/etc/keepalived/keepalived.conf";
const name2 = "lvs2/etc/keepalived/keepalived.conf";

describe("on purpose", () => {
  test("the state, the length of a VIP's network and its label are lvsgen's own, and said with the reason", async () => {
    const own = (conf: string) =>
      conf.replace("nopreempt", "state MASTER").replace("192.0.2.80\n", "192.0.2.80/24 label eth0:web\n");
    const found = await compared({ ...site, [name1]: own(conf1), [name2]: conf2.replace("nopreempt", "") });
    expect(isSame(found)).toBe(true);
    expect(linesOf(found).filter((line) => !line.includes("priority"))).toEqual([
      "~ 192.0.2.80 on lvs1 (lvs1/etc/keepalived/keepalived.conf:16): 192.0.2.80/24 on eth0 as eth0:web -> 192.0.2.80/32 on eth0 as eth0:imported",
      "~ state of vrrp_instance VI_1 on lvs1 (lvs1/etc/keepalived/keepalived.conf:10): MASTER -> BACKUP",
    ]);
    expect(found.differences.map(({ reason }) => reason)).not.toContain("");
  });

  test("a sorry server on loopback is the director by its own address", async () => {
    const found = await compared({
      "a.conf": virtual("192.0.2.80", "sorry_server 127.0.0.1 80\n", server("192.0.2.11")),
    });
    expect(isSame(found)).toBe(true);
    expect(linesOf(found)).toEqual([
      "~ sorry server of tcp 192.0.2.80:80 (a.conf:5): 127.0.0.1:80 by DR -> 192.0.2.254:80 by DR",
    ]);
  });

  test("a VIP of a real server on another interface, one without a service, and one in NAT", async () => {
    const iface = (vips: string) => `iface eth0 inet static\n address 192.0.2.11/24\n${vips}`;
    const on = (nic: string, vip: string) => `iface ${nic} inet static\n address ${vip}\n netmask 255.255.255.255\n`;
    const dr = await compared(
      { rules, "web1/interfaces": iface(on("dummy0", "192.0.2.80") + on("lo:1", "192.0.2.99")) },
      { platform: "debian12" },
    );
    expect(linesOf(dr)).toEqual([
      "~ 192.0.2.80 on web1 (web1/interfaces:4): 192.0.2.80/32 on dummy0 -> 192.0.2.80/32 on lo",
      "~ 192.0.2.99 on web1 (web1/interfaces:7): 192.0.2.99/32 on lo -> nothing",
    ]);
    const nat = await compared(
      { rules: rules.replace(" -g", " -m"), "web1/interfaces": iface(on("lo:0", "192.0.2.80")) },
      { platform: "debian12" },
    );
    // Its gateway is an error, and yet all that is compared is resolved.
    expect(nat).toMatchObject({ builds: false, same: 2, notCompared: [] });
    expect(linesOf(nat).filter((line) => line.includes("192.0.2.80 on web1"))).toEqual([
      "~ 192.0.2.80 on web1 (web1/interfaces:4): 192.0.2.80/32 on lo -> nothing",
    ]);
  });
});

describe("what is lost differs", () => {
  test("checks of real servers that are not all the same", async () => {
    const imported = await importTexts({
      "a.conf": virtual(
        "192.0.2.80",
        server("192.0.2.11"),
        server("192.0.2.12"),
        server("192.0.2.13", "TCP_CHECK {\nconnect_port 81\n}"),
        server("192.0.2.14", "TCP_CHECK {\n}\nHTTP_GET {\nurl {\npath /x\n}\n}"),
        server("192.0.2.15", ""),
        server("192.0.2.16", 'MISC_CHECK {\nmisc_path "/bin/x"\n}'),
      ),
    });
    const found = await comparisonOf(imported);
    expect(differing(found)).toEqual([
      "port of the check of 192.0.2.13:80 of tcp 192.0.2.80:80 (a.conf:14): 81 -> 80",
      "a further check of 192.0.2.14:80 of tcp 192.0.2.80:80 (a.conf:21): http /x -> nothing",
      "type of the check of 192.0.2.15:80 of tcp 192.0.2.80:80 (a.conf:27): none -> tcp",
    ]);
    // Its port is that of the service, which the check does not name.
    const line = imported.text.split("\n").findIndex((text) => text.includes('"check"')) + 1;
    expect(found.differences[0]).toMatchObject({
      line,
      at: "/services/0/check/port",
      reason: "a service has one check, and a.conf:6 asks something else",
    });
  });

  test("a sorry server that the compiler refuses, with what it says of it", async () => {
    const found = await compared({
      "a.conf": virtual("192.0.2.80", "sorry_server 192.0.2.99 80\n", server("192.0.2.11", "")),
    });
    expect(differing(found)).toEqual(["sorry server of tcp 192.0.2.80:80 (a.conf:5): 192.0.2.99:80 by DR -> nothing"]);
    expect(found.differences[0]?.reason).toBe(
      "nothing asks the real servers of this service, so that none of them is ever down",
    );
  });

  test("VRRP of one director that names no other, whose VIPs it carries for good", async () => {
    const alone = conf1.replace(/ {2}unicast_peer \{[^}]*\}\n/, "");
    const found = await compared(
      { "lvs1/interfaces": site["lvs1/etc/network/interfaces"] ?? "", [name1]: alone },
      { platform: "debian12" },
    );
    expect(linesOf(found)).toEqual([
      `vrrp_instance VI_1 on lvs1 (${name1}:5): virtual_router_id 51, priority 150 -> nothing`,
    ]);
    expect(found.differences[0]?.remedy).toContain("import the files of the other directors");
    expect(found.counts).toContainEqual({ topic: "VIPs", same: 1, differs: 0, meant: 0 });
  });

  test("a VIP that no service is on, and a service on a VIP that no director has", async () => {
    const text = (conf: string) =>
      `${conf.replace("192.0.2.80\n", "192.0.2.80\n 192.0.2.88\n")}${virtual("192.0.2.90", server("192.0.2.11"))}`;
    const found = await compared({ ...site, [name1]: text(conf1), [name2]: text(conf2) });
    expect(differing(found)).toEqual([
      `192.0.2.88 on lvs1 (${name1}:17): 192.0.2.88 on eth0 -> nothing`,
      `192.0.2.88 on lvs2 (${name2}:17): 192.0.2.88 on eth0 -> nothing`,
      "192.0.2.90 on lvs1, lvs2 (-): nothing -> 192.0.2.90",
    ]);
  });

  test("an instance under a router id of its own", async () => {
    const more = (priority: number) =>
      `vrrp_instance VI_2 {\n interface eth0\n virtual_router_id 77\n priority ${priority}\n advert_int 2\n nopreempt\n virtual_ipaddress {\n 192.0.2.90\n }\n}\n${virtual("192.0.2.90", server("192.0.2.11"))}`;
    const found = await compared({ ...site, [name1]: conf1 + more(90), [name2]: conf2 + more(120) });
    expect(differing(found)).toEqual([
      `virtual_router_id of vrrp_instance VI_2 on lvs1 (${name1}:42): 77 -> 51`,
      `unicast of vrrp_instance VI_2 on lvs1 (${name1}:40): false -> true`,
      `virtual_router_id of vrrp_instance VI_2 on lvs2 (${name2}:42): 77 -> 51`,
      `unicast of vrrp_instance VI_2 on lvs2 (${name2}:40): false -> true`,
      `priority of vrrp_instance VI_2 on lvs1 (${name1}:43): 90 -> 254`,
      `priority of vrrp_instance VI_2 on lvs2 (${name2}:43): 120 -> 234`,
    ]);
  });

  test("what the second director says otherwise, of rules too", async () => {
    const other = conf2
      .replace("/ping", "/health")
      .replace("uthreshold 100", "weight 3\nuthreshold 50")
      .replace("192.0.2.99", "192.0.2.98");
    const imported = await importTexts({
      ...site,
      [name2]: other,
      "lvs2/timeouts": "Timeout (tcp tcpfin udp): 900 120 60\n",
    });
    const found = await comparisonOf(imported);
    expect(differing(found)).toEqual([
      `192.0.2.11:80 of tcp 192.0.2.80:80 (${name2}:25): upper 50, lower 10 -> upper 100, lower 10`,
      "timeout of udp (lvs2/timeouts:1): 60 -> 300",
      `sorry server of tcp 192.0.2.80:80 (${name2}:24): 192.0.2.98:80 by DR -> 192.0.2.99:80 by DR`,
      `path of the check of 192.0.2.11:80 of tcp 192.0.2.80:80 (${name2}:29): /health -> /ping`,
    ]);
    expect(found.missing).toMatchObject([
      {
        place: { file: name2, line: 25 },
        was: "-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 3",
        becomes: "-a -t 192.0.2.80:80 -r 192.0.2.11:80 -g -w 1",
      },
    ]);
    expect(imported.misses.map(({ reason }) => reason)).toContain(`${name1}:19 has another check for this service`);
  });

  test("a rule of which a part could not be read is not the same in other words", async () => {
    const found = await compared({ rules: rules.replace("-s rr", "-s rr -p 300 -M 255.0.255.0") });
    expect(found).toMatchObject({ same: 1, reworded: 0, added: [] });
    expect(found.missing).toMatchObject([
      {
        was: "-A -t 192.0.2.80:80 -s rr -p 300 -M 255.0.255.0",
        becomes: "-A -t 192.0.2.80:80 -s rr -p 300",
        reason: "the client mask 255.0.255.0 is no prefix",
      },
    ]);
  });

  test("of a host: a second router, an address beside, a second NFS server", async () => {
    const found = await compared({
      ...site,
      "web1/etc/network/interfaces": `${site["web1/etc/network/interfaces"]}iface eth1 inet static\n address 198.51.100.11/24\n gateway 198.51.100.1\niface eth1 inet static\n address 198.51.100.12/24\n`,
      "web1/etc/exports": "/srv/more *(ro)\n",
    });
    expect(differing(found)).toEqual([
      "an address of eth1 on web1 (web1/etc/network/interfaces:13): 198.51.100.12/24 -> nothing",
      "the router of eth1 on web1 (web1/etc/network/interfaces:11): 198.51.100.1 -> 192.0.2.254",
      "/srv/www of nfs1 (nfs1/etc/exports:1): /srv/www -> nothing",
    ]);
  });

  test("a setting of the kernel that two files name in two ways: the last one counts", async () => {
    const found = await compared({
      ...site,
      "web1/etc/sysctl.d/91.conf": "net/core/somaxconn = 5\nnet.core.somaxconn = 7\n",
    });
    expect(differing(found)).toEqual([]);
  });

  test("a setting that lvsgen makes itself is the same where its value is, and is told where that is another", async () => {
    const own = (value: number) => ({
      ...site,
      "lvs1/etc/sysctl.d/x.conf": `net.ipv4.vs.expire_nodest_conn = ${value}\n`,
    });
    const same = await importTexts(own(1));
    expect(differing(await comparisonOf(same))).toEqual([]);
    expect(same.misses.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`)).toEqual([
      "lvs1/etc/sysctl.d/x.conf:1 net.ipv4.vs.expire_nodest_conn is a kernel setting that lvsgen makes itself",
    ]);
    const other = await compared(own(0));
    expect(differing(other)).toEqual(["net.ipv4.vs.expire_nodest_conn on lvs1 (lvs1/etc/sysctl.d/x.conf:1): 0 -> 1"]);
    expect(other.differences.find(({ topic }) => topic === "kernel settings")?.reason).toBe(
      "lvsgen makes the setting itself",
    );
  });
});

describe("a description that does not build", () => {
  test("a mark without its traffic: the rules and checks are compared, the traffic is not", async () => {
    const found = await compared({
      "a.conf": `virtual_server fwmark 7 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\n${server("192.0.2.11", "TCP_CHECK {\nconnect_port 80\n}")}}\n`,
    });
    expect(found).toMatchObject({ builds: false, same: 2, missing: [], added: [], differences: [] });
    expect(found.counts).toEqual([{ topic: "health checks", same: 6, differs: 0, meant: 0 }]);
    expect(found.notCompared).toMatchObject([
      { what: "which traffic gets the mark 7", why: "no input says it: --mark 7=VIP:PORT/tcp", place: { line: 1 } },
    ]);
    expect(isSame(found)).toBe(false);
  });

  test("a name that nothing resolves: its service is named with the error, the others are compared", async () => {
    const imported = await importTexts({
      rules: `${rules}-A -t web.example.net:80 -s rr\n-a -t web.example.net:80 -r 192.0.2.12:80 -g -w 1\n`,
    });
    const found = await comparisonOf(imported);
    expect(found).toMatchObject({ builds: false, same: 2, missing: [], added: [] });
    const line = imported.text.split("\n").findIndex((text) => text.includes('"vip": "web.example.net"')) + 1;
    expect(found.notCompared).toEqual([
      {
        what: "the service tcp web.example.net:80",
        why: `the description has an error there, BAD_ADDRESS at line ${line}: "web.example.net" is a name, not an address`,
        place: expect.objectContaining({ file: "rules", line: 3 }),
      },
    ]);
  });

  test("files of hosts without a service: what they say of themselves is compared", async () => {
    const { [name1]: _one, [name2]: _two, ...hosts } = site;
    const found = await compared(hosts);
    expect(found).toMatchObject({ builds: false, same: 0 });
    expect(found.counts.map(({ topic }) => topic)).toEqual([
      "timeouts",
      "VIPs",
      "addresses",
      "kernel settings",
      "mounts",
      "exports",
      "system",
    ]);
    expect(differing(found)).toEqual([]);
  });

  test("errors that leave nothing out hinder nothing", async () => {
    const twice = await importTexts({
      ...site,
      "nfs1/etc/network/interfaces": (site["nfs1/etc/network/interfaces"] ?? "").replace("192.0.2.13", "192.0.2.11"),
    });
    expect(errorsOf(twice)).toEqual(["DUPLICATE_ADDRESS: 192.0.2.11 is an address of web1 too"]);
    const found = await comparisonOf(twice);
    expect(found).toMatchObject({ builds: false, same: 2, missing: [], added: [], notCompared: [] });
    expect(differing(found)).toEqual([]);
    expect(isSame(found)).toBe(false);
  });

  test("a name and a platform that are none: the services are compared, and what hosts have by their platform is not", async () => {
    const imported = await importTexts(site, { name: "No Name", platform: "none" });
    const found = await comparisonOf(imported);
    const line = imported.text.split("\n").findIndex((text) => text.includes('"platform": "none"')) + 1;
    const why = `the description has an error there, NOT_ONE_OF at line ${line}: "none" is no platform`;
    expect(found).toMatchObject({ builds: false, same: 2, missing: [], added: [] });
    expect(found.counts.map(({ topic }) => topic)).toEqual([
      "thresholds",
      "timeouts",
      "sorry servers",
      "health checks",
      "exports",
    ]);
    expect(differing(found)).toEqual([]);
    expect(found.notCompared.map(({ what }) => what)).toEqual([
      "vrrp_instance VI_1 on lvs1",
      "vrrp_instance VI_1 on lvs2",
      "192.0.2.80 on lvs1",
      "192.0.2.80 on lvs2",
      "192.0.2.80 on web1",
      "the files of lvs1",
      "the files of lvs2",
      "the files of web1",
      "the files of nfs1",
    ]);
    expect(new Set(found.notCompared.map((one) => one.why))).toEqual(new Set([why]));
  });

  test("what is not read and what is not found are known by their places, and what is only wrong is not", async () => {
    const { cluster, resolved, unresolved, diagnostics } = await analyse(
      JSON.stringify({
        ...{ version: 1, name: "any", defaults: { platform: "el9", interface: "eth0" }, directors: ["lvs1"] },
        hosts: { lvs1: { address: "192.0.2.1/24" }, web1: { address: "192.0.2.1/24" } },
        services: [
          { name: "a", vip: "192.0.2.80", port: 80, realservers: [{ host: "nobody" }, { address: "192.0.2.11" }] },
          { name: "b", vip: "192.0.2.300", port: 80, realservers: [{ host: "web1" }] },
        ],
      }),
    );
    expect(cluster).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toContain("DUPLICATE_ADDRESS");
    expect([...unresolved].sort()).toEqual(["/services/0/realservers/0/host", "/services/1/vip"]);
    expect(resolved?.services.map(({ name, realServers }) => [name, realServers.length])).toEqual([["a", 1]]);
  });

  test("a description of which nothing can be resolved", async () => {
    const imported = await importTexts({ rules });
    const error = { code: "BAD_SYNTAX", severity: "error", message: "no object", pointer: "", line: 3 };
    const found = await compareImported({ ...imported, cluster: null, diagnostics: [error as never] }, async () => ({
      ...{ cluster: null, plan: null, resolved: null, unresolved: [], diagnostics: [] },
    }));
    expect(found).toMatchObject({ builds: false, same: 0, counts: [], differences: [] });
    expect(found.notCompared).toEqual([{ what: "everything", why: "BAD_SYNTAX at line 3: no object", place: null }]);
  });
});
