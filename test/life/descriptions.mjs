// What is described: a director and two real servers with a web server, and one VIP; a row says what is otherwise.

const WEB = { el7: "httpd", debian12: "apache2" };

/** Changes are laid over it, those of `defaults` and `hosts` by their keys. */
export function cluster(platform, { defaults, hosts, ...changes } = {}) {
  return {
    version: 1,
    name: "life",
    defaults: { platform, interface: "ens33", firewall: "keep", selinux: "permissive", ...defaults },
    hosts: {
      lvs1: { address: "192.168.80.10/24" },
      web1: { address: "192.168.80.12/24" },
      web2: { address: "192.168.80.13/24" },
      ...hosts,
    },
    directors: ["lvs1"],
    services: [service("web", "192.168.80.188", 80)],
    realserver: { packages: [WEB[platform]], units: [WEB[platform]] },
    ...changes,
  };
}

export const service = (name, vip, port, changes) => ({
  name,
  vip,
  port,
  scheduler: "rr",
  realservers: [{ host: "web1" }, { host: "web2" }],
  ...changes,
});

/** web1 with what it mounts from web2, which is described as `share`. */
export const mounting = (options) => ({
  address: "192.168.80.12/24",
  mounts: [{ source: "192.168.80.13:/opt/kgc", target: "/var/www/html", options }],
});
export const share = { server: "web2", exports: [{ path: "/opt/kgc", clients: { "192.168.80.0/24": ["ro"] } }] };

/** Packages are no part of a comparison: they are there. Nor is what IPVS brings along, and its stand-in leaves when IPVS goes. */
export const packages = (platform) =>
  lines(
    "printf 'nf_conntrack\\n' > /etc/modules-load.d/site.conf",
    platform === "el7"
      ? "yum -y -q install ipvsadm nfs-utils httpd > /dev/null; systemctl -q enable httpd"
      : "systemctl -q enable apache2",
  );

/** A file that somebody else wrote, with rights and a time that have to come back. */
export const file = (path, text, mode = "640") =>
  lines(
    `mkdir -p "$(dirname '${path}')"`,
    `cat > '${path}' << 'END'`,
    text,
    "END",
    `chmod ${mode} '${path}'; touch -d '2021-02-03 04:05:06.7' '${path}'`,
  );

/** A boot starts the unit of an rc.local that may be run, and what it is about to run then is another matter. */
export const RC_LOCAL = /^unit rc-local\.service /;

/** Devices that the kernels of guests cannot make are bridges of their name; what stands on them is real. */
export const bridges = (...names) =>
  atBoot(
    "devices",
    "After=guest.service\nBefore=network-pre.target systemd-sysctl.service",
    names.map((name) => `ip link add ${name} type bridge`).join("; "),
  );
/** With the module a tunnel's device would be gone, where a bridge of its name stays up. */
export const TUNNEL = /^tunl0:|^tunnel4$/;

/** A unit of somebody else's that each boot starts. */
export const unit = (name, sections) =>
  lines(file(`/etc/systemd/system/${name}`, sections, "644"), `systemctl -q enable ${name}`);

/** What somebody else does at each boot, once the network is up. */
export const atBoot = (name, when, command) =>
  unit(
    `${name}.service`,
    lines(
      "[Unit]",
      "DefaultDependencies=no",
      when,
      "[Service]",
      "Type=oneshot",
      "RemainAfterExit=yes",
      `ExecStart=/bin/bash -c "${command}"`,
      "[Install]",
      "WantedBy=sysinit.target",
    ),
  );

export const lines = (...some) => some.join("\n");
