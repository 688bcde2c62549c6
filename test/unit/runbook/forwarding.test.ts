/** What an operator looks for in the runbook of a change of the forwarding method before signing it. */
import { expect, test } from "vitest";
import { compared, type Description, web } from "../diff/sides.ts";
import { both, change, pairSide, sides, step } from "./forwarding.ts";

/** Of another system, or with something else changed on both sides. */
const on = (alter: (one: Description) => void, inDr: readonly string[], from = web()): Description => {
  const one = sides(inDr, from);
  alter(one);
  return one;
};
const changeOn = (alter: (one: Description) => void, inDr: readonly string[]): Promise<string> =>
  change(on(alter, []), on(alter, inDr));
const system = (platform: string) => (one: Description) => {
  one.defaults.platform = platform;
};
const checked = (one: Description): void => {
  one.ha = {};
};
const kept = (one: Description): void => {
  one.services[0].persistence = { timeout: 900 };
};
const line = (text: string, part: string): string => text.split("\n").find((one) => one.includes(part)) ?? "";

test("a firewall that keeps others out is a box to tick, by what tells of ufw too", async () => {
  const box = line(await change(sides([]), sides(["web1"])), "neither firewalld nor ufw");
  expect(box).toMatch(
    /^- \[ \] On lvs1 neither firewalld nor ufw is in force, now or from the next boot on: .*bash doctor\.sh/,
  );
  expect(box).toMatch(/ufw\.conf has no ENABLED=yes.*firewall-cmd --state.*systemctl is-enabled firewalld/);
  expect(box).toMatch(/do not begin.*shop-80, shop-443.*changes all of them at once.*Done on/);
  expect(await change(sides([]), sides(both))).not.toContain("neither firewalld nor ufw");
});

test("no condition rests on systemctl is-active, which says inactive of ufw", async () => {
  for (const inDr of [both, ["web1"]])
    expect(await change(sides([]), sides(inDr))).not.toContain("systemctl is-active firewalld");
});

test("what listens on the real servers is looked at before anybody waits", async () => {
  const box = line(await change(sides([]), sides(both)), "listens on every address");
  expect(box).toMatch(
    /^- \[ \] What serves on web1, web2 listens on every address: ss -ltn .* ports 80, 443 at \\\* or 0\.0\.0\.0, for IPv6 at \\\* or \\\[::\\\] .*a line \\\[::\\\] is IPv6 alone/,
  );
  expect(box).toContain("no health check shows it");
  const udp = (one: Description): void => {
    one.services[0].protocol = "udp";
  };
  expect(line(await changeOn(udp, ["web1"]), "listens on every address")).toContain(
    "What serves on web1 listens on every address: ss -lun",
  );
  const back = line(await change(sides(both), sides([])), "listens on every address");
  expect(back).toContain("from here on at the host's own");
  expect(back).not.toContain("no health check shows it");
  const tunnel = web();
  tunnel.services[0].mode = "tun";
  expect(await change(tunnel, web())).not.toContain("listens on every address");
});

test("a real server that gets another port besides is asked for at every address", async () => {
  const other = sides(both);
  other.services[0].port = 80;
  const from = sides([]);
  from.services[0].port = 80;
  for (const server of from.services[0].realservers) server.port = 8080;
  expect(await change(from, other)).toMatch(
    /ss -ltnu on the host shows it, in DR and TUN at \\\* or 0\.0\.0\.0, for IPv6 at \\\* or \\\[::\\\]\. Done/,
  );
});

test("nobody is sent to make what this director refuses", async () => {
  const el7 = (one: Description): void => {
    one.defaults.platform = "el7";
    checked(one);
    const [service] = one.services;
    service.mode = service.realservers[0].mode ?? "nat";
    for (const server of service.realservers) delete server.mode;
  };
  const text = await changeOn(el7, both);
  expect(text).not.toContain("have a folder made for each real server alone");
  expect(text).not.toContain("change one real server after the other");
  expect(text).toContain("keepalived on the director knows one forwarding method a service");
  const { notes } = await compared(on(el7, []), on(el7, both));
  expect(notes[0]).toContain(
    "Agree upon a time: keepalived 1.3.5 on the director knows one forwarding method a service",
  );
  expect(await changeOn(system("el7"), both)).toContain("have a folder made for each real server alone");
});

test("one alone is not sent to do what its runbook does", async () => {
  const text = await change(sides([]), sides(["web1"]));
  expect(text).not.toContain("change one real server after the other");
  expect(text).toContain("where nobody serves. Drained first, as the runbook has it, web1 gets nobody new meanwhile.");
  expect(text).toContain("Clients wait from one step to the next here, where web1 is not drained first (below). So");
  const all = await change(sides([]), sides(both));
  expect(all).toContain("Clients wait from one step to the next here. So");
  expect(all).toContain("change one real server after the other");
});

test("what is alone in a service cannot be drained, and is told so", async () => {
  const only = (inDr: readonly string[]): Description => {
    const one = sides(inDr);
    one.services[0].realservers.pop();
    return one;
  };
  expect((await compared(only([]), only(["web1"]))).notes[0]).not.toContain("Drained first");
});

test("no page is named that the folder has not", async () => {
  const text = await change(sides([]), sides(["web1"]));
  expect(text).not.toContain("docs/");
  expect(await change(sides([]), sides(both))).not.toContain("docs/");
});

test("who was drained is not left out on any way back, nor where nothing is begun", async () => {
  const text = await change(sides([]), sides(["web1"]));
  const ways = text.match(/^Back from here, in this order/gm)?.length ?? 0;
  expect(ways).toBeGreaterThan(1);
  expect(
    text.match(/^Where web1 was drained .*: `bash director\.sh undrain web1` on lvs1, in the former folder\.$/gm),
  ).toHaveLength(ways);
  expect(text).toContain("not begun after all: `bash director.sh undrain web1`");
  expect(await change(sides([]), sides(both))).not.toContain("undrain web");
});

test("one that was drained is seen to serve before anybody relies on it, with a way out", async () => {
  const text = await change(sides([]), sides(["web1"]));
  const section = text.slice(text.indexOf("### web1 gets new clients again"));
  expect(section).toMatch(
    /undrain web1[\s\S]*- \[ \] web1 serves in the new way: .*`ipvsadm -Lnc` on lvs1 has lines with ESTABLISHED, or FIN_WAIT \(over again\), that end with 10\.0\.0\.11 and its port\. [\s\S]*`bash director\.sh drain web1`[\s\S]*back as the last step says/,
  );
  expect(section).not.toContain("900 s");
  expect(await changeOn(kept, ["web1"])).toContain("that have not asked within 900 s");
});

test("who has no machine that tests is told what to do where nothing answers", async () => {
  expect(await change(sides([]), sides(["web1"]))).toMatch(
    /each service answers: [\s\S]*Where one does not answer, .*go back as the last step says\.\n/,
  );
});

test("persistence brings known clients all the same", async () => {
  const text = await changeOn(kept, ["web1"]);
  expect(text).not.toContain("nobody waits");
  expect(text).toMatch(
    /which takes up to 600 s, nobody new waits; clients that it knows by persistence \(900 s from .*\) still come/,
  );
  expect(text).toContain("Clients known to it by persistence still come");
  expect(step(text, "director.sh").text).toContain(
    "Where web1 is drained, nobody new waits for it; clients that it knows",
  );
});

test("connections of the former way that stay are no reason to stop, where a kernel leaves them", async () => {
  const old = step(await changeOn(system("el8"), both), "director.sh").text;
  expect(old).toMatch(/"N connection\(s\) of the former way of forwarding are left".*Go on.*`ip route flush cache`/);
  expect(old).toContain("Connections of the former way end, but for silent ones (below, where it stops).");
  const young = await change(sides([]), sides(both));
  expect(young).not.toContain("apply may print");
  expect(young).toContain("Connections of the former way end.\n");
  expect(step(await change(on(system("el8"), both), on(system("el8"), [])), "director.sh").text).not.toContain(
    "apply may print",
  );
});

test("says that all are served when the last is done, not when the first is", async () => {
  const text = await change(sides([]), sides(both));
  expect(text).toMatch(
    /allow five minutes\. From then on .* all of them when the last has ended: two minutes more .*, 7 minutes in all, unless/,
  );
  expect(step(text, "director.sh").text).toContain(
    "has ended on a real server, and not everybody until it has ended on the last: go on",
  );
  const alone = await change(sides([]), sides(["web1"]));
  expect(alone).not.toMatch(/From then on|not everybody until/);
});

test("all at once ends connections and serves nobody meanwhile", async () => {
  expect(await change(sides([]), sides(both))).toContain(
    "all of them at once: connections end, and nobody new is served meanwhile. Where",
  );
  const three = (inDr: readonly string[]): Description => {
    const one = web();
    one.services[0].realservers.push({ host: "web3" });
    return sides(inDr, one);
  };
  expect(await change(three([]), three(both))).toContain("all of them at once: connections may end by it. Where");
});

test("waiting for connections is said of going back where something goes by it", async () => {
  const text = step(await change(sides([]), sides(both)), "director.sh").text;
  expect(text).toContain("What clients notice of going back:\n");
  const more = web();
  more.services[0].realservers.push({ host: "web3" });
  expect(await change(web(), more)).toContain("going back (by hand it waits up to 30 s for connections;");
});

test("keepalived's reload ends connections whatever the method comes to", async () => {
  const text = await changeOn(checked, both);
  const back = text.slice(text.indexOf("What clients notice of going back"));
  expect(back).toContain(
    "keepalived's reload takes the entry out of the table and puts it in again: some of its connections end",
  );
  expect(await change(sides([]), sides(both))).not.toContain("keepalived's reload");
});

test("the directors send nobody new, and do not end what is there", async () => {
  const text = await change(sides([]), sides(both));
  expect(text).toContain("(the directors come first, and send nobody new there by the time that its script runs)");
});

test("the way to the router is asked for, in the words of the system that configures it", async () => {
  const text = await change(sides([]), sides(both));
  expect(text).toContain("What is left then has to lead to a router");
  expect(text).toContain("(gateway 10.0.0.254 in /etc/network/interfaces)");
  expect(text).not.toContain("nmcli");
  expect(text).toContain("where check of the former folder then ends with 2, or its verify with 1, for the route");
  expect(await changeOn(system("el8"), both)).toContain("nmcli connection modify NAME ipv4.gateway 10.0.0.254");
});

test("one script asks, and it changes nothing", async () => {
  const { changes } = await compared(sides([]), sides(["web1"]));
  expect(changes.find(({ rule }) => rule === "asking-scripts")?.why).toBe("it changes nothing on hosts");
});

test("of two directors what was drained is seen on the one that has the addresses", async () => {
  expect(await change(pairSide([]), pairSide(["web1"]))).toContain(
    "on the one of lvs1, lvs2 that has the virtual addresses has lines",
  );
});
