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
function refused(files: Files, links: Readonly<Record<string, string>> = {}, more = ""): string {
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
    "kinds/service-changes",
  ];
  const script = `set -Eeuo pipefail
export LC_ALL=C
unread=unread_here
unread_here() { echo "cannot read $*"; exit 1; }
${sources.map((file) => `source "$1/${file}.sh"`).join("\n")}
root=$2 obstacle='' watched_file='' r_kind=() text=$'-A -t 192.168.80.188:80 -s rr\\n-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1\\n-A -f 7 -s rr\\n'
${more}
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
      "/root/check_rs.sh":
        "#!/bin/bash\nVIP=192.168.80.188\ncurl -s 192.168.80.12 || ipvsadm -d -t $VIP:80 -r 192.168.80.12\n",
    },
    "/root/check_rs.sh:3 ipvsadm -d -t $VIP:80 (/var/spool/cron/root)",
  ],
  [
    "a script that is called as the program is",
    { "/etc/rc.local": "#!/bin/sh\n/root/ipvsadm.sh\n", "/root/ipvsadm.sh": "#!/bin/sh\n/sbin/ipvsadm -C>/dev/null\n" },
    "/root/ipvsadm.sh:2 ipvsadm -C (/etc/rc.local)",
  ],
  [
    "a script without #! that a shell runs",
    { "/etc/rc.local": "#!/bin/sh\n/bin/bash -x /root/lvs.sh\n", "/root/lvs.sh": "ipvsadm -C;ipvsadm -A -f 8 -s rr\n" },
    "/root/lvs.sh:1 ipvsadm -C (/etc/rc.local)",
  ],
  ["in backticks", { "/etc/rc.local": "#!/bin/sh\nx=`ipvsadm -C`\n" }, "/etc/rc.local:2 ipvsadm -C"],
  ["before and", { "/etc/rc.local": "#!/bin/sh\nipvsadm -C&&true\n" }, "/etc/rc.local:2 ipvsadm -C"],
  [
    "options in one word",
    { "/etc/rc.local": "#!/bin/sh\nipvsadm -At 192.168.80.188:80 -s rr\n" },
    "/etc/rc.local:2 ipvsadm -A -t 192.168.80.188:80",
  ],
  [
    "behind a branch that has no end of its own",
    { "/etc/rc.local": "#!/bin/sh\ncase $1 in\nstop) true\nesac\nipvsadm -C\n" },
    "/etc/rc.local:5 ipvsadm -C",
  ],
  [
    "for restart, which is no stop",
    { "/etc/rc.local": "#!/bin/sh\ncase $1 in\nstop|restart) ipvsadm -C ;;\nesac\n" },
    "/etc/rc.local:3 ipvsadm -C",
  ],
  [
    "ifupdown's",
    { "/etc/network/interfaces": "iface eth0 inet dhcp\n  post-up ipvsadm -C\n  pre-down ipvsadm -C\n" },
    "/etc/network/interfaces:2 ipvsadm -C",
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
  [
    "a function of that name, and other names for it",
    {
      "/etc/rc.local":
        "#!/bin/sh\nlvs_stop() {\n  ipvsadm -C\n}\nclear() { ipvsadm -C; }\ncase $1 in\nstop|down) ipvsadm -C ;;\nesac\n",
    },
  ],
  [
    "what is said, and a comment behind",
    { "/etc/rc.local": '#!/bin/sh\necho "do not run ipvsadm -C here"\ntrue # ipvsadm -C\n' },
  ],
  [
    "what cron passes over",
    { "/etc/cron.d/lvs.rpmsave": "@reboot root ipvsadm -C\n", "/etc/cron.d/lvs~": "@reboot root ipvsadm -C\n" },
  ],
  ["what Debian's cron passes over", { "/etc/debian_version": "", "/etc/cron.d/lvs.old": "@reboot root ipvsadm -C\n" }],
  [
    "lvsgen's own script",
    {
      "/etc/cron.d/lvs": "0 * * * * root bash /root/out/director.sh check\n",
      "/root/out/director.sh": "#!/bin/bash\nlvsgen_runtime=1\nipvsadm -C\n",
    },
  ],
  [
    "a log, though it begins as a script does",
    { "/etc/cron.d/lvs": "0 * * * * root true >>/var/log/x\n", "/var/log/x": "#!/bin/sh\nipvsadm -C\n" },
  ],
  [
    "another port of the same address, by a name",
    { "/etc/rc.local": "#!/bin/sh\nVIP=192.168.80.188\nipvsadm -A -t $VIP:8080 -s rr\n" },
  ],
  ["a name for another address", { "/etc/rc.local": "#!/bin/sh\nVIP=192.168.80.99\nipvsadm -A -t $VIP:80 -s rr\n" }],
  ["a program that is none of a shell", { "/etc/rc.local": "#!/bin/sh\n/opt/tool\n", "/opt/tool": "ipvsadm -C\n" }],
])("%s is nobody's matter", (_what, files) => {
  expect(refused(files)).toBe("");
});

const unit =
  "[Service]\nExecStartPre = -/usr/sbin/ipvsadm -C\nExecStart=/usr/sbin/ipvsadm-restore\nExecStop=/usr/sbin/ipvsadm -C\n";

test.each([
  ["in the system's directory", "/etc/systemd/system/lvs.service", "multi-user.target.wants/lvs.service"],
  ["in that of packages", "/usr/lib/systemd/system/lvs.service", "multi-user.target.wants/lvs.service"],
  ["an instance", "/etc/systemd/system/lvs@.service", "multi-user.target.wants/lvs@a.service"],
  ["behind a timer", "/etc/systemd/system/lvs.service", "timers.target.wants/lvs.timer"],
])("a unit that a boot starts: %s", (_what, path, link) => {
  expect(refused({ [path]: unit })).toBe("");
  expect(refused({}, { [`/etc/systemd/system/${link}`]: "/nowhere" })).toBe(`${path}:2 ipvsadm -C`);
});

test("of a unit what a start runs, over several lines", () => {
  const stops = "[Service]\nExecStart=/bin/true\nExecStop=/usr/sbin/ipvsadm -C\n";
  const long = "[Service]\nExecStart=/bin/sh -c 'true; \\\n  ipvsadm -C'\nExecStop=true\n";
  const links = Object.fromEntries(
    ["stops", "long", "ipvsadm", "lvsgen-kgc-director"].map((name) => [`${wants}${name}.service`, "/nowhere"]),
  );
  const files = {
    "/etc/systemd/system/stops.service": stops,
    "/etc/systemd/system/long.service": long,
    "/usr/lib/systemd/system/ipvsadm.service": unit,
    "/etc/systemd/system/lvsgen-kgc-director.service": unit,
  };
  expect(refused(files, links)).toBe("/etc/systemd/system/long.service:3 ipvsadm -C");
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
    "virtual_server 192.168.80.188:80",
  ],
  ["keepalived", "/etc/keepalived/keepalived.conf", "virtual_server fwmark 7{\n", "virtual_server -f 7"],
  [
    "ldirectord",
    "/etc/ha.d/ldirectord.cf",
    "checktimeout=3\nvirtual=192.168.80.188:80 # web\n",
    "virtual=192.168.80.188:80",
  ],
])("%s that a boot starts, with a described service: %s", (name, path, text, said) => {
  const link = { [`${wants}${name}.service`]: `/lib/systemd/system/${name}.service` };
  expect(refused({ [path]: text })).toBe("");
  expect(refused({ [`/lib/systemd/system/${name}.service`]: "[Unit]\n" }, link)).toBe(`${path}: ${said}`);
  expect(refused({ [path]: `# lvsgen-0123abcd\n${text}` })).toBe("");
  expect(refused({ [path]: text.replaceAll("188", "99").replace(" 7", " 8") })).toBe("");
});

test("keepalived that is masked, described, or has another file than it reads", () => {
  const server = "virtual_server 192.168.80.188 80 {\n";
  const main = "/etc/keepalived/keepalived.conf";
  const files = { "/lib/systemd/system/keepalived.service": "[Unit]\n", [main]: "vrrp_instance A {\n}\n" };
  const link = { [`${wants}keepalived.service`]: "/lib/systemd/system/keepalived.service" };
  expect(refused({ ...files, "/etc/keepalived/old-2019.conf": server }, link)).toBe("");
  expect(refused({ [main]: "include *.conf\n" })).toBe(`${main}: virtual_server 192.168.80.188:80`);
  expect(refused({ [main]: server }, {}, "watched_file=/etc/keepalived/keepalived.conf")).toBe("");
  expect(refused({}, { "/etc/systemd/system/keepalived.service": "/dev/null" })).toBe("");
});

test("rc.local where its unit is masked", () => {
  expect(
    refused({ "/etc/rc.local": "#!/bin/sh\nipvsadm -C\n" }, { "/etc/systemd/system/rc-local.service": "/dev/null" }),
  ).toBe("");
});
