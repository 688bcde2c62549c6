/** Rules that keep packets out, as nft and iptables list them: policies, last words, and those of chains that are jumped to. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

/** What keeps packets out, and what could not be read. */
function keptOut(programs: string, question = "find_kept_out"): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
source "$1/engine/words.sh"; source "$1/facts/snapshot.sh"; source "$1/facts/rules-in-force.sh"; source "$1/facts/kept-out.sh"; source "$1/facts/kept-what.sh"
# Of this machine nothing is asked.
PATH=
read_text() { content=''; return 1; }
timeout() { shift; "$@"; }
${programs}
${question}
printf '%s|%s' "$kept_out" "$rules_unread"`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

const nft = (text: string): string => `nft() { printf '%s\\n' '${text}'; }`;
const base = (rules: string, policy = "accept"): string =>
  `chain input {\n\t\ttype filter hook input priority 0; policy ${policy};\n\t\t${rules}\n\t}`;
const table = (...chains: readonly string[]): string => nft(`table inet site {\n\t${chains.join("\n\n\t")}\n}`);
const chain = (name: string, ...rules: readonly string[]): string =>
  `chain ${name} {\n\t\t${rules.join("\n\t\t")}\n\t}`;

test.each([
  ["nothing is filtered", table(base("tcp dport 22 accept")), ""],
  ["a policy", table(base("tcp dport 22 accept", "drop")), "nft chain inet site input: policy drop"],
  ["a last word", table(base("counter packets 7 bytes 9 drop")), "nft chain inet site input: drop"],
  [
    "one in a chain that all comes to",
    table(base("jump mine"), chain("mine", "tcp dport 22 accept", "drop")),
    "nft chain inet site input: drop in chain mine",
  ],
  [
    "one two chains further",
    table(base("goto mine"), chain("mine", "jump last"), chain("last", "reject with icmpx admin-prohibited")),
    "nft chain inet site input: reject in chain last",
  ],
  ["a chain that some come to", table(base('iifname "ens34" jump mine'), chain("mine", "drop")), ""],
  ["a chain that some return from", table(base("jump mine"), chain("mine", "fib daddr type local return", "drop")), ""],
  ["behind a goto nothing is met", table(base("goto mine\n\t\tdrop"), chain("mine", "tcp dport 22 accept")), ""],
  ["with what it logs", table(base('log prefix "IN: " drop')), "nft chain inet site input: drop"],
  [
    "a chain that ends in no word",
    table(base("jump mine\n\t\tdrop"), chain("mine", "tcp dport 22 accept")),
    "nft chain inet site input: drop",
  ],
])("whatever it is: %s", (_, programs, expected) => {
  expect(keptOut(programs)).toBe(`${expected}|`);
});

test.each([
  [
    "what a chain lets in before its last word",
    table(base("jump mine"), chain("mine", "tcp dport 80 accept", "drop")),
    "",
  ],
  [
    "what a chain refuses by name",
    table(base("jump mine"), chain("mine", "tcp dport 80 drop")),
    "nft chain inet site input: tcp dport 80 drop",
  ],
  [
    "another port is let in",
    table(base("jump mine", "drop"), chain("mine", "tcp dport 22 accept")),
    "nft chain inet site input: policy drop",
  ],
  ["it may return", table(base("jump mine"), chain("mine", "tcp dport 80 return", "drop")), ""],
  [
    "others return",
    table(base("jump mine"), chain("mine", "tcp dport 22 return", "drop")),
    "nft chain inet site input: drop in chain mine",
  ],
])("a port: %s", (_, programs, expected) => {
  expect(keptOut(programs, "find_kept_from 80/tcp both")).toBe(`${expected}|`);
});

const older = `read_text() { [[ $1 == /proc/net/ip_tables_names ]] && content=$'filter\\n'; }`;
const rules = (text: string): string => `printf '%s\\n' '${text}'`;
const site =
  "-P INPUT ACCEPT\n-P FORWARD DROP\n-N MINE\n-A INPUT -j MINE\n-A MINE -p tcp -m tcp --dport 22 -j ACCEPT\n-A MINE -j DROP";

test("iptables of the older kind: a chain that all comes to", () => {
  expect(keptOut(`${older}; iptables() { ${rules(site)}; }`)).toBe("iptables INPUT: DROP in chain MINE|");
});

test.each([
  ['-m comment --comment "deny all" -j DROP', "DROP"],
  ["-p tcp -j DROP", "DROP"],
  ["-m conntrack --ctstate NEW -j REJECT --reject-with icmp-host-prohibited", "REJECT"],
  ["-p udp -j DROP", ""],
  ["-s 10.0.0.0/8 -j DROP", ""],
])("iptables of the older kind: %s", (rule, word) => {
  const programs = `${older}; iptables() { ${rules(`-P INPUT ACCEPT\n-A INPUT ${rule}`)}; }`;
  expect(keptOut(programs)).toBe(word === "" ? "|" : `iptables INPUT: ${word}|`);
  // A rule about all of TCP says nothing of a port of another protocol.
  if (rule.startsWith("-p tcp")) expect(keptOut(programs, "find_kept_from 53/udp both")).toBe("|");
});

test("iptables of the newer kind, where there is no nft", () => {
  const saved = `iptables-nft() { ${rules(site)}; }; iptables-nft-save() { ${rules("*filter\n:INPUT ACCEPT [0:0]\nCOMMIT")}; }`;
  expect(keptOut(saved)).toBe("iptables-nft INPUT: DROP in chain MINE|");
  const named = `iptables() { if [[ $1 == --version ]]; then echo "iptables v1.8.4 (nf_tables)"; else ${rules(site)}; fi; }; iptables-save() { echo "*filter"; }`;
  expect(keptOut(named)).toBe("iptables INPUT: DROP in chain MINE|");
  // What is there is listed; asking for what is not there would make it.
  expect(keptOut("iptables-nft() { echo made >&2; }; iptables-nft-save() { :; }")).toBe("|");
});

test.each([
  ["nft", "nft() { echo 'Error: Could not process rule: Operation not permitted' >&2; return 1; }", "nft list ruleset"],
  ["iptables of the older kind", `${older}; iptables() { return 4; }`, "iptables -w -t filter -S"],
  ["the newer kind", "iptables-nft() { return 4; }; iptables-nft-save() { echo '*raw'; }", "iptables-nft -w -t raw -S"],
  ["its list", "iptables-nft() { :; }; iptables-nft-save() { return 1; }", "iptables-nft-save"],
  [
    "a kernel without any of it is no failure",
    "nft() { echo 'Unable to initialize Netlink socket: Protocol not supported' >&2; return 1; }",
    "",
  ],
])("what cannot be read is not nothing: %s", (_, programs, expected) => {
  expect(keptOut(programs)).toBe(`|${expected}`);
});

test("the proof fails where they cannot be read", () => {
  const proof = `source "$1/kinds/firewall-prove.sh"
split_opening() { manager='' place='' what=80/tcp; }
fresh_firewall() { :; }
describes_ipv6() { :; }
failure=''
if firewall_prove 80/tcp; then echo proved; else printf '%s\\n' "$failure"; fi; kept_out=''`;
  expect(keptOut("nft() { return 1; }", proof)).toBe(
    "which rules keep it out is not known: nft list ruleset failed\nRun it by hand and see why\n|nft list ruleset",
  );
  expect(keptOut("nft() { :; }", proof)).toBe("proved\n|");
  const probe = `kind() { :; }; source "$1/kinds/unfiltered.sh"; unfiltered_probe input; printf '%s;' "$have"; unfiltered_differs; kept_out=''`;
  expect(keptOut("nft() { return 1; }", probe)).toBe(
    "unknown;which rules keep packets out is not known: nft list ruleset failed|nft list ruleset",
  );
});
