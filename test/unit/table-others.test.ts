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
    "kinds/table-others",
    "kinds/table-changes",
  ];
  const script = `set -Eeuo pipefail
export LC_ALL=C
${sources.map((file) => `source "$1/${file}.sh"`).join("\n")}
unread=unread_here
unread_here() { echo "cannot read $*"; exit 1; }
load_described_table() { described_table=$text; }
root=$2 obstacle='' watched_file='' described_table='' table_files=(/etc/ipvsadm.rules) text=$'-A -t 192.168.80.188:80 -s rr\\n-a -t 192.168.80.188:80 -r 192.168.80.12:80 -g -w 1\\n-A -f 7 -s rr\\n'
${more}
table_rivals /etc/ipvsadm.rules
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
    "as most tutorials have it, by a name in small letters",
    {
      "/etc/rc.local": "#!/bin/sh\n/bin/bash /usr/local/sbin/lvs_dr.sh\n",
      "/usr/local/sbin/lvs_dr.sh":
        "#! /bin/bash\necho 1 > /proc/sys/net/ipv4/ip_forward\nipv=/sbin/ipvsadm\nvip=192.168.80.188\n$ipv -C\n$ipv -A -t $vip:80 -s wrr\n",
    },
    "/usr/local/sbin/lvs_dr.sh:5 ipvsadm -C (/etc/rc.local)",
  ],
  [
    "with the end of stop on a line of its own",
    { "/etc/rc.local": "#!/bin/sh\ncase $1 in\nstop)\n  ipvsadm -C\n  ;;\nstart)\n  ipvsadm -C\n  ;;\nesac\n" },
    "/etc/rc.local:7 ipvsadm -C",
  ],
  [
    "rules that are loaded",
    {
      "/etc/rc.local": "#!/bin/sh\nipvsadm-restore < /root/rules\nipvsadm-restore < /etc/ipvsadm.rules\n",
      "/root/rules": "-A -t 192.168.80.99:80 -s rr\n-A -t 192.168.80.188:80 -s rr\n",
      "/etc/ipvsadm.rules": "-A -t 192.168.80.188:80 -s rr\n",
    },
    "/root/rules:2 ipvsadm -a -t 192.168.80.188:80 (/etc/rc.local)",
  ],
  [
    "a script in the directory where it goes, and one at home",
    {
      "/etc/rc.local": "#!/bin/sh\ncd /root && ./lvs.sh\n~/own.sh\n",
      "/root/lvs.sh": "#!/bin/sh\nipvsadm -C\n",
      "/root/own.sh": "#!/bin/sh\nsudo ipvsadm -C\n",
    },
    "/root/lvs.sh:2 ipvsadm -C (/etc/rc.local); /root/own.sh:2 ipvsadm -C (/etc/rc.local)",
  ],
  [
    "a service by its name",
    { "/etc/rc.local": "#!/bin/sh\nservice lvsdr start\n", "/etc/init.d/lvsdr": "#!/bin/sh\nipvsadm -C\n" },
    "/etc/init.d/lvsdr:2 ipvsadm -C",
  ],
  [
    "a unit by its name",
    {
      "/etc/rc.local": "#!/bin/sh\nsystemctl start lvs\n",
      "/etc/systemd/system/lvs.service": "[Service]\nExecStart=ipvsadm -C\n",
    },
    "/etc/systemd/system/lvs.service:2 ipvsadm -C",
  ],
  [
    "quotes within an address",
    { "/etc/rc.local": '#!/bin/sh\nipvsadm -A -t "192.168.80.188":80 -s rr\n' },
    "/etc/rc.local:2 ipvsadm -A -t 192.168.80.188:80",
  ],
  [
    "a function of another name",
    { "/etc/rc.local": "#!/bin/sh\nclear_lvs() { ipvsadm -C; }\nclear_lvs\n" },
    "/etc/rc.local:2 ipvsadm -C",
  ],
  [
    "in a condition, with a setting before",
    { "/etc/cron.d/lvs": "*/5 * * * * root [ -e /x ] || LC_ALL=C /sbin/ipvsadm -C\n" },
    "/etc/cron.d/lvs:1 ipvsadm -C",
  ],
  ["cron's own line", { "/etc/crontab": "@reboot root ipvsadm -C\n" }, "/etc/crontab:1 ipvsadm -C"],
  ["root's own line", { "/var/spool/cron/root": "@reboot ipvsadm -C\n" }, "/var/spool/cron/root:1 ipvsadm -C"],
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
        "#!/bin/sh\nlvs_stop() {\n  ipvsadm -C\n}\nstop() { ipvsadm -C; }\ncase $1 in\nstop|down) ipvsadm -C ;;\nesac\n",
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
  [
    "an address of which the described one is the beginning",
    { "/etc/rc.local": "#!/bin/sh\nVIP=192.168.80.1888\nipvsadm -A -t $VIP:80 -s rr\n" },
  ],
  [
    "rc.local that may not be run, though its unit is enabled",
    {
      "/etc/rc.local": "ipvsadm -C\n",
      "/usr/lib/systemd/system/rc-local.service": "[Service]\nExecStart=/etc/rc.local start\n",
    },
  ],
  ["a script that cron does not run", { "/etc/cron.daily/lvs": "ipvsadm -C\n" }],
  [
    "a stop by if, and other branches that take off",
    {
      "/etc/rc.local":
        '#!/bin/sh\nif [ "$1" = "stop" ]; then ipvsadm -C; fi\nif [ $1 == stop ]; then\n  ipvsadm -C\nfi\ncase $1 in\nremove|off) ipvsadm -C ;;\nesac\n',
    },
  ],
  [
    "the table of another host or namespace, and what is written down",
    {
      "/etc/rc.local":
        '#!/bin/sh\nssh lvs2 ipvsadm -C\nip netns exec lab ipvsadm -C\nlog "ipvsadm -C failed"\nNever run ipvsadm -C by hand\n',
    },
  ],
  ["a path that is none", { "/etc/rc.local": "#!/bin/sh\n$DIR/root/x.sh\n", "/root/x.sh": "#!/bin/sh\nipvsadm -C\n" }],
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
  ["of a name that packages have", "/etc/systemd/system/ipvsadm.service", "multi-user.target.wants/ipvsadm.service"],
  ["a drop-in", "/etc/systemd/system/web.service.d/lvs.conf", "multi-user.target.wants/web.service"],
])("a unit that a boot starts: %s", (_what, path, link) => {
  expect(refused({ [path]: unit, "/lib/systemd/system/web.service": "[Service]\n" })).toBe("");
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
  const group = "virtual_server_group G {\n  192.168.80.188 80\n}\nvirtual_server group G {\n";
  const files = { "/lib/systemd/system/keepalived.service": "[Unit]\n", [main]: "vrrp_instance A {\n}\n" };
  const link = { [`${wants}keepalived.service`]: "/lib/systemd/system/keepalived.service" };
  expect(refused({ ...files, "/etc/keepalived/old-2019.conf": server }, link)).toBe("");
  expect(refused({ [main]: "include conf.d/*.conf\n", "/etc/keepalived/conf.d/a.conf": "# none\n" })).toBe("");
  expect(refused({ [main]: "include old-*.conf\n" })).toBe(
    "/etc/keepalived/old-2019.conf: virtual_server 192.168.80.188:80",
  );
  expect(refused({ [main]: group })).toBe(`${main}: virtual_server_group 192.168.80.188:80`);
  expect(refused({ [main]: server }, {}, "watched_file=/etc/keepalived/keepalived.conf")).toBe("");
  expect(refused({}, { "/etc/systemd/system/keepalived.service": "/dev/null" })).toBe("");
});

test("an awk that is ended early is told, and a guilty host does not pass", () => {
  const cut = `awk() { command awk "$@" | sed '$d'; }`;
  expect(refused({ "/etc/rc.local": "#!/bin/sh\nipvsadm -C\n" }, {}, cut)).toContain("cannot read a table awk");
});

test("rc.local where its unit is masked", () => {
  expect(
    refused({ "/etc/rc.local": "#!/bin/sh\nipvsadm -C\n" }, { "/etc/systemd/system/rc-local.service": "/dev/null" }),
  ).toBe("");
});
