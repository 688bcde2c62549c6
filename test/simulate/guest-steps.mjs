// Random sequences for a guest, by seed: as for a tree of files, with what needs a system that runs.
import fc from "fast-check";

const just = (...pairs) => fc.oneof(...pairs.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const el7 = (there, elsewhere) => `if [[ -e /etc/redhat-release ]]; then ${there}; else ${elsewhere}; fi`;
const withoutAddress = (address, device) =>
  `ip -o address show dev ${device} | sed -n 's,.* ${address}/\\([0-9]*\\) .*,\\1,p' | while read -r length; do ip address del ${address}/$length dev ${device}; done`;

/** What a hand does to the running system, by the bundle in force: to what that one describes and the pristine host has not, so that a way back leads past it. */
const HANDS = {
  director: {
    now: [
      withoutAddress("192.168.80.188", "ens33"),
      "echo 0 > /proc/sys/net/ipv4/vs/expire_nodest_conn",
      "echo 1 > /proc/sys/net/ipv4/conf/all/send_redirects",
      "ipvsadm -E -t 192.168.80.188:80 -s sh",
      "ipvsadm -d -t 192.168.80.188:80 -r 192.168.80.12:80",
      "ipvsadm -D -t 192.168.80.188:80",
    ],
    next: [
      withoutAddress("192.168.80.189", "ens33"),
      "echo 1 > /proc/sys/net/ipv4/conf/all/send_redirects",
      "ipvsadm -d -t 192.168.80.189:80 -r 192.168.80.77:80",
      "ipvsadm -D -u 192.168.80.189:53",
    ],
  },
  realserver: {
    now: [
      "echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore",
      "echo 0 > /proc/sys/net/ipv4/conf/lo/arp_announce",
      withoutAddress("192.168.80.188", "lo"),
      "umount -l /var/www/html",
      el7("systemctl stop httpd", "systemctl stop apache2"),
    ],
    next: [
      "echo 0 > /proc/sys/net/ipv4/conf/all/arp_announce",
      withoutAddress("192.168.80.189", "lo"),
      "umount -l /srv/pages",
      "umount -l /srv/www",
    ],
  },
  nfs: {
    now: [
      "exportfs -u '*:/usr/share'",
      "exportfs -i -o ro 192.168.80.0/24:/opt/kgc",
      "exportfs -i -o rw,sync,no_root_squash 192.168.80.0/24:/opt/kgc",
      el7("systemctl stop nfs-server", "exportfs -u 192.168.80.0/24:/opt/benet"),
      el7("systemctl disable nfs-server", "exportfs -i -o rw,sync,insecure 192.168.80.0/24:/opt/benet"),
    ],
    next: ["exportfs -u 192.168.80.0/25:/opt/benet", "exportfs -i -o ro 192.168.80.0/24:/opt/kgc"],
  },
};

/** What is nobody's but the hand's, and has to stay as long as the system runs: its address is in 10.99.0.0/16. */
const FOREIGN = {
  director: [
    "ip address replace 10.99.0.1/32 dev lo",
    "ip address replace 10.99.0.2/16 dev ens33",
    "ipvsadm -A -t 10.99.0.3:80 -s rr || :",
  ],
  realserver: ["ip address replace 10.99.0.1/32 dev lo", "ip address replace 10.99.0.2/16 dev ens33"],
  nfs: ["ip address replace 10.99.0.1/32 dev lo", "exportfs -i -o ro 10.99.0.0/16:/srv/other"],
};

const how = fc.option(
  fc.record({ fault: just([3, "kill"], [2, "killed"], [2, "fail"]), at: fc.integer({ min: 4, max: 160 }) }),
  { freq: 2, nil: undefined },
);
const bundle = just([1, "now"], [1, "next"]);
const run = (weight, command) => ({ weight, arbitrary: fc.record({ do: fc.constant(command), bundle, how }) });

const step = (role) =>
  fc.oneof(
    run(9, "apply"),
    run(4, "rollback"),
    run(2, "uninstall"),
    { weight: 2, arbitrary: fc.record({ do: just([1, "reboot"], [2, "reset"]) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("hand"), number: fc.nat({ max: 99 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("foreign"), command: fc.constantFrom(...FOREIGN[role]) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("confirm"),
        bundle,
        end: just([2, "confirmed"], [2, "lapsed"], [1, "reset"]),
      }),
    },
    ...(role === "director"
      ? [{ weight: 2, arbitrary: fc.record({ do: just([2, "drain"], [1, "undrain"]), bundle, how }) }]
      : []),
  );

/** The command of a `hand` step where a bundle is in force. */
export const handOf = (role, inForce, { number }) => HANDS[role][inForce][number % HANDS[role][inForce].length];

/** What shows in a state of what FOREIGN made. */
export const FOREIGN_THING = /\b10\.99\./;

/** How every sequence ends. */
const ENDING = [
  { do: "apply", bundle: "now" },
  { do: "uninstall", bundle: "now" },
];

/** `{ platform, role, steps, ending }` of a seed: six in a row have each platform with each role. `ending`: how many of the steps end it. */
export function guestSequence(seed, length) {
  const platform = ["debian12", "el7"][seed % 2];
  const role = ["director", "realserver", "nfs"][Math.floor(seed / 2) % 3];
  const [steps] = fc.sample(fc.array(step(role), { minLength: length, maxLength: length, size: "max" }), {
    seed,
    numRuns: 1,
  });
  return { platform, role, steps: [...steps, ...ENDING], ending: ENDING.length };
}
