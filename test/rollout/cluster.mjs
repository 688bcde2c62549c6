// Twenty hosts: a director and nineteen real servers, each a guest of its own, reached by OpenSSH's client and server over the guest's own pipe.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { containerMeanwhile, containerProgram } from "../docker/container.mjs";
import { dockerClient } from "../docker/engine.mjs";
import { Guest } from "../docker/guest.mjs";

export const SERVERS = Array.from({ length: 19 }, (_, index) => `web${index + 1}`);
export const HOSTS = ["lvs1", ...SERVERS];

const addressOf = (name) => `192.168.80.${name === "lvs1" ? 10 : 10 + Number(name.slice(3))}`;

export const DESCRIPTION = {
  version: 1,
  name: "rollout",
  defaults: { platform: "debian12", interface: "ens33", firewall: "keep" },
  hosts: Object.fromEntries(HOSTS.map((name) => [name, { address: `${addressOf(name)}/24` }])),
  directors: ["lvs1"],
  services: [
    {
      name: "web",
      vip: "192.168.80.188",
      port: 80,
      scheduler: "rr",
      realservers: SERVERS.map((host) => ({ host })),
    },
  ],
  realserver: { units: ["site"] },
};

/** Starts them, some at a time; they go with `remove`, whatever has come up. */
export async function startGuests(image, workers) {
  const guests = new Map();
  const queue = [...HOSTS];
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift())
        guests.set(
          name,
          new Guest(await containerMeanwhile("start", image, name, "--nic", `ens33=${addressOf(name)}/24`)),
        );
    }),
  );
  return guests;
}

/**
 * A directory with `ssh`, which is OpenSSH's with a configuration of the test's own: a key, the host keys, and for each host a server that is
 * started in its guest. Whoever is cut off from it ends as with a network that is lost.
 */
export async function openWays(directory, guests) {
  mkdirSync(directory, { recursive: true });
  const key = join(directory, "key");
  const { status, stderr } = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr}`);
  const own = readFileSync(`${key}.pub`, "utf8").trim();
  const known = [];
  const stanzas = [];
  for (const [name, guest] of guests) {
    const hostKey = await guest.shell(
      `mkdir -p /run/sshd && echo '${own}' >/root/.ssh/authorized_keys && cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub`,
    );
    known.push(`${name} ${hostKey.trim()}`);
    stanzas.push(`Host ${name}\n  ProxyCommand ${containerProgram} exec ${guest.id} /usr/sbin/sshd -i\n`);
  }
  writeFileSync(join(directory, "known_hosts"), `${known.join("\n")}\n`);
  writeFileSync(
    join(directory, "config"),
    `${stanzas.join("")}Host *\n  User root\n  IdentityFile ${key}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${directory}/known_hosts\n  StrictHostKeyChecking yes\n`,
  );
  const ssh = spawnSync("/bin/sh", ["-c", "command -v ssh"], { encoding: "utf8" }).stdout.trim();
  writeFileSync(join(directory, "ssh"), `#!/bin/sh\nexec ${ssh} -F ${directory}/config "$@"\n`);
  chmodSync(join(directory, "ssh"), 0o755);
  return { ...process.env, DOCKER: dockerClient(), PATH: `${directory}:${process.env.PATH}` };
}

/** What is true on a host, whatever anybody has written down of it. */
export async function truthOf(guest, role) {
  const state = `/var/lib/lvsgen/rollout/${role}`;
  const output = await guest.shell(
    `shopt -s nullglob; a=(${state}/generations/*); b=(/etc/systemd/system/lvsgen-confirm-*.service); c=(/tmp/lvsgen-rollout.*)
echo "\${#a[@]} \${#b[@]} \${#c[@]}"`,
  );
  const [generations, waiting, left] = output.trim().split(" ").map(Number);
  return { generations, isWaiting: waiting > 0, left };
}
