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
    "kinds/table-units",
    "kinds/table-shell",
    "kinds/table-here",
    "kinds/table-sections",
    "kinds/table-commands",
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
  ["anacron's", { "/etc/anacrontab": "SHELL=/bin/sh\n1 5 lvs.daily ipvsadm -C\n" }, "/etc/anacrontab:2 ipvsadm -C"],
  [
    "what ifupdown calls",
    { "/etc/network/if-up.d/lvs": "#!/bin/sh\nipvsadm -C\n", "/etc/network/if-down.d/lvs": "#!/bin/sh\nipvsadm -C\n" },
    "/etc/network/if-up.d/lvs:2 ipvsadm -C",
  ],
  [
    "what NetworkManager calls",
    {
      "/etc/NetworkManager/dispatcher.d/50-lvs":
        '#!/bin/sh\nS=$2\n[ "$S" = down ] && ipvsadm -C\ncase "$2" in\ndown) ipvsadm -C ;;\nup) ipvsadm -C ;;\nesac\n',
      "/etc/NetworkManager/dispatcher.d/pre-up.d/lvs": "#!/bin/sh\nipvsadm -C\n",
      "/etc/NetworkManager/dispatcher.d/pre-down.d/lvs": "#!/bin/sh\nipvsadm -C\n",
    },
    "/etc/NetworkManager/dispatcher.d/50-lvs:6 ipvsadm -C; /etc/NetworkManager/dispatcher.d/pre-up.d/lvs:2 ipvsadm -C",
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
  ["what run-parts passes over", { "/etc/network/if-up.d/lvs.old": "#!/bin/sh\nipvsadm -C\n" }],
  [
    "what may not be run",
    { "/etc/NetworkManager/dispatcher.d/lvs": "ipvsadm -C\n", "/etc/network/if-up.d/lvs": "ipvsadm -C\n" },
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

test("of a unit lines that begin with blanks", () => {
  const [main, dropped] = ["/etc/systemd/system/lvs.service", "/etc/systemd/system/lvs.service.d/a.conf"];
  const link = { [`${wants}boot.timer`]: "/nowhere" };
  const timer = "[Timer]\nOnBootSec=9\n  Unit = lvs.service\n";
  const indented = "[Service]\n  ExecStart = -/usr/sbin/ipvsadm -C\n\tExecStop=true\n";
  expect(refused({ "/etc/systemd/system/boot.timer": timer, [main]: indented }, link)).toBe(`${main}:2 ipvsadm -C`);
  expect(refused({ [main]: `${indented} ExecStart =\n\tExecStart=true\n` })).toBe("");
  expect(refused({ [main]: indented, [dropped]: "[Service]\n\tExecStart=\n" })).toBe("");
});

test("lvsgen's own unit, which its own hook or another script starts again", () => {
  const start = "#!/bin/sh\nsystemctl --no-block restart lvsgen-kgc-director.service\n";
  const hook = "/etc/NetworkManager/dispatcher.d/50-lvsgen-kgc-director";
  const files = { "/etc/systemd/system/lvsgen-kgc-director.service": unit, "/etc/rc.local": start };
  expect(refused({ ...files, [hook]: `${start}ipvsadm -C\n` })).toBe("");
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

test.each([
  ["a flush at its start", "global_defs {\n  lvs_flush\n}\n", ": lvs_flush"],
  ["a flush at its stop", "global_defs {\n  lvs_flush_onstop\n}\n", ""],
  ["a line", 'vrrp_instance A {\n  notify_master "/sbin/ipvsadm -C"\n}\n', ":2 ipvsadm -C"],
  ["what a stop runs", 'notify_stop "/sbin/ipvsadm -C"\n', ""],
  ["a line that is meant", 'script "ipvsadm -C" # lvsgen: meant\n', ""],
  ["what is said", 'notify_backup "/usr/bin/logger ipvsadm -C"\n# notify ipvsadm -C\n', ""],
])("keepalived of the site that runs the program: %s", (_what, text, said) => {
  const [main, script] = ["/etc/keepalived/keepalived.conf", "/etc/keepalived/down.sh"];
  const link = { [`${wants}keepalived.service`]: "/lib/systemd/system/keepalived.service" };
  const files = { "/lib/systemd/system/keepalived.service": "[Unit]\n", [script]: "#!/bin/sh\nipvsadm -C\n" };
  expect(refused({ ...files, [main]: text }, link)).toBe(said && main + said);
  expect(refused({ [main]: `  misc_path ${script}\n` })).toBe(`${script}:2 ipvsadm -C (${main})`);
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

/** What is refused of a script of rc.local's. */
const ofScript = (text: string): string =>
  refused({ "/etc/rc.local": `#!/bin/bash\n${text}\n` }).replaceAll("/etc/rc.local", "");

test.each<[string, string]>([
  ["behind it", "ipvsadm -C # lvsgen: meant"],
  ["on the line before", "# lvsgen: meant\nipvsadm -C"],
  ["before one that goes on", "# lvsgen: meant\nipvsadm \\\n  -C"],
  ["at a call", "/root/lvs.sh # lvsgen: meant"],
])("a line that is meant is left alone: the comment %s", (_what, text) => {
  const files = { "/root/lvs.sh": "#!/bin/sh\nipvsadm -C\n" };
  expect(refused({ ...files, "/etc/rc.local": `#!/bin/sh\n${text}\n` })).toBe("");
  expect(refused({ "/etc/rc.local": `#!/bin/sh\n${text.replace("meant", "perhaps")}\n` })).not.toBe("");
});

test("a line of cron and one of a unit that is meant, and no other", () => {
  const cron = "@reboot root ipvsadm -C # lvsgen: meant\n";
  const meant = "[Service]\n# lvsgen: meant\nExecStartPre=/sbin/ipvsadm -C\n";
  const link = { [`${wants}lvs.service`]: "/nowhere" };
  expect(refused({ "/etc/cron.d/lvs": cron, "/etc/systemd/system/lvs.service": meant }, link)).toBe("");
  expect(refused({ "/etc/cron.d/lvs": `${cron}@reboot root ipvsadm -C\n` })).toBe("/etc/cron.d/lvs:2 ipvsadm -C");
});

test("a NUL in a script hides nothing, and a program is none", () => {
  expect(refused({ "/etc/rc.local": "#!/bin/sh\n# a\0b\nipvsadm -C\n" })).toBe("/etc/rc.local:3 ipvsadm -C");
  chmodSync(join(root, "/etc/rc.local"), 0o755);
  expect(refused({ "/etc/rc.local": "\x7fELF\0\nipvsadm -C\n" })).toBe("");
});

const unrun: readonly (readonly [string, string])[] = [
  ["a here-document", "cat <<EOF\nipvsadm -C\nEOF"],
  ["a here-document within another command", 'USAGE=$(cat <<EOF\nstop: ipvsadm -C\nipvsadm -C\nEOF\n)\necho "$USAGE"'],
  ["one within backticks", "x=`cat <<EOF\nipvsadm -C\nEOF\n`"],
  ["one whose word is quoted, behind nothing", ": <<'OLD'\nipvsadm -C\nOLD"],
  ["one with tabs", "cat <<-EOF >/root/x\n\tipvsadm -C\n\tEOF"],
  ["one whose word is a number", "cat <<0\nipvsadm -C\n0"],
  ["one whose word has a blank", 'cat <<"END OF"\nipvsadm -C\nEND OF'],
  ["one for another host", "ssh lvs2 <<EOF\nipvsadm -C\nEOF"],
  ["a remark in quotes", 'echo "to start afresh (ipvsadm -C) call"'],
  ["a message", 'logger -t lvs "table kept; ipvsadm -C is not run"'],
  ["a shell in a namespace", "ip netns exec lab sh -c 'ip link set lo up; ipvsadm -C'"],
  ["a shell in a container", "docker exec lab bash -c 'ipvsadm -C'"],
  ["a line for another host", "ssh lvs2 'sysctl -q -p; ipvsadm -C'"],
  ["a help of several lines", 'echo "Usage:\n  ipvsadm -C\n"'],
  ["a hash that begins no comment", "x=${#y}; echo 'a # b; ipvsadm -C'"],
  ["a line for another host, by a name for how it is reached", 'S="ssh -n root@lvs2"\n$S "true; ipvsadm -C"'],
  ["a message by a name", 'LOG="logger -t lvs"\n$LOG "kept; ipvsadm -C is not run"'],
  ["behind an exit that no block holds", "exit 0\nipvsadm -C"],
];
test.each(unrun)("what no shell runs here: %s", (_what, text) => {
  expect(ofScript(text)).toBe("");
});

const shellRuns: readonly (readonly [string, string, string])[] = [
  ["behind a here-document", "cat <<EOF\nx\nEOF\nipvsadm -C", ":5 ipvsadm -C"],
  ["behind a word that ends nowhere", "x=$((y<<Z))\ncat <<EOF\nipvsadm -C", ":4 ipvsadm -C"],
  [
    "behind an apostrophe in one within another command",
    "USAGE=$(cat <<EOF\nDon't (or do) :)\nEOF\n)\nipvsadm -C\necho 'done'",
    ":6 ipvsadm -C",
  ],
  [
    "the same within quotes, with tabs",
    "echo \"$(cat <<-'EOF'\n\tit's\n\tEOF\n)\"\nipvsadm -C\necho 'x'",
    ":6 ipvsadm -C",
  ],
  ["behind a here-string within another command", "x=$(cat <<<EOF)\nipvsadm -C\necho ')'", ":3 ipvsadm -C"],
  ["behind a shift of bits, before a line of the same", "x=$(( 1 <<2 ))\nipvsadm -C\ncat <<2\n2", ":3 ipvsadm -C"],
  ["behind a here-string", "cat <<<EOF\nipvsadm -C\nEOF", ":3 ipvsadm -C"],
  [
    "behind one within another command, before the next",
    "MOTD=$(cat <<EOF\nLVS director\nEOF\n)\n/sbin/ipvsadm -C\ncat >/etc/issue <<EOF\nx\nEOF",
    ":6 ipvsadm -C",
  ],
  ["behind a quote with a backslash in it", "quote=$'\\''\nipvsadm -C\necho 'x'", ":3 ipvsadm -C"],
  ["with a setting for it", "sudo LC_ALL=C ipvsadm -C", ":2 ipvsadm -C"],
  [
    "with a name that is set to something else on one of two sites",
    'VIP=192.168.80.188; [ "$SITE" = b ] && VIP=10.0.0.1; ipvsadm -A -t $VIP:80',
    ":2 ipvsadm -A -t $VIP:80",
  ],
  ["a here-document for a shell", "bash -s <<EOF\nipvsadm -C\nEOF", ":3 ipvsadm -C"],
  ["one of rules", "ipvsadm -R <<EOF\n-A -t 192.168.80.188:80 -s rr\nEOF", ":3 ipvsadm -a -t 192.168.80.188:80"],
  ["one of rules behind a pipe", "cat <<EOF | ipvsadm-restore\n-A -f 7\nEOF", ":3 ipvsadm -a -f 7"],
  ["in quotes of a shell", "sh -c 'true; ipvsadm -C'", ":2 ipvsadm -C"],
  ["in quotes over several lines", 'bash -c "\ntrue\nipvsadm -C\n"', ":4 ipvsadm -C"],
  [
    "behind a quote of many lines",
    `awk '\n${"{ x }\n".repeat(900)}' /etc/passwd\nipvsadm -C\necho 'x'`,
    ":904 ipvsadm -C",
  ],
  ["behind many in double ones", `x="\n${"(\n".repeat(900)}"\nipvsadm -C\necho "x"`, ":904 ipvsadm -C"],
  ["behind what is nested as nobody does", `x=${"$(".repeat(5000)}\nipvsadm -C`, ":3 ipvsadm -C"],
  ["behind a line that goes on in them", 'bash -c "true \\\n  it\nipvsadm -C"', ":4 ipvsadm -C"],
  ["within quotes", 'echo "$(ipvsadm -C) `true`"', ":2 ipvsadm -C"],
  ["behind a hash in quotes", "echo 'a # b'; ipvsadm -C", ":2 ipvsadm -C"],
  ["by a name for several words", 'I="sudo -n /sbin/ipvsadm"\n$I -C "a b"', ":3 ipvsadm -C"],
  ["behind a name for nothing", "S=\n${S} ipvsadm -C", ":3 ipvsadm -C"],
  ["behind an exit in a block", "if x; then\nexit\nfi\nipvsadm -C", ":5 ipvsadm -C"],
  ["behind a quote that never ends", "echo it's\nipvsadm -C", ":3 ipvsadm -C"],
];
test.each(shellRuns)("what a shell runs: %s", (_what, text, said) => {
  expect(ofScript(text)).toBe(said);
});

test.each(["#!/usr/bin/python3", "#! /usr/bin/env perl"])("no shell reads what begins with %s", (head) => {
  expect(refused({ "/etc/rc.local": `${head}\n"""\nipvsadm -C\n"""\n` })).toBe("");
});
test.each(["#!/usr/bin/env bash", "#!/bin/dash -e", "#! /bin/ksh"])("a shell reads what begins with %s", (head) => {
  expect(refused({ "/etc/rc.local": `${head}\nipvsadm -C\n` })).toBe("/etc/rc.local:2 ipvsadm -C");
});

const body = "\n  if x; then\n    { true; }\n  fi\n  case $y in\n  z) true ;;\n  esac\n  ipvsadm -C\n";

const untaken: readonly (readonly [string, string])[] = [
  ["a function with blocks", `stop() {${body}}`],
  ["a branch with blocks", `case $1 in\nstop)${body};;\nesac`],
  ["an if with blocks", `if [ "$1" = stop ]; then${body}fi`],
  ["a condition", '[ "$1" = "stop" ] && ipvsadm -C'],
  ["a condition of a block", '[ "$1" = "stop" ] && {\nipvsadm -C\nexit\n}'],
  ["test", 'if test "$1" = stop; then\nipvsadm -C\nfi'],
  ["a letter before", 'if [ "x$1" = "xstop" ]; then\nipvsadm -C\nfi'],
  ["the end of what is none", 'if [ "$1" != "stop" ]; then\ntrue\nelse\nipvsadm -C\nfi'],
  ["double brackets", "if [[ $1 == stop && $2 ]]; then ipvsadm -C; fi"],
  ["one of several that are asked", 'if [ $# -eq 1 -a "$1" = stop ]; then ipvsadm -C; fi'],
  ["either of two stops", 'if [ "$1" = stop -o "$1" = down ]; then ipvsadm -C; fi'],
  ["either within brackets", "if [[ $1 == stop || $1 == down ]]; then ipvsadm -C; fi"],
  ["either of two conditions", 'if [ "$1" = stop ] || [ "$1" = down ]; then ipvsadm -C; fi'],
  ["the end of a start", 'if [ "$1" = start ]; then\ntrue\nelse\nipvsadm -C\nfi'],
  ["what is no start", 'if [ ! "$1" = start ]; then ipvsadm -C; fi\n[ "$1" = start ] || ipvsadm -C'],
  ["neither of two", "[[ $1 != stop && $1 != down ]] || ipvsadm -C"],
  ["behind the exit of all others", '[ "$1" = stop ] || exit 0\nipvsadm -C'],
  ["behind theirs in a function", 'work() {\n[ "$1" != stop ] && return\nipvsadm -C\n}\nwork $1'],
  ["behind theirs in a block", 'if [ "$1" != stop ]; then\ntrue\nexit 0\nfi\nipvsadm -C'],
  ["large letters", "case $1 in\nstop|STOP) ipvsadm -C ;;\nesac"],
  ["either", "case $1 in\n[Ss]top) ipvsadm -C ;;\nesac"],
  ["one line", "case $1 in stop) ipvsadm -C;; esac"],
  ["quotes", "case $1 in\n'stop' | \"down\") ipvsadm -C ;;\nesac"],
  [
    "down of what was told",
    "action=$1\nwas=$1\ncase $was in down) ipvsadm -C;; esac\ncase $action in clear) ipvsadm -C;; esac",
  ],
  ["Stop()", "Stop() {\nipvsadm -C\n}"],
  ["stopLVS()", "stopLVS() {\nipvsadm -C\n}"],
  ["lvs-stop()", "lvs-stop() {\nipvsadm -C\n}"],
  ["stop_2()", "stop_2 ()\n{\nipvsadm -C\n}"],
  ["function", "function stop\n{\nipvsadm -C\n}"],
  ["function ()", "function stop() {\nipvsadm -C\n}"],
  ["a function that only the branch calls", "clear_lvs() {\nipvsadm -C\n}\ncase $1 in\nstop) clear_lvs ;;\nesac"],
  ["one that only such a one calls", "clear_lvs() { flush; }\nflush() { ipvsadm -C; }\nstop() { clear_lvs; }"],
  [
    "one of names, that only the branch calls",
    'V=192.168.80.188\nout() { ipvsadm -D -t $V:$P; }\n[ "$1" = stop ] && out',
  ],
  ...["clean", "cleanup", "del", "delete", "rm", "reset", "destroy", "shutdown", "teardown", "unload", "kill"].map(
    (word): [string, string] => [word, `case $1 in\n${word}) ipvsadm -C ;;\nesac`],
  ),
  [
    "as scripts of SysV have it",
    'stop() {\nipvsadm -C\n}\nstart() {\ntrue\n}\nrestart() {\nstop\nstart\n}\ncase "$1" in\nstart) start ;;\nstop) stop ;;\nrestart|reload) stop; start ;;\nrs) restart ;;\nesac',
  ],
];
test.each(untaken)("what a start does not take: %s", (_what, text) => {
  expect(ofScript(text)).toBe("");
});

const taken: readonly (readonly [string, string, string])[] = [
  ["behind a function of a stop", `stop() {${body}}\nipvsadm -C`, ":11 ipvsadm -C"],
  ["behind a branch", `case $1 in\nstop)${body};;\n*) ipvsadm -C\nesac`, ":12 ipvsadm -C"],
  ["behind a condition", '[ "$1" = "stop" ] && exit\nipvsadm -C', ":3 ipvsadm -C"],
  ["or", '[ "$1" = "stop" ] || ipvsadm -C', ":2 ipvsadm -C"],
  ["where it is no stop", 'if [ "$1" != "stop" ]; then\nipvsadm -C\nfi', ":3 ipvsadm -C"],
  ["else", 'if [ "$1" = "stop" ]; then true; else ipvsadm -C; fi', ":2 ipvsadm -C"],
  ["one of two", 'if [ "$1" = stop ] || [ "$1" = restart ]; then ipvsadm -C; fi', ":2 ipvsadm -C"],
  ["one of two within brackets", "if [[ $1 == stop || $1 == restart ]]; then ipvsadm -C; fi", ":2 ipvsadm -C"],
  ["one of two within a test", 'if [ "$1" = stop -o "$2" = x ]; then ipvsadm -C; fi', ":2 ipvsadm -C"],
  ["where it is no stop, in a test", '[ ! "$1" = stop ] && ipvsadm -C', ":2 ipvsadm -C"],
  ["where one of two fails", "if [[ $1 != stop && $2 ]]; then true; else ipvsadm -C; fi", ":2 ipvsadm -C"],
  ["a group of a test", 'if [ \\( "$1" = stop -o "$2" = x \\) -a "$3" ]; then ipvsadm -C; fi', ":2 ipvsadm -C"],
  ["behind the exit of a stop", 'if [ "$1" = stop ]; then\nexit 0\nfi\nipvsadm -C', ":5 ipvsadm -C"],
  ["behind an exit in one of its functions", 'work() { [ "$1" = stop ] || return; }\nipvsadm -C', ":3 ipvsadm -C"],
  ["what is down", 'if [ "$state" = "down" ]; then ipvsadm -C; fi', ":2 ipvsadm -C"],
  ["a branch of what is down", 'case "$state" in\ndown) ipvsadm -C ;;\nesac', ":3 ipvsadm -C"],
  ["a function that is called", "set_down() {\nipvsadm -C\n}\nping x || set_down", ":3 ipvsadm -C"],
  [
    "a start that stops first",
    "stop() {\nipvsadm -C\n}\nstart() {\nstop\n}\ncase $1 in\nstart) start ;;\nesac",
    ":3 ipvsadm -C",
  ],
  [
    "a function that a stop calls and a start",
    "clear() { ipvsadm -C; }\nstop() { clear; }\ncase $1 in\nstart) clear; esac",
    ":2 ipvsadm -C",
  ],
  ["a function that calls itself", "watch() {\nipvsadm -C\nwatch\n}", ":3 ipvsadm -C"],
  ["the first of several functions", "b() { ipvsadm -C; }\na() { ipvsadm -C; }\nipvsadm -C\na; b", ":2 ipvsadm -C"],
  ["a branch of something else", "case $mode_of in\nreset) ipvsadm -C ;;\nesac", ":3 ipvsadm -C"],
  ["one by way of another", "set_down() { ipvsadm -C; }\nstop() { set_down; }\nstart() { stop; }", ":2 ipvsadm -C"],
];
test.each(taken)("what a start takes: %s", (_what, text, said) => {
  expect(ofScript(text)).toBe(said);
});

test.each([
  'action "Clearing" ipvsadm -C',
  "sudo -n /sbin/ipvsadm -C",
  "sudo -u root ipvsadm -C",
  "/usr/bin/timeout 5 ipvsadm -C",
  "timeout -k 1 5s ipvsadm -C",
  "flock -n /run/x ipvsadm -C",
  "flock -w 3 /run/x -c 'ipvsadm -C'",
  '/usr/bin/env bash -c "true; ipvsadm -C"',
  "env A=b ipvsadm -C",
  "command ipvsadm -C",
  "eval ipvsadm -C",
  "eval 'true; ipvsadm -C'",
  "nice -n 5 ipvsadm -C",
  "nohup ipvsadm -C &",
  "su - root -c 'ipvsadm -C'",
  'CLEAR="/sbin/ipvsadm -C"; $CLEAR',
  "ipvsadm \\\n  -C",
  "x=$(which ipvsadm); $x -C",
  "${IPVSADM:-/sbin/ipvsadm} -C",
  "for x in a; do ipvsadm -C; done",
  "while true; do\nipvsadm -C; done",
  "trap 'ipvsadm -C' EXIT",
  "( cd /; ipvsadm -C )",
  "! ipvsadm -C >/dev/null 2>&1",
  "ipvsadm -C &>/dev/null",
])("a command behind others: %s", (text) => {
  expect(ofScript(text)).toMatch(/^:[23] ipvsadm -C$/);
});

test.each([
  "tar czf x.tgz /root/lvs.sh",
  "sha256sum /root/lvs.sh",
  "rsync /root/lvs.sh lvs2:",
  "chmod +x /root/lvs.sh; rm -f /root/lvs.sh",
  "test -x /root/lvs.sh",
  "[ -x /root/lvs.sh ] || exit 1",
  "LVS=/root/lvs.sh",
  "command -v /root/lvs.sh",
  "sshpass -p x ssh lvs2 /root/lvs.sh",
  "nsenter -t 1 -n /root/lvs.sh",
  "pgrep -f /root/lvs.sh",
  "podman exec lab /root/lvs.sh",
  "sha512sum /root/lvs.sh; fgrep x /root/lvs.sh",
])("a script that is not called: %s", (text) => {
  const script = { "/root/lvs.sh": "#!/bin/sh\nipvsadm -C\n" };
  expect(refused({ ...script, "/etc/rc.local": `#!/bin/sh\n${text}\n` })).toBe("");
});

test.each([
  "LVS=/root/lvs.sh\n$LVS start",
  "test -x /root/lvs.sh && /root/lvs.sh",
  "cd /root; sh lvs.sh",
  "nohup /root/lvs.sh >/dev/null &",
  "start-stop-daemon --start --exec=/root/lvs.sh",
  ". /root/lvs.sh",
  "bash </root/lvs.sh",
])("a script that is called: %s", (text) => {
  const script = { "/root/lvs.sh": "#!/bin/sh\nipvsadm -C\n" };
  expect(refused({ ...script, "/etc/rc.local": `#!/bin/sh\n${text}\n` })).toBe(
    "/root/lvs.sh:2 ipvsadm -C (/etc/rc.local)",
  );
});

test.each<[string, string, string]>([
  ["a stop, and a start", "/root/lvs.sh stop; /root/lvs.sh start", ":4"],
  ["a stop by a shell", "sh -x /root/lvs.sh stop", ":4"],
  ["a restart that stops", "/root/lvs.sh restart", ":2"],
  ["clear", "timeout 9 /root/lvs.sh clear >/dev/null", ":8"],
  ["a start", "/root/lvs.sh start", ""],
  ["nothing, which is no start", "/root/lvs.sh", ":10"],
])("a script that is told to do: %s", (_what, text, at) => {
  const script =
    '#!/bin/sh\nout() { ipvsadm -C; }\ncase $1 in\nstop) ipvsadm -C ;;\nrestart) stop ;;\nstart) ;;\n# or\nclear) ipvsadm -C; esac\nstop() { out; }\nif [ "$1" = start ]; then true; else ipvsadm -C; fi\n';
  expect(refused({ "/root/lvs.sh": script, "/etc/rc.local": `#!/bin/sh\n${text}\n` })).toBe(
    at && `/root/lvs.sh${at} ipvsadm -C (/etc/rc.local)`,
  );
});

test.each([
  "/sbin/service lvs start",
  "/usr/bin/systemctl start lvs",
  "systemctl --no-block restart lvs.service",
  "systemctl start web lvs",
  "systemctl start --quiet lvs",
  "invoke-rc.d lvs start",
])("a unit that is started: %s", (text) => {
  const service = { "/etc/systemd/system/lvs.service": "[Service]\nExecStart=ipvsadm -C\n" };
  expect(refused({ ...service, "/etc/rc.local": `#!/bin/sh\n${text}\n` })).toBe(
    "/etc/systemd/system/lvs.service:2 ipvsadm -C",
  );
  expect(refused({ "/etc/rc.local": `#!/bin/sh\n${text.replace(/(re)?start/, "stop")}\n` })).toBe("");
});

const vip = "VIP=192.168.80.188\n";
const named: readonly (readonly [string, string, string])[] = [
  ["the port by a name", `${vip}PORT=80\nipvsadm -A -t $VIP:$PORT -s rr`, ":4 ipvsadm -A -t $VIP:$PORT"],
  ["another port by a name", `${vip}PORT=8080\nipvsadm -A -t $VIP:$PORT -s rr`, ""],
  ["UDP", `${vip}ipvsadm -A -u $VIP:80 -s rr; ipvsadm -A -u $OTHER:80`, ""],
  ["another mark", `${vip}MARK=8\nipvsadm -A -f $MARK -s rr`, ""],
  ["the mark", "MARK=7\nipvsadm -A -f $MARK -s rr", ":3 ipvsadm -A -f $MARK"],
  ["another address", `${vip}OTHER=192.168.80.99\nipvsadm -A -t $OTHER:80 -s rr`, ""],
  ["another address and a port by a name", `${vip}ipvsadm -A -t 192.168.80.99:$PORT -s rr`, ""],
  ["one that is read", `${vip}V=192.168.80.99\nread -r V\nipvsadm -A -t $V:80`, ":5 ipvsadm -A -t $V:80"],
  ["an option by a name", `${vip}S="-t $VIP:80"\nipvsadm -A $S -s rr`, ":4 ipvsadm -A $S"],
  [
    "one of two",
    `if x; then\nV=192.168.80.188\nelse\nV=192.168.80.99\nfi\nipvsadm -A -t $V:80`,
    ":7 ipvsadm -A -t $V:80",
  ],
  ["none of several ports", `${vip}for p in 443 8443; do ipvsadm -A -t $VIP:$p; done`, ""],
  [
    "one of several ports",
    `${vip}for p in 443 80; do ipvsadm -A -t \${VIP}:\${p}; done`,
    ":3 ipvsadm -A -t ${VIP}:${p}",
  ],
  ["of two loops none", "for v in 192.168.80.188 10.0.0.1; do for p in 81 82; do ipvsadm -A -t $v:$p; done; done", ""],
  [
    "ports that are not written there",
    `${vip}for p in $(ports); do ipvsadm -A -t $VIP:$p; done`,
    ":3 ipvsadm -A -t $VIP:$p",
  ],
  [
    "a name of a loop that is set since",
    `${vip}for p in 443; do p=$X; ipvsadm -A -t $VIP:$p; done`,
    ":3 ipvsadm -A -t $VIP:$p",
  ],
  ["one of several", `for V in 192.168.80.188 192.168.80.99; do ipvsadm -A -t $V:80; done`, ":2 ipvsadm -A -t $V:80"],
];
test.each(named)("a service of names: %s", (_what, text, said) => {
  expect(ofScript(text)).toBe(said);
});

test.each<[string, Files, Readonly<Record<string, string>>]>([
  [
    "a masked unit with a drop-in",
    { "/etc/systemd/system/lvs.service.d/a.conf": unit },
    { "/etc/systemd/system/lvs.service": "/dev/null", [`${wants}lvs.service`]: "/nowhere" },
  ],
  [
    "a masked timer",
    { "/etc/systemd/system/lvs.service": unit },
    { "/etc/systemd/system/lvs.timer": "/dev/null", "/etc/systemd/system/timers.target.wants/lvs.timer": "/nowhere" },
  ],
  ...["shutdown", "reboot", "halt", "poweroff", "kexec", "sleep", "suspend", "hibernate", "rescue", "emergency"].map(
    (target): [string, Files, Readonly<Record<string, string>>] => [
      target,
      { "/etc/systemd/system/lvs.service": unit },
      { [`/etc/systemd/system/${target}.target.wants/lvs.service`]: "/nowhere" },
    ],
  ),
  [
    "what a drop-in takes back",
    {
      "/etc/systemd/system/lvs.service": "[Service]\nExecStart=ipvsadm -C\nExecStartPre=ipvsadm -C\n",
      "/etc/systemd/system/lvs.service.d/a.conf": "[Service]\nExecStart=\nExecStart=ipvsadm -C\n",
      "/etc/systemd/system/lvs.service.d/b.conf": "[Service]\nExecStartPre =\nExecStart=\nExecStart=true\n",
    },
    { [`${wants}lvs.service`]: "/nowhere" },
  ],
  [
    "what it takes back itself",
    { "/etc/systemd/system/lvs.service": "[Service]\nExecStart=ipvsadm -C\nExecStart=\nExecStart=true\n" },
    { [`${wants}lvs.service`]: "/nowhere" },
  ],
  [
    "interfaces where nothing reads them",
    { "/etc/network/interfaces": "iface a inet dhcp\n  up ipvsadm -C\n", "/usr/sbin/ip": "" },
    {},
  ],
  [
    "interfaces where networking is masked",
    { "/etc/network/interfaces": "iface a inet dhcp\n  up ipvsadm -C\n", "/usr/sbin/ifup": "#!/bin/sh\n" },
    { "/etc/systemd/system/networking.service": "/dev/null" },
  ],
  [
    "what NetworkManager would call where it is masked",
    { "/etc/NetworkManager/dispatcher.d/lvs": "#!/bin/sh\nipvsadm -C\n" },
    { "/etc/systemd/system/NetworkManager.service": "/dev/null" },
  ],
])("no boot runs %s", (_what, files, links) => {
  expect(refused(files, links)).toBe("");
});

// https://github.com/acassen/keepalived/issues/1772: "Service already exists" after a crash, and the advice to clear the table before each start.
test("keepalived that clears the table before it starts, as is advised where services were left behind", () => {
  const dropped = "/etc/systemd/system/keepalived.service.d/clear.conf";
  const link = { [`${wants}keepalived.service`]: "/lib/systemd/system/keepalived.service" };
  const files = {
    "/lib/systemd/system/keepalived.service": "[Service]\nExecStart=/usr/sbin/keepalived --dont-fork\n",
    [dropped]: "[Service]\nExecStartPre=-/sbin/ipvsadm -C\n",
  };
  expect(refused(files, link)).toBe(`${dropped}:2 ipvsadm -C`);
});

// https://github.com/kubernetes-sigs/kubespray/pull/3530, https://github.com/kubernetes/website/pull/11978: who resets a node of Kubernetes is told
// to clear the whole table by hand, and so it gets into the script that makes a node anew at its start.
test("a node of Kubernetes that is reset at its start, with the table of all", () => {
  const reset = "/opt/node/reset.sh";
  const text =
    "#!/bin/bash\nset -e\nkubeadm reset -f\niptables -F && iptables -t nat -F && iptables -t mangle -F && iptables -X\nif command -v ipvsadm >/dev/null 2>&1; then ipvsadm --clear; fi\n";
  expect(refused({ "/etc/cron.d/node": `@reboot root ${reset} >> /var/log/reset.log 2>&1\n`, [reset]: text })).toBe(
    `${reset}:5 ipvsadm -C (/etc/cron.d/node)`,
  );
});

test("a drop-in takes back no more than it names, and what comes behind it counts", () => {
  const link = { [`${wants}lvs.service`]: "/nowhere" };
  const [main, dropped] = ["/etc/systemd/system/lvs.service", "/etc/systemd/system/lvs.service.d/a.conf"];
  expect(refused({ [main]: unit, [dropped]: "[Service]\nExecStart=\n" }, link)).toBe(`${main}:2 ipvsadm -C`);
  expect(refused({ [dropped]: "[Service]\nExecStartPre=\nExecStartPre=ipvsadm -C\n" })).toBe(`${dropped}:3 ipvsadm -C`);
  expect(refused({ "/etc/network/interfaces": "iface a\n up ipvsadm -C\n", "/sbin/ifup": "#!/bin/sh\n" })).toContain(
    "/etc/network/interfaces:2",
  );
});

test("of many units and long lines it tells in time, and asks no file that has no size", () => {
  const files: Record<string, string> = {
    "/etc/rc.local": `#!/bin/sh\n${"x".repeat(65536)}\n${"a /b ".repeat(20000)}\n`,
  };
  const links: Record<string, string> = { "/etc/cron.d/kmsg": "/proc/version" };
  for (let i = 0; i < 1000; i++) {
    files[`/etc/systemd/system/u${i}.service`] =
      `[Unit]\nDescription=${"d".repeat(1500)}\n[Service]\nExecStart=/bin/true\n`;
    links[`${wants}u${i}.service`] = "/nowhere";
  }
  files["/etc/systemd/system/u999.service"] += "ExecStartPre=ipvsadm -C\n";
  const more = `eval "$(declare -f read_text | sed '1s/.*/read_it()/')"; read_text() { [[ $1 != */kmsg ]] || echo 'it is read'; read_it "$1"; }`;
  const begun = performance.now();
  expect(refused(files, links, more)).toBe("/etc/systemd/system/u999.service:5 ipvsadm -C");
  expect(performance.now() - begun).toBeLessThan(12_000);
});

const awks: readonly (readonly [string, string])[] = [
  ["mawk", "mawk"],
  ["gawk", "gawk"],
  ["gawk as POSIX has it", "gawk --posix"],
  ["busybox", "busybox awk"],
];
const installed = awks.filter(([, command]) => spawnSync("sh", ["-c", `${command} 'BEGIN { exit }'`]).status === 0);

test.each(installed)("it says the same with %s", (_what, command) => {
  const files: Record<string, string> = {};
  const said: string[] = [];
  for (const [i, [, text, one]] of [...unrun, ...shellRuns, ...untaken, ...taken, ...named].entries()) {
    const path = `/etc/cron.daily/${String(i).padStart(3, "0")}`;
    files[path] = `#!/bin/bash\n${text}\n`;
    if (one) said.push(`${path}${one}`);
  }
  expect(refused(files, {}, `awk() { command ${command} "$@"; }`).split("; ")).toEqual(said);
});
