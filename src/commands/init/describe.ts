import type { Answers, NamedAddress } from "./answers.ts";

const json = JSON.stringify;

/** The text of a first description: what was answered, and in comments what one may want next. */
export function clusterText(answers: Answers): string {
  const { directors, realServers, clients } = answers;
  const director = directors[0];
  const gateway = answers.mode === "nat" && director !== undefined ? addressOf(director) : null;
  const hosts = uniqueHosts([
    ...directors.map((host) => hostLine(host, null)),
    ...realServers.map((host) => hostLine(host, gateway)),
    ...clients.map((host) => hostLine(host, null)),
  ]);
  const clientsPart =
    clients.length === 0
      ? '  // Hosts from which client-test.sh asks the services. It is built where one is named, and runs on any other machine as well.\n  // "clients": ["pc"]'
      : `  // Hosts from which client-test.sh asks the services.\n  "clients": [${names(clients)}]`;
  return `// A Linux Virtual Server cluster.
//   lvsgen validate   checks this file
//   lvsgen build      compiles it into out/: one script per role, to be run as out/RUNBOOK.md says
{
  // Editors complete from the schema: lvsgen schema > cluster.schema.json
  // "$schema": "./cluster.schema.json",
  "version": 1,

  // Names the cluster in everything that lvsgen puts on a host.
  "name": ${json(answers.name)},

  // What holds for every host that does not say otherwise.
  "defaults": {
    "platform": ${json(answers.platform)},
    "interface": ${json(answers.interface)},
    // Open just the ports that a role needs where a firewall is active ("disable" and "keep" are the others).
    "firewall": "open"
  },

  // Every machine, with the address it has already. A host may have "files", "directories", "packages",
  // "units" and "mounts" of its own.
  "hosts": {
${hosts.join(",\n")}
  },

  // The machine that carries the virtual IP address and the table.
  "directors": [${names(directors)}],

  "services": [
    {
      "name": ${json(serviceName(answers))},
      "vip": ${json(answers.vip)},
      "protocol": ${json(answers.protocol)},
      "port": ${answers.port},
      // ${modeNotes[answers.mode] ?? "The forwarding method."}
      "mode": ${json(answers.mode)},
      "scheduler": ${json(answers.scheduler)},
      // A "weight" (default 1) gives a real server a larger share. Many are said at once: "web[01-40]" under "hosts" and here,
      // "address": "192.168.80.11-192.168.80.90"; a list for several services stands in "pools", and each has "pool": "NAME".
      "realservers": [
${realServers.map(({ name }) => `        { "host": ${json(name)} }`).join(",\n")}
      ],
      // How client-test.sh sees that a real server works.
      "check": ${check(answers)}
    }
  ],

  // What every real server needs, in the names of its platform (Apache is apache2 on Debian and Ubuntu).
  // "realserver": { "packages": ["httpd"], "units": ["httpd"] },

${clientsPart}
}
`;
}

const modeNotes: Readonly<Record<string, string>> = {
  dr: "Direct routing: real servers share a segment with the director and answer clients themselves.",
  tun: "Tunnelling: the director wraps packets in IP-in-IP; real servers answer clients themselves.",
  nat: "Address translation: the director is the gateway of the real servers, and replies go through it.",
};

/** A host of several roles stands once. */
function uniqueHosts(lines: readonly (readonly [name: string, line: string])[]): string[] {
  const first = new Map<string, string>();
  for (const [name, line] of lines) if (!first.has(name)) first.set(name, line);
  return [...first.values()];
}

function hostLine(host: NamedAddress, gateway: string | null): readonly [string, string] {
  const family = host.cidr.includes(":") ? "6" : "";
  const route = gateway === null ? "" : `, "gateway${gateway.includes(":") ? "6" : ""}": ${json(gateway)}`;
  return [host.name, `    ${json(host.name)}: { "address${family}": ${json(host.cidr)}${route} }`];
}

function addressOf({ cidr }: NamedAddress): string {
  return cidr.slice(0, cidr.indexOf("/"));
}

function names(hosts: readonly NamedAddress[]): string {
  return hosts.map(({ name }) => json(name)).join(", ");
}

const webPorts: readonly number[] = [80, 443, 8080, 8443];

function serviceName({ port, protocol }: Answers): string {
  return protocol === "tcp" && webPorts.includes(port) ? "web" : `${protocol}-${port}`;
}

function check({ port, protocol }: Answers): string {
  if (protocol !== "tcp") return '{ "type": "none" }';
  if (!webPorts.includes(port)) return '{ "type": "tcp" }';
  return `{ "type": ${json(port % 1000 === 443 ? "https" : "http")}, "path": "/" }`;
}
