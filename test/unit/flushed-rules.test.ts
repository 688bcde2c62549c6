/** Which rules of others the stop of a firewall would take along, from what each tool prints. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

interface Host {
  /** What each command prints, by its name; one that is not here is not installed. */
  readonly prints?: Readonly<Record<string, string>>;
  /** Texts of files. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of the unit: the words of its ExecStop. */
  readonly stop?: string;
  readonly more?: string;
}

/** Chains that are named where this unit is to be stopped. */
function named(unit: string, { prints = {}, files = {}, stop = "", more = "" }: Host): string {
  const commands = Object.entries(prints).map(([name, text]) => `${name}() { cat <<'SAID'\n${text}\nSAID\n}`);
  const texts = Object.entries(files).map(([path, text]) => `${path}) content='${text}' ;;`);
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
cluster=web role=director root='' state='disabled inactive' obstacle='' firewall_units=(nftables.service iptables.service firewalld.service)
declare -A loaded=([nft_unit]=./etc/nftables.conf)
for file in facts/xtables facts/saved-rules kinds/unit-flush kinds/unit-chains; do source "$1/$file.sh"; done
unit_probe() { have='enabled active'; }
find_nft_file() { file=\${loaded[nft_unit]#.}; }
find_saved_rules() { file=/etc/sysconfig/$1; }
load_nft_file() { alone=none; }
ufw_is_enabled() { return 1; }
is_loaded_as_on_el() { :; }
firewalld_setting() { setting=''; }
firewalld_uses_iptables() { return 0; }
firewall-cmd() { return 1; }
await_xtables() { shift 2; "$@"; }
cannot_read() { echo "cannot read $*"; exit 1; }
systemctl() { echo "ExecStop={ argv[]=${stop} ; }"; }
read_text() { content=''; case $1 in ${texts.join(" ")} *) return 1 ;; esac; }
${commands.join("\n")}
${more}
unit_obstacle ${unit}.service
printf '%s' "\${obstacle%%$'\\n'*}"`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout.replace("its stop takes the rules of others along, and nothing here brings them back: ", "");
}

const guard = `table inet guard {
	set known {
		type ipv4_addr
		elements = { 192.0.2.1 }
	}

	chain input {
		type filter hook input priority filter; policy drop;
		tcp dport 22 accept
	}
}`;
const docker = `table ip nat {
	chain DOCKER {
		iifname "docker0" return
	}

	chain POSTROUTING {
		type nat hook postrouting priority srcnat; policy accept;
	}
}`;
const nftStop = "/usr/sbin/nft flush ruleset";
const own = { "/etc/nftables.conf": "flush ruleset\ntable inet guard { chain input { } }" };

test.each<[string, Host, string]>([
  ["the chains of its own file alone", { prints: { nft: guard }, files: own }, ""],
  ["those of Docker beside it", { prints: { nft: `${guard}\n${docker}` }, files: own }, "ip nat DOCKER"],
  [
    "what Docker has made, though it was saved into the file",
    { prints: { nft: docker }, files: { "/etc/nftables.conf": "table ip nat { chain DOCKER {} }" } },
    "ip nat DOCKER",
  ],
  [
    "a chain that was put into a table of its own",
    { prints: { nft: guard.replace("input {", "bans {") }, files: own },
    "inet guard bans",
  ],
  [
    "a table that a process owns is flushed by nobody else",
    { prints: { nft: guard.replace("	set known", "	flags owner\n\n	set known") } },
    "",
  ],
  [
    "this role's own tables come back by its unit; those of another cluster do not",
    {
      prints: {
        nft: ["web", "other"].map((cluster) => guard.replace("guard", `lvsgen_${cluster}_director_raw`)).join("\n"),
      },
    },
    "inet lvsgen_other_director_raw input",
  ],
  [
    "a file that is included",
    { prints: { nft: guard }, files: { "/etc/nftables.conf": `include "${import.meta.dirname}/flushed-rules*.ts"` } },
    "",
  ],
  [
    "ufw is turned off as well",
    {
      prints: { nft: docker.replaceAll("DOCKER", "ufw-user-input").replace("nat", "filter") },
      more: "ufw_is_enabled() { return 0; }",
    },
    "",
  ],
  [
    "a file of iptables is another firewall's, which is turned off as well",
    {
      prints: { nft: guard.replace("inet guard", "ip filter").replace("input", "INPUT") },
      files: { ...own, "/etc/sysconfig/iptables": "*filter\n:INPUT DROP [0:0]\nCOMMIT" },
    },
    "",
  ],
  [
    "a script of the site's loads it: only those that are known to be others'",
    { prints: { nft: `${guard}\n${docker}` }, more: "loaded[nft_unit]=." },
    "ip nat DOCKER",
  ],
])("nftables: %s", (_what, host, chains) => {
  expect(named("nftables", { stop: nftStop, ...host })).toBe(chains);
});

test("nftables: a unit that flushes nothing takes nothing along", () => {
  expect(
    named("nftables", { prints: { nft: docker }, files: own, stop: "/usr/sbin/nft delete table inet guard" }),
  ).toBe("");
});

test("nftables: what cannot be read is not taken for nothing", () => {
  expect(named("nftables", { prints: {}, files: own, stop: nftStop, more: "nft() { return 1; }" })).toContain(
    "cannot read the rules of the firewall",
  );
});

const saved = `*security
-A OUTPUT -d 168.63.129.16/32 -j ACCEPT
*filter
:INPUT ACCEPT [0:0]
-A INPUT -p tcp --dport 22 -j ACCEPT
-A FORWARD -j DOCKER-USER
-A DOCKER-USER -j RETURN
-A INPUT -j LVSGEN-RAW-web
COMMIT`;

test.each([
  ["/usr/libexec/iptables/iptables.init stop", "filter DOCKER-USER"],
  ["/sbin/iptables -F", "filter DOCKER-USER"],
  ["/bin/true", ""],
])("iptables.service that stops by %s", (stop, chains) => {
  const files = { "/etc/sysconfig/iptables": "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\nCOMMIT" };
  expect(named("iptables", { prints: { "iptables-save": saved }, files, stop })).toBe(chains);
});

test.each(["iptables", "firewalld"])("%s: what iptables-save cannot say is not taken for nothing", (unit) => {
  const more = `iptables-save() { echo 'iptables-save: Permission denied' >&2; return 4; }
iptables() { [[ $1 == --version ]] && echo 'iptables v1.8.9 (nf_tables)'; }`;
  const stop = "/usr/libexec/iptables/iptables.init stop";
  expect(named(unit, { files: { "/etc/sysconfig/iptables": "" }, stop, more })).toContain(
    "cannot read the rules of the firewall iptables-save",
  );
});

test("firewalld: a kernel without the table has none of others", () => {
  const more = `iptables-save() { echo 'iptables v1.8.9 (legacy): Table does not exist' >&2; return 3; }`;
  expect(named("firewalld", { more })).toBe("");
});

const ofFirewalld = `*filter
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -j INPUT_direct
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A IN_public_allow -p tcp --dport 22 -j ACCEPT
-A BLACKLIST -s 203.0.113.7 -j DROP
COMMIT`;
const libvirt = "*nat\n-A POSTROUTING -s 192.168.122.0/24 -j MASQUERADE\n-A POSTROUTING -j POSTROUTING_ZONES\nCOMMIT";

test.each([
  ["its own and what it was given for good", ofFirewalld, ""],
  ["what others put among the kernel's chains (libvirt of EL7)", `${libvirt}\n${ofFirewalld}`, "nat POSTROUTING"],
  ["a chain of others", ofFirewalld.replaceAll("BLACKLIST", "DOCKER"), "filter DOCKER"],
])("firewalld with iptables: %s", (_what, text, chains) => {
  const more = `firewall-cmd() { [[ $* != *get-all-rules* ]] || echo 'ipv4 filter BLACKLIST 0 -s 203.0.113.7 -j DROP'; }`;
  expect(named("firewalld", { prints: { "iptables-save": text }, more })).toBe(chains);
});
