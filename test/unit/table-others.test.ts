// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bash, not JavaScript
/** What boots, units and cron of others do to the table, as a host's files have it. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const runtime = join(import.meta.dirname, "../../templates/runtime");

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lvsgen-others-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

interface Files {
  /** Texts by path; those of scripts begin with `#!` and may be run. */
  readonly [path: string]: string;
}

/** What is refused of them, beside a table with the web's service and a mark. */
function refused(files: Files, links: Readonly<Record<string, string>> = {}): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.startsWith("#!")) chmodSync(file, 0o755);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  const sources = [
    "engine/words",
    "engine/lasting",
    "facts/snapshot",
    "facts/table-lines",
    "facts/table-texts",
    "kinds/table-rule-lines",
    "kinds/service-others",
  ];
  const script = `set -Eeuo pipefail
export LC_ALL=C
unread=unread_here
unread_here() { echo "cannot read $*"; exit 1; }
${sources.map((file) => `source "$1/${file}.sh"`).join("\n")}
root=$2 obstacle='' r_kind=() text=$'-A -t 192.168.80.188:80 -s rr\\n-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1\\n-A -f 7 -s rr\\n'
service_rivals /etc/ipvsadm.rules
printf '%s' "\${obstacle%%$'\\n'*}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", runtime, root], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.replace("the table is changed by others as well: ", "");
}

/** As tutorials have it. */
const byHand = `#!/bin/bash
VIP=192.168.80.188
case "$1" in
start)
  /sbin/ifconfig ens33:0 $VIP netmask 255.255.255.255 up
  /sbin/ipvsadm -C
  /sbin/ipvsadm -A -t $VIP:80 -s rr
  ;;
stop)
  /sbin/ipvsadm -C
  ;;
esac
`;
const wants = "/etc/systemd/system/multi-user.target.wants/";

test("a script that rc.local runs", () => {
  expect(
    refused({ "/etc/rc.local": "#!/bin/sh\n/usr/local/sbin/lvs_dr.sh start\n", "/usr/local/sbin/lvs_dr.sh": byHand }),
  ).toBe("/usr/local/sbin/lvs_dr.sh:6 ipvsadm -C (/etc/rc.local)");
});

test.each<[string, Files, string]>([
  ["rc.local clears", { "/etc/rc.d/rc.local": "#!/bin/bash\nipvsadm --clear;\n" }, "/etc/rc.d/rc.local:2 ipvsadm -C"],
  [
    "a described service, quoted, by a name for the program",
    { "/etc/rc.local": '#!/bin/sh\nIPVSADM=/sbin/ipvsadm\n${IPVSADM} -A -t "192.168.80.188:80" -s wlc\n' },
    "/etc/rc.local:3 ipvsadm -A -t 192.168.80.188:80",
  ],
  [
    "a mark, of which another is to come first",
    { "/etc/rc.local": "#!/bin/sh\nipvsadm -A -f 8 -s rr && ipvsadm --add-service --fwmark-service 7 -s rr\n" },
    "/etc/rc.local:2 ipvsadm --add-service -f 7",
  ],
  [
    "cron takes real servers out (a health check by hand)",
    {
      "/var/spool/cron/root": "* * * * * /root/check_rs.sh >/dev/null 2>&1\n",
      "/root/check_rs.sh": "#!/bin/bash\ncurl -s 192.168.80.12 || ipvsadm -d -t 192.168.80.188:80 -r 192.168.80.12\n",
    },
    "/root/check_rs.sh:2 ipvsadm -d -t 192.168.80.188:80 (/var/spool/cron/root)",
  ],
])("%s", (_what, files, said) => {
  expect(refused(files)).toBe(said);
});

test.each<[string, Files]>([
  ["rc.local that may not be run", { "/etc/rc.local": "ipvsadm -C\n" }],
  [
    "a comment, and what only shows",
    { "/etc/rc.local": "#!/bin/sh\n# ipvsadm -C\nipvsadm -Ln; ipvsadm -S -n >/root/rules\n" },
  ],
  ["services of others", { "/etc/rc.local": "#!/bin/sh\nipvsadm -A -t 192.168.80.99:80 -s rr\n" }],
  [
    "times and the daemon",
    { "/etc/rc.local": "#!/bin/sh\nipvsadm --set 900 120 300\nipvsadm --start-daemon master\n" },
  ],
  [
    "a script whose stop alone clears",
    {
      "/etc/rc.local": "#!/bin/sh\n/root/own.sh start\n",
      "/root/own.sh": "#!/bin/sh\ncase $1 in\n(stop) ipvsadm -C ;;\nesac\n",
    },
  ],
  ["a program that is none of a shell", { "/etc/rc.local": "#!/bin/sh\n/opt/tool\n", "/opt/tool": "ipvsadm -C\n" }],
])("%s is nobody's matter", (_what, files) => {
  expect(refused(files)).toBe("");
});

test("units of the site's own that a boot starts, and no others", () => {
  const unit =
    "[Service]\nExecStartPre=-/usr/sbin/ipvsadm -C\nExecStart=/usr/sbin/ipvsadm-restore\nExecStop=/usr/sbin/ipvsadm -C\n";
  const stops = "[Service]\nExecStart=/bin/true\nExecStop=/usr/sbin/ipvsadm -C\n";
  const files = {
    "/etc/systemd/system/lvs.service": unit,
    "/etc/systemd/system/off.service": unit,
    "/etc/systemd/system/stops.service": stops,
    "/usr/lib/systemd/system/ipvsadm.service": unit,
  };
  const links = Object.fromEntries(
    ["lvs", "stops", "ipvsadm"].map((name) => [`${wants}${name}.service`, `/etc/systemd/system/${name}.service`]),
  );
  expect(refused(files, links)).toBe("/etc/systemd/system/lvs.service:2 ipvsadm -C");
});

test("a script of SysV, unless a unit stands for it", () => {
  const links = {
    "/etc/rc3.d/S99lvsdr": "../init.d/lvsdr",
    "/etc/rc5.d/S99lvsdr": "../init.d/lvsdr",
    "/etc/rc3.d/S10ipvsadm": "../init.d/ipvsadm",
  };
  expect(refused({ "/etc/init.d/lvsdr": byHand, "/etc/init.d/ipvsadm": byHand }, links)).toBe(
    "/etc/init.d/lvsdr:6 ipvsadm -C",
  );
  expect(refused({ "/usr/lib/systemd/system/lvsdr.service": "" })).toBe("");
});

test.each<[string, string, string, string]>([
  [
    "keepalived",
    "/etc/keepalived/keepalived.conf",
    "vrrp_instance A {\n}\nvirtual_server 192.168.80.188 80 {\n",
    "3 virtual_server 192.168.80.188:80",
  ],
  ["keepalived", "/etc/keepalived/keepalived.conf", "virtual_server fwmark 7{\n", "1 virtual_server -f 7"],
  [
    "ldirectord",
    "/etc/ha.d/ldirectord.cf",
    "checktimeout=3\nvirtual=192.168.80.188:80 # web\n",
    "2 virtual=192.168.80.188:80",
  ],
])("%s that a boot starts, with a described service: %s", (name, path, text, said) => {
  const link = { [`${wants}${name}.service`]: `/lib/systemd/system/${name}.service` };
  expect(refused({ [path]: text })).toBe("");
  expect(refused({}, link)).toBe(`${path}:${said}`);
  expect(refused({ [path]: `# lvsgen-0123abcd\n${text}` })).toBe("");
  expect(refused({ [path]: text.replaceAll("188", "99").replace(" 7", " 8") })).toBe("");
});

test("rc.local where its unit is masked", () => {
  expect(
    refused({ "/etc/rc.local": "#!/bin/sh\nipvsadm -C\n" }, { "/etc/systemd/system/rc-local.service": "/dev/null" }),
  ).toBe("");
});
