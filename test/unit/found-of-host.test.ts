/** What the runtime makes of what a host says: routes of several ways, chains of nftables, the journal, rules of firewalld. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

function printed(files: readonly string[], command: string): string {
  const { stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `set -Eeuo pipefail
shopt -s extglob
export LC_ALL=C
declare -A loaded=()
kind() { :; }
cannot_read() { echo "cannot read $1"; exit 0; }
run() { printf 'run %s\\n' "$*"; }
source "$1/engine/words.sh"
${files.map((file) => `source "$1/${file}"`).join("\n")}
${command}`,
      "bash",
      runtime,
    ],
    { encoding: "utf8" },
  );
  expect(stderr).toBe("");
  return stdout;
}

describe("a default route of several ways", () => {
  const routes = ["facts/routes.sh", "kinds/route.sh"];
  const ways = "nexthop via 10.0.0.1 dev ens33 weight 1 nexthop via 10.0.0.2 dev ens34 weight 1";
  const listed = `ip() { [[ $1 == -4 ]] || return 0
printf '%s\\n' 'default proto static ' $'\\tnexthop via 10.0.0.1 dev ens33 weight 1 ' $'\\tnexthop via 10.0.0.2 dev ens34 weight 1 dead linkdown ' '10.0.0.0/24 dev ens33 proto kernel scope link src 10.0.0.9 '; }
route_probe default`;

  test("is one route, which comes back as it was", () => {
    expect(
      printed(
        routes,
        `${listed}; echo "$have"; record=$have have='via 10.0.0.1 dev ens33'; route_set default "$record"`,
      ),
    ).toBe(`proto static ${ways}\nrun ip -4 route replace default proto static ${ways}\n`);
    expect(printed(routes, `${listed}; route_probe 10.0.0.0/24; echo "$have"`)).toBe(
      "dev ens33 proto kernel scope link src 10.0.0.9\n",
    );
  });

  test("is not the described one, though that is one of its ways", () => {
    expect(printed(routes, `${listed}; state='via 10.0.0.1 dev ens33'; route_same || echo other`)).toBe("other\n");
    expect(printed(routes, `state='via 10.0.0.1 dev ens33' have="$state proto dhcp"; route_same && echo same`)).toBe(
      "same\n",
    );
  });
});

describe("chains of nftables that lvsgen opens", () => {
  const ruleset = `table inet a {
	chain lists { type filter hook input priority 0; policy accept; }
	chain counts {
		type filter hook input priority 1; policy accept;
		tcp dport 22 accept
	}
	chain refuses {
		type filter hook input priority 2; policy accept;
		tcp dport 23 drop
	}
	chain keeps {
		type filter hook input priority 3; policy drop;
	}
}`;
  const found = (words: string): string =>
    printed(["kinds/firewall-nftables.sh"], `read_nft '${ruleset}' ${words}; printf '%s\\n' "\${nft_chains[@]}"`);

  test("of what is in force, those that refuse something", () => {
    expect(found("'' ''")).toBe("inet a refuses input\ninet a keeps input\n");
  });

  test("in its file, all of them", () => {
    expect(found("")).toBe("inet a counts input\ninet a refuses input\ninet a keeps input\n");
  });
});

test("of years of a real server that is down, the journal's last lines say why; what was taken out when is all there", () => {
  const journal = `journalctl() { :; }
timeout() { awk 'BEGIN {
  at = "2026-11-26T19:00:03+0000 lvs1 Keepalived_vrrp[7]: "
  print at "(pair) Entering MASTER STATE"
  print at "Disabling service [192.0.2.12]:tcp:80 from VS [192.0.2.80]:tcp:80"
  for (i = 1; i <= 5000; i++) { print at "TCP connection to [192.0.2.12]:tcp:80 failed " i "."; print at "nothing to do with it" }
}'; }
told=0
eval "whole_$(declare -f note_failure)"
note_failure() { told=$((told + 1)); whole_note_failure "$@"; }
load_history
printf '%s\\n' "$told" "\${vrrp_state[pair]}" "\${failed_at["192.0.2.80:80 192.0.2.12:80"]}" "\${failed_why[@]}"`;
  expect(printed(["facts/history.sh"], journal)).toBe(
    "2000\nMASTER\n2026-11-26 19:00:03\nTCP connection to [192.0.2.12]:tcp:80 failed 5000.\n",
  );
});

test("rules of firewalld are the same in whatever order, and are sorted by one process", () => {
  const zone = (rules: string): string => `<?xml version="1.0"?>\n<!-- <a/> --><zone>\n${rules}</zone>`;
  const one = zone(
    '<port protocol="tcp" port="80"/>\n<rule family="ipv4"><source address="192.0.2.0/24"/><accept/></rule>\n',
  );
  const other = zone(
    '<rule family="ipv4"><source address="192.0.2.0/24"/>\n<accept /></rule><port port="80" protocol="tcp"/>',
  );
  const command = `sorted=0
sort() { command sort; echo sorted >&3; }
rules_in_xml '${one}' 3>&1
printf '%s\\n' "$elements_of"
first=$elements_of
rules_in_xml '${other}' 3>/dev/null
[[ $elements_of == "$first" ]] && echo same`;
  expect(printed(["kinds/firewall-file.sh"], command)).toBe(
    'sorted\naccept\naddress="192.0.2.0/24" source\nfamily="ipv4" rule\nport port="80" protocol="tcp"\nzone\nsame\n',
  );
});
