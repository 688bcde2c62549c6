// The descriptions under test, and the same cluster after a change of everything that a change can reach: another VIP, a server and a
// service more and less, other weights, a mount that moves and one more, files and exports that come, go and change.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { repository } from "../docker/container.mjs";
import { lvsgen } from "../run/bundles.mjs";

const EXAMPLE = { debian12: "examples/kgc-debian12.json", el7: "examples/kgc.json" };

function changed(cluster) {
  const [web] = cluster.services;
  const { web1 } = cluster.hosts;
  return {
    ...cluster,
    hosts: {
      ...cluster.hosts,
      web1: {
        ...web1,
        mounts: [
          { export: "/opt/kgc", target: "/srv/www" },
          { export: "/opt/benet", target: "/srv/pages" },
        ],
        files: [
          { path: "/srv/www/index.html", content: "moved\n" },
          { path: "/srv/pages/new.html", content: "new\n" },
          { path: "/etc/motd.d/lvs", content: "no line end" },
        ],
      },
    },
    services: [
      {
        ...web,
        vip: "192.168.80.189",
        scheduler: "wrr",
        realservers: [{ host: "web1", weight: 3 }, { address: "192.168.80.77" }],
      },
      {
        name: "dns",
        vip: "192.168.80.189",
        protocol: "udp",
        port: 53,
        realservers: [{ host: "web1" }, { host: "web2" }],
      },
    ],
    nfs: {
      ...cluster.nfs,
      exports: [
        { path: "/opt/kgc", mode: "0775", clients: { "192.168.80.0/24": ["rw", "sync", "no_root_squash"] } },
        { path: "/opt/benet", mode: "0777", clients: { "192.168.80.0/25": ["rw", "sync"] } },
        { path: "/srv/new", clients: { "192.168.80.0/24": ["rw", "sync"] } },
      ],
    },
  };
}

/** The same with a second director, keepalived on both, a sorry server, thresholds and a real server that goes when it is dead. */
function withFailover(cluster) {
  const [web, ...others] = cluster.services;
  return {
    ...cluster,
    hosts: { ...cluster.hosts, lvs2: { address: "192.168.80.11/24" } },
    directors: ["lvs1", "lvs2"],
    ha: { routerId: 80 },
    services: [
      {
        ...web,
        realservers: web.realservers.map((server, index) =>
          index === 0 ? { ...server, upperThreshold: 500, lowerThreshold: 400 } : server,
        ),
        sorryServer: { address: "192.168.80.60" },
      },
      ...others.map((service) => ({ ...service, check: { type: "tcp", port: 53, onFailure: "remove" } })),
    ],
  };
}

function build(description, out) {
  const { status, stderr } = spawnSync(process.execPath, [lvsgen(), "build", description, "-o", out], {
    cwd: repository,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`lvsgen build ${description}: ${stderr}`);
}

/** Builds both descriptions of a platform below a directory; returns the directory with `now/` and `next/`, and `ha/` with both again. */
export function buildBundles(platform, directory) {
  const top = join(directory, platform);
  rmSync(top, { recursive: true, force: true });
  const now = parse(readFileSync(join(repository, EXAMPLE[platform]), "utf8"));
  buildPair(now, changed(now), top);
  buildPair(withFailover(now), withFailover(changed(now)), join(top, "ha"));
  return top;
}

function buildPair(now, next, top) {
  mkdirSync(top, { recursive: true });
  for (const [name, cluster] of Object.entries({ now, next })) {
    const description = join(top, `${name}.json`);
    writeFileSync(description, JSON.stringify(cluster, null, 2));
    build(description, join(top, name));
  }
}
