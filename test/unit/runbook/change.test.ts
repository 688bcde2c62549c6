/** RUNBOOK.md as an operator reads it: a first installation, and the four changes that are most common. */
import { describe, expect, test } from "vitest";
import { pair, web } from "../diff/sides.ts";
import { textOf } from "../scripts/bundle.ts";
import { built, changed, runbookOf, stepsOf } from "./changed.ts";

/** What is typed on a director, but for the last words. */
const onDirector = (host: string): readonly string[] => [
  `${host}$ bash doctor.sh | 0  doctor ${host}: ok=… warn=… stop=0 skip=…`,
  `${host}$ bash director.sh check --diff | 2  director ${host}: ok=… pending=… failed=0`,
  `${host}$ bash director.sh apply --confirm 120 | 0  director ${host}: ok=… changed=… failed=0`,
  `${host}$ bash director.sh verify | 0  director ${host}: ok=… failed=0`,
  `${host}$ bash director.sh confirm | 0  confirmed: what was applied stays`,
];
const onServer = (host: string): readonly string[] => [
  `${host}$ bash doctor.sh | 0  doctor ${host}: ok=… warn=… stop=0 skip=…`,
  `${host}$ bash realserver.sh check --diff | 2  realserver ${host}: ok=… pending=… failed=0`,
  `${host}$ bash realserver.sh | 0  realserver ${host}: ok=… changed=… failed=0`,
  `${host}$ bash realserver.sh verify | 0  realserver ${host}: ok=… failed=0`,
];

const edited = (edit: (one: ReturnType<typeof web>) => void, from = web()): ReturnType<typeof web> => {
  edit(from);
  return from;
};

describe("a first installation", () => {
  test("has the services in its head, and no chapter for a change", async () => {
    const bundle = await built(
      edited((one) => {
        one.services[0].realservers[1].weight = 3;
        one.services.push({
          name: "six",
          fwmark: 7,
          match: [{ vip: "10.0.0.101", protocol: "udp", port: 53 }],
          mode: "nat",
          realservers: [{ address: "10.0.0.40", port: 5353 }],
        });
      }),
    );
    const { text, names, change } = runbookOf(bundle);
    expect(text).toMatch(/^# Runbook of the LVS cluster web: 10\.0\.0\.100, 10\.0\.0\.101\n/);
    expect(text).toContain("| shop | tcp 10.0.0.100:80 | wrr, DR | web1 weight 1; web2 weight 3 |\n");
    expect(text).toContain("| six | mark 7 of 10.0.0.101 | wlc, NAT | 10.0.0.40 weight 1 port 5353 |\n");
    expect(names).toContain("The first installation");
    expect(change).toBe("");
    expect(text).not.toMatch(/former folder says|This change/);
    expect(bundle.change).toBeNull();
    expect(JSON.parse(textOf(bundle, "manifest.json"))).not.toHaveProperty("since");
  });

  test("goes from what serves to what sends clients there, one real server before the others", async () => {
    const { first } = runbookOf(await built(web()));
    const steps = stepsOf(first);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. web1, web2: `realserver.sh`", "2. lvs1: `director.sh`"]);
    expect(steps[0]?.typed).toEqual([...onServer("web1"), ...onServer("web2")]);
    expect(steps[0]?.text).toMatch(
      /web1 \(.*\n[\s\S]*When its `verify` has ended with 0, the others:\n\n- \[ \] web2 /,
    );
    expect(steps[1]?.typed).toEqual(onDirector("lvs1"));
    expect(steps[1]?.back).toEqual([
      "1. `bash director.sh rollback --to N` on lvs1",
      "2. `bash realserver.sh rollback --to N` on web2, web1",
    ]);
    expect(first).toContain(
      "- [ ] web1 (10.0.0.11, debian12), done on .............. by .............. back: --to ......\n",
    );
  });

  test("what shows that a host can be reached stands apart, so that one paste does not do it in the old session", async () => {
    const [, director] = stepsOf(runbookOf(await built(web())).first);
    expect(director?.text).toMatch(
      /apply --confirm 120 .*\n\n {2}Then log in again, in a new session, and go to this folder:\n\n {6}bash director\.sh verify .*\n {6}bash director\.sh confirm /,
    );
  });

  test("what takes everything off is no way back from a change", async () => {
    const { chapter, text } = runbookOf(
      await changed(
        web(),
        edited((one) => Object.assign(one.services[0], { scheduler: "wlc" })),
      ),
    );
    expect(chapter("Taking all of it off")).toContain("**Not after a change**");
    expect(chapter("Taking all of it off")).toContain("1. `bash director.sh uninstall` on lvs1\n");
    expect(text).not.toMatch(/`bash \w+\.sh rollback`/);
  });

  test("of many hosts has the commands once, and a line to tick for each", async () => {
    const many = edited((one) => {
      for (let host = 20; host < 40; host++) {
        one.hosts[`app${host}`] = { address: `10.0.0.${host}/24` };
        one.services[0].realservers.push({ host: `app${host}` });
      }
    });
    const [servers] = stepsOf(runbookOf(await built(many)).first);
    expect(servers?.typed).toEqual(onServer("web1"));
    expect(servers?.text.match(/^- \[ \] /gm)).toHaveLength(22);
    expect(servers?.text).toContain("With the same commands");
  });

  test("has the checksums of the scripts and of their runtimes", async () => {
    const bundle = await built(web());
    const manifest = JSON.parse(textOf(bundle, "manifest.json"));
    const sums = runbookOf(bundle).chapter("Checksums");
    for (const { path, sha256, mode } of manifest.files)
      if (mode === "0755") expect(sums).toContain(`    ${sha256}  ${path}\n`);
    for (const { script, sha256 } of manifest.runtimes) expect(sums).toContain(`    ${sha256}  ${script}\n`);
    expect(manifest.runtimes.length).toBeGreaterThan(3);
  });
});

describe("a real server more", () => {
  const more = (): unknown => edited((one) => one.services[0].realservers.push({ host: "web3" }));

  test("touches it and the director alone: it first, the director then", async () => {
    const { change } = runbookOf(await changed(web(), more()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. web3: `realserver.sh`", "2. lvs1: `director.sh`"]);
    expect(steps.flatMap(({ typed }) => typed)).toEqual([...onServer("web3"), ...onDirector("lvs1")]);
    expect(change).not.toMatch(/web[12]/);
    expect(steps[0]?.text).toContain("Clients notice nothing.");
    expect(steps[1]?.text).toMatch(/Clients notice:\n- \*\*new connections go elsewhere\*\*: .*its share of new ones/);
    expect(steps[0]?.text).toContain("Until it has ended well on every host, do not go on");
  });

  test("goes back the other way round", async () => {
    const [first, second] = stepsOf(runbookOf(await changed(web(), more())).change);
    expect(first?.back).toEqual(["1. `bash realserver.sh rollback --to N` on web3"]);
    expect(second?.back).toEqual([
      "1. `bash director.sh rollback --to N` on lvs1",
      "2. `bash realserver.sh rollback --to N` on web3",
      // web3 is in no former script.
      "3. `bash director.sh verify` on lvs1 in the former folder",
    ]);
    expect(second?.text).toMatch(
      /What clients notice of going back \(by hand .*\):\n- \*\*connections end\*\*: the director gives it weight 0/,
    );
    expect(first?.text).not.toContain("What clients notice of going back");
  });

  test("is no success before clients are sent there", async () => {
    const told = async (from: unknown, to: unknown): Promise<string> => runbookOf(await changed(from, to)).change;
    expect(await told(web(), more())).toMatch(/web3 gets clients where, after verify, `ipvsadm -Ln` has its address/);
    const checked = (one: ReturnType<typeof web>): unknown => Object.assign(one, { ha: {} });
    const change = await told(checked(web()), checked(more() as ReturnType<typeof web>));
    expect(change).toMatch(
      /web3 gets clients where, after verify, `bash director\.sh status` has a line that begins with up/,
    );
    expect(change).toContain("`bash director.sh undrain NAME` on every director.");
    expect(await told(more(), web())).toMatch(
      /begins with drained and has web3 in it: .*`bash director\.sh undrain NAME`/,
    );
  });

  test("is asked for its page before any client gets there, and clients are asked before it is confirmed", async () => {
    const grown = async (scheduler: string): Promise<string> => {
      const service = { check: { type: "http", path: "/up?a=$b&c", status: 204 }, scheduler };
      const from = edited((one) => Object.assign(one.services[0], service));
      const to = edited((one) => {
        Object.assign(one.services[0], service);
        one.services[0].realservers.push({ host: "web3" });
        Object.assign(one.hosts, { pc: { address: "10.0.0.99/24" } });
        Object.assign(one, { clients: ["pc"] });
      });
      return runbookOf(await changed(from, to)).change;
    };
    const change = await grown("lc");
    const [server, director] = stepsOf(change);
    expect(server?.text).toMatch(
      /bash realserver\.sh verify [\s\S]*see on lvs1 that web3 serves what they are to see\. This prints the page, and then 204;/,
    );
    expect(server?.text).toContain(
      "\n\n    curl -q -s -k -g -m 10 --noproxy '*' -w '\\n%{http_code}\\n' $'http://10.0.0.13:80/up?a=$b&c'\n",
    );
    // As it is typed: verify, the test, and in a block of its own what keeps the change.
    expect(director?.text).toMatch(
      /director\.sh verify .*\n\n {2}Then on pc `bash client-test\.sh`, which ends with 0\.[^\n]*\n {2}\(A line `not ok` about how requests are shared out is no reason[^\n]*\n\n {2}When that is so, and not before:\n\n {6}bash director\.sh confirm /,
    );
    expect(director?.text).toContain("apply --confirm 300 ");
    expect(director?.text).toContain("within 300 s of the closing line");
    expect(director?.text).toContain("goes back by itself 300 s after the first change");
    // Where the scheduler does not count connections, a new one gets no more than its share.
    const { text = "" } = stepsOf(await grown("rr"))[1] ?? {};
    expect(text).toContain("Then on pc `bash client-test.sh`, which ends with 0.");
    expect(text).not.toContain("how requests are shared out");
  });

  test("of several directors only the last is tested, which has the clients", async () => {
    const asked = (one: ReturnType<typeof pair>): ReturnType<typeof pair> => {
      Object.assign(one.hosts, { pc: { address: "10.0.0.99/24" } });
      return Object.assign(one, { clients: ["pc"] });
    };
    const to = asked(pair());
    to.services[0].scheduler = "rr";
    const [directors] = stepsOf(runbookOf(await changed(asked(pair()), to)).change);
    const items = directors?.text.split("- [ ] ").slice(1) ?? [];
    expect(items).toHaveLength(2);
    for (const item of items) {
      expect(item).toContain("Where it is the last of them, whichever is master by now: on pc `bash client-test.sh`");
      expect(item).toContain(
        "Where another one is still to be done and this one is backup, there is nothing to test yet",
      );
      // Nobody new is there.
      expect(item).not.toContain("how requests are shared out");
    }
  });

  test("of a service by name, mark or several ports is asked as its check does", async () => {
    const page = async (changes: object): Promise<string> => {
      const from = edited((one) => Object.assign(one.services[0], changes));
      const to = structuredClone(from);
      to.services[0].realservers.push({ host: "web3" });
      return /^ {4}(curl .*)$/m.exec(runbookOf(await changed(from, to)).change)?.[1] ?? "";
    };
    const tls = { type: "https", name: "www.example.org", verify: false };
    expect(await page({ port: 443, check: tls })).toContain(
      "--resolve www.example.org:443:10.0.0.13 -w '\\n%{http_code}\\n' https://www.example.org:443/",
    );
    expect(await page({ port: [80, 81], check: { type: "http", path: "/a`b{c}" } })).toContain(
      "'http://10.0.0.13:80/a`b{c}'",
    );
    const match = [{ vip: "10.0.0.100", protocol: "tcp", port: 8080 }];
    const marked = { vip: undefined, port: undefined, fwmark: 7, match, check: { type: "http" } };
    expect(await page(marked)).toContain("http://10.0.0.13:8080/");
  });

  test("of a pool is told by each entry, and what is left of one is warned of", async () => {
    const pooled = (hosts: readonly string[], ha?: object): ReturnType<typeof web> =>
      edited((one) => {
        one.pools = { front: hosts.map((host) => ({ host })) };
        delete one.services[0].realservers;
        Object.assign(one.services[0], { pool: "front", port: [80, 81], ...(ha ? { check: { type: "tcp" } } : {}) });
        if (ha) one.ha = ha;
      });
    const more_ = runbookOf(await changed(pooled(["web1", "web2"], {}), pooled(["web1", "web2", "web3"], {}))).change;
    expect(more_).toContain("up for each of: 10.0.0.13:80 of -t 10.0.0.100:80; 10.0.0.13:81 of -t 10.0.0.100:81.");
    const less = runbookOf(await changed(pooled(["web1", "web2"]), pooled(["web1"]))).change;
    expect(less).toContain("> shop-80 has one real server from here on");
  });

  test("by its address is undrained by it, without its port", async () => {
    const added = (addresses: readonly string[]): ReturnType<typeof web> =>
      edited((one) => one.services[0].realservers.push(...addresses.map((address) => ({ address }))));
    const { change } = runbookOf(await changed(added(["10.0.0.31"]), added(["10.0.0.31", "10.0.0.32"])));
    expect(change).toContain("10.0.0.32 gets clients where");
  });

  test("says which hosts may need packages", async () => {
    expect(runbookOf(await changed(web(), more())).text).toContain("By this change web3 may need packages.");
    const wlc = edited((one) => Object.assign(one.services[0], { scheduler: "wlc" }));
    expect(runbookOf(await changed(web(), wlc)).text).toContain("By this change no host needs packages.");
  });

  test("asks in the former folder whether hosts are where it begins, and not of one that is new", async () => {
    const { change } = runbookOf(await changed(web(), more()));
    const [, asked = ""] = change.split("### In the former folder");
    const [before = ""] = asked.split("\n### ");
    expect(before.match(/^- \[ \] .*$/gm)).toEqual([
      "- [ ] lvs1 (10.0.0.1, debian12), done on .............. by ..............",
      "- [ ] From a machine that is no director and no real server, each service answers already: 10.0.0.100 port 80. Done on .............. by ..............",
    ]);
    expect(before).toMatch(/^ {6}bash director\.sh check {3}# 0 {2}director lvs1: ok=… pending=0 failed=0$/m);
  });

  test("names the bundle where it begins, and marks the picture", async () => {
    const before = await built(web());
    const bundle = await built(more(), before);
    const sum = before.files.find(({ path }) => path === "SHA256SUMS")?.sha256;
    const { change, text } = runbookOf(bundle);
    expect(change).toMatch(new RegExp(`^ {6}sha256sum SHA256SUMS +# 0 {2}${sum} {2}SHA256SUMS$`, "m"));
    expect(bundle.change).toEqual({ sumOfSums: sum, hosts: ["web3", "lvs1"] });
    expect(text).toMatch(/server1\["web3 \(new\)<br\/>/);
    expect(text).toMatch(/server0\["web#91;1-2#93;<br\/>/);
    expect(text).toContain("shop (changed)");
    expect(text).toContain("  class server1 marked\n");
    expect(textOf(bundle, "topology.svg")).toContain('class="host marked"');
  });
});

describe("a real server less", () => {
  const less = (): unknown =>
    edited((one) => {
      one.services[0].realservers.pop();
      delete one.hosts.web2;
    });

  test("leaves the director first, and is taken off then", async () => {
    const { change } = runbookOf(await changed(web(), less()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading)).toEqual([
      "1. lvs1: `director.sh`",
      "2. web2: `realserver.sh uninstall`",
    ]);
    expect(steps[0]?.typed).toEqual(onDirector("lvs1"));
    expect(steps[1]?.typed).toEqual([
      "web2$ bash realserver.sh uninstall | 0  realserver web2: ok=… changed=… kept=… failed=0",
    ]);
    expect(steps[0]?.text).toMatch(/\*\*connections end\*\*: the director gives it weight 0/);
    expect(steps[0]?.text).toContain("`bash director.sh apply --confirm 120 --drain 600`");
    expect(steps[1]?.back).toEqual([
      "1. `bash realserver.sh` on web2 in the former folder",
      // Clients are sent to it again by the director's.
      "2. `bash realserver.sh verify` on web2 in the former folder",
      "3. `bash director.sh rollback --to N` on lvs1",
      "4. `bash director.sh verify` on lvs1 in the former folder",
    ]);
    expect(steps[1]?.text).toMatch(/dead or gone for good: leave it out, .*`bash realserver\.sh uninstall` on it/);
    expect(change).toContain("shop has one real server from here on");
    expect(change.indexOf("### Hosts that have left")).toBeLessThan(change.indexOf("**The change ends here.**"));
    // Nobody is described who tests.
    expect(change).toContain("each service answers: 10.0.0.100 port 80.");
  });

  test("is told as a host that has left, with where it stands, and is in the picture as gone", async () => {
    const { change, text } = runbookOf(await changed(web(), less()));
    expect(change).toContain("### Hosts that have left\n- web2 (eth0 10.0.0.12/24): it is taken off above\n");
    expect(text).toMatch(
      /subgraph tier\d\["Gone with this change"\]\n {4}gone0\("no longer there<br\/>host web2 #40;real server#41;|host web2 \(real server\)/,
    );
  });

  test("whose role nobody has any more needs the former folder's script", async () => {
    const nfs = edited((one) => {
      one.hosts.store = { address: "10.0.0.20/24" };
      one.nfs = { server: "store", exports: [{ path: "/srv", clients: { "10.0.0.0/24": ["ro"] } }] };
    });
    const [last] = stepsOf(runbookOf(await changed(nfs, web())).change).slice(-1);
    expect(last?.heading).toBe("1. store: `nfs.sh uninstall`");
    expect(last?.text).toContain("The script is that of the former folder");
  });
});

describe("another virtual address", () => {
  const moved = (): unknown => edited((one) => Object.assign(one.services[0], { vip: "10.0.0.101" }));

  test("is an interruption that the next step ends, on every real server", async () => {
    const { change } = runbookOf(await changed(web(), moved()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. lvs1: `director.sh`", "2. web1, web2: `realserver.sh`"]);
    expect(steps[0]?.text).toMatch(/\*\*service interrupted\*\*: .*clients have to learn the new address/);
    expect(steps[0]?.text).toContain("`bash director.sh apply --confirm 120 --drain 0`");
    expect(change).toContain(
      "- [ ] It is agreed who changes names in DNS, monitoring and firewalls in between from tcp 10.0.0.100:80 to tcp 10.0.0.101:80,",
    );
    expect(change).toContain("Names in DNS, monitoring and firewalls in between go back to tcp 10.0.0.100:80");
    expect(change).toContain("- [ ] Names in DNS, monitoring and firewalls in between know tcp 10.0.0.101:80. Done on");
    // The director sends clients of the new address there from step 1 on.
    expect(steps[1]?.text).toContain("**Right after the step before:**");
    expect(steps[1]?.text).toContain("When its `verify` has ended with 0, the others at once:");
    expect(steps[1]?.text).not.toMatch(/Clients notice nothing|clients are served meanwhile/);
    expect(change).toContain("`tcp 10.0.0.100:80` | `tcp 10.0.0.101:80`");
  });

  test("is asked about on every host before the first step, for clients wait from there on", async () => {
    const { change } = runbookOf(await changed(web(), moved()));
    const [, asked = ""] = change.split("### Before the first step: would each host take it?\n");
    const [before = ""] = asked.split("\n### 1. ");
    for (const host of ["lvs1", "web1", "web2"]) expect(before).toContain(`- [ ] ${host} (`);
    expect(before.match(/bash doctor\.sh {2,}#/g)).toHaveLength(3);
    expect(before).toContain("bash director.sh check --diff");
    expect(before.match(/bash realserver\.sh check --diff/g)).toHaveLength(2);
    const steps = stepsOf(change);
    expect(steps[0]?.typed).toEqual(onDirector("lvs1").slice(2));
    expect(steps[1]?.typed).toEqual([...onServer("web1").slice(2), ...onServer("web2").slice(2)]);
  });

  test("a line that failed on one host has that one drained by its name, and put back", async () => {
    const [, servers] = stepsOf(runbookOf(await changed(web(), moved())).change);
    expect(servers?.text).toMatch(
      /Do the others first; .*`bash director\.sh drain NAME`.*undrain NAME when it has ended/,
    );
  });
});

describe("another forwarding method", () => {
  const tunnelled = (): unknown => edited((one) => Object.assign(one.services[0], { mode: "tun" }));

  test("to a tunnel a request of full-size packets is asked for, as the check asks", async () => {
    const asking = (mode: string): unknown =>
      edited((one) => {
        Object.assign(one.services[0], {
          mode,
          check: { type: "http", path: "/up", status: 204, name: "shop.example" },
        });
        Object.assign(one.hosts, { pc: { address: "10.0.0.99/24" } });
        Object.assign(one, { clients: ["pc"] });
      });
    const { change } = runbookOf(await changed(asking("dr"), asking("tun")));
    const request =
      "      curl -q -s -k -g -m 10 --noproxy '*' -o /dev/null -w '%{http_code}\\n' -H \"X-Fill: $(printf '%06000d' 0)\" --resolve shop.example:80:10.0.0.100 http://shop.example:80/up\n";
    expect(stepsOf(change)[1]?.text).toContain(
      `and ten times each, which prints the status of its check each time and does not hang (it needs packets of full size):\n\n${request}\n  Where a line begins with \`not ok\`, or one hangs, do not confirm`,
    );
    expect(change.split("### Then, from outside")[1]).toContain(request);
    // What the check asks is not what clients get at the service's port.
    const beside = (mode: string): unknown =>
      edited((one) =>
        Object.assign(one.services[0], { mode, check: { type: "http", path: "/up", port: 8081 }, port: 443 }),
      );
    expect(runbookOf(await changed(beside("dr"), beside("tun"))).change).not.toContain("X-Fill");
    const plain = runbookOf(await changed(web(), tunnelled())).change;
    expect(plain).toContain("- [ ] A large request is answered through each virtual address");
    expect(plain).not.toContain("X-Fill");
  });

  test("to a tunnel nobody waits: the real servers take both ways first", async () => {
    const { change } = runbookOf(await changed(web(), tunnelled()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. web1, web2: `realserver.sh`", "2. lvs1: `director.sh`"]);
    expect(change.split("What clients notice of going back")[0]).not.toContain("**service interrupted**");
    expect(change).not.toContain("Right after the step before");
    expect(change).not.toContain("at once, and connections end by it");
    expect(change).toContain(
      "- [ ] What is between the directors and the real servers lets the wrapped packets through",
    );
  });

  test("to dr says what is interrupted, and how to do it without", async () => {
    const { change } = runbookOf(await changed(tunnelled(), web()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. lvs1: `director.sh`", "2. web1, web2: `realserver.sh`"]);
    expect(steps[0]?.text).toContain("**service interrupted**");
    expect(change).not.toContain("Right after the step before");
    expect(change).toMatch(/> This folder changes the forwarding method of all .* its runbook has it drained first/);
  });

  test("of one real server says how it loses no connection", async () => {
    const mixed = edited((one) => Object.assign(one.services[0].realservers[0], { mode: "tun" }));
    const { change } = runbookOf(await changed(mixed, web()));
    expect(change).toContain("Where none of its connections is to end by the change.");
    expect(change).toContain("      bash director.sh drain web1 --drain 600 ");
  });
});

describe("a default route that goes", () => {
  const nat = (mode: string, gateway: object): ReturnType<typeof web> =>
    edited((one) => {
      Object.assign(one.services[0], { mode });
      for (const name of ["web1", "web2"]) Object.assign(one.hosts[name], gateway);
    });
  const built = async () => runbookOf(await changed(nat("nat", { gateway: "10.0.0.1" }), nat("dr", {}))).change;

  test("is taken off with a way back that needs no session, and asked for before", async () => {
    const change = await built();
    const servers = stepsOf(change).find(({ heading }) => heading.includes("`realserver.sh`"));
    expect(servers?.typed).toEqual(
      expect.arrayContaining([
        expect.stringContaining("web1$ bash realserver.sh apply --confirm 120 "),
        expect.stringContaining("web1$ bash realserver.sh confirm "),
      ]),
    );
    expect(servers?.text).toContain("have its console at hand");
    expect(servers?.text).toContain("goes back by itself 120 s after the first change");
    expect(change).toMatch(
      /- \[ \] web1, web2: the route that the host had before lvsgen came is put back: realserver\.sh check --diff says in its line "route default" behind "back to" which one.*has to lead to a router that reaches clients, that is no director, and that lets answers from the virtual addresses through without having seen the request/,
    );
    expect(change).not.toContain("--confirm SECONDS");
    expect(change).not.toContain("``");
    expect(change).not.toContain("Something listens where clients go");
  });

  test("is no other than a default route: another address by hand needs no way back of its own", async () => {
    const to = nat("dr", {});
    Object.assign(to.hosts.web1, { address: "10.0.0.61/24", sysctls: { "vm.swappiness": "1" } });
    const { change } = runbookOf(await changed(nat("dr", {}), to));
    const servers = stepsOf(change).find(({ heading }) => heading.includes("`realserver.sh`"));
    expect(servers?.text).toContain("host must be reached otherwise");
    expect(servers?.text).not.toMatch(/--confirm|The way out of the host changes/);
  });

  test("with another port, something has to listen there", async () => {
    const from = nat("nat", { gateway: "10.0.0.1" });
    for (const one of from.services[0].realservers) one.port = 8080;
    const { change } = runbookOf(await changed(from, nat("dr", {})));
    expect(change).toContain(
      "Something listens where clients go from now on, unless check --diff there shows a file or a unit of this change that makes it: real server web1 (10.0.0.11:80), real server web2 (10.0.0.12:80);",
    );
  });

  test("costs nothing to go back from before it was touched", async () => {
    const [director, servers] = stepsOf(await built());
    const cost = (text = ""): string => text.split("What clients notice of going back")[1] ?? "";
    expect(cost(director?.text)).not.toContain("web1, web2: route");
    expect(cost(servers?.text)).toContain("route");
    expect(director?.text).toContain("until the next step has ended on a real server");
  });
});

test("of many hosts each set of commands stands once, and every line names where", async () => {
  const many = (scheduler: string): ReturnType<typeof web> =>
    edited((one) => {
      for (let host = 20; host < 40; host++) {
        one.hosts[`app${host}`] = { address: `10.0.0.${host}/24` };
        one.services[0].realservers.push({ host: `app${host}` });
      }
      one.services[0].scheduler = scheduler;
      for (const name of Object.keys(one.hosts))
        one.hosts[name].sysctls = { "vm.swappiness": scheduler === "rr" ? "1" : "2" };
    });
  const { change } = runbookOf(await changed(many("rr"), many("wlc")));
  const [, asked = ""] = change.split("### In the former folder");
  const [before = ""] = asked.split("\n### ");
  expect(before.match(/bash realserver\.sh check/g)).toHaveLength(1);
  expect(before.match(/bash director\.sh check/g)).toHaveLength(1);
  expect(before).toMatch(/- \[ \] app39 \(.*\), as web1, done on/);
});

describe("files on a share", () => {
  const sharing = (): ReturnType<typeof web> =>
    edited((one) => {
      one.hosts.store = { address: "10.0.0.20/24" };
      one.nfs = { server: "store", exports: [{ path: "/srv", clients: { "10.0.0.0/24": ["rw", "no_root_squash"] } }] };
      for (const name of ["web1", "web2", "web3"])
        Object.assign(one.hosts[name], {
          mounts: [{ export: "/srv", target: "/var/www" }],
          files: [{ path: "/var/www/index.html", content: "hello\n" }],
        });
      one.services[0].realservers.push({ host: "web3" });
    });

  test("that go with one real server are brought back by another's script", async () => {
    const next = edited((one) => {
      one.services[0].realservers.pop();
      delete one.hosts.web3;
    }, sharing());
    const steps = stepsOf(runbookOf(await changed(sharing(), next)).change);
    expect(steps.map(({ heading }) => heading)).toEqual([
      "1. lvs1: `director.sh`",
      "2. web3: `realserver.sh uninstall`",
      "3. web1: `realserver.sh`",
    ]);
    expect(steps[1]?.text).toMatch(/\*\*service interrupted\*\*: its script takes it off the share 10\.0\.0\.20:\/srv/);
    expect(steps[1]?.text).not.toContain("Clients notice nothing");
  });

  test("that one has no longer and another serves are brought back as well", async () => {
    const next = sharing();
    next.hosts.web3.files = [];
    const { change } = runbookOf(await changed(sharing(), next));
    expect(change).toMatch(/file on a share: \/var\/www\/index\.html.*service interrupted/);
    expect(stepsOf(change).map(({ heading }) => heading)).toEqual([
      "1. web3: `realserver.sh`",
      "2. web1: `realserver.sh`",
    ]);
  });

  test("that nobody else has are nobody's matter", async () => {
    const from = sharing();
    from.hosts.web3.mounts = [];
    const next = edited((one) => {
      one.services[0].realservers.pop();
      delete one.hosts.web3;
    }, structuredClone(from));
    const { change } = runbookOf(await changed(from, next));
    expect(change).not.toContain("off the share");
    expect(stepsOf(change)).toHaveLength(2);
  });
});

describe("two directors", () => {
  test("the one that has the addresses is the last, in either direction", async () => {
    const steps = stepsOf(
      runbookOf(
        await changed(
          pair(),
          edited((one) => Object.assign(one.services[0], { scheduler: "wlc" }), pair()),
        ),
      ).change,
    );
    expect(steps.map(({ heading }) => heading)).toEqual(["1. lvs2, lvs1: `director.sh`"]);
    expect(steps[0]?.typed).toEqual([...onDirector("lvs2"), ...onDirector("lvs1")]);
    expect(steps[0]?.back).toEqual([
      "1. `bash director.sh rollback --to N` on lvs2, lvs1, the one that status calls master last",
      "2. `bash director.sh verify` on lvs2, lvs1 in the former folder",
    ]);
    // Whichever has them by now.
    expect(steps[0]?.text).toContain("`bash director.sh status` on each: begin with those that are backup");
  });

  test("what is not rolling is stopped by hand first, and begins with the one that has the addresses", async () => {
    const next = edited((one) => Object.assign(one.ha, { routerId: 81 }), pair());
    const steps = stepsOf(runbookOf(await changed(pair(), next)).change);
    expect(steps.map(({ heading }) => heading)).toEqual(["1. lvs1, lvs2: by hand", "2. lvs1, lvs2: `director.sh`"]);
    expect(steps[0]?.text).toContain("systemctl stop keepalived");
    expect(steps[1]?.text).toContain(
      "**Begin with the one that has the virtual addresses, whatever the order below:**",
    );
    expect(steps[1]?.text).not.toContain("begin with those that are backup");
    expect(steps[1]?.back).toEqual([
      "1. `systemctl stop keepalived.service` on lvs1, lvs2, but not on the one that status calls master",
      "2. `bash director.sh rollback --to N` on lvs1, lvs2, the one that status called master first",
      "3. `systemctl start keepalived.service` on lvs1, lvs2, when all of them are back",
      "4. `bash director.sh verify` on lvs1, lvs2 in the former folder",
    ]);
  });

  test("another name: each has one keepalived, so the former name goes before the new one comes", async () => {
    const { change } = runbookOf(
      await changed(
        pair(),
        edited((one) => Object.assign(one, { name: "other" }), pair()),
      ),
    );
    expect(stepsOf(change).map(({ heading }) => heading.replace(/^\d+\. /, ""))).toEqual([
      "web1, web2: `realserver.sh`",
      "lvs2: `director.sh uninstall`",
      "lvs2: `director.sh`",
      "lvs1: `director.sh uninstall`",
      "lvs1: `director.sh`",
      "web1, web2: `realserver.sh uninstall`",
    ]);
    expect(change).toContain("lvs1, lvs2: each runs one keepalived, for one cluster");
  });
});

describe("another name", () => {
  const renamed = (): unknown => edited((one) => Object.assign(one, { name: "other" }));

  test("after each uninstall of the former scripts, verify of the new ones", async () => {
    const { change } = runbookOf(await changed(web(), renamed()));
    const steps = stepsOf(change);
    expect(steps.map(({ heading }) => heading).slice(-2)).toEqual([
      "3. lvs1: `director.sh uninstall`",
      "4. web1, web2: `realserver.sh uninstall`",
    ]);
    expect(steps[2]?.typed).toEqual([
      "lvs1$ bash director.sh uninstall | 0  director lvs1: ok=… changed=… kept=… failed=0",
      "lvs1$ bash director.sh verify | in this folder: 0  director lvs1: ok=… failed=0",
    ]);
    expect(steps[3]?.typed.filter((line) => line.includes("verify"))).toHaveLength(2);
    expect(steps[2]?.text).toContain("`verify` is that of this folder");
    expect(steps[2]?.text).toContain("In this folder, `bash director.sh`: it mends that.");
    expect(change).not.toContain("another machine is to have its virtual addresses");
  });

  test("a host that the new name has no more is not asked to verify", async () => {
    const next = edited((one) => {
      one.name = "other";
      one.services[0].realservers.pop();
      delete one.hosts.web2;
    });
    const steps = stepsOf(runbookOf(await changed(web(), next)).change);
    expect(steps.at(-1)?.typed).toEqual([
      "web1$ bash realserver.sh uninstall | 0  realserver web1: ok=… changed=… kept=… failed=0",
      "web1$ bash realserver.sh verify | in this folder: 0  realserver web1: ok=… failed=0",
      "web2$ bash realserver.sh uninstall | 0  realserver web2: ok=… changed=… kept=… failed=0",
    ]);
  });
});

describe("what no script does", () => {
  const headings = (change: string): readonly string[] =>
    stepsOf(change).map(({ heading }) => heading.replace(/^\d+\. /, ""));

  test("another system: host by host, with its scripts, the directors last", async () => {
    const next = edited((one) => Object.assign(one.defaults, { platform: "openeuler22" }), pair());
    const { change } = runbookOf(await changed(pair(), next));
    expect(headings(change)).toEqual([
      "web1: by hand",
      "web1: `realserver.sh`",
      "web2: by hand",
      "web2: `realserver.sh`",
      "lvs2: by hand",
      "lvs2: `director.sh`",
      "lvs1: by hand",
      "lvs1: `director.sh`",
    ]);
    const steps = stepsOf(change);
    expect(steps[0]?.text).toContain("`bash director.sh drain NAME --drain 600`");
    expect(steps[4]?.text).toContain("they go there first: systemctl stop keepalived.service");
    expect(steps.at(-1)?.back).toContain(
      "1. By hand: drain it, install the system that the former folder describes, and do its steps of a first installation, on lvs1, lvs2, web2, web1",
    );
    expect(steps[0]?.text).toContain("before the next host, or when you have gone back: undrain NAME");
  });

  test("another address of a real server: its clients leave first, verify, and the way back has the address", async () => {
    const next = edited((one) => Object.assign(one.hosts.web1, { address: "10.0.0.77/24" }));
    const steps = stepsOf(runbookOf(await changed(web(), next)).change);
    expect(steps[0]?.heading).toBe("1. web1: by hand");
    expect(steps[0]?.text).toContain("nobody new is sent to web1");
    expect(steps[0]?.text).toContain("`bash realserver.sh verify`");
    expect(steps.at(-1)?.back.some((line) => line.includes("By hand: give back the addresses"))).toBe(true);
  });
});

describe("what no script is run for", () => {
  test("a director with another address of a card of its own is started again, and asked", async () => {
    const with34 = (last: number): ReturnType<typeof web> =>
      edited((one) => {
        one.hosts.lvs1.interfaces = { ens34: { address: `10.9.9.${last}/24` } };
      }, pair());
    const steps = stepsOf(runbookOf(await changed(with34(10), with34(20))).change);
    const [first, ...later] = steps;
    expect(first?.heading).toBe("1. lvs1: by hand");
    const isApplied = later.some(({ heading }) => /lvs1.*`director\.sh`/.test(heading));
    expect(first?.text.includes("apply below starts it again")).toBe(isApplied);
    expect(first?.text.includes("systemctl start keepalived.service")).toBe(!isApplied);
    expect(first?.text.includes("`bash director.sh verify`")).toBe(!isApplied);
  });

  test("a real server in NAT that is installed anew confirms its default route", async () => {
    const nat = (platform: string): ReturnType<typeof web> =>
      edited((one) => {
        one.services[0].mode = "nat";
        for (const name of ["web1", "web2"]) {
          one.hosts[name].gateway = one.hosts.lvs1.address.split("/")[0];
          one.hosts[name].platform = platform;
        }
      });
    const steps = stepsOf(runbookOf(await changed(nat("debian12"), nat("el9"))).change);
    expect(steps.find(({ heading }) => heading.endsWith("web1: `realserver.sh`"))?.typed).toContain(
      "web1$ bash realserver.sh apply --confirm 120 | 0  realserver web1: ok=… changed=… failed=0",
    );
  });
});

describe("services before a change", () => {
  test("are those of the former bundle, where they were", async () => {
    const next = edited((one) => {
      one.services[0].vip = "10.0.0.110";
      one.services.push({ ...structuredClone(one.services[0]), name: "new", vip: "10.0.0.120" });
    });
    const { change } = runbookOf(await changed(web(), next));
    expect(change).toContain("each service answers already: 10.0.0.100 port 80. Done on");
  });
});

describe("a default route", () => {
  test("of a first installation is confirmed, by who reaches the host until the director forwards", async () => {
    const nat = edited((one) => {
      one.services[0].mode = "nat";
      for (const name of ["web1", "web2"]) one.hosts[name].gateway = one.hosts.lvs1.address.split("/")[0];
    });
    const [first] = stepsOf(runbookOf(await built(nat)).first);
    expect(first?.typed).toContain(
      "web1$ bash realserver.sh apply --confirm 120 | 0  realserver web1: ok=… changed=… failed=0",
    );
    expect(first?.text).toContain("type `verify` and `confirm` from there");
  });
});
