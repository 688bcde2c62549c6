/** RUNBOOK.md of a change of the forwarding method, as who has to sign it reads it. */
import { expect, test } from "vitest";
import { compared, type Description, pair, web } from "../diff/sides.ts";
import { built, runbookOf, stepsOf } from "./changed.ts";
import { both, change, pairSide, sides, step } from "./forwarding.ts";

const allAtOnce = (): Promise<string> => change(sides([]), sides(both));
const oneAlone = (): Promise<string> => change(sides([]), sides(["web1"]));
const order = (text: string, ...parts: readonly string[]): readonly number[] => parts.map((part) => text.indexOf(part));

test("one real server with two ports is one, and is not sent to make a folder for itself", async () => {
  const text = await oneAlone();
  expect(text).not.toContain("have a folder made for each real server alone");
  expect(text).toContain("### Before the first step: web1 gets no new clients\n");
});

test("it is drained in boxes of their own, after all that asks, and put back after the last step", async () => {
  const text = await oneAlone();
  const places = order(
    text,
    "### In the former folder",
    "### Before the first step: would each host take it?",
    "      bash director.sh drain web1 --drain 600   # 0  director lvs1: ok=… changed=… failed=0\n",
    "### 1. lvs1: `director.sh`",
    "### 2. web1: `realserver.sh`",
    "      bash director.sh undrain web1   # 0  director lvs1: ok=… changed=… failed=0\n",
    "### Then, from outside",
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(text).toContain("in the former folder (in this one it does the same");
  expect(step(text, "director.sh").text).toContain(
    "Where web1 is drained, nobody waits for it. Where it is not: of what",
  );
  expect(text).toContain("for how long. Where web1 is drained first (below), which takes up to 600 s, nobody waits.");
});

test("with two directors it is drained on each, and not on one that comes", async () => {
  const drains = async (from: Description): Promise<number> =>
    ((await change(from, pairSide(["web1"]))).match(/bash director\.sh drain web1 --drain 600/g) ?? []).length;
  expect(await drains(pairSide([]))).toBe(2);
  expect(await drains(sides([]))).toBe(1);
});

test("the only one of a service is not drained: nobody would be served", async () => {
  const only = (inDr: readonly string[]): Description => {
    const one = sides(inDr);
    one.services[0].realservers.pop();
    return one;
  };
  const text = await change(only([]), only(["web1"]));
  expect(text).not.toMatch(/director\.sh (un)?drain web1|gets no new clients/);
});

test("of all at once a folder each is offered, and not through NAT and others behind firewalld or ufw", async () => {
  const text = await allAtOnce();
  expect(text).toMatch(
    /have a folder made for each real server alone .* its runbook has it drained first\. But not from or to NAT where firewalld or ufw is in force on a director \(the line firewall of bash doctor\.sh on lvs1 names it\)/,
  );
  expect(text).not.toContain("describe and apply what comes first");
  const shut = (inDr: readonly string[]): Description => {
    const one = sides(inDr);
    one.hosts.lvs1.firewall = "disable";
    return one;
  };
  expect(await change(shut([]), shut(both))).not.toContain("But not from or to NAT where firewalld");
  const tunnel = web();
  tunnel.services[0].mode = "tun";
  expect(await change(tunnel, web())).toMatch(/have a folder made for each .* drained first\.\n/);
});

test("who comes to NAT and others in one service is told when not to begin", async () => {
  const told =
    /- \[ \] On lvs1 neither firewalld nor ufw .* do not begin: from here on real servers in NAT and others are in shop-80, shop-443,/;
  expect(await oneAlone()).toMatch(told);
  expect(await allAtOnce()).not.toMatch(told);
  // The way out of it.
  expect(await change(sides(["web1"]), sides(both))).not.toMatch(told);
});

test("diff has no advice that the compiler refuses", async () => {
  const { notes } = await compared(sides([]), sides(both));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toContain("change one real server after the other");
  expect(notes[0]).toContain("not where firewalld or ufw is in force on a director");
  const moved = web();
  moved.services[0].vip = "10.0.0.101";
  expect((await compared(web(), moved)).notes[0]).toMatch(
    /Where that matters: OPERATIONS\.md of the former bundle, "Another virtual address"\.$/,
  );
});

test("goes back by way of the director first: the real servers' route leads to it", async () => {
  const servers = step(await allAtOnce(), "realserver.sh");
  expect(servers.back).toEqual([
    "1. `bash director.sh rollback --to N` on lvs1",
    "2. `bash realserver.sh rollback --to N` on web2, web1",
    "3. `bash director.sh verify` on lvs1 in the former folder",
    "4. `bash realserver.sh verify` on web1, web2 in the former folder",
  ]);
  expect(servers.text).toContain("A `rollback` has no `--confirm`: have the console");
  expect(servers.text).not.toContain("run it after the director that no longer names it");
  expect(step(await allAtOnce(), "director.sh").text).not.toContain("A `rollback` has no `--confirm`");
});

test("what only goes is brought back before the director", async () => {
  const fewer = web();
  fewer.services[0].realservers.pop();
  fewer.services.push({ name: "six", vip: "10.0.0.101", port: 80, realservers: [{ host: "web1" }, { host: "web2" }] });
  const more = structuredClone(fewer);
  more.services[0].realservers.push({ host: "web2" });
  const back = stepsOf(await change(more, fewer)).at(-1)?.back ?? [];
  expect(back.filter((line) => line.includes("rollback"))).toEqual([
    "1. `bash realserver.sh rollback --to N` on web2",
    "2. `bash director.sh rollback --to N` on lvs1",
  ]);
});

test("whose system has a director as its router is told what to type, when, and what lasts", async () => {
  const text = await allAtOnce();
  expect(text).toMatch(
    /nothing of lvsgen sets another one.*before the first step: write 10\.0\.0\.254 into the system's own .*without bringing the interface up.*at the console right after apply, before verify: ip route replace default via 10\.0\.0\.254\. Going back may not take back what was typed: .* bash realserver\.sh in that folder/,
  );
  const silent = sides(both);
  for (const name of both) delete silent.hosts[name].gateway;
  expect(await change(sides([]), silent)).toMatch(
    /Where it does not \(ROUTER is its "gateway" in the description; without one: do not begin\).*via ROUTER\. /,
  );
});

test("says how long clients wait, and what a second person need not wait for", async () => {
  const text = await allAtOnce();
  expect(text).toMatch(
    /- \[ \] It is agreed when, and for how long\. Of what goes .* from the apply on lvs1 .* on the first of web1, web2: .* allow five minutes\. .* two minutes more for each/,
  );
  const { text: servers } = step(text, "realserver.sh");
  expect(servers).toContain(
    "is enough to begin here, by somebody at another keyboard, before the director's `confirm`;",
  );
  expect(servers).toContain("`confirm` here only when the director is confirmed, and let this go back as well");
  // Without a watchdog of its own it goes back by hand.
  const moved = web();
  moved.services[0].vip = "10.0.0.101";
  const plain = step(await change(web(), moved), "realserver.sh").text;
  expect(plain).toContain("go back from here as well (`rollback --to N`) where the director goes back.");
  const more = web();
  more.services[0].realservers.push({ host: "web3" });
  expect(await change(web(), more)).not.toContain("It is agreed when");
});

test("no waiting is spared where all go at once", async () => {
  expect(step(await allAtOnce(), "director.sh").text).not.toContain("--drain 0`.");
  expect(step(await allAtOnce(), "director.sh").text).toContain("Connections of the former way end.\n");
  expect(step(await oneAlone(), "director.sh").text).toContain("`bash director.sh apply --confirm 120 --drain 0`.");
});

test("nobody new is served from the apply on the director that has the addresses, not from that on the other", async () => {
  const text = await change(pairSide([]), pairSide(both));
  expect(step(text, "director.sh").text).toContain(
    "nobody new is served from the apply on the director that has the addresses until",
  );
  expect(text).not.toContain("from here on until the next step");
});

test("a gateway that moves and goes is what real servers answer by until their own step", async () => {
  const text = await change(pairSide([]), sides(both, pair()));
  expect(text).toMatch(
    /\| `virtual address 10\.0\.0\.5` \| .* \| \*\*service interrupted\*\* \| real servers have it as/,
  );
  expect(step(text, "director.sh").text).toMatch(
    /\*\*service interrupted\*\*: real servers have it as their default route until .*virtual address 10\.0\.0\.5/,
  );
});

test("a step of one host has no others to do", async () => {
  const alone = step(await oneAlone(), "realserver.sh").text;
  expect(alone).not.toMatch(/one of several|Do the others/);
  expect(alone).toContain(
    "Where others of its services serve, no new clients are sent to it when every director has run",
  );
  expect(step(await allAtOnce(), "realserver.sh").text).toContain("A line failed on one of several: do the others");
});

test("what clients notice of going back is no advice", async () => {
  expect(await allAtOnce()).not.toContain("drain it first and put it back afterwards");
});

test("a first installation speaks of no former folder where it stops", async () => {
  const { first } = runbookOf(await built(web()));
  expect(first).not.toContain("former folder");
  expect(step(first, "director.sh").text).toContain("no longer says waiting for, and check ends with 2, as before it.");
});

test("one script asks, several ask", async () => {
  const more = web();
  more.services[0].realservers.push({ host: "web3" });
  const tested = web();
  Object.assign(tested.hosts, { pc: { address: "10.0.0.99/24" } });
  tested.clients = ["pc"];
  const asking = async (to: Description): Promise<readonly string[]> =>
    (await compared(web(), to)).changes.filter(({ rule }) => rule === "asking-scripts").map(({ what }) => what);
  expect(await asking(more)).toEqual(["what doctor.sh asks"]);
  expect(await asking(tested)).toEqual(["what doctor.sh, client-test.sh ask"]);
});

test("where no director changes, none is named for whom one waits", async () => {
  const serving = (unit: string): Description => {
    const description = web();
    description.hosts.web1.units = [unit];
    return description;
  };
  const text = await change(serving("nginx"), serving("apache2"));
  expect(stepsOf(text).map(({ heading }) => heading)).toEqual(["1. web1: `realserver.sh`"]);
  expect(text).not.toContain("nobody new is served from the apply on  ");
});
