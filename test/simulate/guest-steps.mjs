// Random sequences for a guest, by seed: as for a tree of files, with what needs a system that runs.
import fc from "fast-check";

const just = (...pairs) => fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** What a hand does to the running system: to what is described. */
const LIVE = {
  director: [
    "ip address del 192.168.80.188/32 dev ens33 || ip address del 192.168.80.188/24 dev ens33",
    "echo 0 > /proc/sys/net/ipv4/ip_forward",
    "ipvsadm -E -t 192.168.80.188:80 -s sh || :",
    "ipvsadm -d -t 192.168.80.188:80 -r 192.168.80.12 || :",
  ],
  realserver: [
    "echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore",
    "ip address del 192.168.80.188/32 dev lo || :",
    "umount /var/www/html || :",
    "systemctl stop apache2 || systemctl stop httpd",
  ],
  nfs: ["exportfs -u '*:/usr/share' || :", "exportfs -o ro 192.168.80.0/24:/opt/kgc", "systemctl stop nfs-server"],
};

const how = fc.option(
  fc.record({ fault: just([3, "kill"], [2, "killed"], [2, "fail"]), at: fc.integer({ min: 4, max: 160 }) }),
  { freq: 2, nil: undefined },
);
const bundle = just([1, "now"], [1, "next"]);

const step = (role) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant("apply"), bundle, how }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("rollback"), bundle, how }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("uninstall"), bundle, how }) },
    { weight: 3, arbitrary: fc.record({ do: just([1, "reboot"], [2, "reset"]) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("live"), command: fc.constantFrom(...LIVE[role]) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("confirm"), bundle, kept: fc.boolean() }) },
    ...(role === "director"
      ? [{ weight: 3, arbitrary: fc.record({ do: just([2, "drain"], [1, "undrain"]), bundle, how }) }]
      : []),
  );

/** `{ platform, role, steps }` of a seed. */
export function guestSequence(seed, length) {
  const platform = ["debian12", "el7"][seed % 2];
  const role = ["director", "realserver", "nfs"][Math.floor(seed / 2) % 3];
  const [steps] = fc.sample(fc.array(step(role), { minLength: length, maxLength: length, size: "max" }), {
    seed,
    numRuns: 1,
  });
  return { platform, role, steps: [...steps, { do: "apply", bundle: "now" }, { do: "uninstall", bundle: "now" }] };
}
